import type { HeaderFields } from '../maskinporten/transport';
import {
  decoded,
  holdsPerson,
  holdsSecret,
  holdsToken,
  isCredentialHeader,
  isSensitiveName,
  referenceIn,
  separateSecrets,
  type SeparatedHeaders,
} from './sensitive';

/** A request in the file that a team shares: it never has a secret in it. */
export interface SavedRequest {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body?: string | undefined;
  readonly scopes: readonly string[];
  readonly resource?: string | undefined;
  /** The token is exchanged for one of Altinn's. */
  readonly altinn?: boolean | undefined;
}

export type SavedPart = 'name' | 'method' | 'url' | 'headers' | 'body' | 'scopes' | 'resource';

/** Why a request does not belong into a file that is shared. `refused` ones are not saved; the others are warned of. */
export type SaveFault =
  /** A token or a private key. */
  | { readonly kind: 'token'; readonly part: SavedPart; readonly refused: true }
  /** A header with a credential, or with a value whose name says that it is secret. */
  | { readonly kind: 'secret-header'; readonly header: string; readonly refused: true }
  /** A user name, a password or a secret query parameter. */
  | { readonly kind: 'secret-in-url'; readonly refused: true }
  /** A value in the body whose name says that it is secret, as `"password": "x"`: it may well be an example. */
  | { readonly kind: 'secret-in-body'; readonly refused: false }
  /** A national identity number; a synthetic one is no harm, and nobody can tell them apart by a glance. */
  | { readonly kind: 'person'; readonly part: SavedPart; readonly refused: false };

/**
 * Makes a request fit to be saved: credentials are left out, and references stand for the values of sensitive headers,
 * which are given beside it.
 */
export function savable(request: SavedRequest): {
  readonly request: SavedRequest;
  readonly secrets: SeparatedHeaders['secrets'];
  /** Names of headers that were left out. */
  readonly leftOut: readonly string[];
} {
  const { secrets } = separateSecrets(request.headers);
  const isLeftOut = ([name, value]: HeaderFields[number]) =>
    isCredentialHeader(name) && referenceIn(value) === undefined;
  const kept = request.headers.filter((field) => !isLeftOut(field));
  // What is no secret by its name stays as it is: `saveFaults` tells what is wrong with it.
  const headers = kept.map((field): readonly [string, string] =>
    isSensitiveName(field[0]) ? (separateSecrets([field]).headers[0] ?? field) : field,
  );
  const leftOut = request.headers.filter(isLeftOut).map(([name]) => name);
  return { request: { ...request, headers }, secrets, leftOut };
}

/** What is wrong with a request that is to be saved; empty where it is safe to share. */
export function saveFaults(request: SavedRequest): readonly SaveFault[] {
  const { name, method, url, headers, body = '', scopes, resource = '' } = request;
  const headerText = headers.map(([field, value]) => `${field}: ${value}`).join('\n');
  const parts: Readonly<Record<SavedPart, string>> = {
    name,
    method,
    url: decoded(url),
    headers: headerText,
    body,
    scopes: scopes.join('\n'),
    resource: decoded(resource),
  };
  const entries = Object.entries(parts) as [SavedPart, string][];
  return [
    ...entries
      .filter(([, text]) => holdsToken(text))
      .map(([part]) => ({ kind: 'token', part, refused: true }) as const),
    ...headers
      .filter(([field, value]) => isSecretField(field, value))
      .map(([header]) => ({ kind: 'secret-header', header, refused: true }) as const),
    ...(!holdsToken(parts.url) && holdsSecret(parts.url) ? [{ kind: 'secret-in-url', refused: true } as const] : []),
    ...(!holdsToken(body) && holdsSecret(body) ? [{ kind: 'secret-in-body', refused: false } as const] : []),
    ...entries
      .filter(([, text]) => holdsPerson(text))
      .map(([part]) => ({ kind: 'person', part, refused: false }) as const),
  ];
}

function isSecretField(name: string, value: string): boolean {
  if (referenceIn(value) !== undefined) return false;
  if (isCredentialHeader(name)) return true;
  if (isSensitiveName(name)) return value !== '';
  return !holdsToken(value) && holdsSecret(value);
}
