import { headerValue } from './headers';
import type { Unreadable } from './problem';
import { retryAfterSeconds } from './retryAfter';
import type { TransportResponse } from './transport';

/** What can be said of an answer that is not what it should be; nothing of its body, which is a stranger's. */
export function unreadableAnswer({ status, headers, truncated }: TransportResponse, nowMs: number): Unreadable {
  const contentType = headerValue(headers, 'content-type')?.slice(0, 100);
  const retryAfter = retryAfterSeconds(headers, nowMs);
  return {
    status,
    contentType,
    ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
    ...(truncated && { tooLarge: true }),
  };
}
