import { headerValues } from '../maskinporten/headers';
import type { TransportResponse } from '../maskinporten/transport';
import { parseWwwAuthenticate } from './wwwAuthenticate';

/** What is known of the token that an API did not take. */
export interface RefusedToken {
  /** It came from the cache: a new one may be better. One that was granted for this very request is as new as any. */
  readonly fromCache: boolean;
  /** This request is the second try already. */
  readonly retried: boolean;
}

export type RetryDecision =
  | { readonly retry: true }
  | { readonly retry: false; readonly because: 'not-401' | 'no-token' | 'retried' | 'token-is-new' | 'other-reason' };

/**
 * Whether one more try with a newly granted token may help: after a 401 to a token from the cache, once, unless the API
 * says that something else than the token's validity is wrong (RFC 6750 section 3.1). A 401 says that nothing was done
 * (RFC 9110 section 15.5.2), so this holds for every method.
 */
export function mayRetryWithNewToken(
  { status, headers }: Pick<TransportResponse, 'status' | 'headers'>,
  token: RefusedToken | undefined,
): RetryDecision {
  if (status !== 401) return { retry: false, because: 'not-401' };
  if (!token) return { retry: false, because: 'no-token' };
  if (token.retried) return { retry: false, because: 'retried' };
  if (!token.fromCache) return { retry: false, because: 'token-is-new' };
  const challenges = parseWwwAuthenticate(headerValues(headers, 'www-authenticate'));
  const bearer = challenges.filter(({ scheme }) => scheme.toLowerCase() === 'bearer');
  const errors = bearer.flatMap(({ params }) => params['error'] ?? []);
  const isOtherScheme = challenges.length > 0 && bearer.length === 0;
  const isOtherError = errors.length > 0 && !errors.includes('invalid_token');
  return isOtherScheme || isOtherError ? { retry: false, because: 'other-reason' } : { retry: true };
}

/** The scopes that a 403 asks for (RFC 6750 section 3.1, `insufficient_scope`); empty where it names none. */
export function missingScopes({ status, headers }: Pick<TransportResponse, 'status' | 'headers'>): readonly string[] {
  if (status !== 401 && status !== 403) return [];
  const named = parseWwwAuthenticate(headerValues(headers, 'www-authenticate'))
    .filter(({ scheme, params }) => scheme.toLowerCase() === 'bearer' && params['error'] === 'insufficient_scope')
    .flatMap(({ params }) => (params['scope'] ?? '').split(/\s+/));
  return [...new Set(named.filter((scope) => scope !== ''))];
}
