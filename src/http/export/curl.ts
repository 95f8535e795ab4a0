import {
  bodyText,
  hasHeader,
  hasNonAsciiHeader,
  isEmpty,
  sentUrl,
  TOKEN_VARIABLE,
  type Exported,
  type ExportedField,
  type ExportedRequest,
} from './exported';

/** Above this curl waits for a 100 that nobody sends (curl.se, "Expect 100-continue"). */
const EXPECT_FROM_BYTES = 1024 * 1024;

/** Linux takes 128 KiB in one argument (execve(2), MAX_ARG_STRLEN). */
const MOST_ARGUMENT_BYTES = 100_000;

/**
 * Writes a request as a curl command for a POSIX shell. curl adds Accept and User-Agent where the request has none; it
 * follows no redirect. A body that is no text, or a long one, is piped in by `printf`.
 */
export function curlCommand({ method, url, headers, body, token }: ExportedRequest): Exported {
  if (hasNonAsciiHeader(headers)) return { ok: false, fault: 'non-ascii-header' };
  // With a body, curl would wait for one in the answer, and HEAD has none.
  if (method === 'HEAD' && !isEmpty(body)) return { ok: false, fault: 'body-with-method' };
  const text = isEmpty(body) ? undefined : bodyText(body);
  const isArgument = text !== undefined && Buffer.byteLength(text) <= MOST_ARGUMENT_BYTES;
  const lines = [
    // Brackets and braces in a URL are no patterns, and `..` stays.
    `curl --globoff --path-as-is${methodOption(method, !isEmpty(body), quoted)} ${quoted(sentUrl(url))}`,
    ...headers.map((field) => `--header ${headerArgument(field)}`),
    ...tokenOption(token),
  ];
  if (!isEmpty(body)) {
    if (!hasHeader(headers, 'content-type')) lines.push(`--header ${quoted('Content-Type:')}`);
    if (expectsContinue(body)) lines.push(`--header ${quoted('Expect:')}`);
    lines.push(isArgument ? `--data-raw ${quoted(text)}` : '--data-binary @-');
  }
  const command = lines.join(' \\\n  ');
  if (isEmpty(body) || isArgument) return { ok: true, text: command };
  // A part of the shell, `printf` takes what is too long for a program's arguments.
  const printed = text === undefined ? octal(Buffer.from(body)) : `'%s' ${quoted(text)}`;
  return { ok: true, text: `printf ${printed} |\n  ${command}` };
}

/** Above a size curl waits for a 100 that nobody sends, unless it is told not to. */
export function expectsContinue(body: string | Uint8Array): boolean {
  return Buffer.byteLength(body) > EXPECT_FROM_BYTES;
}

/** A header field as curl takes it. Without a value it ends in a semicolon: with a colon it would be taken away. */
export function curlHeader(name: string, value: string): string {
  return value.trim() === '' ? `${name};` : `${name}: ${value}`;
}

/** The options that make curl send this method. `quote` is the shell's. */
export function methodOption(method: string, hasBody: boolean, quote: (text: string) => string): string {
  // As `--request`, curl would wait for the body of a HEAD.
  if (method === 'HEAD') return ' --head';
  return method === (hasBody ? 'POST' : 'GET') ? '' : ` --request ${quote(method)}`;
}

/** Text in single quotes, in which a POSIX shell expands nothing. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function headerArgument([name, value]: ExportedField): string {
  if (typeof value === 'string') return quoted(curlHeader(name, value));
  const variable = `$${value.variable}`;
  // Names may have characters that double quotes would let the shell see.
  return /^[\w-]+$/.test(name) ? `"${name}: ${variable}"` : `${quoted(`${name}: `)}"${variable}"`;
}

function tokenOption(token: ExportedRequest['token']): string[] {
  switch (token.kind) {
    case 'none':
      return [];
    case 'variable':
      return [`--header "Authorization: Bearer $${TOKEN_VARIABLE}"`];
    case 'value':
      return [`--header ${quoted(`Authorization: Bearer ${token.accessToken}`)}`];
  }
}

/** Bytes as POSIX `printf` writes them, whatever they are. */
function octal(bytes: Uint8Array): string {
  return `'${Array.from(bytes, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}'`;
}
