import {
  bodyText,
  hasNonAsciiHeader,
  isEmpty,
  sentUrl,
  TOKEN_VARIABLE,
  type Exported,
  type ExportedRequest,
} from './exported';

/** Who reads the file: they agree on the request, and not on how a variable of the environment is named. */
export type HttpFileReader = 'rest-client' | 'httpyac' | 'intellij';

const VARIABLE: Readonly<Record<HttpFileReader, (name: string) => string>> = {
  'rest-client': (name) => `{{$processEnv ${name}}}`,
  httpyac: (name) => `{{process.env.${name}}}`,
  // From its http-client.private.env.json, which it keeps out of version control.
  intellij: (name) => `{{${name}}}`,
};

/** Methods that every reader knows: another word would be read as a part of the URL. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Lines that begin a request, end it, name a file, or are a comment, a script, a check or a query to one reader or another. */
const SPECIAL_LINE = /^\s*(?:#|\/\/|@|<@?\s|>|\?\?|HTTP\/\d|[A-Z]{3,}\s|(?:query|mutation|subscription|fragment)\b)/m;

/**
 * Writes a request as an `.http` file. Refuses what one of its readers would send otherwise: they have no escape for
 * their own marks, and cut blank lines off a body.
 */
export function httpFile({ method, url, headers, body, token }: ExportedRequest, reader: HttpFileReader): Exported {
  if (!METHODS.has(method)) return { ok: false, fault: 'method' };
  const text = isEmpty(body) ? '' : bodyText(body);
  if (text === undefined) return { ok: false, fault: 'binary-body' };
  if (hasNonAsciiHeader(headers)) return { ok: false, fault: 'non-ascii-header' };
  // Readers leave out a header without a value, and httpYac takes a comma off the end of a line.
  if (headers.some(([, value]) => typeof value === 'string' && /^\s*$|,\s*$/.test(value))) {
    return { ok: false, fault: 'header-value' };
  }
  if (/%(?![\da-f]{2})/i.test(sentUrl(url))) return { ok: false, fault: 'url-characters' };
  const plain = headers.flatMap(([, value]) => (typeof value === 'string' ? [value] : []));
  if ([sentUrl(url), text, ...plain].some((each) => each.includes('{{'))) return { ok: false, fault: 'braces' };
  if (SPECIAL_LINE.test(text) || text.includes('\r') || text !== text.trim()) return { ok: false, fault: 'body-line' };
  // Forms are written anew by some, with what is not ASCII escaped.
  if (isForm(headers) && /[^\x20-\x7e]/.test(text)) return { ok: false, fault: 'body-line' };
  const lines = [
    // Readers follow redirects unless they are told not to; each passes over what it does not know.
    '# @no-redirect',
    `${method} ${sentUrl(url)} HTTP/1.1`,
    ...headers.map(
      ([name, value]) => `${name}: ${typeof value === 'string' ? value : VARIABLE[reader](value.variable)}`,
    ),
    ...(token.kind === 'none'
      ? []
      : [`Authorization: Bearer ${token.kind === 'value' ? token.accessToken : VARIABLE[reader](TOKEN_VARIABLE)}`]),
  ];
  return { ok: true, text: `${lines.join('\n')}\n${text === '' ? '' : `\n${text}\n`}` };
}

function isForm(headers: ExportedRequest['headers']): boolean {
  return headers.some(
    ([name, value]) =>
      name.toLowerCase() === 'content-type' && typeof value === 'string' && value.includes('x-www-form-urlencoded'),
  );
}
