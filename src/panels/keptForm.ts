import { holdsPerson, holdsToken, isSensitiveName, withoutSecretsInUrl } from '../http/sensitive';
import type { BodyForm, FormRow, RequestForm } from '../shared/requestForm';

/** Headers whose values are no secrets. Any other may be one, whatever its name says. */
const KEPT_VALUES: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-type']);

/** Names of headers (RFC 9110 section 5.1) are short; what is longer was pasted into the wrong field. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,60}$/;

/** A longer body is not worth its place in the workspace's storage. */
const MOST_BODY = 64_000;

/** The name of a member, an attribute or an element, wherever one may stand. */
const NAMES = /[\p{L}_][\p{L}\p{N}_.-]*/gu;

/**
 * What of a form may lie on disk. Names of headers stay, with the values of a few alone; in the URL tokens, passwords
 * and national identity numbers are masked; a body stays if nothing in it looks like a secret or a person, and
 * `withBody` is true.
 */
export function keptForm(form: RequestForm, withBody: boolean): RequestForm {
  const { method, url, unsentQuery, headers, body, scopes, asAltinn } = form;
  return {
    method,
    url: keptUrl(url),
    unsentQuery: unsentQuery.filter(({ raw }) => isPlainText(raw)),
    headers: headers.filter(({ name }) => name.trim() === '' || isHeaderName(name)).map(keptHeader),
    body: withBody && isPlain(body) ? body : { kind: body.kind, text: '', fields: [] },
    scopes,
    asAltinn,
  };
}

function isHeaderName(name: string): boolean {
  return HEADER_NAME.test(name.trim()) && !holdsSecret(name);
}

function keptHeader({ name, value, enabled }: FormRow): FormRow {
  const isKept = KEPT_VALUES.has(name.trim().toLowerCase()) && !holdsSecret(value);
  return { name, value: isKept ? value : '', enabled };
}

/**
 * As it was typed, unless something in it has to go; and nothing but its host where masking does not find what reading it
 * decoded does.
 */
function keptUrl(url: string): string {
  const bare = withoutUserInfo(url);
  const hash = bare.indexOf('#');
  const [rest, fragment] = hash < 0 ? [bare, ''] : [bare.slice(0, hash), bare.slice(hash)];
  const masked = withoutSecretsInUrl(rest);
  const kept = (masked.includes('•') ? masked : rest) + (isPlainText(fragment) ? fragment : '');
  if (!holdsSecret(kept)) return kept;
  const origin = URL.canParse(rest) ? `${new URL(rest).origin}/` : '';
  return holdsSecret(origin) ? '' : origin;
}

/** What was encoded means the same. */
function holdsSecret(text: string): boolean {
  const decoded = text.replace(/%[\da-f]{2}/gi, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)));
  return [text, decoded].some((each) => holdsToken(each) || holdsPerson(each));
}

function isPlainText(text: string): boolean {
  return !holdsSecret(text) && !hasSensitiveName(text);
}

function isPlain({ text, fields }: BodyForm): boolean {
  const all = [text, ...fields.flatMap(({ name, value }) => [name, value])];
  const length = all.reduce((sum, part) => sum + part.length, 0);
  if (length > MOST_BODY) return false;
  return all.every(isPlainText);
}

/** Looked for in values too: `<password>` and `"password":` are names, and a word too many does no harm. */
function hasSensitiveName(text: string): boolean {
  return (text.match(NAMES) ?? []).some(isSensitiveName);
}

/** RFC 3986 section 3.2.1. Works on text: what the user has typed so far need not be a URL yet. */
function withoutUserInfo(url: string): string {
  return url.replace(/^([^/\\?#]*[/\\]+)?[^/\\?#]*@/, '$1');
}
