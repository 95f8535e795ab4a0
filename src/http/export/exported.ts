import type { TexasLimit } from '../../maskinporten/problem';
import type { HeaderFields } from '../../maskinporten/transport';
import { isCredentialHeader, isSensitiveName, referenceIn, variableName } from '../sensitive';

/** The name of the variable that stands for the token in everything that is copied. */
export const TOKEN_VARIABLE = 'MASKINPORTEN_TOKEN';

/** A request to be written for another client. Its method, URL and headers are those that `checkHeaders` and `checkTarget` let pass. */
export interface ExportedRequest {
  readonly method: string;
  readonly url: string;
  /** Without Authorization where a token goes along. */
  readonly headers: readonly ExportedField[];
  readonly body?: string | Uint8Array | undefined;
  readonly token: ExportedToken;
}

/** A value that is a secret: in what is copied, a variable of the environment stands for it. */
export interface Variable {
  readonly variable: string;
}

export type ExportedField = readonly [name: string, value: string | Variable];

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
  | 'body-with-method'
  /** A header without a value, or with a comma at its end. */
  | 'header-value'
  /** A method that the format does not know. */
  | 'method'
  /** Characters that the client refuses in an address, or changes. */
  | 'url-characters'
  /** The token is one of Altinn's, got by an exchange. */
  | 'altinn-token'
  /** No token goes along, so there is nothing to ask Texas for. */
  | 'without-token';

export type Exported =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: ExportFault };

/** The URL as it goes over the wire: normalised, and without its fragment. */
export function sentUrl(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}

/**
 * The header fields as they are copied: the values of those that hold secrets become variables, unless `reveal` says
 * that the secrets themselves are wanted. A reference to a value that is kept elsewhere stays a variable in any case.
 */
export function exportedFields(headers: HeaderFields, reveal = false): ExportedField[] {
  const taken = new Map</* variable */ string, string>();
  return headers.map(([name, value]) => {
    const reference = referenceIn(value);
    if (reference !== undefined) return [name, { variable: reference }];
    const isSecret = value !== '' && (isCredentialHeader(name) || isSensitiveName(name));
    return isSecret && !reveal ? [name, { variable: ownVariable(name, value, taken) }] : [name, value];
  });
}

/** Fields of one name may have several values, and each needs a variable of its own. */
function ownVariable(name: string, value: string, taken: Map<string, string>): string {
  const base = variableName(name);
  let variable = base;
  for (let count = 2; taken.has(variable) && taken.get(variable) !== value; count += 1) variable = `${base}_${count}`;
  taken.set(variable, value);
  return variable;
}

export function hasNonAsciiHeader(headers: readonly ExportedField[]): boolean {
  return headers.some(([, value]) => typeof value === 'string' && /[^\t\x20-\x7e]/.test(value));
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

export function hasHeader(headers: readonly ExportedField[], name: string): boolean {
  return headers.some(([other]) => other.toLowerCase() === name);
}
