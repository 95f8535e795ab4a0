import type { JWK } from 'jose';

/**
 * An issuer that grants tokens. `test` and `prod` are Digdir's; `sandbox` is our own on this machine;
 * `custom` is any other (a second sandbox, mock-oauth2-server).
 */
export type EnvironmentKind = 'sandbox' | 'test' | 'prod' | 'custom';

export interface Environment {
  readonly kind: EnvironmentKind;
  /** The issuer identifier, to the letter: Digdir's end with a slash. It is the `aud` of every grant. */
  readonly issuer: string;
  /** Where its metadata is, when that is known and not to be derived from the issuer. */
  readonly metadataUrl?: string | undefined;
  /** Of a custom issuer that publishes no metadata: then none is asked for. */
  readonly endpoints?: IssuerEndpoints | undefined;
}

export interface IssuerEndpoints {
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
}

/** Authorization server metadata (RFC 8414), as far as it is used here. */
export interface IssuerMetadata extends IssuerEndpoints {
  readonly issuer: string;
}

/** A client of Maskinporten with its private key. Never serialised except into SecretStorage. */
export interface ClientCredential {
  readonly environment: Environment;
  readonly clientId: string;
  /** Private RSA key; with `kid` unless there is a certificate chain. */
  readonly privateJwk: JWK;
  /**
   * The business certificate of the key and those above it, in base64 of DER, its own first (RFC 7515 section 4.1.6).
   * Where it is there, grants name their key by it alone: Maskinporten takes one of `kid` and `x5c`.
   */
  readonly x5c?: readonly string[] | undefined;
}

/** How the claim `resource` is written: Texas sends a string, Digdir's page "JWT grant" speaks of an array. */
export type ResourceForm = 'string' | 'array';

/** What the user asks for. */
export interface TokenRequest {
  readonly scopes: readonly string[];
  /** Audience restriction: absolute URI (RFC 8707), sent as a claim. */
  readonly resource?: string | undefined;
  /** Nine digits: the organisation on whose behalf a supplier asks. */
  readonly consumerOrg?: string | undefined;
  /** Eleven digits: the person that the token is to be restricted to. Never part of a Problem. */
  readonly pid?: string | undefined;
  /** RFC 9396. */
  readonly authorizationDetails?: readonly Record<string, unknown>[] | undefined;
  /** Ask the source even if a cached token is good. */
  readonly skipCache?: boolean | undefined;
}

/** The grant that was sent, as far as it may be shown: header and claims, never the signature. */
export interface SentGrant {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What an issuer returned, and what was asked for. `accessToken` is a secret. */
export interface Token {
  readonly accessToken: string;
  readonly environment: Environment;
  readonly clientId: string;
  readonly requestedScopes: readonly string[];
  /** From the answer's `scope`; what was asked for where the answer has none (RFC 6749 section 5.1). */
  readonly grantedScopes: readonly string[];
  readonly resource: string | undefined;
  readonly obtainedAtMs: number;
  readonly expiresAtMs: number;
  readonly grant: SentGrant | undefined;
}

/** Where tokens come from. One cache stands above all of them. */
export interface TokenSource {
  /** Sources of one id give the same tokens for the same request: it is part of every cache key. */
  readonly id: string;
  /** Has a cache of its own, as Texas has: then ours only joins equal requests that run at one time. */
  readonly cachesItself?: boolean | undefined;
  readonly environment: Environment;
  readonly clientId: string;
  /** Rejects with a ProblemError, or with the signal's reason. */
  getToken(request: TokenRequest, signal: AbortSignal): Promise<Token>;
}
