import type { JWK } from 'jose';
import { asJsonObject, asJsonObjects, asText, type JsonObject } from '../maskinporten/json';
import type { ClientCredential, Environment, IssuerEndpoints } from '../maskinporten/model';

/** The Secret in the cluster that a credential came from, to read it again after a rotation. */
export interface CredentialOrigin {
  readonly secret: string;
  readonly workload?: string | undefined;
  /** The namespace. */
  readonly team?: string | undefined;
  /** As Nais names it: `dev-gcp`. */
  readonly cluster?: string | undefined;
  /** What was given as the reason for reading it, for the audit log. */
  readonly reason?: string | undefined;
}

interface ProfileBase {
  readonly id: string;
  readonly name: string;
  readonly environment: Environment;
  readonly origin?: CredentialOrigin | undefined;
}

/** A client with a key of its own. */
export interface KeyProfile extends ProfileBase {
  readonly kind: 'key';
  readonly clientId: string;
  /** Undefined where a certificate names the key. */
  readonly keyId?: string | undefined;
  /** Nine digits: the organisation that tokens are asked for on behalf of, where a request names no other. */
  readonly consumerOrg?: string | undefined;
}

/** A Texas that signs with a key of its own, which is nobody's business here. */
export interface TexasProfile extends ProfileBase {
  readonly kind: 'texas';
  readonly endpoint: string;
}

/** What may be known of a credential without opening the secret store. */
export type CredentialProfile = KeyProfile | TexasProfile;

/** The whole of one credential, as SecretStorage keeps it: the index can be made again from these. */
export type StoredCredential =
  | {
      readonly profile: KeyProfile;
      readonly privateJwk: JWK;
      /** Base64 of DER, the key's own certificate first. */
      readonly x5c?: readonly string[] | undefined;
    }
  | { readonly profile: TexasProfile };

const VERSION = 2;

/** The text that SecretStorage keeps. It holds the private key. */
export function writeStoredCredential({ profile, ...secret }: StoredCredential): string {
  return JSON.stringify({ version: VERSION, ...profile, ...secret });
}

/** Reads what SecretStorage kept, of every version so far; undefined where it is damaged or of a later version. */
export function readStoredCredential(text: string): StoredCredential | undefined {
  const value = parse(text);
  const version = value?.['version'];
  if (!value || (version !== 1 && version !== VERSION)) return undefined;
  const profile = readProfile(value);
  if (profile?.kind !== 'key') return profile && { profile };
  const privateJwk = asJsonObject(value['privateJwk']);
  if (!privateJwk || asText(privateJwk['kty']) === undefined) return undefined;
  const x5c = readTexts(value['x5c']);
  return { profile, privateJwk, ...(x5c.length > 0 && { x5c }) };
}

/** The index as global state keeps it: no secrets. */
export function writeIndex(profiles: readonly CredentialProfile[]): unknown {
  return { version: VERSION, profiles };
}

/** The rows of an index of any version, without those that cannot be understood. */
export function readIndex(value: unknown): CredentialProfile[] {
  return asJsonObjects(asJsonObject(value)?.['profiles'])
    .map(readProfile)
    .filter((profile) => profile !== undefined);
}

export function credentialOf({ profile, privateJwk, x5c }: StoredKey): ClientCredential {
  const { environment, clientId } = profile;
  return { environment, clientId, privateJwk, ...(x5c && { x5c }) };
}

export type StoredKey = Extract<StoredCredential, { profile: KeyProfile }>;

export function isKey(stored: StoredCredential): stored is StoredKey {
  return stored.profile.kind === 'key';
}

/** Version 1 had keys alone, and wrote the text "undefined" for a key without an id. */
function readProfile(value: JsonObject): CredentialProfile | undefined {
  const id = asText(value['id']);
  const name = asText(value['name']);
  const environment = readEnvironment(asJsonObject(value['environment']));
  if (id === undefined || name === undefined || !environment) return undefined;
  const origin = readOrigin(asJsonObject(value['origin']));
  const base = { id, name, environment, ...(origin && { origin }) };
  if (value['kind'] === 'texas') {
    const endpoint = asText(value['endpoint']);
    return endpoint === undefined ? undefined : { ...base, kind: 'texas', endpoint };
  }
  const clientId = asText(value['clientId']);
  if (clientId === undefined || (value['kind'] ?? 'key') !== 'key') return undefined;
  const keyId = asText(value['keyId']);
  const consumerOrg = asText(value['consumerOrg']);
  return {
    ...base,
    kind: 'key',
    clientId,
    ...(keyId !== undefined && keyId !== 'undefined' && { keyId }),
    ...(consumerOrg !== undefined && { consumerOrg }),
  };
}

function readEnvironment(value: JsonObject | undefined): Environment | undefined {
  const kind = value?.['kind'];
  const issuer = asText(value?.['issuer']);
  if (!value || issuer === undefined || !(kind === 'test' || kind === 'prod' || kind === 'custom')) return undefined;
  const metadataUrl = asText(value['metadataUrl']);
  const endpoints = readEndpoints(asJsonObject(value['endpoints']));
  return { kind, issuer, ...(metadataUrl !== undefined && { metadataUrl }), ...(endpoints && { endpoints }) };
}

function readEndpoints(value: JsonObject | undefined): IssuerEndpoints | undefined {
  const tokenEndpoint = asText(value?.['tokenEndpoint']);
  const jwksUri = asText(value?.['jwksUri']);
  return tokenEndpoint === undefined || jwksUri === undefined ? undefined : { tokenEndpoint, jwksUri };
}

function readOrigin(value: JsonObject | undefined): CredentialOrigin | undefined {
  const secret = asText(value?.['secret']);
  if (!value || secret === undefined) return undefined;
  const { workload, team, cluster, reason } = value;
  const texts = Object.entries({ workload, team, cluster, reason }).filter(([, text]) => asText(text) !== undefined);
  return { secret, ...Object.fromEntries(texts) };
}

function readTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

function parse(text: string): JsonObject | undefined {
  try {
    return asJsonObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
