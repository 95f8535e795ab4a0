import { curlHeader, expectsContinue, methodOption } from './curl';
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

/** Windows takes 32767 characters in one command line (CreateProcess), and URL and headers need their share. */
const MOST_ARGUMENT_CHARACTERS = 8000;

/** What may be lost where a command is pasted, a carriage return among it. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f]/;

/**
 * Writes a request as a curl command for PowerShell 7.4 and later, which hand arguments on as they are
 * (about_Parsing, "Passing arguments to native commands"). In Windows PowerShell 5.1 `curl` is another command and
 * refuses these options at once, where curl.exe would get other quotes than are written here.
 *
 * What is not ASCII is piped in as bytes: as an argument, curl would read it in the code page of the machine.
 */
export function powerShellCommand({ method, url, headers, body, token }: ExportedRequest): Exported {
  if (hasNonAsciiHeader(headers)) return { ok: false, fault: 'non-ascii-header' };
  if (method === 'HEAD' && !isEmpty(body)) return { ok: false, fault: 'body-with-method' };
  const lines = [
    `curl --globoff --path-as-is${methodOption(method, !isEmpty(body), powerShellQuoted)} ${powerShellQuoted(sentUrl(url))}`,
    ...headers.map((field) => `--header ${headerArgument(field)}`),
    ...tokenOption(token),
  ];
  if (isEmpty(body)) return { ok: true, text: joined(lines) };
  if (!hasHeader(headers, 'content-type')) lines.push(`--header ${powerShellQuoted('Content-Type:')}`);
  if (expectsContinue(body)) lines.push(`--header ${powerShellQuoted('Expect:')}`);
  const text = bodyText(body);
  if (text !== undefined && text.length <= MOST_ARGUMENT_CHARACTERS && /^[\t\n\x20-\x7e]*$/.test(text)) {
    lines.push(`--data-raw ${powerShellQuoted(text)}`);
    return { ok: true, text: joined(lines) };
  }
  // Unquoted, `@-` would be the beginning of a splatted variable.
  lines.push(`--data-binary ${powerShellQuoted('@-')}`);
  const bytes =
    text === undefined || CONTROL.test(text)
      ? `[Convert]::FromBase64String(${powerShellQuoted(Buffer.from(body).toString('base64'))})`
      : `[Text.Encoding]::UTF8.GetBytes(${powerShellQuoted(text)})`;
  // The comma hands the bytes on as one object, which is written as it is; one by one it would take long.
  return { ok: true, text: `,${bytes} |\n  ${joined(lines)}` };
}

/**
 * Text in single quotes, in which PowerShell expands nothing. Typographic single quotes end such a text, too
 * (about_Quoting_Rules), so each is written twice.
 */
export function powerShellQuoted(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

function joined(lines: readonly string[]): string {
  return lines.join(' `\n  ');
}

function headerArgument([name, value]: ExportedField): string {
  if (typeof value === 'string') return powerShellQuoted(curlHeader(name, value));
  return `(${powerShellQuoted(`${name}: `)} + $env:${value.variable})`;
}

function tokenOption(token: ExportedRequest['token']): string[] {
  switch (token.kind) {
    case 'none':
      return [];
    case 'variable':
      return [`--header "Authorization: Bearer $env:${TOKEN_VARIABLE}"`];
    case 'value':
      return [`--header ${powerShellQuoted(`Authorization: Bearer ${token.accessToken}`)}`];
  }
}
