import type { TexasLimit } from '../../maskinporten/problem';
import type { HeaderFields } from '../../maskinporten/transport';

/** The name of the variable that stands for the token in everything that is copied. */
export const TOKEN_VARIABLE = 'MASKINPORTEN_TOKEN';

/** A request to be written for another client. Its method, URL and headers are those that `checkHeaders` and `checkTarget` let pass. */
export interface ExportedRequest {
  readonly method: string;
  readonly url: string;
  /** Without Authorization where a token goes along. */
  readonly headers: HeaderFields;
  readonly body?: string | Uint8Array | undefined;
  readonly token: ExportedToken;
}

/** How the token stands in the text. `value` is a secret: for the one command that says so. */
export type ExportedToken =
  { readonly kind: 'none' } | { readonly kind: 'variable' } | { readonly kind: 'value'; readonly accessToken: string };

/** Why a request cannot be written so that the other client sends the same. */
export type ExportFault =
  | TexasLimit
  /** Bytes above ASCII in a header: other clients send them in another charset. */
  | 'non-ascii-header'
  /** Bytes that are no text. */
  | 'binary-body'
  /** `{{` would be read as a variable. */
  | 'braces'
  /** A line that means something else in this format, as `###` does, or blank lines at the ends. */
  | 'body-line'
  /** The client takes no body with this method. */
  | 'body-with-method';

export type Exported =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: ExportFault };

/** The URL as it goes over the wire: normalised, and without its fragment. */
export function sentUrl(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}

export function hasNonAsciiHeader(headers: HeaderFields): boolean {
  return headers.some(([, value]) => /[^\t\x20-\x7e]/.test(value));
}

/** The body as text; undefined where its bytes are not UTF-8, or hold a NUL. */
export function bodyText(body: string | Uint8Array): string | undefined {
  try {
    // A byte order mark is part of what is sent.
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

export function isEmpty(body: string | Uint8Array | undefined): body is undefined {
  return body === undefined || body.length === 0;
}

export function hasHeader(headers: HeaderFields, name: string): boolean {
  return headers.some(([other]) => other.toLowerCase() === name);
}
