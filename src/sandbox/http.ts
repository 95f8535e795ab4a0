import type { IncomingHttpHeaders } from 'node:http';

/** A request that passed the guard, with its whole body. */
export interface Request {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  /** Aborts when whoever asked has gone. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Nothing is answered: the connection is broken off. */
  readonly hangUp?: true;
}

export interface Route {
  readonly methods: readonly string[];
  /** What another method gets; problem details when it is left out. */
  readonly otherMethods?: Answer;
  readonly handle: (request: Request) => Answer | Promise<Answer>;
}

export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** An error that is not OAuth's, as problem details (RFC 9457). */
export function problemAnswer(
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const body = { type: 'about:blank', title, status, detail };
  return jsonAnswer(status, body, { 'content-type': 'application/problem+json', ...headers });
}

const OUTSIDE_DESCRIPTION = /[^\x20-\x21\x23-\x5b\x5d-\x7e]/g;
const LONGEST_DESCRIPTION = 1_000;

/**
 * Keeps to the characters that an error description may have (RFC 6749 section 5.2, RFC 6750 section 3),
 * which also makes it safe inside a quoted header parameter. Other characters become `?`.
 */
export function describable(text: string): string {
  return text.slice(0, LONGEST_DESCRIPTION).replace(OUTSIDE_DESCRIPTION, '?');
}
