import type { JWK, createLocalJWKSet } from 'jose';
import type * as Jose from '../maskinporten/jose';
import type { SandboxClient, SandboxExposedScope } from './model';

/** Nais gives a scope without `atMaxAge` this lifetime (Nais, "Maskinporten: expose an API"). */
const EXPOSED_LIFETIME_SECONDS = 30;

/** A client as the token endpoint needs it. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly name: string;
  readonly organisation: string;
  readonly keyIds: ReadonlySet<string>;
  readonly keySet: ReturnType<typeof createLocalJWKSet>;
  readonly scopes: ReadonlySet<string>;
}

/** What is registered with the issuer at the moment: clients, their keys and scopes, and who exposes what. */
export class ClientRegistry {
  readonly #jose: typeof Jose;
  readonly #organisation: string;
  readonly #defaultLifetimeSeconds: number;
  #clients: ReadonlyMap<string, RegisteredClient> = new Map();
  #exposed: ReadonlyMap<string, SandboxExposedScope> = new Map();

  constructor(jose: typeof Jose, organisation: string, defaultLifetimeSeconds: number) {
    this.#jose = jose;
    this.#organisation = organisation;
    this.#defaultLifetimeSeconds = defaultLifetimeSeconds;
  }

  setClients(clients: readonly SandboxClient[], exposedScopes?: readonly SandboxExposedScope[]): void {
    this.#clients = new Map(clients.map((client) => [client.clientId, this.#registered(client)]));
    if (exposedScopes) this.#exposed = new Map(exposedScopes.map((scope) => [scope.name, scope]));
  }

  find(clientId: string): RegisteredClient | undefined {
    return this.#clients.get(clientId);
  }

  /** The scopes of `scopes` that the client does not have. */
  refusedScopes(client: RegisteredClient, scopes: readonly string[]): string[] {
    return scopes.filter((scope) => !client.scopes.has(scope) || !this.#mayConsume(client.organisation, scope));
  }

  /** Lifetime of a token: the shortest of its scopes' (Digdir, "Scope": `at_max_age`). */
  lifetimeSeconds(scopes: readonly string[]): number {
    return Math.min(...scopes.map((scope) => this.#scopeLifetimeSeconds(scope)));
  }

  /** Every scope that a client has or a workload exposes. */
  knownScopes(): Set<string> {
    const consumed = [...this.#clients.values()].flatMap((client) => [...client.scopes]);
    return new Set([...consumed, ...this.#exposed.keys()]);
  }

  #registered(client: SandboxClient): RegisteredClient {
    const keys = client.keys.map(publicPart);
    return {
      clientId: client.clientId,
      name: client.name,
      organisation: client.organisation ?? this.#organisation,
      keyIds: new Set(keys.flatMap((key) => key.kid ?? [])),
      keySet: this.#jose.createLocalJWKSet({ keys }),
      scopes: new Set(client.scopes),
    };
  }

  /** The owner's list of consumers decides before a scope gets onto a client: it is missing there, not refused later. */
  #mayConsume(organisation: string, scope: string): boolean {
    return this.#exposed.get(scope)?.consumers?.includes(organisation) ?? true;
  }

  #scopeLifetimeSeconds(scope: string): number {
    const exposed = this.#exposed.get(scope);
    return exposed ? (exposed.atMaxAgeSeconds ?? EXPOSED_LIFETIME_SECONDS) : this.#defaultLifetimeSeconds;
  }
}

/** Keeps private members out, should a caller hand over a whole key pair. */
function publicPart({ kty, n, e, kid, alg, use }: JWK): JWK {
  return Object.fromEntries(Object.entries({ kty, n, e, kid, alg, use }).filter(([, value]) => value !== undefined));
}
