import type { NamedText, RequestForm, RequestPanelState, RequestWebviewRequest, RequestWebviewSays } from './messages';
import { asFields, asList, asScopes, asText, MOST, parseOrigin, parseProblemAction } from './fields';
import { parseResponseRequest } from './parseResponse';

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
    default:
      return parseResponseRequest(value);
  }
}

/** An event of the request panel, made anew from its known members; undefined for anything else. */
export function parseRequestPanelEvent(value: unknown): RequestWebviewSays['event'] | undefined {
  const fields = asFields(value);
  const form = fields?.['type'] === 'edited' ? parseForm(fields['form']) : undefined;
  return form && { type: 'edited', form };
}

/** What a request panel kept over a reload. */
export function parseRequestPanelState(value: unknown): RequestPanelState | undefined {
  const fields = asFields(value);
  const form = fields?.['version'] === 1 ? parseForm({ ...fields, body: '' }) : undefined;
  if (!fields || !form) return undefined;
  const { method, url, headers, scopes } = form;
  return { version: 1, ...parseOrigin(fields), method, url, headers, scopes };
}

function parseForm(value: unknown): RequestForm | undefined {
  const fields = asFields(value);
  const method = asText(fields?.['method'], 20);
  const url = asText(fields?.['url'], MOST.url);
  const body = asText(fields?.['body'], MOST.body);
  const headers = asList(fields?.['headers'], MOST.headers, asHeader);
  const scopes = asScopes(fields?.['scopes']);
  if (method === undefined || !/^[A-Z]+$/.test(method)) return undefined;
  if (url === undefined || body === undefined || !headers || !scopes) return undefined;
  return { method, url, headers, body, scopes };
}

function asHeader(value: unknown): NamedText | undefined {
  const fields = asFields(value);
  const name = asText(fields?.['name'], MOST.shortText);
  const text = asText(fields?.['value'], MOST.headerValue);
  return name !== undefined && text !== undefined ? { name, value: text } : undefined;
}
