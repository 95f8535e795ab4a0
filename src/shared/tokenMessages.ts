import type {
  ClaimPart,
  ClaimRow,
  EnvironmentBadge,
  NamedText,
  ProblemCard,
  ScopeRow,
  Speech,
  VerificationLine,
} from './messages';

/** What a token says of itself, worded: never the token. */
export interface ReadableToken {
  readonly form: 'jwt' | 'opaque' | 'jwe' | 'malformed';
  /** What that form means for the reader; none for a JWT that speaks for itself. */
  readonly notes: readonly string[];
  readonly notBeforeMs: number | undefined;
  readonly expiresAtMs: number | undefined;
  readonly claims: readonly ClaimRow[];
  readonly header: readonly ClaimRow[];
}

export interface TokenDetails extends ReadableToken {
  readonly obtainedAtMs: number;
  readonly verification: VerificationLine;
  readonly scopes: readonly ScopeRow[];
  readonly grant: { readonly header: readonly ClaimRow[]; readonly claims: readonly ClaimRow[] } | undefined;
}

/** Which token of the view is meant: Maskinporten's, or the one that Altinn gave for it. */
export type TokenKind = 'maskinporten' | 'altinn';

export const TOKEN_KINDS: readonly TokenKind[] = ['maskinporten', 'altinn'];

/** Names a row to the host, which has the value that is to be copied. */
export type CopyPart = ClaimPart | 'altinn-claims' | 'altinn-header';

export const COPY_PARTS: readonly CopyPart[] = [
  'header',
  'claims',
  'grant-header',
  'grant-claims',
  'altinn-claims',
  'altinn-header',
];

/** What a button copies: the token itself, its claims as JSON, or a line for a POSIX shell. */
export type CopyWhat = 'token' | 'payload' | 'export';

export const COPY_WHATS: readonly CopyWhat[] = ['token', 'payload', 'export'];

/** The exchange for an Altinn token; undefined where Altinn takes no tokens of the environment. */
export interface AltinnSection {
  /** A scope of the token is Altinn's, so its API probably wants the exchanged token. */
  readonly isLikely: boolean;
  readonly busy: boolean;
  readonly problem: ProblemCard | undefined;
  readonly token: (ReadableToken & { readonly verification: VerificationLine }) | undefined;
}

export interface TokenView {
  readonly environment: EnvironmentBadge;
  readonly workload: string | undefined;
  readonly scopes: readonly string[];
  /** What is asked for besides scopes. */
  readonly options: readonly NamedText[];
  /** A token is being fetched. */
  readonly busy: boolean;
  /** It is asked for again and again until it is granted. */
  readonly waiting: boolean;
  readonly problem: ProblemCard | undefined;
  readonly token: TokenDetails | undefined;
  readonly altinn: AltinnSection | undefined;
}

/** Whom or what the token is to be for, as it is typed (RFC 9396, `authorization_details`). */
export type DetailsForm =
  | { readonly kind: 'none' }
  | { readonly kind: 'system-user'; readonly orgno: string; readonly externalRef: string }
  | { readonly kind: 'consent'; readonly id: string; readonly from: string }
  | { readonly kind: 'json'; readonly text: string };

/** The options of a token as they are typed; an empty text leaves its claim out. */
export interface TokenOptionsForm {
  readonly scopes: readonly string[];
  readonly resource: string;
  readonly consumerOrg: string;
  /** A national identity number: the host never sends one here, and neither side writes it down. */
  readonly pid: string;
  readonly details: DetailsForm;
  readonly skipCache: boolean;
}

export interface TokenOptions {
  readonly form: TokenOptionsForm;
  /** The scopes that the manifest consumes. */
  readonly declared: readonly string[];
  /** What the source of tokens has no way to ask for, and why. */
  readonly limits: readonly { readonly claim: string; readonly reason: string }[];
  /** The claim that the user wants to change. */
  readonly focus: string | undefined;
}

/** What is wrong with the form, at which claim; and what is doubtful, though it is sent all the same. */
export interface OptionsVerdict {
  readonly fault: { readonly claim: string; readonly text: string } | undefined;
  readonly hints: readonly string[];
}

export interface TokenPanelStart {
  readonly speech: Speech;
  readonly state: TokenPanelState;
  readonly view: TokenView;
  /** The form is to be open. */
  readonly options: TokenOptions | undefined;
}

/**
 * What the webview keeps over a reload: which token is shown, never the token. What may name a person, `pid` and
 * `authorization_details`, is left out.
 */
export interface TokenPanelState {
  readonly version: 1;
  readonly manifestUri: string | undefined;
  readonly workload: string | undefined;
  readonly scopes: readonly string[];
  readonly resource?: string | undefined;
  readonly consumerOrg?: string | undefined;
}

export type TokenWebviewRequest =
  | { readonly type: 'ready' }
  | { readonly type: 'get-token' }
  | { readonly type: 'cancel' }
  | { readonly type: 'stop-waiting' }
  | { readonly type: 'options' }
  | { readonly type: 'close-options' }
  | { readonly type: 'check-options'; readonly form: TokenOptionsForm }
  | { readonly type: 'get-token-with'; readonly form: TokenOptionsForm }
  | { readonly type: 'exchange' }
  | { readonly type: 'copy'; readonly what: CopyWhat; readonly of: TokenKind }
  | { readonly type: 'copy-claim'; readonly part: CopyPart; readonly name: string }
  | { readonly type: 'send-request' }
  | { readonly type: 'problem-action'; readonly id: string };

/** False when what was to be copied is no longer in memory. */
export interface CopyReply {
  readonly copied: boolean;
}

/** What the token view says. */
export interface TokenWebviewSays {
  readonly request: TokenWebviewRequest;
  readonly replies: {
    readonly ready: TokenPanelStart;
    readonly 'get-token': undefined;
    readonly cancel: undefined;
    readonly 'stop-waiting': undefined;
    readonly options: TokenOptions;
    readonly 'close-options': undefined;
    readonly 'check-options': OptionsVerdict;
    readonly 'get-token-with': OptionsVerdict;
    readonly exchange: undefined;
    readonly copy: CopyReply;
    readonly 'copy-claim': CopyReply;
    readonly 'send-request': undefined;
    readonly 'problem-action': undefined;
  };
  readonly event: never;
}

/** What the host says to the token view. */
export interface TokenHostSays {
  readonly request: never;
  readonly replies: object;
  readonly event:
    | { readonly type: 'view'; readonly view: TokenView; readonly state: TokenPanelState }
    | { readonly type: 'options'; readonly options: TokenOptions };
}
