import { randomBytes } from 'node:crypto';
import type { X509Certificate } from 'node:crypto';
import type * as Jose from '../maskinporten/jose';
import { AltinnExchange } from './altinnExchange';
import { readAuthorities } from './certificates';
import { ClientRegistry } from './clients';
import { disturbed } from './disruption';
import { GRANT_WINDOW_MS } from './grant';
import { accessTo } from './guard';
import type { Route } from './http';
import { KeyRing } from './keyRing';
import { Listeners } from './listeners';
import { addressesOf } from './metadata';
import type { Sandbox, SandboxLimits, SandboxOptions, TexasAddresses } from './model';
import { ReplayStore } from './replay';
import { createRoutes, pathOf } from './routes';
import { SampleApi } from './sampleApi';
import { ScenarioBoard } from './scenarios';
import { LoopbackServer } from './server';
import { TexasEndpoint } from './texas/endpoint';
import { OwnSource } from './texas/ownSource';
import { TokenEndpoint } from './tokenEndpoint';

/** Nav, which owns every workload on Nais. */
const NAV = '889640782';
const DEFAULT_LIFETIME_SECONDS = 120;

export const LOOPBACK = '127.0.0.1';

export const LIMITS: SandboxLimits = {
  maxBodyBytes: 64 * 1024,
  maxConnections: 512,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  maxRememberedGrants: 100_000,
  maxTexasAsksPerSecond: 50,
};

type Credential = Parameters<Sandbox['tokenSource']>[0];

/** A part of a path that nobody can guess. */
export function unguessable(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * Starts a local Maskinporten and a protected sample API on 127.0.0.1, below a path that cannot be guessed, unless the
 * options say otherwise. Rejects with Node's own error when the port cannot be opened (`EADDRINUSE`: it is taken), or
 * when a certificate authority cannot be read.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const now = options.now ?? Date.now;
  const authorities = readAuthorities(options.certificateAuthorities ?? []);
  const limits = { ...LIMITS, ...options.limits };
  const scenarios = new ScenarioBoard(now);
  scenarios.replace(options.scenarios ?? []);
  const jose = await import('../maskinporten/jose');
  const keys = await KeyRing.create(jose);
  const organisation = options.organisation ?? NAV;
  const defaultLifetimeSeconds = options.defaultLifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS;
  const clients = new ClientRegistry({ jose, scenarios, organisation, defaultLifetimeSeconds });
  clients.setClients(options.clients, options.exposedScopes);
  const server = await LoopbackServer.open({
    port: options.port ?? 0,
    bind: options.bind ?? LOOPBACK,
    limits,
    now: scenarios.issuerNowMs.bind(scenarios),
  });
  return new RunningSandbox({ options, limits, now, authorities, jose, keys, scenarios, clients, server });
}

interface Parts {
  readonly options: SandboxOptions;
  readonly limits: SandboxLimits;
  readonly now: () => number;
  readonly authorities: readonly X509Certificate[];
  readonly jose: typeof Jose;
  readonly keys: KeyRing;
  readonly scenarios: ScenarioBoard;
  readonly clients: ClientRegistry;
  readonly server: LoopbackServer;
}

class RunningSandbox implements Sandbox {
  readonly issuer: string;
  readonly metadataUrl: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly sampleApiUrl: string;
  readonly altinnExchangeUrl: string;
  readonly setClients: Sandbox['setClients'];
  readonly onEvent: Sandbox['onEvent'];
  readonly refuseNext: Sandbox['refuseNext'];
  readonly #parts: Parts;
  readonly #listeners = new Listeners();
  readonly #tokenRoute: Route;
  readonly #texas = new Map</* client id */ string, TexasAddresses>();
  readonly #texasRoutes = new Map</* path */ string, Route>();

