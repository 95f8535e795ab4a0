import { hidePersons } from '../maskinporten/numbers';

const REMOVED = '‹removed›';

/** Names whose values are secret, wherever they stand: in a form, in JSON, as a variable, as a header field. */
const SECRET_NAME =
  /^(?:.*[_-])?(?:assertion|jwk|passwd|pwd)$|(?:access|refresh|id|subject|actor|security)[_-]?token$|secret|password|passord|(?:api|subscription)[_-]?key$/i;

/** A name and what stands between it and its value; quotes may be those of JSON within JSON. */
const NAMED = /(?<![\w-])([A-Za-z][\w-]{0,63})\\*["']?\s{0,8}[:=]\s{0,8}(\\*["'])?/g;

type Replacement = readonly [pattern: RegExp, replacement: string | ((match: string) => string)];

/**
 * By shape: compact JWS and JWE (RFC 7515, 7516), whole or cut off; base64 of what begins as JSON or PEM does, as a
 * cluster's Secret has it; PEM blocks; the credentials of an HTTP scheme; whole header fields with credentials; the private
 * members of a JWK (RFC 7518 section 6), whose names are so short that a key's length of text must follow.
 */
const BY_SHAPE: readonly Replacement[] = [
  [/[\w-]{8,}(?:\.[\w-]*)*/g, withoutToken],
  [/(?<![\w+/-])ey[A-J][\w+/-]{38,}={0,2}/g, REMOVED],
  [/LS0tLS1CRUdJT[\w+/-]{20,}={0,2}/g, REMOVED],
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, REMOVED],
  [/\b((?:proxy-)?authorization|(?:set-)?cookie2?)(\\*["']?\s{0,8}[:=]\s{0,8})[^\r\n]+/gi, `$1$2${REMOVED}`],
  [/\b(Bearer|Basic|DPoP|Negotiate|Digest)\s{1,8}[\w.~+/=-]{8,}/gi, `$1 ${REMOVED}`],
  [/\b((?:dp|dq|qi|[dpqk])\\*["']?\s{0,8}[:=]\s{0,8}(?:\\*["'])?)[\w-]{16,}={0,2}/g, `$1${REMOVED}`],
  [/([?&]code=)[^&\s"']+/g, `$1${REMOVED}`],
];

/**
 * Gives `text` without anything that looks like a private key, a token, an assertion or a national identity number. Each
 * pattern looks at a character a bounded number of times: what is logged may be long, and made by a stranger.
 */
export function redact(text: string): string {
  const cleaned = BY_SHAPE.reduce(
    (current, [pattern, replacement]) =>
      typeof replacement === 'string'
        ? current.replace(pattern, replacement)
        : current.replace(pattern, (match) => replacement(match)),
    withoutNamed(text), // first: a shape may take a name away, and leave its value
  );
  return hidePersons(cleaned);
}

/** A run of the characters of a token, cut where a token begins in it: `{"` in base64url, and a dot after it. */
function withoutToken(run: string): string {
  const start = run.indexOf('eyJ');
  return start !== -1 && run.includes('.', start) ? run.slice(0, start) + REMOVED : run;
}

/** The values of secret names: up to the quote that ends them, else to the next separator. */
function withoutNamed(text: string): string {
  let cleaned = '';
  let kept = 0;
  for (const match of text.matchAll(NAMED)) {
    const [whole, name = '', quote] = match;
    const start = match.index + whole.length;
    if (start < kept || !SECRET_NAME.test(name)) continue;
    const end = quote === undefined ? endOfWord(text, start) : endOfQuoted(text, start, quote);
    if (end === start) continue;
    cleaned += text.slice(kept, start) + REMOVED;
    kept = end;
  }
  return cleaned + text.slice(kept);
}

function endOfWord(text: string, start: number): number {
  const rest = /[&\s"',;}\])]/g;
  rest.lastIndex = start;
  return rest.exec(text)?.index ?? text.length;
}

/** `quote` with its backslashes. One that has more before it belongs to the value, and a value ends with the text. */
function endOfQuoted(text: string, start: number, quote: string): number {
  for (let at = text.indexOf(quote, start); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (at === start || text.charAt(at - 1) !== '\\') return at;
  }
  return text.length;
}
