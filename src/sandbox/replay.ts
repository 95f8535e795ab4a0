import { createHash } from 'node:crypto';

export type ReplayVerdict = 'new' | 'used' | 'full';

/**
 * Remembers grants that were used, each for at least one window and at most two, in two generations.
 * The window is the longest time between the first and the last moment at which the issuer accepts a grant, so a
 * reuse is always seen: either here, or by the grant's own age. Entries are digests of one size, and a full generation puts new grants off
 * instead of forgetting old ones.
 */
export class ReplayStore {
  readonly #windowMs: number;
  readonly #maxEntries: number;
  #startedAtMs = 0;
  #current = new Set<string>();
  #previous = new Set<string>();

  constructor(windowMs: number, maxEntries: number) {
    this.#windowMs = windowMs;
    this.#maxEntries = maxEntries;
  }

  /** Grants that are remembered. */
  get size(): number {
    return this.#current.size + this.#previous.size;
  }

  /** Checks and remembers in one step, so that two copies that arrive together cannot both pass. */
  use(clientId: string, jti: string, nowMs: number): ReplayVerdict {
    this.#turn(nowMs);
    const digest = createHash('sha256')
      .update(JSON.stringify([clientId, jti]))
      .digest('base64url');
    if (this.#current.has(digest) || this.#previous.has(digest)) return 'used';
    if (this.#current.size >= this.#maxEntries) return 'full';
    this.#current.add(digest);
    return 'new';
  }

  #turn(nowMs: number): void {
    // A clock that was set back must not keep a generation open for as long as it was ahead.
    if (nowMs < this.#startedAtMs) this.#startedAtMs = nowMs;
    const ageMs = nowMs - this.#startedAtMs;
    if (ageMs < this.#windowMs) return;
    const isNext = ageMs < 2 * this.#windowMs;
    this.#previous = isNext ? this.#current : new Set();
    this.#current = new Set();
    // From where the one before ended, or a generation that began late would be kept for a third window.
    this.#startedAtMs = isNext ? this.#startedAtMs + this.#windowMs : nowMs;
  }
}
