import { ProblemError } from '../maskinporten/problem';
import type { TransportRequest } from '../maskinporten/transport';
import { checkHeaders, isMethod } from './headers';
import { checkTarget } from './target';

/**
 * What every transport refuses before anything is sent: a target, a method or a header field that must not go out.
 * Gives the URL without its fragment; throws a ProblemError.
 */
export function checkRequest({ url: text, method, headers, step }: TransportRequest): URL {
  const url = checkTarget(text, step);
  if (!isMethod(method)) {
    throw new ProblemError({ code: 'request/bad-method', step, sent: [], method: method.slice(0, 50) });
  }
  checkHeaders(headers, step);
  return url;
}
