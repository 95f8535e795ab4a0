import { refuse } from './refusals';
import type { Refusal } from './refusals';

export type Claims = Readonly<Record<string, unknown>>;

/** How far `iat` may be from the issuer's clock, either side (Digdir, "JWT grant"). */
export const MAX_SKEW_SECONDS = 10;
const MAX_LIFETIME_SECONDS = 120;

/** Digdir's page "JWT grant" lists these; other claims are refused. The last stands for its RAR types. */
const LISTED_CLAIMS = [
  'aud',
  'iss',
  'scope',
  'iat',
  'exp',
  'jti',
  'resource',
  'pid',
  'consumer_org',
  'iss_onbehalfof',
  'authorization_details',
];
/** Not on the page, but in daily use: `nbf` by Texas and digdirator, `sub` in Altinn's examples. */
const TOLERATED_CLAIMS = ['nbf', 'sub'];
const ACCEPTED_CLAIMS: ReadonlySet<string> = new Set([...LISTED_CLAIMS, ...TOLERATED_CLAIMS]);

/**
 * `aud` must be the issuer identifier to the letter, and nothing besides it. An array of one is one value
 * (RFC 7519 section 4.1.3), and some libraries cannot write it otherwise.
 */
export function audienceRefusal({ aud }: Claims, issuer: string): Refusal | undefined {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return audiences.length === 1 && audiences[0] === issuer ? undefined : refuse('MP-110');
}

/**
 * Expiry is judged before age: a grant that is used minutes late is too old as well, and MP-130 would otherwise
 * hardly ever be given. `nowSeconds` is whole seconds, as clients write them.
 */
export function timeRefusal({ iat, exp }: Claims, nowSeconds: number): Refusal | undefined {
  for (const [claim, value] of Object.entries({ exp, iat })) {
    if (value === undefined) return refuse('missing-claim', { claim });
    if (!Number.isFinite(value)) return refuse('MP-011');
  }
  const [issuedAt, expiresAt] = [Number(iat), Number(exp)];
  if (expiresAt <= nowSeconds) return refuse('MP-130');
  if (issuedAt - nowSeconds > MAX_SKEW_SECONDS) return refuse('issued-in-future');
  if (nowSeconds - issuedAt > MAX_SKEW_SECONDS) {
    return refuse('issued-too-long-ago', { seconds: nowSeconds - issuedAt });
  }
  const seconds = expiresAt - issuedAt;
  return seconds > MAX_LIFETIME_SECONDS ? refuse('lifetime-too-long', { seconds }) : undefined;
}

export function unknownClaimRefusal(claims: Claims): Refusal | undefined {
  const unknown = Object.keys(claims).filter((name) => !ACCEPTED_CLAIMS.has(name));
  return unknown.length > 0 ? refuse('unknown-claim', { claims: unknown.join(' ') }) : undefined;
}

export function scopeClaimRefusal({ scope }: Claims): Refusal | undefined {
  if (scope === undefined) return refuse('missing-claim', { claim: 'scope' });
  if (typeof scope !== 'string') return refuse('MP-011');
  return scopesOf(scope).length > 0 ? undefined : refuse('missing-claim', { claim: 'scope' });
}

/** The scopes of a space-separated list (RFC 6749 section 3.3), each once. */
export function scopesOf(scope: string): string[] {
  return [...new Set(scope.split(' ').filter((name) => name !== ''))];
}

/** Forms of the optional claims. Digdir's page takes `resource` as an array; Texas sends a string. */
export function optionalClaimRefusal(claims: Claims): Refusal | undefined {
  const fits =
    isAbsentOr(claims['jti'], isText) &&
    isAbsentOr(claims['resource'], (value) => isText(value) || isListOf(value, isText)) &&
    isAbsentOr(claims['pid'], (value) => isText(value) && /^\d{11}$/.test(value)) &&
    isAbsentOr(claims['consumer_org'], (value) => isText(value) && /^\d{9}$/.test(value)) &&
    isAbsentOr(claims['iss_onbehalfof'], isText) &&
    isAbsentOr(claims['authorization_details'], (value) => isListOf(value, isDetail));
  return fits ? undefined : refuse('MP-011');
}

function isAbsentOr(value: unknown, fits: (value: unknown) => boolean): boolean {
  return value === undefined || fits(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isListOf<T>(value: unknown, fits: (value: unknown) => value is T): value is [T, ...T[]] {
  return Array.isArray(value) && value.length > 0 && value.every(fits);
}

function isDetail(value: unknown): value is { type: string } {
  return typeof value === 'object' && value !== null && 'type' in value && isText(value.type);
}
