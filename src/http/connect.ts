// Without `node:`, because VS Code hooks these two names, and only these, to add the system's certificates.
import net from 'net';
import tls from 'tls';
import type { LookupFunction, Socket } from 'net';
import type { SecureContext } from 'tls';
import { isLocalhostName } from '../maskinporten/loopback';
import type { ConnectionClock, ConnectionStep } from './connectionClock';
import type { Proxy } from './proxy';
import { openTunnel, ProxyFailure, shownProxy } from './tunnel';

export interface ConnectOptions {
  /** For names that need a lookup; Node's own by default. */
  readonly lookup?: LookupFunction | undefined;
  /** Whom to trust and what to show of oneself; Node's default where there is none. */
  readonly secureContext?: SecureContext | undefined;
  /** For https alone: http stays on this machine. */
  readonly proxy?: Proxy | undefined;
}

export interface ConnectTarget {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
}

/** A connection that took longer than it may. */
export class ConnectTimeout extends Error {
  readonly code = 'CONNECT_TIMEOUT';

  /** `step` is what took too long. */
  constructor(readonly step: ConnectionStep = 'connect') {
    super(step);
  }
}

/** Node's 250 ms between two addresses of one name are too short for a VPN. The last address has no such limit. */
const NEXT_ADDRESS_AFTER_MS = 1000;

/**
 * Opens a TCP or TLS connection, through a tunnel where there is a proxy, and notes on `clock` what happened when: of a
 * tunnel only its end, since the name is looked up at the other side. All of it shares `timeoutMs`. Gives at once what
 * ends it at every step, and calls back once.
 */
export function connect(
  target: ConnectTarget,
  options: ConnectOptions,
  timeoutMs: number,
  clock: ConnectionClock,
  callback: (error: Error | null, socket: Socket | null) => void,
): { destroy(reason: Error): void } {
  const { proxy } = target.protocol === 'https:' ? options : {};
  let current: Socket;
  let isSettled = false;
  const settle = (error: Error | null) => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(timer);
    if (error) current.destroy();
    callback(error, error ? null : current);
  };
  const follow = (socket: Socket) => {
    current = socket;
    socket.on('error', settle);
    socket.once('close', () => {
      settle(new Error('closed while connecting'));
    });
  };
  let isAtProxy = proxy !== undefined;
  const timer = setTimeout(() => {
    settle(proxy && isAtProxy ? new ProxyFailure(shownProxy(proxy), 'unreachable') : new ConnectTimeout(clock.step));
  }, timeoutMs);
  if (proxy) {
    const authority = `${net.isIPv6(target.hostname) ? `[${target.hostname}]` : target.hostname}:${portOf(target)}`;
    clock.begin('connect');
    current = openTunnel(proxy, authority, options.lookup, (failure) => {
      if (isSettled || failure) {
        settle(failure);
        return;
      }
      isAtProxy = false;
      clock.end();
      clock.begin('tls');
      follow(startTls(target, options, { socket: current }, clock, settle));
    });
  } else {
    follow(openSocket(target, options, clock, settle));
  }
  return {
    destroy: (reason) => {
      current.destroy(reason);
      settle(reason);
    },
  };
}

function portOf({ protocol, port }: ConnectTarget): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

function openSocket(
  target: ConnectTarget,
  options: ConnectOptions,
  clock: ConnectionClock,
  settle: (error: null) => void,
): Socket {
  const { protocol, hostname } = target;
  const isAddress = net.isIP(hostname) !== 0;
  const ownLookup = isLocalhostName(hostname);
  const where = {
    host: hostname,
    port: portOf(target),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    ...(ownLookup ? { lookup: lookupLocalhost } : options.lookup && { lookup: options.lookup }),
  };
  const isTls = protocol === 'https:';
  const socket = isTls ? startTls(target, options, where, clock, settle) : net.connect(where);
  socket.setKeepAlive(true, 60_000);
  socket.setNoDelay(true);
  const needsLookup = !isAddress && !ownLookup;
  clock.begin(needsLookup ? 'lookup' : 'connect');
  if (needsLookup) {
    socket.once('lookup', () => {
      clock.end();
      clock.begin('connect');
    });
  }
  socket.once('connect', () => {
    clock.end();
    if (isTls) clock.begin('tls');
    else settle(null);
  });
  return socket;
}

function startTls(
  { hostname }: ConnectTarget,
  { secureContext }: ConnectOptions,
  where: tls.ConnectionOptions,
  clock: ConnectionClock,
  settle: (error: null) => void,
): Socket {
  const socket = tls.connect({
    ...where,
    // The certificate is compared with the host where there is no server name.
    host: hostname,
    ALPNProtocols: ['http/1.1'],
    // RFC 6066 section 3: an address is no server name.
    ...(net.isIP(hostname) === 0 && { servername: hostname }),
    ...(secureContext && { secureContext }),
  });
  socket.once('secureConnect', () => {
    clock.end();
    settle(null);
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
