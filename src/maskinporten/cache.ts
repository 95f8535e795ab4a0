import { Flights } from './flights';
import type { Token, TokenRequest, TokenSource } from './model';

const MAX_LEEWAY_MS = 10_000;

export interface TokenCacheOptions {
  readonly now?: () => number;
  /** Called after a token came or went. */
  readonly onDidChange?: () => void;
  /** The oldest goes when one more comes. */
  readonly maxTokens?: number;
}

interface Entry {
  readonly token: Token;
  readonly sourceKey: string;
  /** Which ask it answered: a slow answer never replaces that of a later ask. */
  readonly ask: number;
}

/**
 * Tokens in memory, above every source. Equal requests that run at one time share one ask; errors are not kept. A
 * token is used until shortly before it expires: ten seconds, or a tenth of its lifetime where that is shorter.
 */
export class TokenCache {
  private readonly entries = new Map</* request key */ string, Entry>();
  private readonly flights = new Flights<Token>();
  private readonly now: () => number;
  private readonly onDidChange: () => void;
  private readonly maxTokens: number;
  private asks = 0;
  private forgottenAtAsk = 0;

  constructor({ now = Date.now, onDidChange = () => undefined, maxTokens = 10_000 }: TokenCacheOptions = {}) {
    this.now = now;
    this.onDidChange = onDidChange;
    this.maxTokens = maxTokens;
  }

  /**
   * Gives a token that is good now: from memory, else from `source`. Rejects with what the source rejects with, or
   * with the signal's reason; then other callers go on waiting, and only the last to leave aborts the ask itself.
   */
  async get(source: TokenSource, request: TokenRequest, signal: AbortSignal): Promise<Token> {
    signal.throwIfAborted();
    const key = requestKey(source, request);
    const held = this.entries.get(key)?.token;
    const skipCache = request.skipCache === true;
    if (held && !skipCache && this.isGood(held)) return held;
    // Whoever skips the cache wants an answer that is newer than the wish, so joins only those with the same wish.
    return this.flights.join(`${String(skipCache)} ${key}`, signal, (shared) => this.ask(source, key, request, shared));
  }

  /** The token in memory for this request, expired or not, undefined when there is none. Asks nobody. */
  peek(source: TokenSource, request: TokenRequest): Token | undefined {
    return this.entries.get(requestKey(source, request))?.token;
  }

  /** Forgets the tokens of one source, or all; of a scope those alone that it was asked for. What is on its way is not kept. */
  forget(source?: TokenSource, scope?: string): void {
    this.forgottenAtAsk = this.asks;
    const gone = source && sourceKey(source);
    for (const [key, { sourceKey: from, token }] of this.entries) {
      const isFrom = gone === undefined || from === gone;
      if (isFrom && (scope === undefined || token.requestedScopes.includes(scope))) this.entries.delete(key);
    }
    this.onDidChange();
  }

  private async ask(source: TokenSource, key: string, request: TokenRequest, signal: AbortSignal): Promise<Token> {
    this.asks += 1;
    const ask = this.asks;
    const token = await source.getToken(request, signal);
    const newest = this.entries.get(key)?.ask ?? 0;
    if (source.cachesItself !== true && ask > this.forgottenAtAsk && ask > newest) {
      this.keep(key, { token, sourceKey: sourceKey(source), ask });
    }
    return token;
  }

  private keep(key: string, entry: Entry): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
    const [oldest] = this.entries.keys();
    if (this.entries.size > this.maxTokens && oldest !== undefined) this.entries.delete(oldest);
    this.onDidChange();
  }

  /** A clock that was set back makes a token's age negative: then nobody knows, and a new one is asked for. */
  private isGood({ obtainedAtMs, expiresAtMs }: Token): boolean {
    const lifetime = expiresAtMs - obtainedAtMs;
    const age = this.now() - obtainedAtMs;
    return age >= 0 && age < lifetime - Math.min(MAX_LEEWAY_MS, lifetime / 10);
  }
}

function sourceKey({ id, environment, clientId }: TokenSource): string {
  return JSON.stringify([id, environment.kind, environment.issuer, clientId]);
}

function requestKey(source: TokenSource, request: TokenRequest): string {
  return JSON.stringify([sourceKey(source), wishKey(request)]);
}

/** All that makes a difference to the token. The order of scopes and of an object's members makes none. */
export function wishKey({ scopes, resource, consumerOrg, pid, authorizationDetails }: TokenRequest): string {
  return JSON.stringify([
    [...new Set(scopes)].sort(),
    resource ?? null,
    consumerOrg ?? null,
    pid ?? null,
    sortMembers(authorizationDetails) ?? null,
  ]);
}

function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sortMembers(member)]));
}
