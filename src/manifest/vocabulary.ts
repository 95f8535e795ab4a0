import type { ManifestKind } from './model';

/**
 * Where keys stand that bear on Maskinporten: the name of the map that holds them, or of the list that holds the map.
 * `client` is the `spec` of a MaskinportenClient.
 */
export type KeyPlace =
  | 'spec'
  | 'client'
  | 'maskinporten'
  | 'scopes'
  | 'consumes'
  | 'exposes'
  | 'consumers'
  | 'outbound'
  | 'external'
  | 'ports';

/**
 * The keys of each place, in the order in which people write them (nais/liberator, digdirator_types.go and
 * naiserator_types.go). Of `spec` and `outbound` only what bears on Maskinporten.
 */
export const VOCABULARY = {
  spec: ['maskinporten'],
  client: ['clientName', 'secretName', 'scopes'],
  maskinporten: ['enabled', 'scopes'],
  scopes: ['consumes', 'exposes'],
  consumes: ['name'],
  exposes: [
    'enabled',
    'product',
    'name',
    'separator',
    'atMaxAge',
    'consumers',
    'accessibleForAll',
    'allowedIntegrations',
    'delegationSource',
    'visibility',
  ],
  consumers: ['orgno', 'name'],
  outbound: ['external'],
  external: ['host', 'ipv4', 'ports'],
  ports: ['port'],
} as const satisfies Readonly<Record<KeyPlace, readonly string[]>>;

/** A key in its place. */
export type KnownKey = {
  [P in KeyPlace]: { readonly place: P; readonly key: (typeof VOCABULARY)[P][number] };
}[KeyPlace];

/** The key `key` of a place, if it has one of that name. */
export function knownKey(place: KeyPlace, key: string): KnownKey | undefined {
  const keys: readonly string[] = VOCABULARY[place];
  // Place and key belong together; TypeScript loses the tie when the place may be any.
  return keys.includes(key) ? ({ place, key } as KnownKey) : undefined;
}

/** The values that a key has, where they can be counted; `items` where they are those of a list. */
const VALUES: Readonly<Record<string, { readonly values: readonly string[]; readonly items?: boolean }>> = {
  'maskinporten.enabled': { values: ['true', 'false'] },
  'exposes.enabled': { values: ['true', 'false'] },
  'exposes.accessibleForAll': { values: ['true', 'false'] },
  'exposes.separator': { values: ['/', ':', '.'] },
  'exposes.delegationSource': { values: ['altinn'] },
  'exposes.visibility': { values: ['public', 'private'] },
  // Digdir's integration types; Nais takes any text.
  'exposes.allowedIntegrations': { values: ['maskinporten', 'idporten', 'krr', 'api_klient'], items: true },
};

/** The values of a key that takes one of a few; of a key with a list of them, when `items` is asked for. */
export function valuesOf({ place, key }: KnownKey, items: boolean): readonly string[] {
  const known = VALUES[`${place}.${key}`];
  return known !== undefined && (known.items ?? false) === items ? known.values : [];
}

/** Stands in a path of keys for an item of a list. */
export const ITEM = '[]';

const SCOPES: Readonly<Record<string, KeyPlace>> = {
  '': 'scopes',
  'consumes.[]': 'consumes',
  'exposes.[]': 'exposes',
  'exposes.[].consumers.[]': 'consumers',
};

const OUTBOUND: Readonly<Record<string, KeyPlace>> = {
  '': 'outbound',
  'external.[]': 'external',
  'external.[].ports.[]': 'ports',
};

/** Which place a map is, by the keys that lead to it from the root, with `ITEM` for an item of a list. */
export function placeAt(path: readonly string[], kind: ManifestKind): KeyPlace | undefined {
  const isClient = kind === 'MaskinportenClient';
  const whole = path.join('.');
  if (whole === 'spec') {
    return isClient ? 'client' : 'spec';
  }
  if (whole === 'spec.maskinporten' && !isClient) {
    return 'maskinporten';
  }
  return (
    below(isClient ? 'spec.scopes' : 'spec.maskinporten.scopes', whole, SCOPES) ??
    (isClient ? undefined : below('spec.accessPolicy.outbound', whole, OUTBOUND))
  );
}

function below(root: string, path: string, places: Readonly<Record<string, KeyPlace>>): KeyPlace | undefined {
  if (path !== root && !path.startsWith(`${root}.`)) {
    return undefined;
  }
  const rest = path.slice(root.length + 1);
  return Object.hasOwn(places, rest) ? places[rest] : undefined;
}
