import { asJsonObject, asJsonObjects, asText, type JsonObject } from '../maskinporten/json';
import type { HeaderFields } from '../maskinporten/transport';
import { readFields } from './history';
import { HIDDEN, holdsPerson, holdsToken, isCredentialHeader, isSensitiveName } from './sensitive';

/** A request in the workspace's file, to be shared with others: it never has a secret in it. */
export interface SavedRequest {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body?: string | undefined;
  readonly scopes: readonly string[];
  readonly resource?: string | undefined;
}

export type SavedPart = 'name' | 'url' | 'headers' | 'body' | 'resource';

/** Why a request does not belong into a file that is shared. `refused` ones are not saved; the others are warned of. */
export type SaveFault =
  /** A token or a private key. */
  | { readonly kind: 'token'; readonly part: SavedPart; readonly refused: true }
  /** A header with a credential, or with a value whose name says that it is secret. */
  | { readonly kind: 'secret-header'; readonly header: string; readonly refused: true }
  /** A user name, a password or a secret query parameter. */
  | { readonly kind: 'secret-in-url'; readonly refused: true }
  /** A national identity number; a synthetic one is no harm, and nobody can tell them apart by a glance. */
  | { readonly kind: 'person'; readonly part: SavedPart; readonly refused: false };

/** What is wrong with a request that is to be saved; empty where it is safe to share. */
export function saveFaults(request: SavedRequest): readonly SaveFault[] {
  const { name, url, headers, body = '', resource = '' } = request;
  const headerText = headers.map(([field, value]) => `${field}: ${value}`).join('\n');
  const parts: Readonly<Record<SavedPart, string>> = {
    name,
    url: decodedUrl(url),
    headers: headerText,
    body,
    resource,
  };
  const entries = Object.entries(parts) as [SavedPart, string][];
  return [
    ...entries
      .filter(([, text]) => holdsToken(text))
      .map(([part]) => ({ kind: 'token', part, refused: true }) as const),
    ...headers
      .filter(
        ([field, value]) => isCredentialHeader(field) || (isSensitiveName(field) && value !== HIDDEN && value !== ''),
      )
      .map(([header]) => ({ kind: 'secret-header', header, refused: true }) as const),
    ...(hasSecretInUrl(url) ? [{ kind: 'secret-in-url', refused: true } as const] : []),
    ...entries
      .filter(([, text]) => holdsPerson(text))
      .map(([part]) => ({ kind: 'person', part, refused: false }) as const),
  ];
}

/** Credentials before the host, or a query parameter whose name says that it is secret. */
function hasSecretInUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password, searchParams } = new URL(url);
  const hasSecretParameter = [...searchParams].some(([name, value]) => isSensitiveName(name) && value !== '');
  return username !== '' || password !== '' || hasSecretParameter;
}

function decodedUrl(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

const VERSION = 1;

/** The file's text: two spaces, one request after another in the order of their names, so that changes are easy to read. */
export function writeSavedRequests(requests: readonly SavedRequest[]): string {
  const sorted = [...requests].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return `${JSON.stringify({ version: VERSION, requests: sorted }, undefined, 2)}\n`;
}

export type SavedRequestsRead =
  | { readonly ok: true; readonly requests: readonly SavedRequest[]; readonly leftOut: number }
  | { readonly ok: false; readonly reason: 'not-json' | 'unknown-version' };

/** Reads the file, which people may have written themselves. `leftOut` counts the requests that lack a part. */
export function readSavedRequests(text: string): SavedRequestsRead {
  let file: JsonObject | undefined;
  try {
    file = asJsonObject(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch {
    file = undefined;
  }
  if (!file) return { ok: false, reason: 'not-json' };
  if (file['version'] !== VERSION) return { ok: false, reason: 'unknown-version' };
  const written = Array.isArray(file['requests']) ? file['requests'].length : 0;
  const requests = asJsonObjects(file['requests']).flatMap(readRequest);
  return { ok: true, requests, leftOut: written - requests.length };
}

function readRequest(request: JsonObject): SavedRequest[] {
  const [name, method, url] = ['name', 'method', 'url'].map((key) => asText(request[key]));
  if (name === undefined || method === undefined || url === undefined) return [];
  const [body, resource] = ['body', 'resource'].map((key) => asText(request[key]));
  const scopes = Array.isArray(request['scopes']) ? (request['scopes'] as unknown[]) : [];
  return [
    {
      name,
      method,
      url,
      headers: readFields(request['headers']),
      ...(body !== undefined && { body }),
      scopes: scopes.filter((scope) => typeof scope === 'string'),
      ...(resource !== undefined && { resource }),
    },
  ];
}
