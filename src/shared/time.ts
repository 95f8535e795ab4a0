import type { Translate } from './localize';

const SECOND_MS = 1000;
const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Under this many seconds a countdown shows its seconds; above it they would only flicker. */
const PRECISE_BELOW_SECONDS = 10 * MINUTE_SECONDS;

/** The state of a token by the clock. `unknown` where the token does not say when it ends: never taken for valid. */
export type Validity = 'valid' | 'expired' | 'not-yet-valid' | 'unknown';

/** When a token is good, as far as that is known. */
export interface ValiditySpan {
  readonly notBeforeMs: number | undefined;
  readonly expiresAtMs: number | undefined;
}

/** RFC 7519 sections 4.1.4 and 4.1.5: good from `nbf` on, and before `exp`. */
export function validityAt({ notBeforeMs, expiresAtMs }: ValiditySpan, nowMs: number): Validity {
  if (expiresAtMs === undefined || !Number.isFinite(expiresAtMs)) return 'unknown';
  if (nowMs >= expiresAtMs) return 'expired';
  if (notBeforeMs !== undefined && nowMs < notBeforeMs) return 'not-yet-valid';
  return 'valid';
}

/** The state and how long it lasts: "Valid, 54 min left", "Expired 3 min ago". */
export function wordValidity(span: ValiditySpan, nowMs: number, t: Translate): string {
  switch (validityAt(span, nowMs)) {
    case 'valid':
      return t('Valid, {duration} left', { duration: wordCountdown((span.expiresAtMs ?? nowMs) - nowMs, t) });
    case 'expired':
      return t('Expired {duration} ago', { duration: wordElapsed(nowMs - (span.expiresAtMs ?? nowMs), t) });
    case 'not-yet-valid':
      return t('Not valid yet, valid in {duration}', {
        duration: wordCountdown((span.notBeforeMs ?? nowMs) - nowMs, t),
      });
    case 'unknown':
      return t('Cannot tell whether it is valid');
  }
}

/** A point in time beside now: "in 54 min", "3 min ago", "now". */
export function wordRelative(atMs: number, nowMs: number, t: Translate): string {
  const distanceMs = atMs - nowMs;
  if (Math.abs(distanceMs) < SECOND_MS) return t('now');
  return distanceMs > 0
    ? t('in {duration}', { duration: wordCountdown(distanceMs, t) })
    : t('{duration} ago', { duration: wordElapsed(-distanceMs, t) });
}

/** A point in time on the user's own clock, with its zone: "22 Nov 2026, 13:05:12 CET". */
export function wordAbsolute(atMs: number, locale: string, timeZone?: string): string {
  const date = new Date(atMs);
  if (Number.isNaN(date.getTime())) return String(atMs);
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(date);
}

/** The hour and minute on the user's own clock: "13:05". */
export function wordAbsoluteTime(atMs: number, locale: string, timeZone?: string): string {
  const options = { hour: '2-digit', minute: '2-digit', timeZone } as const;
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options).format(new Date(atMs));
}

/** What is left: never zero before the end, with seconds once they matter. */
export function wordCountdown(ms: number, t: Translate): string {
  return wordSeconds(Math.max(1, Math.ceil(ms / SECOND_MS)), PRECISE_BELOW_SECONDS, t);
}

/** What has passed: never zero, whole units only, one unit under an hour. */
export function wordElapsed(ms: number, t: Translate): string {
  return wordSeconds(Math.max(1, Math.floor(ms / SECOND_MS)), MINUTE_SECONDS, t);
}

/** How long a request took, as it is measured: "0.4 ms", "12 ms", "1.25 s". */
export function wordMilliseconds(ms: number, t: Translate): string {
  if (ms < 0.1) return t('under 0.1 ms');
  if (ms < 10) return t('{count} ms', { count: Number(ms.toFixed(1)) });
  if (ms < 1000) return t('{count} ms', { count: Math.round(ms) });
  return t('{count} s', { count: Number((ms / SECOND_MS).toFixed(2)) });
}

function wordSeconds(seconds: number, preciseBelow: number, t: Translate): string {
  const days = Math.floor(seconds / DAY_SECONDS);
  const hours = Math.floor((seconds % DAY_SECONDS) / HOUR_SECONDS);
  const minutes = Math.floor((seconds % HOUR_SECONDS) / MINUTE_SECONDS);
  const rest = seconds % MINUTE_SECONDS;
  if (days > 0) return join(t('{count} d', { count: days }), hours > 0 && t('{count} h', { count: hours }));
  if (hours > 0) return join(t('{count} h', { count: hours }), minutes > 0 && t('{count} min', { count: minutes }));
  if (minutes === 0) return t('{count} s', { count: rest });
  const precise = seconds < preciseBelow && rest > 0;
  return join(t('{count} min', { count: minutes }), precise && t('{count} s', { count: rest }));
}

function join(first: string, second: string | false): string {
  return second ? `${first} ${second}` : first;
}
