import { headerValue } from './headers';
import type { HeaderFields } from './transport';

interface FreshnessBounds {
  /** Where the answer says nothing. */
  readonly fallbackMs: number;
  readonly maxMs: number;
}

/** How long an answer may be kept, in milliseconds, by its `Cache-Control` and `Age` (RFC 9111 section 4.2). */
export function freshForMs(headers: HeaderFields, { fallbackMs, maxMs }: FreshnessBounds): number {
  const directives = (headerValue(headers, 'cache-control') ?? '').toLowerCase();
  if (/\bno-(?:store|cache)\b/.test(directives)) return 0;
  const maxAge = /\bmax-age\s*=\s*"?(\d{1,10})/.exec(directives)?.[1];
  if (maxAge === undefined) return fallbackMs;
  const age = /^\d{1,10}$/.exec(headerValue(headers, 'age') ?? '')?.[0] ?? '0';
  return Math.min(Math.max(Number(maxAge) - Number(age), 0) * 1000, maxMs);
}
