import { asJsonObjects, asText, type JsonObject } from '../json';
import type { RegistryScope } from './model';

/** Ten times what Digdir has. */
const MAX_SCOPES = 20_000;
const MAX_SCOPE_LENGTH = 255;
const MAX_DESCRIPTION_LENGTH = 200;
const MAX_TYPES = 20;

/**
 * The scopes in a list of Digdir's registry, each once and sorted by name; undefined where it is none. What is no scope is left out: the
 * fields are those of Digdir's page "API for administrasjon av APIer / scopes", and a missing one has its default there.
 */
export function readRegistry(value: unknown): readonly RegistryScope[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const scopes = new Map<string, RegistryScope>();
  for (const item of asJsonObjects(value)) {
    const scope = readScope(item);
    if (scope && scopes.size < MAX_SCOPES) scopes.set(scope.scope, scope);
  }
  // An answer with nothing in it that is a scope is the answer of something else.
  if (scopes.size === 0 && value.length > 0) return undefined;
  return [...scopes.values()].sort((a, b) => (a.scope < b.scope ? -1 : 1));
}

function readScope(item: JsonObject): RegistryScope | undefined {
  const scope = asText(item['name']) ?? joined(asText(item['prefix']), asText(item['subscope']));
  if (scope === undefined || scope.length > MAX_SCOPE_LENGTH || !isScopeToken(scope)) return undefined;
  const owner = item['owner_orgno'];
  return {
    scope,
    description: oneLine(item['description']),
    active: item['active'] !== false,
    integrationTypes: typesOf(item['allowed_integration_types']),
    ownerOrgno: typeof owner === 'string' && /^\d{9}$/.test(owner) ? owner : undefined,
    accessibleForAll: item['accessible_for_all'] === true,
  };
}

function joined(prefix: string | undefined, subscope: string | undefined): string | undefined {
  return prefix === undefined || subscope === undefined ? undefined : `${prefix}:${subscope}`;
}

/** RFC 6749 section 3.3. */
function isScopeToken(text: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(text);
}

/** No types at all means every type, as where the field is missing. */
function typesOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const types = (value as unknown[])
    .filter((type) => typeof type === 'string' && /^[a-z_]{1,40}$/.test(type))
    .slice(0, MAX_TYPES) as string[];
  return types.length === 0 ? undefined : types;
}

function oneLine(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();
  if (text === '') return undefined;
  return text.length > MAX_DESCRIPTION_LENGTH ? `${text.slice(0, MAX_DESCRIPTION_LENGTH - 1).trimEnd()}…` : text;
}
