import { asFields, asList, asScopes, asText, MOST, oneOf } from './fields';
import { BODY_KINDS, type BodyForm, type FormRow, type RequestForm, type UnsentPair } from './requestForm';

/** Whatever was typed on one line: which methods may be sent is judged with the rest of the form. */
const METHOD = /^\P{Cc}{1,40}$/u;

/** A form, made anew from its known members; undefined for anything else. */
export function parseForm(value: unknown): RequestForm | undefined {
  const fields = asFields(value);
  const method = asText(fields?.['method'], MOST.shortText);
  const url = asText(fields?.['url'], MOST.url);
  const unsentQuery = asList(fields?.['unsentQuery'], MOST.headers, asUnsentPair);
  const headers = asList(fields?.['headers'], MOST.headers, asRow);
  const body = parseBody(fields?.['body']);
  const scopes = asScopes(fields?.['scopes']);
  const asAltinn = fields?.['asAltinn'];
  if (method === undefined || !METHOD.test(method) || url === undefined || !unsentQuery) return undefined;
  if (!headers || !body || !scopes || typeof asAltinn !== 'boolean') return undefined;
  return { method, url, unsentQuery, headers, body, scopes, asAltinn };
}

function parseBody(value: unknown): BodyForm | undefined {
  const fields = asFields(value);
  const kind = oneOf(BODY_KINDS, fields?.['kind']);
  const text = asText(fields?.['text'], MOST.body);
  const rows = asList(fields?.['fields'], MOST.headers, asRow);
  return kind !== undefined && text !== undefined && rows ? { kind, text, fields: rows } : undefined;
}

function asRow(value: unknown): FormRow | undefined {
  const fields = asFields(value);
  const name = asText(fields?.['name'], MOST.shortText);
  const text = asText(fields?.['value'], MOST.headerValue);
  const enabled = fields?.['enabled'];
  if (name === undefined || text === undefined || typeof enabled !== 'boolean') return undefined;
  return { name, value: text, enabled };
}

function asUnsentPair(value: unknown): UnsentPair | undefined {
  const fields = asFields(value);
  const raw = asText(fields?.['raw'], MOST.url);
  const at = fields?.['at'];
  return raw !== undefined && typeof at === 'number' && Number.isInteger(at) && at >= 0 ? { raw, at } : undefined;
}
