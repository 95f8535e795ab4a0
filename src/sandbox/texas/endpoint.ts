import type { Token, TokenRequest, TokenSource } from '../../maskinporten/model';
import type * as Jose from '../../maskinporten/jose';
import { jsonAnswer } from '../http';
import type { Answer, Request, Route } from '../http';
import type { SandboxListener } from '../model';
import { TexasCache } from './cache';
import type { KeptToken } from './cache';
import { failureOf, invalidRequest, notEnabled } from './failures';
import type { TexasFailure } from './failures';
import type { FieldRules, FieldValues } from './fields';
import { Introspector } from './introspection';
import type { TrustedIssuer } from './introspection';
import { RateLimit } from './rateLimit';
import { EXCHANGE_FIELDS, INTROSPECTION_FIELDS, readTexasRequest, TOKEN_FIELDS } from './request';

/** The only provider here; Texas has others on clusters where an app asks for them. */
const PROVIDER = 'maskinporten';

/** Texas gives up on an ask after two seconds, and tries three times more (nais/texas, src/http/client.rs). */
const UPSTREAM_LIMIT_MS = 8_000;

/** What axum answers where a path has no such method: nothing but `allow`. */
const METHOD_NOT_ALLOWED: Answer = { status: 405, headers: {}, body: '' };

export interface TexasOptions {
  readonly jose: typeof Jose;
  /** Gives tokens anew for each ask: the cache here is Texas's own. */
  readonly source: TokenSource;
  readonly trusted: TrustedIssuer;
  readonly maxAsksPerSecond: number;
  readonly now: () => number;
  readonly emit: SandboxListener;
}

/** Texas's API (nais/texas, src/handler) over a source of tokens, for Maskinporten alone. */
export class TexasEndpoint {
  readonly #source: TokenSource;
  readonly #introspector: Introspector;
  readonly #cache: TexasCache;
  readonly #limit: RateLimit;
  readonly #now: () => number;
  readonly #emit: SandboxListener;

  constructor({ jose, source, trusted, maxAsksPerSecond, now, emit }: TexasOptions) {
    this.#source = source;
    this.#introspector = new Introspector(jose, trusted, now);
    this.#cache = new TexasCache(now);
    this.#limit = new RateLimit(maxAsksPerSecond, now);
    this.#now = now;
    this.#emit = emit;
  }

  /** Its routes by their paths below the endpoint's own. */
  routes(): readonly (readonly [path: string, route: Route])[] {
    const posted = (handle: Route['handle']): Route => ({
      methods: ['POST'],
      otherMethods: METHOD_NOT_ALLOWED,
      handle,
    });
    const probe: Route = {
      methods: ['GET', 'HEAD'],
      otherMethods: METHOD_NOT_ALLOWED,
      handle: () => ({ status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'ok' }),
    };
    return [
      ['api/v1/token', posted((request) => this.token(request))],
      ['api/v1/token/exchange', posted((request) => this.exchange(request))],
      ['api/v1/introspect', posted((request) => this.introspect(request))],
      ['', probe],
      ['healthz', probe],
    ];
  }

  /** Asks its source anew for everything from now on. */
  forget(): void {
    this.#cache.forgetAll();
  }

