import { headerValue } from './headers';
import { asText, readJsonObject, type JsonObject } from './json';
import type { SentGrant } from './model';
import type { IssuerRefusal, Problem, ProblemCode, SentValue } from './problem';
import type { TransportResponse } from './transport';

/** Codes that an issuer's answer may have; the clock and the scopes are told apart further down. */
type RefusalCode = Extract<
  ProblemCode,
  `MP-${string}` | 'token/unknown-kid' | 'token/kid-required' | 'token/issued-in-future' | 'token/own-consumer-org'
>;

interface Row {
  readonly code: RefusalCode;
  /** Undefined where no published answer shows which `error` goes with the text. */
  readonly error?: string;
  /** Part of the text, as Digdir's page "Troubleshooting" and published answers word it. */
  readonly text: RegExp;
  /** Names of the claims and header members that matter to this refusal, the most telling first. */
  readonly matters: readonly string[];
}

/**
 * Maskinporten's refusals, from Digdir's page "Troubleshooting" (docs.digdir.no, maskinporten_feilsoking). The order
 * matters for those known by their text: "Client authentication failed" stands before most of the others.
 */
const ROWS: readonly Row[] = [
  { code: 'MP-110', error: 'invalid_grant', text: /Invalid JWT claim aud/i, matters: ['aud'] },
  { code: 'MP-121', error: 'invalid_grant', text: /Expired key/i, matters: ['kid', 'iss'] },
  { code: 'MP-124', text: /Invalid JWT signature/i, matters: ['kid', 'alg', 'iss'] },
  { code: 'MP-130', text: /JWT is expired/i, matters: ['iat', 'exp'] },
  { code: 'MP-012', text: /Grant is used before/i, matters: ['jti'] },
  {
    code: 'token/unknown-kid',
    error: 'invalid_grant',
    text: /Unknown key identifier \(kid\)/i,
    matters: ['kid', 'iss', 'aud'],
  },
  {
    code: 'token/kid-required',
    error: 'invalid_grant',
    text: /requires pre-registered jwk and no key identifier/i,
    matters: ['kid', 'iss'],
  },
  {
    code: 'token/issued-in-future',
    error: 'invalid_grant',
    text: /Issue time is after now/i,
    matters: ['iat', 'exp'],
  },
  {
    code: 'token/own-consumer-org',
    error: 'invalid_request',
    text: /combination consumer_org in claim and delegation scope on client/i,
    matters: ['consumer_org', 'scope'],
  },
  {
    code: 'MP-100',
    error: 'invalid_grant',
    text: /Client not found|Client authentication failed\.?\s*(?:\(|$)/i,
    matters: ['iss', 'aud'],
  },
  {
    code: 'MP-011',
    error: 'invalid_request',
    text: /Invalid assertion\. Invalid parameter value/i,
    matters: ['aud', 'iss', 'scope'],
  },
  { code: 'MP-200', error: 'invalid_scope', text: /contains invalid scopes for client/i, matters: ['scope', 'iss'] },
  {
    code: 'MP-201',
    error: 'invalid_scope',
    text: /scopes not allowed for maskinporten|integration types? only allowed for user login/i,
    matters: ['scope'],
  },
  {
    code: 'MP-250',
    error: 'forbidden',
    text: /has not been granted access to the scope/i,
    matters: ['scope', 'consumer_org', 'iss'],
  },
  {
    code: 'MP-251',
    error: 'forbidden',
    text: /has not delegated access to the scope/i,
    matters: ['scope', 'consumer_org', 'iss'],
  },
];

/** Everything of a grant that may be shown, for refusals of which we do not know what they are about. */
const ALL_THAT_MAY_MATTER = ['iss', 'aud', 'scope', 'kid', 'alg', 'iat', 'exp', 'resource', 'consumer_org'];

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
  const { status, headers, body } = response;
  const answer = status >= 400 ? readJsonObject(body) : undefined;
  const refusal = answer && readRefusal(status, answer, sent.relayedBy);
  if (!refusal) {
    const contentType = headerValue(headers, 'content-type');
    return { code: 'token/unreadable', step: 'token', sent: [urlOf(sent)], status, contentType };
  }
  const mpCode = mpCodeOf(refusal.errorUri);
  const row = ROWS.find((known) => (mpCode === undefined ? reads(known, refusal) : known.code === mpCode));
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

function reads({ error, text }: Row, refusal: IssuerRefusal): boolean {
  return (error === undefined || error === refusal.error) && text.test(refusal.description ?? '');
}

/** RFC 6749 section 5.2 asks for `error`. Bounded and without control characters: it is going to be shown. */
function readRefusal(
  status: number,
  answer: JsonObject,
  relayedBy: IssuerRefusal['relayedBy'],
): IssuerRefusal | undefined {
  const error = clean(answer['error'], 100);
  if (error === undefined) return undefined;
  const description = clean(answer['error_description'], 2000);
  const traceId = /\((?:trace_id|correlation id):\s*([0-9a-f-]{8,64})\)/i.exec(description ?? '')?.[1];
  const errorUri = clean(answer['error_uri'], 500);
  return { status, error, description, errorUri, traceId, ...(relayedBy && { relayedBy }) };
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
  return names.filter((name) => all[name] !== undefined).map((name) => ({ name, value: String(all[name]) }));
}

function urlOf({ url }: RefusedGrant): SentValue {
  return { name: 'url', value: url };
}
