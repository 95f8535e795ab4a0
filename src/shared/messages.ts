/**
 * What the extension host and its webviews tell each other: what all have in common, and the request panel's own. The
 * host words, signs, sends and copies; a webview shows, and says what the user wants. No token, assertion or key is in
 * any of these.
 */

import type { ComposeHostEvent, ComposeReplies, ComposeRequest, RequestContext } from './composeMessages';
import type { RequestForm } from './requestForm';
import type { Exchange, ExchangeEvent, ResponseReplies, ResponseRequest } from './responseMessages';

/** The words of the user's language, sent first: a webview has no other way to them. */
export interface Speech {
  readonly locale: string;
  /** Translations by their English text. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Where tokens come from, for the line beside the buttons. */
export interface EnvironmentBadge {
  readonly kind: 'sandbox' | 'test' | 'prod' | 'custom';
  readonly label: string;
  readonly issuer: string | undefined;
  readonly clientId: string | undefined;
  /** What goes wrong in the sandbox on purpose, in words. */
  readonly onPurpose?: readonly string[] | undefined;
}

/** What can be done about a problem. Only the host knows what is behind the id, and does it. */
export interface ProblemButton {
  readonly id: string;
  readonly label: string;
}

/** A failed step in the user's language. */
export interface ProblemCard {
  /** `MP-200`, `network/dns`; undefined where the extension itself failed. */
  readonly code: string | undefined;
  readonly title: string;
  readonly cause: string;
  readonly cure: string;
  /** What the other side said in its own words. */
  readonly detail: string | undefined;
  /** Our values that matter to the failure. */
  readonly sent: readonly NamedText[];
  readonly traceId: string | undefined;
  /** The likeliest cure first. */
  readonly actions: readonly ProblemButton[];
}

export interface NamedText {
  readonly name: string;
  readonly value: string;
}

/** The value of a claim, in the form in which it reads best. */
export type ClaimValue =
  | { readonly kind: 'text'; readonly text: string }
  /** Scopes, audiences: one a line. */
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** A NumericDate (RFC 7519 section 2): shown as local and relative time beside the number. */
  | { readonly kind: 'time'; readonly atMs: number; readonly text: string }
  /** An organisation number, split out of `0192:889640782`. */
  | { readonly kind: 'organisation'; readonly number: string; readonly text: string }
  | { readonly kind: 'json'; readonly text: string };

/** Whose members a row belongs to: what its name means depends on it. */
export type ClaimPart = 'header' | 'claims' | 'grant-header' | 'grant-claims';

export interface ClaimRow {
  readonly name: string;
  readonly value: ClaimValue;
  readonly explanation: string | undefined;
}

export interface ScopeRow {
  readonly name: string;
  readonly requested: boolean;
  readonly granted: boolean;
  /** Undefined where nobody can tell: no manifest, or one with templated scopes. */
  readonly declared: boolean | undefined;
  /** What differs, in words; undefined where all agree. */
  readonly difference: string | undefined;
}

export type VerificationLine =
  | { readonly kind: 'checking' }
  | { readonly kind: 'verified'; readonly text: string }
  | { readonly kind: 'not-verified'; readonly text: string; readonly reason: string };

export interface RequestPanelStart {
  readonly speech: Speech;
  readonly form: RequestForm;
  readonly context: RequestContext;
  readonly exchange: Exchange;
}

export type RequestWebviewRequest =
  | { readonly type: 'ready' }
  | { readonly type: 'send'; readonly form: RequestForm }
  | ComposeRequest
  | ResponseRequest
  | { readonly type: 'show-token'; readonly scopes: readonly string[] }
  | { readonly type: 'problem-action'; readonly id: string };

/** What the request panel says. */
export interface RequestWebviewSays {
  readonly request: RequestWebviewRequest;
  readonly replies: {
    readonly ready: RequestPanelStart;
    readonly send: undefined;
    readonly 'show-token': undefined;
    readonly 'problem-action': undefined;
  } & ComposeReplies &
    ResponseReplies;
  /** The form as it is now, so that it outlives the webview, which ends whenever its tab is hidden. */
  readonly event: { readonly type: 'edited'; readonly form: RequestForm };
}

/** What the host says to the request panel. */
export interface RequestHostSays {
  readonly request: never;
  readonly replies: object;
  readonly event: ComposeHostEvent | ExchangeEvent;
}
