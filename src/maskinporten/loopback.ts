/**
 * Whether a URL's `hostname` names this machine: `localhost` and names under it (RFC 6761 section 6.3),
 * 127.0.0.0/8 and ::1. Takes the form that `URL` gives: lower case, IPv4 in four decimal parts, IPv6 in brackets.
 */
export function isLoopbackHost(hostname: string): boolean {
  return isLocalhostName(hostname) || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/** Whether `hostname` is `localhost` or a name under it, which never needs a lookup (RFC 6761 section 6.3). */
export function isLocalhostName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** Whether what is sent to `url` is kept from others on the way: https, or http that does not leave the machine. */
export function isProtectedUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}
