import data from './knownScopes.json';
import { editDistance } from './editDistance';
import type { PublicListings } from './publicScopes';
import { NO_PUBLIC_SCOPES, PublicScopes } from './publicScopes';
import type { Target } from './target';

/**
 * How a scope and its hosts are known: a public text states them, a public manifest that consumes the scope opens them,
 * or only the scope itself is named; the user says so; or Digdir's registry lists the scope, without hosts.
 */
export type Confidence = 'stated' | 'paired' | 'named' | 'own' | 'listed';

/** A scope that public documentation or a public manifest names, the user knows, or Digdir's registry lists. */
export interface KnownScope {
  readonly scope: string;
  /** The owner's prefix, a key of `owners` in knownScopes.json. */
  readonly owner: string;
  /** Hosts of the API in Digdir's test environment; any one of them will do. */
  readonly test: readonly string[];
  /** Hosts of the API in production. */
  readonly prod: readonly string[];
  /** A page about the API, empty where none is known. */
  readonly documentation: string;
  readonly confidence: Confidence;
  /** Where this row is from; empty where the user says so. */
  readonly source: string;
  /** The owner in the user's words. */
  readonly ownerName?: string | undefined;
  /** One line by the owner, as Digdir's registry has it. Others' words: show as text only. */
  readonly description?: string | undefined;
}

/** A scope that the user adds by the setting `maskinporten.knownScopes`. */
export interface OwnScope {
  readonly scope: string;
  readonly owner: string | undefined;
  readonly test: readonly string[];
  readonly prod: readonly string[];
  readonly documentation: string | undefined;
}

/** A host that an environment has in both kinds: Maskinporten's own. */
export interface HostPair {
  readonly test: string;
  readonly prod: string;
  readonly source: string;
}

/**
 * Scopes that are publicly known; never all there are. Each keeps to no rule but its own: one that is listed here is
 * right as it is, one that is not may be private.
 */
export class KnownScopes {
  readonly #byName: ReadonlyMap<string, KnownScope>;
  readonly #bySpelling: ReadonlyMap<string, string>;
  readonly #hosts: ReadonlyMap</* host */ string, HostRole>;
  readonly #byLength: ReadonlyMap<number, readonly Spelling[]>;

  constructor(
    readonly rows: readonly KnownScope[],
    environments: readonly HostPair[] = ENVIRONMENTS,
    /** What the user fetched of Digdir's registry; nothing unless they did. */
    readonly publicScopes: PublicScopes = NO_PUBLIC_SCOPES,
  ) {
    this.#byName = new Map(rows.map((row) => [row.scope, row]));
    this.#bySpelling = new Map(rows.map(({ scope }) => [spellingOf(scope), scope]));
    this.#byLength = byLength(rows);
    this.#hosts = rolesOf([
      ...rows.map(({ test, prod }) => ({ test, prod })),
      ...environments.map(({ test, prod }) => ({ test: [test], prod: [prod] })),
    ]);
  }

  get(scope: string): KnownScope | undefined {
    return this.#byName.get(scope);
  }

  has(scope: string): boolean {
    return this.#byName.has(scope);
  }

  /** Known by more than Digdir's registry: public texts, or the user. */
  isKnownOtherwise(scope: string): boolean {
    const row = this.get(scope);
    return row !== undefined && row.confidence !== 'listed';
  }

  /** The known scopes that are `subscope` with a prefix, or with a slash where the colon should be. */
  withPrefix(subscope: string): readonly string[] {
    const withColon = subscope.replace('/', ':');
    return this.rows
      .map(({ scope }) => scope)
      .filter((known) => known === withColon || known.slice(known.indexOf(':') + 1) === subscope);
  }

  /** The known scope that differs from `scope` only in upper and lower case, `-` and `_`. */
  inOtherSpelling(scope: string): string | undefined {
    return this.#bySpelling.get(spellingOf(scope));
  }

  /**
   * The known scope at most two slips of the finger away (one for a short scope). Not one that differs in digits alone:
   * that is another version.
   */
  near(scope: string): string | undefined {
    const limit = scope.length < 12 ? 1 : 2;
    const letters = lettersOf(scope);
    let nearest: { readonly row: Spelling; readonly distance: number } | undefined;
    for (let length = scope.length - limit; length <= scope.length + limit; length++) {
      for (const row of this.#byLength.get(length) ?? []) {
        if (bitsIn(row.letters ^ letters) > 2 * limit) {
          continue;
        }
        const distance = editDistance(scope, row.scope, limit);
        const isNearer =
          nearest === undefined ||
          distance < nearest.distance ||
          (distance === nearest.distance && row.place < nearest.row.place);
        if (distance <= limit && isNearer && withoutDigits(row.scope) !== withoutDigits(scope)) {
          nearest = { row, distance };
        }
      }
    }
    return nearest?.row.scope;
  }

  /** Where the scope's API is, for a manifest of that target; none where it is not known. */
  hostsOf(scope: string, target: Target): readonly string[] {
    const row = this.get(scope);
    return row === undefined || target === 'unknown' ? [] : target === 'prod' ? row.prod : row.test;
  }

  /** The scopes whose API is known to be at `host`, in either environment. */
  scopesAt(host: string): readonly string[] {
    const wanted = host.toLowerCase();
    return this.rows
      .filter(({ test, prod }) => test.includes(wanted) || prod.includes(wanted))
      .map(({ scope }) => scope);
  }

  /** What `host` serves, and which hosts do it in the other environment; nothing of a host that serves both, or none. */
  roleOf(host: string): HostRole | undefined {
    const role = this.#hosts.get(host.toLowerCase());
    return role?.target === 'unknown' ? undefined : role;
  }
}

