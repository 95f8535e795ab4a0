import { headerValue } from './headers';
import type { HeaderFields } from './transport';

/** Longer waits are as good as never, and some servers send nonsense. */
const MAX_SECONDS = 24 * 3600;

/**
 * What `Retry-After` says, in seconds from now (RFC 9110 section 10.2.3): a number, or a date that is compared with the
 * server's own `Date` where there is one, so that a wrong clock here does no harm. Undefined where it says nothing.
 */
export function retryAfterSeconds(headers: HeaderFields, nowMs: number): number | undefined {
  const value = headerValue(headers, 'retry-after')?.trim();
  if (value === undefined) return undefined;
  if (/^\d{1,10}$/.test(value)) return Math.min(Number(value), MAX_SECONDS);
  // Date.parse takes much for a date; every form that HTTP has begins with a day of the week.
  const atMs = /^[A-Z][a-z]{2}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(atMs)) return undefined;
  const serverNowMs = Date.parse(headerValue(headers, 'date') ?? '');
  const seconds = Math.ceil((atMs - (Number.isNaN(serverNowMs) ? nowMs : serverNowMs)) / 1000);
  return Math.min(Math.max(seconds, 0), MAX_SECONDS);
}
