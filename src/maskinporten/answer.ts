import { decodeToken } from './decode';
import { readJsonObject } from './json';
import type { TransportResponse } from './transport';

/** The members of a token response in use (RFC 6749 section 5.1). */
export interface TokenAnswer {
  readonly accessToken: string;
  readonly lifetimeSeconds: number;
  /** Undefined where the answer has none: then what was asked for was granted. */
  readonly scopes: readonly string[] | undefined;
}

/** Longer than any token lives, and well inside what a date can hold. */
const MAX_LIFETIME_SECONDS = 366 * 24 * 3600;

/**
 * Reads a token response, undefined for what is none. `token_type` compares without regard to case; `expires_in` is
 * only recommended, so the token's own `exp` stands in for it. The token itself may be opaque.
 */
export function readTokenAnswer(
  { status, body, truncated }: TransportResponse,
  nowMs: number,
): TokenAnswer | undefined {
  const answer = status === 200 && !truncated ? readJsonObject(body) : undefined;
  const accessToken = answer?.['access_token'];
  const tokenType = answer?.['token_type'];
  if (typeof accessToken !== 'string' || !/^[\x21-\x7e]+$/.test(accessToken)) return undefined;
  if (typeof tokenType !== 'string' || tokenType.toLowerCase() !== 'bearer') return undefined;
  const lifetimeSeconds = answer?.['expires_in'] ?? lifetimeByExp(accessToken, nowMs);
  if (typeof lifetimeSeconds !== 'number' || lifetimeSeconds <= 0 || lifetimeSeconds > MAX_LIFETIME_SECONDS) {
    return undefined;
  }
  const scope = answer?.['scope'];
  const scopes = typeof scope === 'string' ? scope.split(/\s+/).filter((name) => name !== '') : undefined;
  return { accessToken, lifetimeSeconds, scopes };
}

function lifetimeByExp(accessToken: string, nowMs: number): number | undefined {
  const token = decodeToken(accessToken);
  const exp = token.kind === 'jwt' ? token.claims['exp'] : undefined;
  return typeof exp === 'number' ? exp - Math.floor(nowMs / 1000) : undefined;
}
