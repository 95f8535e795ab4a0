import type { Target } from './target';

/** A scope of Digdir's registry of public scopes. */
export interface PublicScope {
  readonly scope: string;
  readonly description: string | undefined;
  readonly active: boolean;
  /** The kinds of client that may have it; undefined where all may. */
  readonly integrationTypes: readonly string[] | undefined;
  readonly ownerOrgno: string | undefined;
  /** Any organisation may use it without a grant. */
  readonly accessibleForAll: boolean;
}

/** The registry of one environment at one moment. */
export interface PublicListing {
  readonly fetchedAtMs: number;
  readonly scopes: readonly PublicScope[];
}

/** Digdir's environments. */
export type PublicEnvironment = 'test' | 'prod';

export type PublicListings = Readonly<Partial<Record<PublicEnvironment, PublicListing>>>;

/** What a registry says of one scope; `entry` is undefined where it is not listed. */
export interface PublicEntry {
  readonly environment: PublicEnvironment;
  readonly fetchedAtMs: number;
  readonly entry: PublicScope | undefined;
}

/** Why a listed scope gives no token to a client of Maskinporten. */
export type PublicFault = 'inactive' | 'integration-type';

/** What the registries say of a scope's use. */
export type PublicAccess =
  /** Any organisation may use it. */
  | { readonly kind: 'open'; readonly environments: readonly PublicEnvironment[]; readonly fetchedAtMs: number }
  /** The owner grants it to each organisation. */
  | {
      readonly kind: 'grant';
      readonly environments: readonly PublicEnvironment[];
      readonly ownerOrgno: string | undefined;
      readonly fetchedAtMs: number;
    };

/** The registries that were fetched: public scopes only, as they were then. Either may be missing. */
export class PublicScopes {
  readonly #listings: ReadonlyMap<
    PublicEnvironment,
    { readonly fetchedAtMs: number; readonly byName: ReadonlyMap<string, PublicScope> }
  >;

  constructor(readonly listings: PublicListings = {}) {
    this.#listings = new Map(
      (['test', 'prod'] as const).flatMap((environment) => {
        const listing = listings[environment];
        if (listing === undefined) {
          return [];
        }
        const byName = new Map(listing.scopes.map((scope) => [scope.scope, scope]));
        return [[environment, { fetchedAtMs: listing.fetchedAtMs, byName }] as const];
      }),
    );
  }

  /** Every scope that any of the registries lists, once. */
  get all(): readonly PublicScope[] {
    const scopes = new Map<string, PublicScope>();
    for (const { byName } of this.#listings.values()) {
      for (const scope of byName.values()) {
        scopes.set(scope.scope, scope);
      }
    }
    return [...scopes.values()];
  }

  /** What the registries say that are the target's; both where the target is not known, none where none was fetched. */
  lookup(scope: string, target: Target): readonly PublicEntry[] {
    const wanted: readonly PublicEnvironment[] =
      target === 'unknown' ? ['test', 'prod'] : [target === 'prod' ? 'prod' : 'test'];
    return wanted.flatMap((environment) => {
      const listing = this.#listings.get(environment);
      return listing === undefined
        ? []
        : [{ environment, fetchedAtMs: listing.fetchedAtMs, entry: listing.byName.get(scope) }];
    });
  }

  /** Whether, and by whom, a scope must be granted; undefined where no registry lists it, or they disagree. */
  access(scope: string, target: Target): PublicAccess | undefined {
    const listed = this.lookup(scope, target).filter(({ entry }) => entry !== undefined);
    const [first] = listed;
    if (first?.entry === undefined) {
      return undefined;
    }
    const { accessibleForAll, ownerOrgno } = first.entry;
    if (listed.some(({ entry }) => entry?.accessibleForAll !== accessibleForAll)) {
      return undefined;
    }
    const environments = listed.map(({ environment }) => environment);
    const fetchedAtMs = Math.min(...listed.map((each) => each.fetchedAtMs));
    return accessibleForAll
      ? { kind: 'open', environments, fetchedAtMs }
      : { kind: 'grant', environments, ownerOrgno, fetchedAtMs };
  }
}

/** Why the registry's scope gives no token; undefined where nothing speaks against it. */
export function faultOf({ active, integrationTypes }: PublicScope): PublicFault | undefined {
  if (!active) {
    return 'inactive';
  }
  return integrationTypes?.includes('maskinporten') === false ? 'integration-type' : undefined;
}

export const NO_PUBLIC_SCOPES = new PublicScopes();