  async token(request: Request): Promise<Answer> {
    const read = this.#read(request, TOKEN_FIELDS);
    if ('failure' in read) return this.#refuse(read.failure, undefined);
    const { fields } = read;
    const target = textOf(fields, 'target');
    if (fields['identity_provider'] !== PROVIDER) {
      return this.#refuse(notEnabled(textOf(fields, 'identity_provider')), target);
    }
    const key = keyOf(fields);
    if (fields['skip_cache'] === true) this.#cache.forget(key);
    try {
      const token =
        this.#cache.find(key) ?? (await this.#cache.renew(key, request.signal, (signal) => this.#ask(fields, signal)));
      this.#emit({ kind: 'texas', status: 200, scope: target, workload: undefined });
      return jsonAnswer(200, {
        access_token: token.accessToken,
        token_type: 'Bearer',
        expires_in: wholeSecondsLeft(token.expiresAtMs - this.#now()),
      });
    } catch (error) {
      return this.#refuse(error instanceof TooManyAsks ? TOO_MANY_ASKS : failureOf(error), target);
    }
  }

  /** Maskinporten has no exchange of tokens, and neither has Texas for it. */
  exchange(request: Request): Answer {
    const read = this.#read(request, EXCHANGE_FIELDS);
    if ('failure' in read) return this.#refuse(read.failure, undefined);
    const provider = textOf(read.fields, 'identity_provider');
    const failure =
      provider === PROVIDER
        ? invalidRequest(`identity provider '${provider}' does not support token exchange`)
        : notEnabled(provider);
    return this.#refuse(failure, textOf(read.fields, 'target'));
  }

  async introspect(request: Request): Promise<Answer> {
    const read = this.#read(request, INTROSPECTION_FIELDS);
    if ('failure' in read) return this.#refuse(read.failure, undefined);
    const provider = textOf(read.fields, 'identity_provider');
    const result =
      provider === PROVIDER
        ? await this.#introspector.introspect(textOf(read.fields, 'token'), request.signal)
        : ({ active: false, error: notEnabled(provider).description } as const);
    const scope = result.active && typeof result.claims['scope'] === 'string' ? result.claims['scope'] : undefined;
    this.#emit({ kind: 'introspection', status: 200, scope, workload: undefined });
    return jsonAnswer(200, result.active ? { ...result.claims, active: true } : result);
  }

  #read(request: Request, rules: FieldRules): { readonly fields: FieldValues } | { readonly failure: TexasFailure } {
    const reading = readTexasRequest(request, rules);
    return reading.ok ? { fields: reading.fields } : { failure: invalidRequest(reading.description) };
  }

  async #ask(fields: FieldValues, signal: AbortSignal): Promise<KeptToken> {
    if (!this.#limit.take()) throw new TooManyAsks();
    const limited = AbortSignal.any([signal, AbortSignal.timeout(UPSTREAM_LIMIT_MS)]);
    return keptFrom(await this.#source.getToken(requestFrom(fields), limited));
  }

  #refuse({ status, error, description }: TexasFailure, scope: string | undefined): Answer {
    this.#emit({ kind: 'texas', status, scope, workload: undefined, code: error });
    const headers = status === TOO_MANY_ASKS.status ? { 'retry-after': '1' } : {};
    return jsonAnswer(status, { error, error_description: description }, headers);
  }
}

class TooManyAsks extends Error {}

/** Not Texas's own: a loop in an app under development must not reach Maskinporten at full speed. */
const TOO_MANY_ASKS: TexasFailure = {
  status: 429,
  error: 'temporarily_unavailable',
  description: 'Too many tokens were asked for at once. Leave out skip_cache, and ask for each target once.',
};

function keptFrom({ accessToken, expiresAtMs }: Token): KeptToken {
  return { accessToken, expiresAtMs };
}

/** `target` is a list by spaces to Maskinporten, and one text to Texas. */
function requestFrom(fields: FieldValues): TokenRequest {
  const details = fields['authorization_details'] as TokenRequest['authorizationDetails'];
  const resource = fields['resource'];
  return {
    scopes: textOf(fields, 'target')
      .split(' ')
      .filter((scope) => scope !== ''),
    ...(typeof resource === 'string' && { resource }),
    ...(details !== undefined && { authorizationDetails: details }),
    skipCache: true,
  };
}

/** Requests that ask for one token (nais/texas, `TokenRequest`): the order of scopes matters, that of members does not. */
function keyOf({ target, resource, authorization_details: details }: FieldValues): string {
  return JSON.stringify([target, resource ?? null, sorted(details ?? null)]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, sorted(member)] as const);
  return members.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Texas's clock has moved on by the time it answers, if only by a moment: 120 s are 119 whole ones then. */
function wholeSecondsLeft(leftMs: number): number {
  return Math.max(Math.ceil(leftMs / 1_000) - 1, 0);
}

function textOf(fields: FieldValues, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
