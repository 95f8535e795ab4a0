import { editDistance } from '../editDistance';

/** Where a key stands; the name of the map that holds it, or of the list that holds the map. */
export type KeyParent =
  | 'spec'
  | 'maskinporten'
  | 'scopes'
  | 'consumes'
  | 'exposes'
  | 'consumers'
  | 'accessPolicy'
  | 'outbound'
  | 'external'
  | 'ports';

/**
 * The fields of the Nais CRDs (nais/liberator, digdirator_types.go, maskinportenclient_types.go and
 * accesspolicy.go). Strict decoding refuses any
 * other. `spec` is that of a MaskinportenClient: a workload's has many more.
 */
const KNOWN_KEYS: Readonly<Record<KeyParent, readonly string[]>> = {
  spec: ['clientName', 'scopes', 'secretName'],
  maskinporten: ['enabled', 'scopes'],
  scopes: ['consumes', 'exposes'],
  consumes: ['name'],
  exposes: [
    'enabled',
    'name',
    'product',
    'separator',
    'atMaxAge',
    'allowedIntegrations',
    'consumers',
    'accessibleForAll',
    'delegationSource',
    'visibility',
  ],
  consumers: ['name', 'orgno'],
  accessPolicy: ['inbound', 'outbound'],
  outbound: ['external', 'rules'],
  external: ['host', 'ipv4', 'ports'],
  ports: ['port'],
};

/** Other words that people use for a key: too far from it to be a slip of the finger. */
const OTHER_WORDS: Readonly<Partial<Record<KeyParent, Readonly<Record<string, string>>>>> = {
  consumes: { scope: 'name', scopename: 'name' },
  exposes: { scope: 'name', maxage: 'atMaxAge', integrations: 'allowedIntegrations', delegation: 'delegationSource' },
  consumers: {
    org: 'orgno',
    orgnr: 'orgno',
    orgnumber: 'orgno',
    organisation: 'orgno',
    organization: 'orgno',
    organisationnumber: 'orgno',
    organizationnumber: 'orgno',
    organisasjonsnummer: 'orgno',
  },
  external: { hostname: 'host', url: 'host', address: 'ipv4', ip: 'ipv4' },
};

export function isKnownKey(parent: KeyParent, key: string): boolean {
  return KNOWN_KEYS[parent].includes(key);
}

/** The known key that was most likely meant; nothing when no key is near. */
export function nearestKey(parent: KeyParent, key: string): string | undefined {
  if (isKnownKey(parent, key)) {
    return key;
  }
  const written = key.toLowerCase();
  const otherWords = OTHER_WORDS[parent];
  if (otherWords && Object.hasOwn(otherWords, written)) {
    return otherWords[written];
  }
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const known of KNOWN_KEYS[parent]) {
    const limit = Math.max(1, Math.floor(known.length / 3));
    const distance =
      Math.abs(known.length - key.length) > limit ? limit + 1 : editDistance(written, known.toLowerCase());
    if (distance <= limit && distance < least) {
      nearest = known;
      least = distance;
    }
  }
  return nearest;
}
