import { readJsonObject, type JsonObject } from './json';

/** What a token turned out to be. Clients are to treat access tokens as opaque, so that is no fault. */
export type DecodedToken =
  | {
      readonly kind: 'jwt';
      readonly header: JsonObject;
      readonly claims: JsonObject;
      /** Header, payload and signature as they stand in the token: together they are the secret. */
      readonly parts: readonly [header: string, payload: string, signature: string];
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
  /** Looks like a JWT, and its header or payload is no base64url of a JSON object in UTF-8. */
  | 'header'
  | 'payload';

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
  if (!header) return first.startsWith('eyJ') ? { kind: 'malformed', reason: 'header' } : { kind: 'opaque' };
  if (parts.length === 5) return { kind: 'jwe', header };
  const claims = decodePart(payload);
  return claims
    ? { kind: 'jwt', header, claims, parts: [first, payload, signature] }
    : { kind: 'malformed', reason: 'payload' };
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

function decodePart(part: string): JsonObject | undefined {
  return /^[\w-]+$/.test(part) ? readJsonObject(Buffer.from(part, 'base64url')) : undefined;
}

function isDate(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
