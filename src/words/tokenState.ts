import type { Token } from '../maskinporten/model';
import type { Translate } from '../shared/localize';

const MINUTE_MS = 60_000;

/** The state of a token in a few words, to the minute, for tree items and hovers: `token valid 54 min`. */
export function wordTokenState(token: Token | undefined, nowMs: number, t: Translate): string {
  if (!token || token.expiresAtMs <= nowMs) return t('no token');
  const minutes = Math.floor((token.expiresAtMs - nowMs) / MINUTE_MS);
  return minutes > 0 ? t('token valid for {minutes} min', { minutes }) : t('token valid for under a minute');
}
