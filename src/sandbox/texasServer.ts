import type { TokenSource } from '../maskinporten/model';
import { accessTo } from './guard';
import { Listeners } from './listeners';
import type { SandboxLimits, SandboxListener, TexasAddresses } from './model';
import { LIMITS, LOOPBACK, texasAddresses, unguessable } from './sandbox';
import { LoopbackServer } from './server';
import { TexasEndpoint } from './texas/endpoint';
import type { TrustedIssuer } from './texas/introspection';

export interface TexasServerOptions {
  /** Gives tokens anew for each ask: Texas's own cache stands above it. */
  readonly source: TokenSource;
  /** Whose tokens are introspected, and by which keys. */
  readonly trusted: TrustedIssuer;
  /** A free port when it is 0 or left out. */
  readonly port?: number | undefined;
  /** Further values of `Host` to answer to, for apps in containers: `name` or `name:port`. */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly now?: (() => number) | undefined;
  readonly limits?: Partial<SandboxLimits> | undefined;
}

/** A Texas of its own, on 127.0.0.1. */
export interface TexasServer extends TexasAddresses {
  readonly probeUrl: string;
  onEvent(listener: SandboxListener): { dispose(): void };
  /** Forgets the tokens that it keeps, as when its source was made to answer otherwise. */
  forget(): void;
  /** Closes the port and every connection. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts Texas's API over `source`, on 127.0.0.1 and below a path that cannot be guessed. Rejects with Node's own error
 * when the port cannot be opened (`EADDRINUSE`: it is taken).
 */
export async function startTexas(options: TexasServerOptions): Promise<TexasServer> {
  const { source, trusted, port = 0, allowedHosts = [], now = Date.now } = options;
  const limits = { ...LIMITS, ...options.limits };
  const jose = await import('../maskinporten/jose');
  const server = await LoopbackServer.open({ port, bind: LOOPBACK, limits, now });
  const listeners = new Listeners();
  const maxAsksPerSecond = limits.maxTexasAsksPerSecond;
  const endpoint = new TexasEndpoint({ jose, source, trusted, maxAsksPerSecond, now, emit: listeners.emit });
  const path = `/${unguessable()}/`;
  const routes = new Map(endpoint.routes().map(([name, route]) => [path + name, route] as const));
  server.serve({ access: accessTo(server.port, undefined, allowedHosts), routeOf: (name) => routes.get(name) });
  const base = `http://${LOOPBACK}:${server.port}${path}`;
  return {
    ...texasAddresses(base),
    probeUrl: `${base}healthz`,
    onEvent: listeners.add.bind(listeners),
    forget: endpoint.forget.bind(endpoint),
    stop: () => server.close(),
  };
}
