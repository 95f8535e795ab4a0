import type { NamedText, ProblemCard } from './messages';

/** Phases of a request in the order in which they happen. */
export type PhaseName = 'lookup' | 'connect' | 'tls' | 'wait' | 'download';

export interface PhaseDuration {
  readonly name: PhaseName;
  readonly ms: number;
}

export type ShownBody =
  | { readonly kind: 'empty' }
  | { readonly kind: 'binary'; readonly description: string }
  | {
      readonly kind: 'json' | 'xml' | 'text';
      readonly raw: string;
      /** Indented; undefined where there is nothing to indent. */
      readonly pretty: string | undefined;
    };

export interface ResponseView {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  /** What the status means, in a sentence. */
  readonly meaning: string;
  /** Challenges, redirects, cut bodies, hidden tokens: a sentence each. */
  readonly notes: readonly string[];
  /** Whether a token went along, and whose. */
  readonly authorization: string;
  /** Only phases that happened and were measured. */
  readonly phases: readonly PhaseDuration[];
  readonly totalMs: number;
  readonly size: string;
  readonly headers: readonly NamedText[];
  readonly body: ShownBody;
}

/** The last request of a panel, and what came of it. */
export type Exchange =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'response'; readonly response: ResponseView }
  | { readonly kind: 'problem'; readonly problem: ProblemCard };

/** What the request panel asks of the host from Send on. */
export interface ResponseRequest {
  readonly type: 'cancel';
}

export interface ResponseReplies {
  readonly cancel: undefined;
}
