import type { ProblemStep } from './problem';

/** Header fields in the order in which they stand in the message; a name may occur more than once. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

/** Limits of one request; each phase has its own, so that a refusal can name it. */
export interface TransportTimeouts {
  /** Name lookup, TCP and TLS together. */
  readonly connectMs: number;
  /** From the request sent to the response's header. */
  readonly headersMs: number;
  /** The longest silence while the body arrives. */
  readonly bodyMs: number;
}

/**
 * What a request is at, as it begins. Only steps that happen are told, in the order of `Phases`; a client that does not
 * see into its connections tells of `wait` and `download` alone.
 */
export type TransportProgress =
  | { readonly step: 'lookup' | 'connect' | 'tls' | 'wait' }
  /** Heard for each piece that comes. */
  | {
      readonly step: 'download';
      /** So far: of the wire where the client sees it, else decoded. */
      readonly bytes: number;
      /** What Content-Length says there will be. */
      readonly totalBytes: number | undefined;
    };

export interface TransportRequest {
  /** What the request is for: a Problem names it. */
  readonly step: ProblemStep;
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body?: string | Uint8Array | undefined;
  readonly timeouts?: Partial<TransportTimeouts> | undefined;
  /** Stop reading the decoded body here. */
  readonly maxBodyBytes: number;
  /** Keep what comes after `maxBodyBytes`, on the connection and not in memory: `rest` of the response gives it. */
  readonly keepRest?: boolean | undefined;
  readonly onProgress?: ((progress: TransportProgress) => void) | undefined;
}

/**
 * When each phase ended, in milliseconds since the request began. A phase that did not happen is undefined: a reused
 * connection has none of the first three, an IP address and `localhost` need no lookup, http has no TLS.
 */
export interface Phases {
  readonly lookupMs: number | undefined;
  readonly connectMs: number | undefined;
  readonly tlsMs: number | undefined;
  readonly firstByteMs: number;
  /** Of a body that went on after its limit, when the limit was reached. */
  readonly doneMs: number;
}

/** What is left of a body that went on after its limit. The connection waits, so one of both must be called. */
export interface BodyRest {
  /**
   * The decoded rest in pieces, read no faster than it is taken; once only. Ends the connection when it is left. Throws
   * a ProblemError, or the signal's reason.
   */
  read(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Ends the connection. */
  stop(): void;
}

export interface TransportResponse {
  /** `1.1`; undefined where the client does not tell. */
  readonly httpVersion?: string | undefined;
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderFields;
  /** Decoded from its Content-Encoding; not more than `maxBodyBytes`. */
  readonly body: Uint8Array;
  /** The body went on after `maxBodyBytes`. */
  readonly truncated: boolean;
  /** Where the request asked for it, and there is one. */
  readonly rest?: BodyRest | undefined;
  /** Bytes of the body that were read, before decoding; undefined where the client does not tell. */
  readonly wireBytes: number | undefined;
  readonly phases: Phases;
}

/** Sends one HTTP request and follows no redirect. Rejects with a ProblemError, or the signal's reason. */
export interface Transport {
  send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse>;
}
