import type { ClipboardTool } from '../commands';
import type { JsonObject } from '../json';
import type { KeyImport } from '../keys';
import type { Environment } from '../model';
import type { KeyFault } from '../problem';

/** A text, the bytes of a file, or a folder of files by name: what was pasted, picked or dropped. */
export type CredentialSource = string | Uint8Array | ReadonlyMap<string, string | Uint8Array>;

/** What the content turned out to be. */
export type CredentialFormat =
  | 'jwk'
  | 'jwks'
  | 'env'
  /** One JSON object of variables, as `kubectl get secret -o jsonpath={.data}` prints. */
  | 'variables'
  | 'kubernetes-secret'
  | 'nais-secret'
  | 'mounted-folder'
  | 'pem';

/** The variables that digdirator writes (nais/digdirator, pkg/secrets). */
export const VARIABLES = [
  'MASKINPORTEN_CLIENT_ID',
  'MASKINPORTEN_CLIENT_JWK',
  'MASKINPORTEN_SCOPES',
  'MASKINPORTEN_WELL_KNOWN_URL',
  'MASKINPORTEN_ISSUER',
  'MASKINPORTEN_TOKEN_ENDPOINT',
  'MASKINPORTEN_JWKS_URI',
] as const;

export type Variable = (typeof VARIABLES)[number];
export type Variables = ReadonlyMap<Variable, string>;

/** A variable's URL as it may be shown: without user name, password, query and fragment. */
export interface NamedUrl {
  readonly variable: Variable;
  readonly url: string;
}

/** What the user should know before the credential is kept. Never holds a secret, nor text that could be one. */
export type Doubt =
  /** The key cannot sign grants: it is public only, has no `kid`, is no RSA key, is under 2048 bits and so on. */
  | { readonly code: 'key-unusable'; readonly reason: KeyFault }
  /** It is taken for RS256, as registered keys are. */
  | { readonly code: 'alg-missing' }
  /** The key itself says when it ended. */
  | { readonly code: 'key-expired'; readonly expiredAtMs: number }
  | { readonly code: 'client-id-missing' }
  | { readonly code: 'client-id-malformed' }
  /** Some of the URLs are Digdir's, of test or of production, and others are not of the same. No environment is taken. */
  | { readonly code: 'environments-contradict'; readonly urls: readonly NamedUrl[] }
  /** Only the metadata's URL is there: whether the issuer ends with a slash is a guess. */
  | { readonly code: 'issuer-derived'; readonly issuer: string }
  /** ver2.maskinporten.no, which ended on 10 June 2024. */
  | { readonly code: 'retired-host'; readonly variable: Variable; readonly host: string }
  | { readonly code: 'not-a-url'; readonly variable: Variable }
  | { readonly code: 'insecure-url'; readonly variable: Variable; readonly url: string }
  /** Names that are no scopes (RFC 6749 section 3.3), or too many: they were left out. */
  | { readonly code: 'scopes-left-out'; readonly count: number }
  /** A value that is not what its encoding says. It was left out. */
  | { readonly code: 'damaged-value'; readonly variable: Variable }
  /** Set more than once to different values: the last was taken, as a shell does. */
  | { readonly code: 'set-twice'; readonly variable: Variable }
  /** More than one key was found; `chosen` was taken. */
  | { readonly code: 'several-candidates'; readonly names: readonly string[]; readonly chosen: string };

/** The Secret that a credential was read from, as far as its names may stand in a command line. */
export interface SecretReference {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly workload: string | undefined;
  /** As Nais names it: `dev-gcp`. */
  readonly cluster: string | undefined;
}

export interface RecognisedClient {
  readonly kind: 'client';
  readonly format: CredentialFormat;
  readonly clientId: string | undefined;
  /** Secret where it is `ok`. */
  readonly key: KeyImport;
  readonly environment: Environment | undefined;
  readonly scopes: readonly string[];
  readonly secret: SecretReference | undefined;
  readonly doubts: readonly Doubt[];
}

export type RefusalReason =
  'pkcs12' | 'encrypted-pem' | 'values-hidden' | 'no-key' | 'damaged' | 'too-large' | 'unsupported-pem';

export interface RefusedSource {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  /** One line for a terminal that leads on, where there is one. */
  readonly command?: string | undefined;
}

export type Recognition = RecognisedClient | RefusedSource | { readonly kind: 'nothing' };

export interface RecogniseOptions {
  /** The key id of a key that names none: PEM has no place for it. */
  readonly kid?: string | undefined;
  /** For a key that a certificate names: then none is missed. */
  readonly withoutKid?: boolean | undefined;
  /** One of the names of `several-candidates`. */
  readonly candidate?: string | undefined;
  /** Where the command that a refusal gives is to put the key. */
  readonly clipboard?: ClipboardTool | undefined;
  readonly nowMs?: number | undefined;
}

/** What one format's reader found that could be a client; judged elsewhere, alike for all formats. */
export interface Candidate {
  /** Tells it from others of the same source, and may be shown. */
  readonly name: string;
  /** Undefined where the source had no variables, but a key alone. */
  readonly variables: Variables | undefined;
  /** The key as text or as the members of a JWK. */
  readonly key: string | JsonObject;
  readonly secret?: SecretReference | undefined;
  readonly doubts: readonly Doubt[];
}

/** What one format's reader says of a source. */
export type Reading =
  | { readonly kind: 'candidates'; readonly format: CredentialFormat; readonly candidates: readonly Candidate[] }
  | RefusedSource
  | { readonly kind: 'nothing' };
