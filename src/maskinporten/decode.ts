import { duplicateNames } from './duplicates';
import { asJsonObject, type JsonObject } from './json';
import type { Environment } from './model';

/** What a token turned out to be. Clients are to treat access tokens as opaque, so that is no fault. */
export type DecodedToken =
  | {
      readonly kind: 'jwt';
      readonly header: JsonObject;
      readonly claims: JsonObject;
      /** Header, payload and signature as they stand in the token: together they are the secret. */
      readonly parts: readonly [header: string, payload: string, signature: string];
      /** `alg` is `none`, or there is no signature (RFC 7519 section 6): anyone could have written it. */
      readonly unsigned: boolean;
      /** Names that stand twice in one object: of each the last value is shown, and an API may read another. */
      readonly duplicates: readonly string[];
    }
  | { readonly kind: 'opaque' }
  /** Encrypted (RFC 7516): only its header can be read. */
  | { readonly kind: 'jwe'; readonly header: JsonObject }
  | { readonly kind: 'malformed'; readonly reason: MalformedReason };

export type MalformedReason =
  | 'empty'
  | 'too-large'
  /** White space, control characters or letters beyond ASCII. */
  | 'characters'
  /** Looks like a JWT, and its header or payload is no base64url of a JSON object. */
  | 'header'
  | 'payload'
  /** Its header or payload is not in UTF-8 (RFC 7519 section 7.1). */
  | 'not-utf8';

/** The state of a token by its claims and a clock. */
export type TokenState = 'valid' | 'expired' | 'not-yet-valid' | 'unknown';

const MAX_LENGTH = 1024 * 1024;

/** Takes a token apart without judging it: no signature is checked. Never throws. */
export function decodeToken(text: string): DecodedToken {
  const token = text.trim();
  if (token === '') return { kind: 'malformed', reason: 'empty' };
  if (token.length > MAX_LENGTH) return { kind: 'malformed', reason: 'too-large' };
  if (!/^[\x21-\x7e]+$/.test(token)) return { kind: 'malformed', reason: 'characters' };
  const parts = token.split('.', 6);
  const [first = '', payload = '', signature = ''] = parts;
  if (parts.length !== 3 && parts.length !== 5) return { kind: 'opaque' };
  const header = decodePart(first);
  // `eyJ` is base64url of `{"`: what begins so meant to be a JOSE header.
  if (typeof header === 'string') {
    return first.startsWith('eyJ') ? { kind: 'malformed', reason: fault(header, 'header') } : { kind: 'opaque' };
  }
  if (parts.length === 5) return { kind: 'jwe', header: header.members };
  const claims = decodePart(payload);
  if (typeof claims === 'string') return { kind: 'malformed', reason: fault(claims, 'payload') };
  return {
    kind: 'jwt',
    header: header.members,
    claims: claims.members,
    parts: [first, payload, signature],
    unsigned: signature === '' || String(header.members['alg']).toLowerCase() === 'none',
    duplicates: [...header.duplicates, ...claims.duplicates],
  };
}

/** Which issuer's keys may be asked for, to check a token of which nothing but its own words is known. */
export type KeySource =
  /** One of those that are in use here. */
  | { readonly kind: 'known'; readonly environment: Environment }
  /** Anybody can write any issuer into a token: this one is asked only if the user says so. */
  | { readonly kind: 'unknown'; readonly issuer: string }
  | { readonly kind: 'none' };

/** Compares the token's issuer to the letter with those of `environments`. Asks nobody. */
export function keySourceOf({ iss }: JsonObject, environments: readonly Environment[]): KeySource {
  if (typeof iss !== 'string' || iss === '') return { kind: 'none' };
  const environment = environments.find(({ issuer }) => issuer === iss);
  return environment ? { kind: 'known', environment } : { kind: 'unknown', issuer: iss.slice(0, 500) };
}

/**
 * Judges `exp` and `nbf` (RFC 7519 section 4.1) without leeway. Claims that cannot be judged make the state
 * `unknown`, never `valid`.
 */
export function tokenState(claims: JsonObject, nowMs: number): TokenState {
  const { exp, nbf } = claims;
  if (!isDate(exp) || !(nbf === undefined || isDate(nbf))) return 'unknown';
  if (nowMs >= exp * 1000) return 'expired';
  return nbf !== undefined && nowMs < nbf * 1000 ? 'not-yet-valid' : 'valid';
}

interface DecodedPart {
  readonly members: JsonObject;
  readonly duplicates: readonly string[];
}

function decodePart(part: string): DecodedPart | 'not-utf8' | 'no-object' {
  if (!/^[\w-]+$/.test(part)) return 'no-object';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url'));
  } catch {
    return 'not-utf8';
  }
  try {
    const members = asJsonObject(JSON.parse(text));
    return members ? { members, duplicates: duplicateNames(text) } : 'no-object';
  } catch {
    return 'no-object';
  }
}

function fault(found: 'not-utf8' | 'no-object', part: 'header' | 'payload'): MalformedReason {
  return found === 'not-utf8' ? found : part;
}

function isDate(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
