import { asJsonObject } from '../json';
import type { RegistryEnvironment, RegistryScope } from './model';
import { readRegistry } from './read';

const VERSION = 1;

/** The registry of one environment at one moment. */
export interface RegistryListing {
  readonly fetchedAtMs: number;
  readonly scopes: readonly RegistryScope[];
}

export type RegistryListings = Readonly<Partial<Record<RegistryEnvironment, RegistryListing>>>;

/** What is kept of the registries, as a text: Digdir's own members, so that one reader checks both. */
export function writeListings({ test, prod }: RegistryListings): string {
  return JSON.stringify({ version: VERSION, test: test && written(test), prod: prod && written(prod) });
}

function written({ fetchedAtMs, scopes }: RegistryListing) {
  return {
    fetchedAtMs,
    scopes: scopes.map(({ scope, description, active, integrationTypes, ownerOrgno, accessibleForAll }) => ({
      name: scope,
      description,
      active,
      allowed_integration_types: integrationTypes,
      owner_orgno: ownerOrgno,
      accessible_for_all: accessibleForAll,
    })),
  };
}

/** Reads what was kept; what is damaged, or of another version, is as if it had never been fetched. */
export function readListings(text: string): RegistryListings {
  const kept = parse(text);
  if (kept?.['version'] !== VERSION) return {};
  const test = readListing(kept['test']);
  const prod = readListing(kept['prod']);
  return { ...(test && { test }), ...(prod && { prod }) };
}

function readListing(value: unknown): RegistryListing | undefined {
  const listing = asJsonObject(value);
  const fetchedAtMs = listing?.['fetchedAtMs'];
  const scopes = readRegistry(listing?.['scopes']);
  const isTime = typeof fetchedAtMs === 'number' && Math.abs(fetchedAtMs) <= 8.64e15;
  return scopes && isTime ? { fetchedAtMs, scopes } : undefined;
}

function parse(text: string) {
  try {
    return asJsonObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
