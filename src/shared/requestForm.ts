import { asFields, asList, asScopes, asText, MOST, parseOrigin } from './fields';
import type { EnvironmentBadge, NamedText } from './messages';

export interface RequestForm {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly NamedText[];
  readonly body: string;
  /** Empty: without a token. */
  readonly scopes: readonly string[];
}

/** A token that the form may send. */
export interface TokenOption {
  readonly scopes: readonly string[];
  /** Undefined where no token is in memory. */
  readonly expiresAtMs: number | undefined;
}

export interface RequestContext {
  readonly environment: EnvironmentBadge;
  readonly workload: string | undefined;
  readonly options: readonly TokenOption[];
  /** The sandbox's own API, when the sandbox is the environment and runs. */
  readonly sampleUrl: string | undefined;
}

/** The workload whose scopes the panel offers. */
export interface RequestOrigin {
  readonly manifestUri: string | undefined;
  readonly workload: string | undefined;
}

/** What a request panel keeps over a reload: no body, and no header that could hold a secret. */
export interface RequestPanelState extends RequestOrigin {
  readonly version: 1;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly NamedText[];
  readonly scopes: readonly string[];
}

/** What a request panel kept over a reload. */
export function parseRequestPanelState(value: unknown): RequestPanelState | undefined {
  const fields = asFields(value);
  const form = fields?.['version'] === 1 ? parseForm({ ...fields, body: '' }) : undefined;
  if (!fields || !form) return undefined;
  const { method, url, headers, scopes } = form;
  return { version: 1, ...parseOrigin(fields), method, url, headers, scopes };
}

/** A form, made anew from its known members; undefined for anything else. */
export function parseForm(value: unknown): RequestForm | undefined {
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
