import { asJsonObject, asJsonObjects, asText, type JsonObject } from '../maskinporten/json';
import type { HeaderFields } from '../maskinporten/transport';
import { bodyText, isEmpty } from './export/exported';
import { separateSecrets, withoutSecrets, withoutSecretsInUrl } from './sensitive';

/** The token that a request carried, as far as a wish for another can be made of it; none where it carried none. */
export interface KeptWish {
  readonly scopes: readonly string[];
  readonly resource?: string | undefined;
  readonly consumerOrg?: string | undefined;
  readonly manifestUri?: string | undefined;
  readonly workload?: string | undefined;
  /** It was exchanged for one of Altinn's. */
  readonly asAltinn?: boolean | undefined;
}

/** One request that was sent, without anything secret. */
export interface HistoryEntry {
  readonly id: string;
  readonly sentAtMs: number;
  readonly method: string;
  readonly url: string;
  /** Without credentials; in place of sensitive values stand references to where they are kept. */
  readonly headers: HeaderFields;
  /** Only where the user asked for bodies to be kept. */
  readonly body: string | undefined;
  /** An HTTP status, or the code of the Problem. */
  readonly outcome: number | string;
  readonly tookMs: number | undefined;
  readonly bytes: number | undefined;
  readonly wish: KeptWish | undefined;
}

export interface SentRequest {
  readonly id: string;
  readonly sentAtMs: number;
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body?: string | Uint8Array | undefined;
  readonly outcome: number | string;
  readonly tookMs?: number | undefined;
  readonly bytes?: number | undefined;
  readonly wish?: KeptWish | undefined;
}

const MOST_BODY_CHARACTERS = 10_000;
const VERSION = 1;

/** What is kept of a request: no Authorization, no Cookie, no secrets in URL or headers, and a body only when asked. */
export function historyEntry(sent: SentRequest, keepBody: boolean): HistoryEntry {
  const { id, sentAtMs, outcome, tookMs, bytes, body, wish } = sent;
  const text = keepBody && !isEmpty(body) ? bodyText(body) : undefined;
  return {
    id,
    sentAtMs,
    method: withoutSecrets(sent.method),
    url: withoutSecretsInUrl(sent.url),
    headers: separateSecrets(sent.headers).headers,
    // What is cut in its middle may be a number of which one half would stay.
    body: text === undefined ? undefined : withoutSecrets(text).slice(0, MOST_BODY_CHARACTERS),
    outcome,
    tookMs,
    bytes,
    wish: wish && keptWish(wish),
  };
}

function keptWish({ scopes, resource, consumerOrg, manifestUri, workload, asAltinn }: KeptWish): KeptWish {
  return {
    scopes: scopes.map(withoutSecrets),
    ...(resource !== undefined && { resource: withoutSecretsInUrl(resource) }),
    ...(consumerOrg !== undefined && { consumerOrg: withoutSecrets(consumerOrg) }),
    ...(manifestUri !== undefined && { manifestUri }),
    ...(workload !== undefined && { workload }),
    ...(asAltinn === true && { asAltinn }),
  };
}

/** The requests with `entry` before them, as many as are kept. An entry of the same id is replaced. */
export function withEntry(
  entries: readonly HistoryEntry[],
  entry: HistoryEntry,
  most: number,
): readonly HistoryEntry[] {
  return [entry, ...entries.filter(({ id }) => id !== entry.id)].slice(0, most);
}

/** The addresses of the requests, the latest first, each once. Those that lost a part are left out. */
export function recentUrls(entries: readonly HistoryEntry[]): readonly string[] {
  return [...new Set(entries.map(({ url }) => url))].filter((url) => !url.includes('•'));
}

/** Those in which every word of the query occurs: in method, URL, status or the names of headers, in any case. */
export function searchHistory(entries: readonly HistoryEntry[], query: string): readonly HistoryEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ method, url, outcome, headers }) => {
    const text = [method, url, outcome, ...headers.map(([name]) => name)].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** As it is stored. */
export function storedHistory(entries: readonly HistoryEntry[]): unknown {
  return { version: VERSION, entries };
}

/**
 * Reads what was stored; what cannot be read is left out, and so is all of a version that is not known. Everything is
 * masked once more: an older version may have known fewer secrets.
 */
export function readHistory(stored: unknown): readonly HistoryEntry[] {
  const object = asJsonObject(stored);
  if (object?.['version'] !== VERSION) return [];
  return asJsonObjects(object['entries']).flatMap(readEntry);
}

function readEntry(entry: JsonObject): HistoryEntry[] {
  const { sentAtMs, outcome, headers } = entry;
  const [id, method, url] = ['id', 'method', 'url'].map((name) => asText(entry[name]));
  const isOutcome = typeof outcome === 'number' || typeof outcome === 'string';
  if (id === undefined || method === undefined || url === undefined) return [];
  if (typeof sentAtMs !== 'number' || !isOutcome) return [];
  const body = asText(entry['body']);
  const kept: SentRequest = {
    id,
    sentAtMs,
    method,
    url,
    headers: readFields(headers),
    body,
    outcome,
    tookMs: asNumber(entry['tookMs']),
    bytes: asNumber(entry['bytes']),
    wish: readWish(asJsonObject(entry['wish'])),
  };
  return [historyEntry(kept, body !== undefined)];
}

function readWish(wish: JsonObject | undefined): KeptWish | undefined {
  if (!wish || !Array.isArray(wish['scopes'])) return undefined;
  return {
    scopes: (wish['scopes'] as unknown[]).filter((scope) => typeof scope === 'string'),
    resource: asText(wish['resource']),
    consumerOrg: asText(wish['consumerOrg']),
    manifestUri: asText(wish['manifestUri']),
    workload: asText(wish['workload']),
    asAltinn: wish['asAltinn'] === true,
  };
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Pairs of texts; anything else is left out. */
export function readFields(value: unknown): HeaderFields {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).flatMap((field) => {
    const [name, text, ...others] = Array.isArray(field) ? (field as unknown[]) : [];
    return typeof name === 'string' && typeof text === 'string' && others.length === 0 ? [[name, text] as const] : [];
  });
}
