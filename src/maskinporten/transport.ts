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
  readonly doneMs: number;
}

export interface TransportResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderFields;
  /** Decoded from its Content-Encoding; not more than `maxBodyBytes`. */
  readonly body: Uint8Array;
  /** The body went on after `maxBodyBytes`. */
  readonly truncated: boolean;
  /** Bytes of the body that were read, before decoding. */
  readonly wireBytes: number;
  readonly phases: Phases;
}

/** Sends one HTTP request and follows no redirect. Rejects with a ProblemError, or the signal's reason. */
export interface Transport {
  send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse>;
}
