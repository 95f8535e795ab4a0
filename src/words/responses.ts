import type { Translate } from '../shared/localize';

/** One challenge of a WWW-Authenticate header (RFC 9110 section 11.6.1). */
export interface ChallengeWords {
  readonly scheme: string;
  readonly params: Readonly<Record<string, string>>;
}

/** What an API means by its status, in one sentence. `tokenSent` tells the two stories of a 401 apart. */
export function wordStatus(status: number, tokenSent: boolean, t: Translate): string {
  switch (status) {
    case 201:
      return t('The API created something.');
    case 202:
      return t('The API took the request and works on it later.');
    case 204:
      return t('The API did it and has nothing to add.');
    case 304:
      return t('Nothing changed since the version that the request names.');
    case 400:
      return t('The API finds the request itself wrong.');
    case 401:
      return tokenSent ? t('The API does not accept the request with this token.') : t('The API wants a token.');
    case 403:
      return t('The API understood who asks, and does not allow this.');
    case 404:
      return t('The API has nothing at this address. Some APIs say so to callers without access, too.');
    case 405:
      return t('The API does not take this method at this address.');
    case 406:
      return t('The API cannot answer in a form that the Accept header allows.');
    case 409:
      return t('The request does not fit the state of what it is about.');
    case 413:
      return t('The body is larger than the API takes.');
    case 415:
      return t('The API does not take this content type.');
    case 422:
      return t('The API reads the body but cannot work with what it says.');
    case 429:
      return t('Too many requests. Wait before the next one.');
    case 502:
    case 503:
    case 504:
      return t('The API, or something that it needs, is not available now.');
    default:
      return wordStatusClass(status, t);
  }
}

function wordStatusClass(status: number, t: Translate): string {
  if (status < 200) return t('The API has not given its final answer.');
  if (status < 300) return t('The API accepted the request.');
  if (status < 400) return t('The API points to another address.');
  if (status < 500) return t('The API refuses the request.');
  return t('The API failed.');
}

/** What a challenge asks for (RFC 6750 section 3). Its own words are quoted, never ours. */
export function wordChallenge({ scheme, params }: ChallengeWords, tokenSent: boolean, t: Translate): string {
  if (scheme.toLowerCase() !== 'bearer') {
    return t('The API asks for {scheme}, which a Bearer token does not satisfy (WWW-Authenticate).', { scheme });
  }
  const said = params['error_description'];
  const reason = wordBearerError(params, tokenSent, t);
  return said ? `${reason} ${t('It says: “{text}”', { text: said })}` : reason;
}

function wordBearerError(params: Readonly<Record<string, string>>, tokenSent: boolean, t: Translate): string {
  const { error, scope } = params;
  switch (error) {
    case undefined:
      return tokenSent
        ? t('The API asks for a Bearer token and gives no reason why this one is not enough (WWW-Authenticate).')
        : t('The API asks for a Bearer token (WWW-Authenticate).');
    case 'invalid_token':
      return t(
        'The API considers the token invalid: expired, damaged, or from an issuer that it does not trust (invalid_token).',
      );
    case 'insufficient_scope':
      return scope
        ? t('The token lacks a scope. The API asks for {scope} (insufficient_scope).', { scope })
        : t('The token lacks a scope that the API asks for (insufficient_scope).');
    case 'invalid_request':
      return t('The API finds the way in which the token was sent wrong (invalid_request).');
    default:
      return t('The API refuses the token ({error}).', { error });
  }
}

/** A number of bytes in decimal units, as file managers count them. */
export function wordBytes(bytes: number, t: Translate): string {
  if (bytes < 1000) return t('{count} B', { count: bytes });
  if (bytes < 1_000_000) return t('{count} kB', { count: Number((bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)) });
  if (bytes < 1_000_000_000) return t('{count} MB', { count: Number((bytes / 1_000_000).toFixed(1)) });
  return t('{count} GB', { count: Number((bytes / 1_000_000_000).toFixed(2)) });
}
