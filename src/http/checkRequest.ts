import { isLoopbackHost } from '../maskinporten/loopback';
import type { EnvironmentKind } from '../maskinporten/model';
import { ProblemError, type HeaderFault, type Problem, type ProblemStep } from '../maskinporten/problem';
import type { HeaderFields, TransportRequest } from '../maskinporten/transport';
import { checkHeaders, headerFault, isMethod } from './headers';
import { checkTarget, targetFault } from './target';

/**
 * What every transport refuses before anything is sent: a target, a method or a header field that must not go out.
 * Gives the URL without its fragment; throws a ProblemError.
 */
export function checkRequest({ url: text, method, headers, step }: TransportRequest): URL {
  const url = checkTarget(text, step);
  const fault = methodFault(method, step);
  if (fault) throw new ProblemError(fault);
  checkHeaders(headers, step);
  return url;
}

/** A request as far as it is judged before it is sent. */
export interface JudgedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderFields;
  /** Where the token that it carries is from; undefined without one. */
  readonly tokenFrom: EnvironmentKind | undefined;
}

/** The part of a request that is at fault: a header by its place among the headers. */
export type FaultyPart = 'method' | 'url' | 'token' | { readonly header: number };

export interface RequestFault {
  readonly part: FaultyPart;
  readonly problem: Problem;
}

/** All for which `sendTestRequest` and the transports would refuse a request, so that it can be said while it is typed. */
export function requestFaults({ method, url, headers, tokenFrom }: JudgedRequest): readonly RequestFault[] {
  const ofMethod = methodFault(method, 'api');
  const ofTarget = targetFault(url, 'api');
  const ofToken = tokenFrom !== undefined && !ofTarget ? tokenFault(tokenFrom, new URL(url)) : undefined;
  return [
    ...(ofMethod ? [{ part: 'method', problem: ofMethod } as const] : []),
    ...(ofTarget ? [{ part: 'url', problem: ofTarget } as const] : []),
    ...(ofToken ? [{ part: 'token', problem: ofToken } as const] : []),
    ...headers.flatMap(([name, value], at) => {
      const reason =
        headerFault(name, value) ?? (tokenFrom === undefined ? undefined : headerBesideTokenFault([name, value]));
      return reason ? [{ part: { header: at }, problem: badHeader(name, reason) }] : [];
    }),
  ];
}

/** Throws a ProblemError for a token that must not go along with a request. */
export function checkToken(
  {
    accessToken,
    environment,
  }: { readonly accessToken: string; readonly environment: { readonly kind: EnvironmentKind } },
  headers: HeaderFields,
  url: URL,
): void {
  const beside = headers.map(headerBesideTokenFault).find((reason) => reason !== undefined);
  if (beside) throw new ProblemError(badHeader('authorization', beside));
  if (!/^[\x21-\x7e]+$/.test(accessToken)) throw new ProblemError(badHeader('authorization', 'illegal-token'));
  const fault = tokenFault(environment.kind, url);
  if (fault) throw new ProblemError(fault);
}

/** A sandbox's token goes to this machine alone. */
function tokenFault(kind: EnvironmentKind, url: URL): Problem | undefined {
  return kind === 'sandbox' && !isLoopbackHost(url.hostname)
    ? { code: 'request/sandbox-token-elsewhere', step: 'api', sent: [], host: url.host }
    : undefined;
}

function headerBesideTokenFault([name]: HeaderFields[number]): HeaderFault | undefined {
  return name.toLowerCase() === 'authorization' ? 'authorization-beside-token' : undefined;
}

function methodFault(method: string, step: ProblemStep): Problem | undefined {
  return isMethod(method) ? undefined : { code: 'request/bad-method', step, sent: [], method: method.slice(0, 50) };
}

function badHeader(header: string, reason: HeaderFault): Problem {
  return { code: 'request/bad-header', step: 'api', sent: [], header, reason };
}
