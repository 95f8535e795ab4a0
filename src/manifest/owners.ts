import data from './knownScopes.json';

/** Who owns the scopes of a prefix. */
export interface ScopeOwner {
  readonly name: string;
  /** Where the pairing is published. */
  readonly source: string;
}

/** Prefixes that are publicly documented. Digdir hands them out one by one, so this is never all of them. */
const OWNERS: Readonly<Record<string, ScopeOwner>> = data.owners;

/** The owner of `scope` by its prefix (the part before the first colon), if the prefix is publicly known. */
export function ownerOf(scope: string): ScopeOwner | undefined {
  const prefix = /^([^:]+):/.exec(scope)?.[1];
  return prefix !== undefined && Object.hasOwn(OWNERS, prefix) ? OWNERS[prefix] : undefined;
}
