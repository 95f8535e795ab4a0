// Without `node:`, because VS Code hooks these two names, and only these, to add the system's certificates.
import net from 'net';
import tls from 'tls';
import type { LookupFunction, Socket } from 'net';
import { isLocalhostName } from '../maskinporten/loopback';

/** When the parts of making a connection ended, by `performance.now()`. What did not happen is undefined. */
export interface ConnectionTimes {
  lookupAt?: number;
  connectAt?: number;
  tlsAt?: number;
}

export interface ConnectOptions {
  /** For names that need a lookup; Node's own by default. */
  readonly lookup?: LookupFunction | undefined;
  /** PEM certificates to trust in place of Node's list. */
  readonly ca?: string | readonly string[] | undefined;
}

export interface ConnectTarget {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
}

/** A connection that took longer than it may. */
export class ConnectTimeout extends Error {
  readonly code = 'CONNECT_TIMEOUT';
}

/** Node's 250 ms between two addresses of one name are too short for a VPN. The last address has no such limit. */
const NEXT_ADDRESS_AFTER_MS = 1000;

/**
 * Opens a TCP or TLS connection and notes in `times` what happened when. Lookup, TCP and TLS share `timeoutMs`.
 * Gives the socket at once, so that it can be destroyed at every step, and calls back once.
 */
export function connect(
  { protocol, hostname, port }: ConnectTarget,
  { lookup, ca }: ConnectOptions,
  timeoutMs: number,
  times: ConnectionTimes,
  callback: (error: Error | null, socket: Socket | null) => void,
): Socket {
  const isTls = protocol === 'https:';
  const isAddress = net.isIP(hostname) !== 0;
  const ownLookup = isLocalhostName(hostname);
  const options = {
    host: hostname,
    port: port === '' ? (isTls ? 443 : 80) : Number(port),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    ...(ownLookup ? { lookup: lookupLocalhost } : lookup && { lookup }),
  };
  const socket = isTls
    ? tls.connect({
        ...options,
        ALPNProtocols: ['http/1.1'],
        // RFC 6066 section 3: an address is no server name.
        ...(!isAddress && { servername: hostname }),
        ...(ca !== undefined && { ca: typeof ca === 'string' ? ca : [...ca] }),
      })
    : net.connect(options);
  socket.setKeepAlive(true, 60_000);
  socket.setNoDelay(true);

  let isSettled = false;
  const settle = (error: Error | null) => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(timer);
    callback(error, error ? null : socket);
  };
  const timer = setTimeout(() => {
    socket.destroy(new ConnectTimeout());
  }, timeoutMs);
  if (!isAddress && !ownLookup) {
    socket.once('lookup', () => {
      times.lookupAt = performance.now();
    });
  }
  socket.once('connect', () => {
    times.connectAt = performance.now();
    if (!isTls) settle(null);
  });
  if (isTls) {
    socket.once('secureConnect', () => {
      times.tlsAt = performance.now();
      settle(null);
    });
  }
  socket.on('error', settle);
  socket.once('close', () => {
    settle(new Error('closed while connecting'));
  });
  return socket;
}

/** RFC 6761 section 6.3: these names are this machine, whatever a resolver says. */
const lookupLocalhost: LookupFunction = (_hostname, _options, callback) => {
  callback(null, [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]);
};
