import type { IncomingMessage } from 'node:http';
import { problemAnswer } from './http';
import type { Answer } from './http';

/** By which names the server may be asked for. */
export interface Access {
  /** Values of `Host`, in lower case. */
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

/**
 * The names of a server on this machine's `port`: its own two, the address that it is published under, and others that
 * the user allows, where a name without a port is meant with the server's own.
 */
export function accessTo(port: number, publicUrl: URL | undefined, allowedHosts: readonly string[]): Access {
  const withPort = (host: string) => (/:\d+$/.test(host) ? host : `${host}:${port}`);
  const named = ['127.0.0.1', 'localhost', ...allowedHosts].map((host) => withPort(host).toLowerCase());
  return {
    hosts: new Set([...named, ...(publicUrl ? [publicUrl.host] : [])]),
    origins: new Set([...named.map((host) => `http://${host}`), ...(publicUrl ? [publicUrl.origin] : [])]),
  };
}

/**
 * Refuses requests that no local program would send. A web page that resolves its own name to 127.0.0.1
 * (DNS rebinding) names a foreign Host; one that asks across origins names a foreign Origin.
 * Gives undefined when the request may go on.
 */
export function guard(request: IncomingMessage, { hosts, origins }: Access): Answer | undefined {
  const named = valuesOf(request, 'host');
  if (named.length !== 1 || !named.every((host) => hosts.has(host.toLowerCase()))) {
    return problemAnswer(403, 'Forbidden', `The sandbox answers to ${[...hosts].join(' and ')} only.`);
  }
  const from = valuesOf(request, 'origin');
  if (!from.every((origin) => origins.has(origin))) {
    return problemAnswer(403, 'Forbidden', 'The sandbox does not answer web pages of other origins.');
  }
  if (!request.url?.startsWith('/')) {
    return problemAnswer(400, 'Bad Request', 'The request target must be a path (RFC 9112 section 3.2.1).');
  }
  return undefined;
}

/** Every value as it was sent: Node keeps the first of some headers and joins the others. */
function valuesOf({ rawHeaders }: IncomingMessage, name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const given = rawHeaders[index] ?? '';
    // By length first: this is done for every request.
    if (given.length === name.length && given.toLowerCase() === name) values.push(rawHeaders[index + 1] ?? '');
  }
  return values;
}
