/** For the clients and scopes that it names, by client id or workload name and by full scope name; else for all. */
interface ForScopes {
  readonly client?: string | undefined;
  readonly scope?: string | undefined;
}

interface ForClients {
  readonly client?: string | undefined;
}

/** What goes wrong, and only because somebody said that it should. */
export type Scenario =
  /** The owner has not granted the scope: it never gets onto the client. With none granted there is no client. */
  | (ForScopes & { readonly kind: 'not-granted' })
  /** The owner took the right back after the deploy: the scope is still on the client. */
  | (ForScopes & { readonly kind: 'revoked' })
  /** The scope's integration types leave Maskinporten out. */
  | (ForScopes & { readonly kind: 'not-for-maskinporten' })
  /** No organisation has delegated the scope in Altinn. */
  | (ForScopes & { readonly kind: 'delegation-missing' })
  /** Just deployed: the scope gets onto the client `seconds` later, `speed` times as fast where that is given. */
  | (ForScopes & { readonly kind: 'propagating'; readonly seconds: number; readonly speed?: number | undefined })
  /** Tokens live this long, whatever else says otherwise. */
  | (ForScopes & { readonly kind: 'lifetime'; readonly seconds: number })
  | (ForClients & { readonly kind: 'key-expired' | 'client-unknown' })
  /** The issuer's clock is ahead of this machine's; behind it where `seconds` is negative. */
  | { readonly kind: 'clock-off'; readonly seconds: number }
  | Disruption;

/** What happens to every request to the issuer itself; the sample API is somebody else's, and goes on. */
export type Disruption =
  /** Connections are broken off. */
  | { readonly kind: 'down' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** 500. */
  | { readonly kind: 'error' }
  /** 200, with a page that is no JSON. */
  | { readonly kind: 'garbage' };

export type ScenarioKind = Scenario['kind'];

/** Who asks, as far as scenarios tell clients apart. */
interface Asker {
  readonly clientId: string;
  readonly name: string;
}

const DISRUPTIONS: ReadonlySet<ScenarioKind> = new Set(['down', 'slow', 'error', 'garbage']);

/** The scenarios that are on at the moment, and what they do to clients, scopes, the clock and the service. */
export class ScenarioBoard {
  readonly #now: () => number;
  #active: readonly Scenario[] = [];
  /** When each began, by its text: one that stays on when others are switched goes on from where it was. */
  #begunAtMs: ReadonlyMap<string, number> = new Map();

  constructor(now: () => number) {
    this.#now = now;
  }

  get active(): readonly Scenario[] {
    return this.#active;
  }

  /** These and no others from now on; none is “back to normal”. */
  replace(scenarios: readonly Scenario[]): void {
    const begun = scenarios.map((scenario) => {
      const text = JSON.stringify(scenario);
      return [text, this.#begunAtMs.get(text) ?? this.#now()] as const;
    });
    this.#begunAtMs = new Map(begun);
    this.#active = [...scenarios];
  }

  /** The issuer's clock, in milliseconds since 1970. */
  issuerNowMs(): number {
    const offsets = this.#active.map((scenario) => (scenario.kind === 'clock-off' ? scenario.seconds : 0));
    return this.#now() + offsets.reduce((sum, seconds) => sum + seconds, 0) * 1_000;
  }

  /** The last one that was named, where several disturb the service. */
  disruption(): Disruption | undefined {
    return this.#active.findLast((scenario): scenario is Disruption => DISRUPTIONS.has(scenario.kind));
  }

  /** Whether a scenario of this kind is on for the client, and for the scope where one is given. */
  hits(kind: ScenarioKind, asker: Asker, scope?: string): boolean {
    return this.#active.some((scenario) => scenario.kind === kind && concerns(scenario, asker, scope));
  }

  /** Whether the scope has not reached the client: it was not granted, or is on its way. */
  keepsOff(asker: Asker, scope: string): boolean {
    return this.hits('not-granted', asker, scope) || this.#active.some((one) => this.#isUnderWay(one, asker, scope));
  }

  /** Nais registers a client with the scopes that were granted, and none at all where none was. */
  preventsClient(asker: Asker, scopes: ReadonlySet<string>): boolean {
    return scopes.size > 0 && [...scopes].every((scope) => this.hits('not-granted', asker, scope));
  }

  lifetimeSeconds(asker: Asker, scope: string): number | undefined {
    const found = this.#active.findLast((one) => one.kind === 'lifetime' && concerns(one, asker, scope));
    return found?.kind === 'lifetime' ? found.seconds : undefined;
  }

  #isUnderWay(scenario: Scenario, asker: Asker, scope: string): boolean {
    if (scenario.kind !== 'propagating' || !concerns(scenario, asker, scope)) return false;
    const begunAtMs = this.#begunAtMs.get(JSON.stringify(scenario)) ?? this.#now();
    return (this.#now() - begunAtMs) * (scenario.speed ?? 1) < scenario.seconds * 1_000;
  }
}

function concerns(scenario: Scenario, { clientId, name }: Asker, asked: string | undefined): boolean {
  const client = 'client' in scenario ? scenario.client : undefined;
  const scope = 'scope' in scenario ? scenario.scope : undefined;
  const isClient = client === undefined || client === clientId || client === name;
  return isClient && (scope === undefined || asked === undefined || scope === asked);
}
