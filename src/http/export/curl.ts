import {
  bodyText,
  hasHeader,
  hasNonAsciiHeader,
  isEmpty,
  sentUrl,
  TOKEN_VARIABLE,
  type Exported,
  type ExportedRequest,
} from './exported';

/** Above this curl waits for a 100 that nobody sends (curl.se, "Expect 100-continue"). */
const EXPECT_FROM_BYTES = 1024 * 1024;

/**
 * Writes a request as a curl command for a POSIX shell. curl adds Accept and User-Agent where the request has none; it
 * follows no redirect. A body that is no text is piped in by `printf`.
 */
export function curlCommand({ method, url, headers, body, token }: ExportedRequest): Exported {
  if (hasNonAsciiHeader(headers)) return { ok: false, fault: 'non-ascii-header' };
  const text = isEmpty(body) ? undefined : bodyText(body);
  const bytes = isEmpty(body) || text !== undefined ? undefined : Buffer.from(body);
  const lines = [
    // Brackets and braces in a URL are no patterns, and `..` stays.
    `curl --globoff --path-as-is${methodOption(method, !isEmpty(body))} ${quoted(sentUrl(url))}`,
    // A header without a value ends in a semicolon: with a colon it would be taken away.
    ...headers.map(([name, value]) => `--header ${quoted(value.trim() === '' ? `${name};` : `${name}: ${value}`)}`),
    ...tokenOption(token),
  ];
  if (!isEmpty(body)) {
    if (!hasHeader(headers, 'content-type')) lines.push(`--header ${quoted('Content-Type:')}`);
    if (Buffer.byteLength(body) > EXPECT_FROM_BYTES) lines.push(`--header ${quoted('Expect:')}`);
    lines.push(text === undefined ? '--data-binary @-' : `--data-raw ${quoted(text)}`);
  }
  const command = lines.join(' \\\n  ');
  return { ok: true, text: bytes === undefined ? command : `printf ${octal(bytes)} |\n  ${command}` };
}

/** Text in single quotes, in which a POSIX shell expands nothing. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function methodOption(method: string, hasBody: boolean): string {
  // As `--request`, curl would wait for the body of a HEAD.
  if (method === 'HEAD' && !hasBody) return ' --head';
  return method === (hasBody ? 'POST' : 'GET') ? '' : ` --request ${quoted(method)}`;
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