export interface HostRole {
  readonly target: Target;
  readonly counterparts: readonly string[];
}

function rolesOf(
  pairs: readonly { readonly test: readonly string[]; readonly prod: readonly string[] }[],
): Map<string, HostRole> {
  const roles = new Map<string, HostRole>();
  const add = (host: string, target: Target, counterparts: readonly string[]): void => {
    const before = roles.get(host);
    roles.set(host, {
      target: before === undefined || before.target === target ? target : 'unknown',
      counterparts: [...new Set([...(before?.counterparts ?? []), ...counterparts])],
    });
  };
  for (const { test, prod } of pairs) {
    for (const host of test) {
      add(host, 'dev', prod);
    }
    for (const host of prod) {
      add(host, 'prod', test);
    }
  }
  return roles;
}

function spellingOf(scope: string): string {
  return scope.toLowerCase().replace(/[-_]/g, '');
}

/** A known scope as `near` looks at it. */
interface Spelling {
  readonly scope: string;
  /** In the table: of equally near ones the first is taken. */
  readonly place: number;
  readonly letters: number;
}

/** Most names are too long or too short to be near: a registry of thousands would make each look cost too much. */
function byLength(rows: readonly KnownScope[]): Map<number, Spelling[]> {
  const spellings = new Map<number, Spelling[]>();
  for (const [place, { scope }] of rows.entries()) {
    const alike = spellings.get(scope.length) ?? [];
    alike.push({ scope, place, letters: lettersOf(scope) });
    spellings.set(scope.length, alike);
  }
  return spellings;
}

/** Which characters occur, a bit for each of 32 kinds. One slip of the finger changes two of them at most. */
function lettersOf(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    bits |= 1 << (text.charCodeAt(at) & 31);
  }
  return bits;
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) {
    count++;
  }
  return count;
}

function withoutDigits(scope: string): string {
  return scope.replace(/\d+/g, '0');
}

const ENVIRONMENTS: readonly HostPair[] = data.environments;

const PUBLISHED_ROWS = data.scopes as readonly KnownScope[];

/** The rows of knownScopes.json. */
export const PUBLISHED_SCOPES = new KnownScopes(PUBLISHED_ROWS);

const REGISTRY_PAGE = 'https://docs.digdir.no/docs/idporten/oidc/oidc_api_admin_maskinporten';

/**
 * All that is known together: what the user says of a scope comes before what is published, and the registry adds
 * scopes and descriptions.
 */
export function knownScopesWith(own: readonly OwnScope[], publicScopes: PublicScopes): KnownScopes {
  const rows = new Map(PUBLISHED_ROWS.map((row) => [row.scope, row]));
  for (const row of own) {
    rows.set(row.scope, ownRow(row, rows.get(row.scope)));
  }
  return withPublicScopes([...rows.values()], publicScopes);
}

function withPublicScopes(known: readonly KnownScope[], publicScopes: PublicScopes): KnownScopes {
  const rows = new Map(known.map((row) => [row.scope, row]));
  for (const { scope, description } of publicScopes.all) {
    rows.set(scope, { ...(rows.get(scope) ?? listedRow(scope)), description });
  }
  return new KnownScopes([...rows.values()], ENVIRONMENTS, publicScopes);
}

/** As plain data, which another thread can be sent: what the registry lists stands there once. */
export interface PlainKnownScopes {
  readonly rows: readonly KnownScope[];
  readonly listings: PublicListings;
}

export function toPlainKnownScopes({ rows, publicScopes }: KnownScopes): PlainKnownScopes {
  return { rows: rows.filter(({ confidence }) => confidence !== 'listed'), listings: publicScopes.listings };
}

export function fromPlainKnownScopes({ rows, listings }: PlainKnownScopes): KnownScopes {
  return withPublicScopes(rows, new PublicScopes(listings));
}

/** What the user leaves out stays as it is published. */
function ownRow({ scope, owner, test, prod, documentation }: OwnScope, published: KnownScope | undefined): KnownScope {
  return {
    scope,
    owner: prefixOf(scope),
    ownerName: owner,
    test: test.length > 0 ? test : (published?.test ?? []),
    prod: prod.length > 0 ? prod : (published?.prod ?? []),
    documentation: documentation ?? published?.documentation ?? '',
    confidence: 'own',
    source: published?.source ?? '',
  };
}

function listedRow(scope: string): KnownScope {
  return {
    scope,
    owner: prefixOf(scope),
    test: [],
    prod: [],
    documentation: '',
    confidence: 'listed',
    source: REGISTRY_PAGE,
  };
}

function prefixOf(scope: string): string {
  return scope.split(/[:/]/)[0] ?? '';
}
