import { isProtectedUrl } from '../maskinporten/loopback';
import { ProblemError, type Problem, type ProblemStep } from '../maskinporten/problem';

/**
 * Where a request may go: https, or http that stays on this machine, and no user name or password in the URL.
 * Throws a ProblemError for anything else. The fragment, which is never sent, is taken off.
 */
export function checkTarget(text: string, step: ProblemStep): URL {
  const url = parsed(text);
  if (!url) throw new ProblemError(badUrl(text, step));
  const fault = faultOf(url, step);
  if (fault) throw new ProblemError(fault);
  if (text.includes('#')) url.hash = '';
  return url;
}

/** Why a request may not go to a URL; undefined where it may. */
export function targetFault(text: string, step: ProblemStep): Problem | undefined {
  const url = parsed(text);
  return url ? faultOf(url, step) : badUrl(text, step);
}

function faultOf(url: URL, step: ProblemStep): Problem | undefined {
  if (url.username !== '' || url.password !== '') return { code: 'request/url-credentials', step, sent: [] };
  return isProtectedUrl(url) ? undefined : { code: 'request/insecure-url', step, sent: [], url: shownUrl(url) };
}

function badUrl(text: string, step: ProblemStep): Problem {
  return { code: 'request/bad-url', step, sent: [], url: text.slice(0, 200) };
}

/** Every request passes here, and asking first whether a text can be read would read it twice. */
function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** A URL as a Problem may show it. The query is left out: it may hold a national identity number or a key. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
