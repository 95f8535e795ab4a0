import type { JWK, createLocalJWKSet } from 'jose';
import type * as Jose from '../maskinporten/jose';
import type { SandboxClient, SandboxConsent, SandboxDelegation, SandboxExposedScope, SandboxSystemUser } from './model';
import type { ScenarioBoard } from './scenarios';

/** Nais gives a scope without `atMaxAge` this lifetime (Nais, "Maskinporten: expose an API"). */
const EXPOSED_LIFETIME_SECONDS = 30;

/** Owners whose scopes have one `at_max_age` in Digdir's open list of scopes (api.samarbeid.digdir.no, scopes/all). */
const OWNERS_LIFETIME_SECONDS: ReadonlyMap</* prefix */ string, number> = new Map([['altinn', 3_600]]);

/** A client as the token endpoint needs it. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly name: string;
  readonly organisation: string;
  readonly keyIds: ReadonlySet<string>;
  readonly keySet: ReturnType<typeof createLocalJWKSet>;
  readonly scopes: ReadonlySet<string>;
  readonly delegations: readonly SandboxDelegation[];
  readonly systemUsers: readonly SandboxSystemUser[];
  readonly consents: readonly SandboxConsent[];
}

export interface ClientRegistryOptions {
  readonly jose: typeof Jose;
  readonly scenarios: ScenarioBoard;
  readonly organisation: string;
  readonly defaultLifetimeSeconds: number;
}

/** What is registered with the issuer at the moment: clients, their keys and scopes, and who exposes what. */
export class ClientRegistry {
  readonly #options: ClientRegistryOptions;
  #clients: ReadonlyMap<string, RegisteredClient> = new Map();
  #exposed: ReadonlyMap<string, SandboxExposedScope> = new Map();

  constructor(options: ClientRegistryOptions) {
    this.#options = options;
  }

  setClients(clients: readonly SandboxClient[], exposedScopes?: readonly SandboxExposedScope[]): void {
    this.#clients = new Map(clients.map((client) => [client.clientId, this.#registered(client)]));
    if (exposedScopes) this.#exposed = new Map(exposedScopes.map((scope) => [scope.name, scope]));
  }

  /** The client of this id, unless a scenario keeps it away. */
  find(clientId: string): RegisteredClient | undefined {
    const client = this.#clients.get(clientId);
    const { scenarios } = this.#options;
    if (!client || scenarios.hits('client-unknown', client) || scenarios.preventsClient(client, client.scopes)) {
      return undefined;
    }
    return client;
  }

  /** Workload of the client, for the log: whether or not a scenario keeps it away. */
  nameOf(clientId: string): string | undefined {
    return this.#clients.get(clientId)?.name;
  }

  /** The scopes of `scopes` that are not on the client. Where it asks for itself, its organisation must have the right. */
  notRegistered(client: RegisteredClient, scopes: readonly string[], asksForItself: boolean): string[] {
    return scopes.filter(
      (scope) =>
        !client.scopes.has(scope) ||
        this.#options.scenarios.keepsOff(client, scope) ||
        (asksForItself && !this.mayConsume(client.organisation, scope)),
    );
  }

  /** The owner's list of consumers decides before a scope gets onto a client: it is missing there, not refused later. */
  mayConsume(organisation: string, scope: string): boolean {
    return this.#exposed.get(scope)?.consumers?.includes(organisation) ?? true;
  }

  /** Lifetime of a token: the shortest of its scopes' (Digdir, "Scope": `at_max_age`). */
  lifetimeSeconds(client: RegisteredClient, scopes: readonly string[]): number {
    const { scenarios } = this.#options;
    return Math.min(
      ...scopes.map((scope) => scenarios.lifetimeSeconds(client, scope) ?? this.#scopeLifetimeSeconds(scope)),
    );
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
      organisation: client.organisation ?? this.#options.organisation,
      keyIds: new Set(keys.flatMap((key) => key.kid ?? [])),
      keySet: this.#options.jose.createLocalJWKSet({ keys }),
      scopes: new Set(client.scopes),
      delegations: client.delegations ?? [],
      systemUsers: client.systemUsers ?? [],
      consents: client.consents ?? [],
    };
  }

  #scopeLifetimeSeconds(scope: string): number {
    const exposed = this.#exposed.get(scope);
    if (exposed) return exposed.atMaxAgeSeconds ?? EXPOSED_LIFETIME_SECONDS;
    const [prefix = ''] = scope.split(':', 1);
    return OWNERS_LIFETIME_SECONDS.get(prefix) ?? this.#options.defaultLifetimeSeconds;
  }
}

/** Keeps private members out, should a caller hand over a whole key pair. */
function publicPart({ kty, n, e, kid, alg, use }: JWK): JWK {
  return Object.fromEntries(Object.entries({ kty, n, e, kid, alg, use }).filter(([, value]) => value !== undefined));
}
