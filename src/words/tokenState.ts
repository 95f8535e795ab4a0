import type { Token } from '../maskinporten/model';
import type { Translate } from '../shared/localize';

const MINUTE_MS = 60_000;

/** The state of a token in a few words, to the minute, for tree items and hovers: `token valid 54 min`. */
export function wordTokenState(token: Token | undefined, nowMs: number, t: Translate): string {
  if (!token || token.expiresAtMs <= nowMs) return t('no token');
  const minutes = Math.floor((token.expiresAtMs - nowMs) / MINUTE_MS);
  return minutes > 0 ? t('token valid for {minutes} min', { minutes }) : t('token valid for under a minute');
}

/** How long a token that is good is so, to the minute, for where the rest is said by the place: `54 min left`. */
export function wordMinutesLeft(expiresAtMs: number, nowMs: number, t: Translate): string {
  const minutes = Math.floor((expiresAtMs - nowMs) / MINUTE_MS);
  return minutes > 0 ? t('{minutes} min left', { minutes }) : t('under a minute left');
}

/** When the minutes that are left of a good token are one fewer, or the token is over, in milliseconds from now. */
export function untilFewerMinutesMs(expiresAtMs: number, nowMs: number): number {
  return ((expiresAtMs - nowMs) % MINUTE_MS) + 1;
}
