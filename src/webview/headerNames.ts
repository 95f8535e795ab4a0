import type { Suggestion } from './combobox';

/** Fields that requests to such APIs have (IANA, HTTP Field Name Registry), and those that Norwegian APIs ask for. */
const NAMES: readonly string[] = [
  'Accept',
  'Accept-Encoding',
  'Accept-Language',
  'Authorization',
  'Cache-Control',
  'Content-Language',
  'Content-Type',
  'Cookie',
  'If-Match',
  'If-Modified-Since',
  'If-None-Match',
  'Nav-Call-Id',
  'Nav-Consumer-Id',
  'Ocp-Apim-Subscription-Key',
  'Prefer',
  'Range',
  'User-Agent',
  'X-Correlation-ID',
  'X-Request-ID',
];

const TYPES = ['application/json', 'application/problem+json', 'application/xml', 'text/plain', 'text/html', '*/*'];

const VALUES: Readonly<Record<string, readonly string[]>> = {
  accept: TYPES,
  'accept-encoding': ['gzip', 'br', 'identity'],
  'accept-language': ['nb', 'nn', 'en', 'se'],
  'cache-control': ['no-cache', 'no-store'],
  'content-language': ['nb', 'nn', 'en'],
  'content-type': [
    'application/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    'application/merge-patch+json',
    'application/json-patch+json',
    'text/plain; charset=utf-8',
  ],
  'if-none-match': ['*'],
  prefer: ['return=representation', 'return=minimal', 'respond-async'],
  range: ['bytes=0-1023'],
};

export const HEADER_NAMES: readonly Suggestion[] = NAMES.map((value) => ({ value }));

/** What a header often has for its value; `name` in lower case. */
export function headerValues(name: string): readonly Suggestion[] {
  const values = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  return (values ?? []).map((value) => ({ value }));
}
