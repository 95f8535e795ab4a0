import { headerValue } from '../maskinporten/headers';
import { isProtectedUrl } from '../maskinporten/loopback';
import type { HeaderFields, TransportResponse } from '../maskinporten/transport';

export interface FollowableRedirect {
  readonly kind: 'followable';
  readonly location: string;
  /** Of the request that would follow: GET where a POST was answered with 301 or 302, and anything with 303. */
  readonly method: string;
  readonly keepsBody: boolean;
  /** The same origin: only then does a token go along. */
  readonly sameOrigin: boolean;
}

/** Where a response leads that was not followed (RFC 9110 section 15.4). */
export type Redirect =
  | FollowableRedirect
  /** It says so, and names no place. */
  | { readonly kind: 'no-location' }
  /** The place is one that was asked already on the way here. */
  | { readonly kind: 'loop'; readonly location: string }
  /** `location` is as it came where it cannot be read; it never has a password in it. */
  | { readonly kind: 'refused'; readonly location: string; readonly reason: RedirectRefusal };

/** http to another machine; another scheme than these two; a user name or password; no URL. */
export type RedirectRefusal = 'insecure' | 'not-http' | 'credentials' | 'unreadable';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** What was asked for, and what was asked for before it in the same chain. */
export interface RedirectedRequest {
  readonly method: string;
  readonly url: URL;
  /** The URLs that led here. */
  readonly followed?: readonly string[] | undefined;
}

/** Where `response` would lead; undefined where it is no redirect. */
export function redirectOf(
  { status, headers }: Pick<TransportResponse, 'status' | 'headers'>,
  { method, url, followed = [] }: RedirectedRequest,
): Redirect | undefined {
  if (!REDIRECTS.has(status)) return undefined;
  const written = headerValue(headers, 'location')?.trim();
  if (written === undefined || written === '') return { kind: 'no-location' };
  if (!URL.canParse(written, url.href)) {
    return { kind: 'refused', location: written.slice(0, 200), reason: 'unreadable' };
  }
  const target = new URL(written, url);
  target.hash = '';
  if (target.protocol !== 'https:' && target.protocol !== 'http:') {
    return { kind: 'refused', location: target.href.slice(0, 200), reason: 'not-http' };
  }
  if (target.username !== '' || target.password !== '') {
    target.username = '';
    target.password = '';
    return { kind: 'refused', location: target.href, reason: 'credentials' };
  }
  const location = target.href;
  if (!isProtectedUrl(target)) return { kind: 'refused', location, reason: 'insecure' };
  const next = nextMethod(status, method);
  // A form that is answered with the page it stands on leads back on purpose, with another method.
  if (followed.includes(location) || (location === url.href && next === method)) return { kind: 'loop', location };
  return {
    kind: 'followable',
    location,
    method: next,
    keepsBody: next === method && next !== 'GET' && next !== 'HEAD',
    sameOrigin: target.origin === url.origin,
  };
}

/** As browsers do it (Fetch Standard, "HTTP-redirect fetch"). */
function nextMethod(status: number, method: string): string {
  if (status === 303) return method === 'HEAD' ? 'HEAD' : 'GET';
  return (status === 301 || status === 302) && method === 'POST' ? 'GET' : method;
}

/** Fields that may go to another origin: no other is known to hold no secret. */
const HARMLESS_FIELDS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-type']);

/** A request that was redirected, as far as the next one is made from it. */
export interface FollowableRequest {
  readonly method: string;
  readonly headers: HeaderFields;
  readonly body?: string | Uint8Array | undefined;
  readonly followed?: readonly string[] | undefined;
}

/**
 * The request that follows a redirect of `request`, which was sent to `sentUrl`. To another origin go none but harmless
 * header fields, and no token: `sameOrigin` says whether one may go along.
 */
export function following(
  request: FollowableRequest,
  sentUrl: string,
  { location, method, keepsBody, sameOrigin }: FollowableRedirect,
) {
  const headers = request.headers.filter(([name]) => {
    const field = name.toLowerCase();
    return (sameOrigin || HARMLESS_FIELDS.has(field)) && (keepsBody || field !== 'content-type');
  });
  return {
    method,
    url: location,
    headers,
    body: keepsBody ? request.body : undefined,
    followed: [...(request.followed ?? []), sentUrl],
  };
}
