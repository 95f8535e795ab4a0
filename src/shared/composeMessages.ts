import type { EnvironmentBadge, NamedText } from './messages';
import type { RequestForm } from './requestForm';
import type { RequestPanelState } from './requestState';

/** What host and webview of the request panel tell each other before Send. */

/** A token that the form may send. */
export interface TokenOption {
  readonly scopes: readonly string[];
  /** Undefined where no token is in memory. */
  readonly expiresAtMs: number | undefined;
}

/** The token that the form asks for, as far as it is chosen. */
export interface ChosenToken {
  /** What is asked for besides scopes. Persons are not named. */
  readonly options: readonly NamedText[];
  /** Of the token that would be sent; undefined where none is in memory. */
  readonly expiresAtMs: number | undefined;
  /** Whether it can be exchanged for Altinn's, and whether its API probably wants that. */
  readonly altinn: 'no' | 'possible' | 'likely';
}

/** A URL that may be meant, and where it is from. */
export interface UrlSuggestion {
  readonly url: string;
  readonly source: string;
}

/** A field of the form; `at` counts the rows of its table. */
export type FormField =
  | { readonly kind: 'method' | 'url' | 'body' | 'token' | 'workspace' }
  | { readonly kind: 'header'; readonly at: number };

/** Why a form is not sent as it is. */
export interface FormFault {
  readonly field: FormField;
  readonly text: string;
  /** Typing on may mend it: nothing is said of it before somebody leaves the field, or sends. */
  readonly isIncomplete: boolean;
}

/** What can be done about what the pod reaches. */
export type PodAction = 'open-outbound' | 'choose-variables' | 'put-in-terminal';

/** Whether the workload's pod would get to the URL. */
export interface PodLine {
  /** `aside`: there is no answer, and none is missing. */
  readonly answer: 'yes' | 'no' | 'unknown' | 'aside';
  readonly text: string;
  readonly command: string | undefined;
  readonly action: PodAction | undefined;
}

/** All that is shown around a form, and follows from it. */
export interface RequestContext {
  readonly environment: EnvironmentBadge;
  readonly workload: string | undefined;
  readonly options: readonly TokenOption[];
  readonly chosen: ChosenToken | undefined;
  /** The URL of a form in which none was typed. */
  readonly prefill: string | undefined;
  readonly suggestions: readonly UrlSuggestion[];
  readonly faults: readonly FormFault[];
  readonly pod: PodLine | undefined;
  /** What the webview is to keep over a reload of the window. */
  readonly kept: RequestPanelState;
}

/** What the user can do from the form, besides sending it. */
export const COMPOSE_ACTIONS = [
  'select-environment',
  'manage-credentials',
  'manage-trust',
  'token-options',
  'drop-token-options',
  'open-outbound',
  'choose-variables',
  'put-in-terminal',
] as const;

export type ComposeAction = (typeof COMPOSE_ACTIONS)[number];

export type ComposeRequest =
  /** Judges a form at once, where `edited` is told to the host in its own time. */
  | { readonly type: 'check'; readonly form: RequestForm }
  /** Indents a body. */
  | { readonly type: 'format-json'; readonly text: string }
  | { readonly type: 'compose'; readonly action: ComposeAction };

export interface ComposeReplies {
  readonly check: RequestContext;
  /** Undefined where the text is no JSON. */
  readonly 'format-json': { readonly text: string | undefined };
  readonly compose: undefined;
}

export type ComposeHostEvent =
  | { readonly type: 'context'; readonly context: RequestContext }
  /** Another form is to be shown in place of what was typed. */
  | { readonly type: 'form'; readonly form: RequestForm; readonly context: RequestContext };