  constructor(parts: Parts) {
    this.#parts = parts;
    const { options, limits, now, authorities, jose, keys, scenarios, clients, server } = parts;
    const publicUrl = options.publicUrl === undefined ? undefined : new URL(options.publicUrl);
    const addresses = addressesOf(
      publicUrl ? withSlash(publicUrl) : `http://${LOOPBACK}:${server.port}/${unguessable()}/`,
    );
    const { issuer, sampleApiUrl } = addresses;
    this.issuer = issuer;
    this.metadataUrl = addresses.metadataUrl;
    this.tokenEndpoint = addresses.tokenEndpoint;
    this.jwksUri = addresses.jwksUri;
    this.sampleApiUrl = sampleApiUrl;
    this.altinnExchangeUrl = addresses.altinnExchangeUrl;
    this.setClients = clients.setClients.bind(clients);
    this.onEvent = this.#listeners.add.bind(this.#listeners);
    const { emit } = this.#listeners;
    const replays = new ReplayStore(GRANT_WINDOW_MS, limits.maxRememberedGrants);
    const grants = { jose, issuer, clients, replays, scenarios, authorities };
    const tokenEndpoint = new TokenEndpoint({ ...grants, keys, now, emit });
    this.refuseNext = tokenEndpoint.refuseNext.bind(tokenEndpoint);
    const sampleApi = new SampleApi({ jose, issuer, keys, url: sampleApiUrl, clients, now, emit });
    const altinn = new AltinnExchange({ jose, issuer, altinnIssuer: addresses.altinnIssuer, keys, now });
    const language = { t: options.t ?? ((message: string) => message), tag: options.language ?? 'en' };
    const token: Route = { methods: ['POST'], handle: (request) => tokenEndpoint.answer(request) };
    this.#tokenRoute = disturbed(token, scenarios);
    const tokenRoute = this.#tokenRoute;
    const routes = createRoutes({ addresses, keys, scenarios, tokenRoute, sampleApi, altinn, language });
    server.serve({
      access: accessTo(server.port, publicUrl, options.allowedHosts ?? []),
      routeOf: (path) => routes(path) ?? this.#texasRoutes.get(path),
    });
  }

  get scenarios() {
    return this.#parts.scenarios.active;
  }

  setScenarios(scenarios: Sandbox['scenarios']): void {
    this.#parts.scenarios.replace(scenarios);
  }

  rotateKey(): Promise<void> {
    return this.#parts.keys.rotate();
  }

  tokenSource(credential: Credential): OwnSource {
    const { jose, now } = this.#parts;
    const { issuer, tokenEndpoint } = this;
    return new OwnSource({ jose, issuer, tokenEndpoint, route: this.#tokenRoute, credential, now });
  }

  openTexas(credential: Credential): TexasAddresses {
    const open = this.#texas.get(credential.clientId);
    if (open) return open;
    const { jose, keys, limits, now } = this.#parts;
    const base = `${this.issuer}texas/${unguessable()}/`;
    const endpoint = new TexasEndpoint({
      jose,
      source: this.tokenSource(credential),
      trusted: { issuer: this.issuer, keys: () => Promise.resolve(keys.jwks) },
      maxAsksPerSecond: limits.maxTexasAsksPerSecond,
      now,
      emit: this.#listeners.emit,
    });
    for (const [path, route] of endpoint.routes()) this.#texasRoutes.set(pathOf(base + path), route);
    const addresses = texasAddresses(base);
    this.#texas.set(credential.clientId, addresses);
    return addresses;
  }

  stop(): Promise<void> {
    return this.#parts.server.close();
  }
}

/** Texas's two addresses below `base`, which ends with a slash. */
export function texasAddresses(base: string): TexasAddresses {
  return { tokenEndpoint: `${base}api/v1/token`, introspectionEndpoint: `${base}api/v1/introspect` };
}

/** Issuer identifiers of Maskinporten end with a slash, and have neither query nor fragment (RFC 8414 section 2). */
function withSlash({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/*$/, '/')}`;
}
