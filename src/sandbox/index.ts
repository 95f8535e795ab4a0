import { randomBytes } from 'node:crypto';
import { AltinnExchange } from './altinnExchange';
import { ClientRegistry } from './clients';
import { GRANT_WINDOW_MS } from './grant';
import { addressesOf } from './metadata';
import type { Sandbox, SandboxEvent, SandboxLimits, SandboxListener, SandboxOptions } from './model';
import { ReplayStore } from './replay';
import { createRoutes } from './routes';
import { SampleApi } from './sampleApi';
import { LoopbackServer } from './server';
import { createSigningKey } from './signingKey';
import { TokenEndpoint } from './tokenEndpoint';

export type { RefusalName } from './refusals';
export type {
  Sandbox,
  SandboxClient,
  SandboxEvent,
  SandboxExposedScope,
  SandboxLimits,
  SandboxListener,
  SandboxOptions,
} from './model';

/** Nav, which owns every workload on Nais. */
const NAV = '889640782';
const DEFAULT_LIFETIME_SECONDS = 120;

const LIMITS: SandboxLimits = {
  maxBodyBytes: 64 * 1024,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  maxRememberedGrants: 100_000,
};

/**
 * Starts a local Maskinporten and a protected sample API on 127.0.0.1, below a path that cannot be guessed.
 * Rejects with Node's own error when the port cannot be opened (`EADDRINUSE`: it is taken).
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const now = options.now ?? Date.now;
  const limits = { ...LIMITS, ...options.limits };
  const jose = await import('../maskinporten/jose');
  const signingKey = await createSigningKey(jose);
  const clients = new ClientRegistry(
    jose,
    options.organisation ?? NAV,
    options.defaultLifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS,
  );
  clients.setClients(options.clients, options.exposedScopes);
  const server = await LoopbackServer.open(options.port ?? 0, limits, now);
  const segment = randomBytes(16).toString('base64url');
  const addresses = addressesOf(`http://127.0.0.1:${server.port}/${segment}/`);
  const { issuer, sampleApiUrl } = addresses;
  const listeners = new Set<SandboxListener>();
  const emit = (event: SandboxEvent) => {
    for (const listener of [...listeners]) notify(listener, event);
  };
  const tokenEndpoint = new TokenEndpoint({
    jose,
    issuer,
    clients,
    signingKey,
    now,
    emit,
    replays: new ReplayStore(GRANT_WINDOW_MS, limits.maxRememberedGrants),
  });
  const sampleApi = new SampleApi({ jose, issuer, jwks: signingKey.jwks, url: sampleApiUrl, clients, now, emit });
  const altinn = new AltinnExchange({ jose, issuer, signingKey, now });
  const language = { t: options.t ?? ((message: string) => message), tag: options.language ?? 'en' };
  server.serve(createRoutes({ addresses, jwks: signingKey.jwks, tokenEndpoint, sampleApi, altinn, language }));
  return {
    ...addresses,
    refuseNext: (name) => {
      tokenEndpoint.refuseNext(name);
    },
    setClients: (replacing, exposedScopes) => {
      clients.setClients(replacing, exposedScopes);
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    stop: () => server.close(),
  };
}

/** A listener that throws has a fault of its own, which is no reason to answer a client wrongly. */
function notify(listener: SandboxListener, event: SandboxEvent): void {
  try {
    listener(event);
  } catch {
    // Nobody to tell: the sandbox logs nothing.
  }
}
