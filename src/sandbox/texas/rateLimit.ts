/** Lets through as many in a second as it may, all at once where none came before (a token bucket). */
export class RateLimit {
  readonly #perSecond: number;
  readonly #now: () => number;
  #left: number;
  #filledAtMs: number;

  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond;
    this.#now = now;
    this.#left = perSecond;
    this.#filledAtMs = now();
  }

  /** Whether one more may go through now. */
  take(): boolean {
    const nowMs = this.#now();
    const earned = (Math.max(nowMs - this.#filledAtMs, 0) / 1_000) * this.#perSecond;
    this.#left = Math.min(this.#left + earned, this.#perSecond);
    this.#filledAtMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
