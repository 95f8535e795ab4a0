import { asFields, asScopes, parseProblemAction } from './fields';
import type { RequestWebviewRequest, RequestWebviewSays } from './messages';
import { parseResponseRequest } from './parseResponse';
import { parseComposeRequest } from './parseCompose';
import { parseForm } from './parseForm';
import { parseRequestTool } from './requestTools';

/** A request of the request panel, made anew from its known members; undefined for anything else. */
export function parseRequestPanelRequest(value: unknown): RequestWebviewRequest | undefined {
  const fields = asFields(value);
  switch (fields?.['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'send': {
      const form = parseForm(fields['form']);
      return form && { type: 'send', form };
    }
    case 'show-token': {
      const scopes = asScopes(fields['scopes']);
      return scopes && scopes.length > 0 ? { type: 'show-token', scopes } : undefined;
    }
    case 'problem-action':
      return parseProblemAction(fields);
    case 'tool':
      return parseRequestTool(fields);
    default:
      return parseComposeRequest(value) ?? parseResponseRequest(value);
  }
}

/** An event of the request panel, made anew from its known members; undefined for anything else. */
export function parseRequestPanelEvent(value: unknown): RequestWebviewSays['event'] | undefined {
  const fields = asFields(value);
  const form = fields?.['type'] === 'edited' ? parseForm(fields['form']) : undefined;
  return form && { type: 'edited', form };
}
