import type { JWK } from 'jose';
import type { ClientCredential, TokenSource } from '../maskinporten/model';
import type { RefusalName } from './refusals';
import type { Scenario } from './scenarios';

/** A client that the sandbox knows: one workload and what it declares. */
export interface SandboxClient {
  readonly clientId: string;
  /** The workload's name. */
  readonly name: string;
  /** Nine digits; the sandbox's own organisation when it is left out. */
  readonly organisation?: string | undefined;
  /** Public RSA keys, each with a `kid`. A client without keys signs with a business certificate. */
  readonly keys: readonly JWK[];
  /** Scopes that are registered on the client, by their full names. */
  readonly scopes: readonly string[];
  /** What other organisations have delegated to this client's in Altinn. */
  readonly delegations?: readonly SandboxDelegation[] | undefined;
  /** Altinn's system users that this client may ask for. */
  readonly systemUsers?: readonly SandboxSystemUser[] | undefined;
  /** Altinn's consents that this client may ask for. */
  readonly consents?: readonly SandboxConsent[] | undefined;
}

/** A consent that somebody gave in Altinn to a client's organisation (Altinn, "Validate consent tokens"). */
export interface SandboxConsent {
  /** A UUID. */
  readonly id: string;
  /** Who consented, as Altinn's URN: `urn:altinn:person:identifier-no:…` or `urn:altinn:organization:identifier-no:…`. */
  readonly from: string;
  /** What may be read, by the resource's name in Altinn. */
  readonly resource: string;
  /** Until when, in ISO 8601. */
  readonly validTo: string;
}

export interface SandboxDelegation {
  /** Nine digits: the organisation on whose behalf the client may ask. */
  readonly consumer: string;
  /** Every scope of the client when it is left out. */
  readonly scopes?: readonly string[] | undefined;
}

export interface SandboxSystemUser {
  /** Nine digits: the organisation that approved the system user. */
  readonly organisation: string;
  /** A UUID. */
  readonly id: string;
  /** The system's id in Altinn's register: the vendor's organisation number, `_` and a name. */
  readonly systemId: string;
  /** The vendor's own reference, which tells several of one organisation apart. */
  readonly externalRef?: string | undefined;
}

/** A scope that a workload offers to others. */
export interface SandboxExposedScope {
  /** With its prefix: `nav:team/product.read`. */
  readonly name: string;
  /** Lifetime of tokens with this scope; 30 when it is left out, as in the Nais manifest. */
  readonly atMaxAgeSeconds?: number | undefined;
  /** Organisation numbers that may ask for it; every organisation when it is left out. */
  readonly consumers?: readonly string[] | undefined;
}

export interface SandboxLimits {
  readonly maxBodyBytes: number;
  /** Connections that are open at one time; one more is closed unheard. */
  readonly maxConnections: number;
  /** How long a client may take to send its headers. */
  readonly headersTimeoutMs: number;
  /** How long a client may take to send the whole request. */
  readonly requestTimeoutMs: number;
  /** Grants that are remembered against reuse within one window; past that, new grants are put off. */
  readonly maxRememberedGrants: number;
  /** Tokens that one Texas endpoint may ask its source for in a second; those that it has in its cache are free. */
  readonly maxTexasAsksPerSecond: number;
}

export interface SandboxOptions {
  readonly clients: readonly SandboxClient[];
  readonly exposedScopes?: readonly SandboxExposedScope[] | undefined;
  /** The organisation of clients that name none: Nav's 889640782 when it is left out. */
  readonly organisation?: string | undefined;
  /** Certificates in PEM that business certificates must come from: none is trusted when it is left out. */
  readonly certificateAuthorities?: readonly string[] | undefined;
  readonly scenarios?: readonly Scenario[] | undefined;
  /** A free port when it is 0 or left out. */
  readonly port?: number | undefined;
  /** The address to listen on: 127.0.0.1 unless it is given. Any other is reached by whoever reaches the machine. */
  readonly bind?: string | undefined;
  /**
   * What clients know the issuer by, where that is not its address here: one name for this machine and for containers.
   * Its path takes the place of the one that cannot be guessed.
   */
  readonly publicUrl?: string | undefined;
  /** Further values of `Host` to answer to: `name`, which is meant with the sandbox's own port, or `name:port`. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Lifetime of tokens whose scopes nobody in the sandbox exposes; 120 when it is left out. */
  readonly defaultLifetimeSeconds?: number | undefined;
  /** The issuer's clock, in milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Gives the texts of the error pages in the user's language; English when it is left out. */
  readonly t?: ((message: string) => string) | undefined;
  /** BCP 47 tag of the language that `t` gives. */
  readonly language?: string | undefined;
  readonly limits?: Partial<SandboxLimits> | undefined;
}

/** One answer of the sandbox, or of a Texas endpoint. Holds nothing that must be kept secret. */
export interface SandboxEvent {
  readonly kind: 'token' | 'refusal' | 'api' | 'texas' | 'introspection';
  readonly status: number;
  /** The scopes that were asked for or presented, separated by spaces, where they could be read. */
  readonly scope: string | undefined;
  /** The workload whose client asked, where it is known. */
  readonly workload: string | undefined;
  /** Why it was refused: Maskinporten's code, or the sandbox's own word where Maskinporten gives none. */
  readonly code?: string | undefined;
}

export type SandboxListener = (event: SandboxEvent) => void;

export interface Sandbox {
  /** The issuer identifier; ends with a slash, as Maskinporten's own do. */
  readonly issuer: string;
  readonly metadataUrl: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly sampleApiUrl: string;
  /** Where a token with an `altinn:` scope is exchanged for one as Altinn's are. */
  readonly altinnExchangeUrl: string;
  /** Refuses the next grant in this way, whatever it says: so that an app's handling of it can be tried out. */
  refuseNext(name: RefusalName): void;
  /**
   * Replaces all clients, and all exposed scopes when they are given, as when a manifest was edited.
   * Tokens that are out stay good.
   */
  setClients(clients: readonly SandboxClient[], exposedScopes?: readonly SandboxExposedScope[]): void;
  /** What goes wrong on purpose at the moment. */
  readonly scenarios: readonly Scenario[];
  /** These scenarios and no others; an empty list is back to normal. */
  setScenarios(scenarios: readonly Scenario[]): void;
  /** Signs with a new key from now on, and publishes it beside the one before. */
  rotateKey(): Promise<void>;
  /** Tokens for a client of the sandbox, asked for as Texas asks. */
  tokenSource(credential: Pick<ClientCredential, 'clientId' | 'privateJwk'>): TokenSource;
  /** Serves Texas's API for a client of the sandbox, on the same port; the same addresses when it is called again. */
  openTexas(credential: Pick<ClientCredential, 'clientId' | 'privateJwk'>): TexasAddresses;
  onEvent(listener: SandboxListener): { dispose(): void };
  /** Closes the port and every connection. May be called again. */
  stop(): Promise<void>;
}

/** What Nais gives an app as `NAIS_TOKEN_ENDPOINT` and `NAIS_TOKEN_INTROSPECTION_ENDPOINT`. */
export interface TexasAddresses {
  readonly tokenEndpoint: string;
  readonly introspectionEndpoint: string;
}
