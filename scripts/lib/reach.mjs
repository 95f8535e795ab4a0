/** Whether `url` answers at all within `limitMs`; any HTTP status counts. */
export async function isReachable(url, limitMs = 3000) {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(limitMs) });
    return true;
  } catch {
    return false;
  }
}
