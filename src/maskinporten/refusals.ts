import { certificateSubject } from './certificates';
import { headerValue } from './headers';
import { asText, readJsonObject, type JsonObject } from './json';
import type { SentGrant } from './model';
import { hidePersons } from './numbers';
import type { IssuerRefusal, Problem, SentValue } from './problem';
import { ALL_THAT_MAY_MATTER, REFUSAL_ROWS, type RefusalRow } from './refusalTable';
import { retryAfterSeconds } from './retryAfter';
import type { TransportResponse } from './transport';
import { unreadableAnswer } from './unreadable';

/** What was sent, and what the clocks said: what a refusal is explained with. */
export interface RefusedGrant {
  readonly url: string;
  readonly scopes: readonly string[];
  readonly grant: SentGrant;
  /** This machine's clock when the grant was sent and when the answer was there. */
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
  /** Who made the grant and passed the answer on: then the clocks are not this machine's. */
  readonly relayedBy?: 'texas' | undefined;
}

/**
 * Explains an issuer's answer that is no token: known by the code in `error_uri`, else by `error` and the stem of the
 * text. A refusal that is not known is given as it came; an answer that is no OAuth error is `token/unreadable`.
 */
export function explainRefusal(response: TransportResponse, sent: RefusedGrant): Problem {
  const { status, body } = response;
  const answer = status >= 400 ? readJsonObject(body) : undefined;
  const refusal = answer && readRefusal(response, answer, sent);
  if (!refusal) {
    const unreadable = unreadableAnswer(response, sent.answeredAtMs);
    return { code: 'token/unreadable', step: 'token', sent: [urlOf(sent)], ...unreadable };
  }
  const mpCode = mpCodeOf(refusal.errorUri);
  const row = REFUSAL_ROWS.find((known) => (mpCode === undefined ? reads(known, refusal) : known.code === mpCode));
  const values = [...valuesOf(sent.grant, row?.matters ?? ALL_THAT_MAY_MATTER), urlOf(sent)];
  const base = { step: 'token', sent: values, refusal } as const;
  if (!row) return { code: 'token/refused', ...base, mpCode };
  switch (row.code) {
    case 'MP-130':
    case 'token/issued-in-future':
      return { code: row.code, ...base, clockSkewSeconds: clockSkewSeconds(response, sent) };
    case 'MP-200':
    case 'MP-201':
    case 'MP-250':
    case 'MP-251':
      return { code: row.code, ...base, refusedScopes: namedScopes(refusal.description, sent.scopes) };
    default:
      return { code: row.code, ...base };
  }
}

function reads({ error, text }: RefusalRow, refusal: IssuerRefusal): boolean {
  return (error === undefined || error === refusal.error) && text.test(refusal.description ?? '');
}

/**
 * RFC 6749 section 5.2 asks for `error`. Bounded, without control characters and without national identity numbers: it
 * is going to be shown.
 */
function readRefusal(
  { status, headers }: TransportResponse,
  answer: JsonObject,
  { answeredAtMs, relayedBy }: RefusedGrant,
): IssuerRefusal | undefined {
  const error = clean(answer['error'], 100);
  if (error === undefined) return undefined;
  const description = clean(answer['error_description'], 2000);
  const traceId = /\((?:trace_id|correlation id):\s*([0-9a-f-]{8,64})\)/i.exec(description ?? '')?.[1];
  const errorUri = clean(answer['error_uri'], 500);
  const retryAfter = retryAfterSeconds(headers, answeredAtMs);
  return {
    status,
    error,
    description: description && hidePersons(description),
    errorUri,
    traceId,
    ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
    ...(relayedBy && { relayedBy }),
  };
}

function clean(value: unknown, maxLength: number): string | undefined {
  return asText(
    asText(value)
      ?.replace(/\p{Cc}+/gu, ' ')
      .slice(0, maxLength),
  );
}

/** The host of `error_uri` differs between environments; the last part of its path is the code. */
function mpCodeOf(errorUri: string | undefined): string | undefined {
  return /\/(MP-\d{3})\/?$/.exec(errorUri ?? '')?.[1];
}

/** Those of the scopes asked for that the text names: words of the issuer alone never become a scope of ours. */
function namedScopes(description: string | undefined, scopes: readonly string[]): string[] {
  const words = new Set((description ?? '').split(/[\s,()]+/).map((word) => word.replace(/\.$/, '')));
  return scopes.filter((scope) => words.has(scope));
}

/** Positive when this machine's clock is ahead. `Date` has whole seconds (RFC 9110 section 6.6.1). */
function clockSkewSeconds(
  { headers }: TransportResponse,
  { sentAtMs, answeredAtMs, relayedBy }: RefusedGrant,
): number | undefined {
  if (relayedBy) return undefined;
  const issuerMs = Date.parse(headerValue(headers, 'date') ?? '');
  return Number.isNaN(issuerMs) ? undefined : Math.round(((sentAtMs + answeredAtMs) / 2 - issuerMs) / 1000);
}

function valuesOf({ header, claims }: SentGrant, names: readonly string[]): SentValue[] {
  const all: Readonly<Record<string, unknown>> = { ...claims, ...header };
  return names
    .filter((name) => all[name] !== undefined)
    .map((name) => ({ name, value: name === 'x5c' ? certificateSubject(all[name]) : shown(all[name]) }));
}

/** Consents name persons: which one is nobody's business but the issuer's. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return hidePersons(text).slice(0, 2000);
}

function urlOf({ url }: RefusedGrant): SentValue {
  return { name: 'url', value: url };
}
