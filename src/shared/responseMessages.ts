import type { NamedText, ProblemButton, ProblemCard } from './messages';
import type { RequestForm } from './requestForm';

/** What a request is at, in the order in which it happens; not every request does all of it. */
export type SendStep = 'token' | 'lookup' | 'connect' | 'tls' | 'wait' | 'download';

export interface SendProgress {
  readonly step: SendStep;
  readonly beganAtMs: number;
  /** Of a download, in words: "3.2 MB of 10 MB". */
  readonly received: string | undefined;
  /** From 0 to 1; undefined where the whole is not known. */
  readonly part: number | undefined;
}

/** Phases of a request in the order in which they happen. */
export type PhaseName = 'lookup' | 'connect' | 'tls' | 'wait' | 'download';

export interface PhaseDuration {
  readonly name: PhaseName;
  readonly ms: number;
}

/** What deserves a word about a response, and what can be done about it. */
export interface ResponseNote {
  readonly text: string;
  readonly actions: readonly ProblemButton[];
  /** When the API lets one come again: counted down to. */
  readonly untilMs?: number | undefined;
}

/** A text as it is shown: its beginning, where it is long. */
export interface ShownText {
  readonly text: string;
  /** How much of it is here, in words; undefined where all is. */
  readonly cut: string | undefined;
}

export type ShownBody =
  | { readonly kind: 'empty' }
  | { readonly kind: 'binary'; readonly description: string; readonly hex: string }
  | {
      readonly kind: 'json' | 'xml' | 'html' | 'text';
      readonly raw: ShownText;
      /** Indented; undefined where there is nothing to indent. */
      readonly pretty: ShownText | undefined;
    }
  /** `application/x-www-form-urlencoded`. */
  | { readonly kind: 'form'; readonly raw: ShownText; readonly fields: readonly NamedText[] };

/** What became of a body that goes on beyond what is read at once, and of a body that is saved. */
export type SavingState =
  /** The rest waits on the connection. */
  | { readonly kind: 'waiting'; readonly text: string }
  | { readonly kind: 'saving'; readonly text: string; readonly part: number | undefined }
  | { readonly kind: 'saved'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string; readonly detail: string | undefined }
  | { readonly kind: 'stopped'; readonly text: string };

/** What of a response changes while it is shown: a scope is declared meanwhile, a file grows. */
export interface ResponseChanges {
  readonly notes: readonly ResponseNote[];
  readonly saving: SavingState | undefined;
}

export interface ResponseView extends ResponseChanges {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  /** What the status means, in a sentence. */
  readonly meaning: string;
  /** Whether a token went along, and whose. */
  readonly authorization: string;
  /** `HTTP/1.1`; undefined where the client does not tell. */
  readonly httpVersion: string | undefined;
  /** Only phases that happened and were measured. */
  readonly phases: readonly PhaseDuration[];
  readonly totalMs: number;
  readonly size: string;
  readonly headers: readonly NamedText[];
  /** What deserves a word about the headers alone. */
  readonly headerNotes: readonly string[];
  readonly body: ShownBody;
}

/** The last request of a panel, and what came of it. */
export type Exchange =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending'; readonly progress: SendProgress }
  | { readonly kind: 'cancelled'; readonly step: SendStep }
  | { readonly kind: 'response'; readonly response: ResponseView }
  | { readonly kind: 'problem'; readonly problem: ProblemCard };

/** What the buttons around a response do. */
export const RESPONSE_COMMANDS = [
  'open-pretty',
  'open-raw',
  'copy-pretty',
  'copy-raw',
  'copy-headers',
  'save',
  'save-rest',
  'stop-rest',
  'cancel-saving',
  'open-saved',
] as const;

export type ResponseCommand = (typeof RESPONSE_COMMANDS)[number];

/** What the request panel asks of the host from Send on. */
export type ResponseRequest =
  | { readonly type: 'cancel' }
  /** The body goes to a file, whatever its size. */
  | { readonly type: 'send-to-file'; readonly form: RequestForm }
  | { readonly type: 'response'; readonly command: ResponseCommand }
  /** A button of a note: only the host knows what is behind the id. */
  | { readonly type: 'note-action'; readonly id: string };

export interface ResponseReplies {
  readonly cancel: undefined;
  readonly 'send-to-file': undefined;
  readonly response: undefined;
  readonly 'note-action': undefined;
}

/** What the host says of the exchange, unasked. */
export type ExchangeEvent =
  | { readonly type: 'exchange'; readonly exchange: Exchange }
  | { readonly type: 'progress'; readonly progress: SendProgress }
  | { readonly type: 'response-changed'; readonly changes: ResponseChanges };
