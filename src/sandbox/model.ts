import type { JWK } from 'jose';
import type { RefusalName } from './refusals';

/** A client that the sandbox knows: one workload and what it declares. */
export interface SandboxClient {
  readonly clientId: string;
  /** The workload's name. */
  readonly name: string;
  /** Nine digits; the sandbox's own organisation when it is left out. */
  readonly organisation?: string | undefined;
  /** Public RSA keys, each with a `kid`. */
  readonly keys: readonly JWK[];
  /** Scopes that are registered on the client, by their full names. */
  readonly scopes: readonly string[];
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
  /** How long a client may take to send its headers. */
  readonly headersTimeoutMs: number;
  /** How long a client may take to send the whole request. */
  readonly requestTimeoutMs: number;
  /** Grants that are remembered against reuse within one window; past that, new grants are put off. */
  readonly maxRememberedGrants: number;
}

export interface SandboxOptions {
  readonly clients: readonly SandboxClient[];
  readonly exposedScopes?: readonly SandboxExposedScope[] | undefined;
  /** The organisation of clients that name none: Nav's 889640782 when it is left out. */
  readonly organisation?: string | undefined;
  /** A free port when it is 0 or left out. */
  readonly port?: number | undefined;
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

/** One answer of the sandbox. Holds nothing that must be kept secret. */
export interface SandboxEvent {
  readonly kind: 'token' | 'refusal' | 'api';
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
  onEvent(listener: SandboxListener): { dispose(): void };
  /** Closes the port and every connection. May be called again. */
  stop(): Promise<void>;
}
