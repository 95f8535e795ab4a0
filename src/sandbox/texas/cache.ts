import { Flights } from '../../maskinporten/flights';

/** A token as Texas keeps and answers it. */
export interface KeptToken {
  readonly accessToken: string;
  readonly expiresAtMs: number;
}

interface Entry {
  readonly token: KeptToken;
  readonly untilMs: number;
}

/** nais/texas, src/cache.rs. */
const MAX_ENTRIES = 262_144;
const LEEWAY_MS = 120_000;

/**
 * Texas's own cache: a token is kept until two minutes before it expires, or for half of its time where it has no more
 * than that. Equal asks at one time are one, and errors are not kept (nais/texas, src/cache.rs).
 */
export class TexasCache {
  readonly #now: () => number;
  readonly #maxEntries: number;
  readonly #entries = new Map</* key */ string, Entry>();
  readonly #flights = new Flights<KeptToken>();

  constructor(now: () => number, maxEntries = MAX_ENTRIES) {
    this.#now = now;
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The token that is kept, if there is one. */
  find(key: string): KeptToken | undefined {
    const entry = this.#entries.get(key);
    if (entry && this.#now() < entry.untilMs) return entry.token;
    this.#entries.delete(key);
    return undefined;
  }

  /** Keeps the token that `ask` gets, and gives it to all who ask at one time. Rejects as `ask` does. */
  renew(key: string, signal: AbortSignal, ask: (signal: AbortSignal) => Promise<KeptToken>): Promise<KeptToken> {
    return this.#flights.join(key, signal, async (shared) => {
      const token = await ask(shared);
      this.#keep(key, token);
      return token;
    });
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  forgetAll(): void {
    this.#entries.clear();
  }

  #keep(key: string, token: KeptToken): void {
    const nowMs = this.#now();
    const leftMs = token.expiresAtMs - nowMs;
    if (leftMs <= 0) return;
    if (this.#entries.size >= this.#maxEntries) this.#makeRoom(nowMs);
    this.#entries.set(key, { token, untilMs: nowMs + (leftMs > LEEWAY_MS ? leftMs - LEEWAY_MS : leftMs / 2) });
  }

  /** What has run out goes first; where nothing has, the oldest. */
  #makeRoom(nowMs: number): void {
    for (const [key, { untilMs }] of this.#entries) {
      if (untilMs <= nowMs) this.#entries.delete(key);
    }
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= this.#maxEntries && oldest !== undefined) this.#entries.delete(oldest);
  }
}
