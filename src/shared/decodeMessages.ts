import type { ClaimPart, Speech, VerificationLine } from './messages';
import type { CopyReply, ReadableToken } from './tokenMessages';

/** Which parts of a decoded token can be copied: there is no grant. */
export type DecodedPart = Extract<ClaimPart, 'header' | 'claims'>;

export const DECODED_PARTS: readonly DecodedPart[] = ['header', 'claims'];

/** A token that was taken apart, and what is known of its signature. */
export interface DecodedView {
  /** Where the text came from, in words. */
  readonly origin: string;
  readonly token: ReadableToken;
  readonly verification: VerificationLine;
  /** The issuer that the token names, and that is asked for its keys only when the user says so. */
  readonly unknownIssuer: string | undefined;
  /** Keys can be pasted: it is a JWT with a signature. */
  readonly takesKeys: boolean;
}

export type DecodeWebviewRequest =
  | { readonly type: 'ready' }
  | { readonly type: 'another' }
  | { readonly type: 'copy-payload' }
  | { readonly type: 'copy-claim'; readonly part: DecodedPart; readonly name: string }
  | { readonly type: 'ask-issuer' }
  | { readonly type: 'verify-with'; readonly jwks: string };

/** What the page of Decode Token says. */
export interface DecodeWebviewSays {
  readonly request: DecodeWebviewRequest;
  readonly replies: {
    readonly ready: { readonly speech: Speech; readonly view: DecodedView };
    readonly another: undefined;
    readonly 'copy-payload': CopyReply;
    readonly 'copy-claim': CopyReply;
    readonly 'ask-issuer': undefined;
    readonly 'verify-with': undefined;
  };
  readonly event: never;
}

/** What the host says to it. */
export interface DecodeHostSays {
  readonly request: never;
  readonly replies: object;
  readonly event: { readonly type: 'view'; readonly view: DecodedView };
}
