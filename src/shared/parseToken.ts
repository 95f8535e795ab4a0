import { DECODED_PARTS, type DecodeWebviewRequest } from './decodeMessages';
import { asFields, asScopes, asText, MOST, oneOf, parseOrigin, parseProblemAction } from './fields';
import {
  COPY_PARTS,
  COPY_WHATS,
  TOKEN_KINDS,
  type DetailsForm,
  type TokenOptionsForm,
  type TokenPanelState,
  type TokenWebviewRequest,
} from './tokenMessages';

/** A request of the token view, made anew from its known members; undefined for anything else. */
export function parseTokenRequest(value: unknown): TokenWebviewRequest | undefined {
  const fields = asFields(value);
  switch (fields?.['type']) {
    case 'ready':
    case 'get-token':
    case 'cancel':
    case 'stop-waiting':
    case 'options':
    case 'close-options':
    case 'exchange':
    case 'send-request':
      return { type: fields['type'] };
    case 'check-options':
    case 'get-token-with': {
      const form = parseOptions(fields['form']);
      return form && { type: fields['type'], form };
    }
    case 'copy': {
      const what = oneOf(COPY_WHATS, fields['what']);
      const of = oneOf(TOKEN_KINDS, fields['of']);
      return what && of && { type: 'copy', what, of };
    }
    case 'copy-claim': {
      const part = oneOf(COPY_PARTS, fields['part']);
      const name = asText(fields['name'], MOST.shortText);
      return part !== undefined && name !== undefined ? { type: 'copy-claim', part, name } : undefined;
    }
    case 'problem-action':
      return parseProblemAction(fields);
    default:
      return undefined;
  }
}

/** A request of the page of Decode Token, made anew from its known members; undefined for anything else. */
export function parseDecodeRequest(value: unknown): DecodeWebviewRequest | undefined {
  const fields = asFields(value);
  switch (fields?.['type']) {
    case 'ready':
    case 'another':
    case 'copy-payload':
    case 'ask-issuer':
      return { type: fields['type'] };
    case 'copy-claim': {
      const part = oneOf(DECODED_PARTS, fields['part']);
      const name = asText(fields['name'], MOST.shortText);
      return part !== undefined && name !== undefined ? { type: 'copy-claim', part, name } : undefined;
    }
    case 'verify-with': {
      const jwks = asText(fields['jwks'], MOST.jwks);
      return jwks === undefined ? undefined : { type: 'verify-with', jwks };
    }
    default:
      return undefined;
  }
}

/** What a token view kept over a reload. It was on disk, so it is no more trusted than a message. */
export function parseTokenPanelState(value: unknown): TokenPanelState | undefined {
  const fields = asFields(value);
  const scopes = asScopes(fields?.['scopes']);
  if (fields?.['version'] !== 1 || !scopes || scopes.length === 0) return undefined;
  const resource = asText(fields['resource'], MOST.shortText);
  const consumerOrg = asText(fields['consumerOrg'], MOST.shortText);
  return {
    version: 1,
    ...parseOrigin(fields),
    scopes,
    ...(resource !== undefined && { resource }),
    ...(consumerOrg !== undefined && { consumerOrg }),
  };
}

function parseOptions(value: unknown): TokenOptionsForm | undefined {
  const fields = asFields(value);
  const scopes = asScopes(fields?.['scopes']);
  const resource = asText(fields?.['resource'], MOST.shortText);
  const consumerOrg = asText(fields?.['consumerOrg'], MOST.shortText);
  const pid = asText(fields?.['pid'], MOST.shortText);
  const details = parseDetails(fields?.['details']);
  const skipCache = fields?.['skipCache'];
  if (!scopes || resource === undefined || consumerOrg === undefined || pid === undefined) return undefined;
  if (!details || typeof skipCache !== 'boolean') return undefined;
  return { scopes, resource, consumerOrg, pid, details, skipCache };
}

function parseDetails(value: unknown): DetailsForm | undefined {
  const fields = asFields(value);
  const text = (name: string): string | undefined => asText(fields?.[name], MOST.shortText);
  switch (fields?.['kind']) {
    case 'none':
      return { kind: 'none' };
    case 'system-user': {
      const orgno = text('orgno');
      const externalRef = text('externalRef');
      return orgno !== undefined && externalRef !== undefined ? { kind: 'system-user', orgno, externalRef } : undefined;
    }
    case 'consent': {
      const id = text('id');
      const from = text('from');
      return id !== undefined && from !== undefined ? { kind: 'consent', id, from } : undefined;
    }
    case 'json': {
      const json = asText(fields['text'], MOST.json);
      return json === undefined ? undefined : { kind: 'json', text: json };
    }
    default:
      return undefined;
  }
}
