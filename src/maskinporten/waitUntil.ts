import type { Token, TokenRequest } from './model';
import { problemOf, type Problem } from './problem';

const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 60_000;
/** A change may take this long to reach Maskinporten (Nais's page "Consume an API"). */
const PATIENCE_MS = 15 * 60_000;

/** Time as the wait needs it, so that a test need not wait. */
export interface WaitClock {
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when that comes first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export type WaitState =
  | { readonly kind: 'asking'; readonly attempt: number; readonly giveUpAtMs: number }
  | {
      readonly kind: 'waiting';
      readonly attempt: number;
      readonly nextAtMs: number;
      readonly giveUpAtMs: number;
      readonly problem: Problem;
    };

export type WaitResult =
  | { readonly kind: 'granted'; readonly token: Token; readonly attempts: number }
  /** Refused in the same way for as long as it may take. */
  | { readonly kind: 'gave-up'; readonly problem: Problem; readonly attempts: number }
  /** Refused in a way that waiting does not help against. */
  | { readonly kind: 'failed'; readonly problem: Problem; readonly attempts: number }
  | { readonly kind: 'cancelled'; readonly attempts: number };

export interface WaitOptions {
  readonly ask: (request: TokenRequest, signal: AbortSignal) => Promise<Token>;
  readonly request: TokenRequest;
  readonly signal: AbortSignal;
  readonly clock?: WaitClock;
  readonly onState?: (state: WaitState) => void;
}

/**
 * Asks for a token again and again until it is granted: after 15 seconds first, then ever more slowly up to a minute,
 * for 15 minutes at most, and never before the issuer wants to be asked. No try is answered from a cache, neither ours
 * nor Texas's. Rejects only with what is no Problem.
 */
export async function waitUntilGranted({
  ask,
  request,
  signal,
  clock = SYSTEM_CLOCK,
  onState = () => undefined,
}: WaitOptions): Promise<WaitResult> {
  const giveUpAtMs = clock.now() + PATIENCE_MS;
  let pauseMs = FIRST_PAUSE_MS;
  for (let attempt = 1; ; attempt++) {
    let problem: Problem | undefined;
    try {
      signal.throwIfAborted();
      onState({ kind: 'asking', attempt, giveUpAtMs });
      return { kind: 'granted', token: await ask({ ...request, skipCache: true }, signal), attempts: attempt };
    } catch (error) {
      if (hasGivenUp(signal)) return { kind: 'cancelled', attempts: attempt };
      problem = problemOf(error);
      if (!problem) throw error;
    }
    if (!mayPass(problem)) return { kind: 'failed', problem, attempts: attempt };
    const nextAtMs = clock.now() + Math.max(pauseMs, (retryAfterOf(problem) ?? 0) * 1000);
    if (nextAtMs > giveUpAtMs) return { kind: 'gave-up', problem, attempts: attempt };
    onState({ kind: 'waiting', attempt, nextAtMs, giveUpAtMs, problem });
    try {
      await clock.sleep(nextAtMs - clock.now(), signal);
    } catch (error) {
      if (hasGivenUp(signal)) return { kind: 'cancelled', attempts: attempt };
      throw error;
    }
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

/** Asked anew each time: while something is awaited, it changes. */
function hasGivenUp({ aborted }: AbortSignal): boolean {
  return aborted;
}

/** What a change on its way changes: scopes and their grants. And what passes by itself: trouble of the other side. */
function mayPass(problem: Problem): boolean {
  switch (problem.code) {
    case 'MP-200':
    case 'MP-250':
    case 'MP-251':
    case 'network/timeout':
    case 'network/reset':
    case 'network/refused':
    case 'network/unreachable':
    case 'network/dns':
    case 'texas/upstream-unreachable':
    case 'texas/upstream-unreadable':
      return true;
    case 'token/refused':
      return isBusy(problem.refusal.status);
    case 'token/unreadable':
    case 'discovery/unreadable':
      return isBusy(problem.status);
    default:
      return false;
  }
}

function isBusy(status: number): boolean {
  return status === 429 || status >= 500;
}

function retryAfterOf(problem: Problem): number | undefined {
  if ('refusal' in problem) return problem.refusal.retryAfterSeconds;
  return 'retryAfterSeconds' in problem ? problem.retryAfterSeconds : undefined;
}

const SYSTEM_CLOCK: WaitClock = {
  now: Date.now,
  sleep: (ms, signal) =>
    new Promise<void>((resolve, reject) => {
      signal.throwIfAborted();
      const stop = () => {
        clearTimeout(timer);
        reject(signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError'));
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal.addEventListener('abort', stop, { once: true });
    }),
};
