// Without `node:`, because VS Code hooks these two names, and only these, to add the system's certificates.
import net from 'net';
import tls from 'tls';
import type { LookupFunction, Socket } from 'net';
import type { ProxyFault } from '../maskinporten/problem';
import type { Proxy } from './proxy';

/** A proxy that did not let us through. `status` is its HTTP status, where it answered with one. */
export class ProxyFailure extends Error {
  constructor(
    /** Host and port, as a Problem may show them. */
    readonly proxy: string,
    readonly reason: ProxyFault,
    readonly status?: number,
  ) {
    super(reason);
  }
}

/** More than any proxy says before the tunnel is there. */
const MAX_HEAD_BYTES = 16 * 1024;

/** Host and port of a proxy, without its credentials. */
export function shownProxy({ hostname, port }: Pick<Proxy, 'hostname' | 'port'>): string {
  return `${net.isIPv6(hostname) ? `[${hostname}]` : hostname}:${port}`;
}

/**
 * Asks a proxy for a tunnel to `authority`, which is host and port (RFC 9110 section 9.3.6). Gives the socket to the
 * proxy at once, so that it can be destroyed at every step, and calls back once: with a ProxyFailure, or when the next
 * byte on the socket is the other end's.
 */
export function openTunnel(
  proxy: Proxy,
  authority: string,
  lookup: LookupFunction | undefined,
  callback: (failure: ProxyFailure | null) => void,
): Socket {
  const { protocol, hostname, port, authorization, strictSsl } = proxy;
  const isTls = protocol === 'https:';
  const options = { host: hostname, port, autoSelectFamily: true, ...(lookup && { lookup }) };
  const socket = isTls
    ? tls.connect({
        ...options,
        ALPNProtocols: ['http/1.1'],
        rejectUnauthorized: strictSsl,
        ...(net.isIP(hostname) === 0 && { servername: hostname }),
      })
    : net.connect(options);
  let head = Buffer.alloc(0);
  let isSettled = false;
  const settle = (reason: ProxyFault | undefined, status?: number) => {
    if (isSettled) return;
    isSettled = true;
    socket.off('readable', read);
    const failure = reason === undefined ? null : new ProxyFailure(shownProxy(proxy), reason, status);
    callback(failure);
    if (failure) socket.destroy();
  };
  const read = () => {
    for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end !== -1) {
        const { reason, status } = verdict(head.subarray(0, end).toString('latin1'));
        // In TLS the client speaks first: whoever sends more made no tunnel, but an answer of its own.
        settle(reason ?? (head.length > end + 4 ? 'malformed' : undefined), status);
        return;
      }
      if (head.length > MAX_HEAD_BYTES) {
        settle('malformed');
        return;
      }
    }
  };
  socket.once(isTls ? 'secureConnect' : 'connect', () => {
    socket.on('readable', read);
    const credentials = authorization === undefined ? '' : `Proxy-Authorization: ${authorization}\r\n`;
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`, 'latin1');
  });
  // Stays on after the tunnel is made: then TLS within it tells of the same failure.
  socket.on('error', (error: Error) => {
    settle(isTls && isCertificateError(error) ? 'certificate' : 'unreachable');
  });
  socket.once('close', () => {
    settle(head.length > 0 ? 'malformed' : 'unreachable');
  });
  return socket;
}

function verdict(head: string): { reason: ProxyFault | undefined; status?: number } {
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |\r|$)/.exec(head)?.[1] ?? 'NaN');
  if (Number.isNaN(status)) return { reason: 'malformed' };
  if (status >= 200 && status < 300) return { reason: undefined };
  return { reason: status === 407 ? 'authentication' : 'refused', status };
}

function isCertificateError(error: Error): boolean {
  return 'code' in error && /CERT|SIGNATURE|ALTNAME/.test(String(error.code));
}
