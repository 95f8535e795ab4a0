import { hidePersons } from '../maskinporten/numbers';
import type { HeaderFields } from '../maskinporten/transport';

/** Never kept anywhere, under any name. */
const CREDENTIALS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);

/** `Ocp-Apim-Subscription-Key`, `IntegrasjonPassord`, `X-Auth-Token`, and their like in a query. */
const SECRET_WORD = 'key|secret|token|password|passord|passwd|pwd|signature';
const SENSITIVE_NAME = new RegExp(SECRET_WORD, 'i');

/** A JWT in compact form (RFC 7519 section 3), signed or encrypted: its header is base64url of `{"`, or of `{` and white space. */
const JWT = /e(?:yJ|yA[gi]|wo[gJ]|w0K)[\w-]{4,}\.[\w-]*(?:\.[\w-]*){0,3}/g;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\\?"d\\?"\s*:\s*\\?"[\w-]{40,}\\?"/;

/** What stands for a value that was left out. */
export const HIDDEN = '•••';

/** What is hidden in a text, and what stays of it. */
const SECRETS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [JWT, HIDDEN],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
  // The private members of a JWK (RFC 7518 section 6).
  [/(\\?"(?:d|p|q|dp|dq|qi|k)\\?"\s*:\s*\\?")[^"\\]*/g, `$1${HIDDEN}`],
  [/\b(Bearer|Basic|DPoP)(\s+)[\w.~+/=-]{4,}/gi, `$1$2${HIDDEN}`],
  // JSON, with its quotes escaped where it stands in another text.
  [
    new RegExp(
      `(\\\\?"[^"\\\\\\n]*(?:${SECRET_WORD})[^"\\\\\\n]*\\\\?"\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"?|\\\\"[^"]*"?|[^\\s,}\\]]+)`,
      'gi',
    ),
    `$1"${HIDDEN}"`,
  ],
  [new RegExp(`(<[\\w:.-]*(?:${SECRET_WORD})[\\w:.-]*(?:\\s[^>]*)?>)[^<]*`, 'gi'), `$1${HIDDEN}`],
  // A form, or the query of an address in the text.
  [new RegExp(`([\\w.~%+-]*(?:${SECRET_WORD}|assertion)[\\w.~%+-]*=)[^&\\s"'<>]+`, 'gi'), `$1${HIDDEN}`],
  [/(\/\/)[^/?#\s"']*@/g, '$1'],
];

export function isCredentialHeader(name: string): boolean {
  return CREDENTIALS.has(name.toLowerCase());
}

/** Whether the name says that the value is a secret. */
export function isSensitiveName(name: string): boolean {
  return SENSITIVE_NAME.test(name);
}

/** Whether the text has a token or a private key in it. */
export function holdsToken(text: string): boolean {
  JWT.lastIndex = 0;
  return JWT.test(text) || PRIVATE_KEY.test(text);
}

/** Whether the text has a national identity number in it, of a real or a synthetic person. */
export function holdsPerson(text: string): boolean {
  return hidePersons(text) !== text;
}

/** Whether the text has a value in it whose name, or whose form, says that it is a secret. */
export function holdsSecret(text: string): boolean {
  return withoutNamedSecrets(text) !== text;
}

/** A text without tokens, keys, values that are named as secrets, and national identity numbers. */
export function withoutSecrets(text: string): string {
  return hidePersons(withoutNamedSecrets(text));
}

function withoutNamedSecrets(text: string): string {
  return SECRETS.reduce((kept, [pattern, replacement]) => kept.replace(pattern, replacement), text);
}

/**
 * A URL fit to be kept and shown: no fragment, no user name and password, no national identity numbers, no tokens, and
 * no values of query parameters whose name says that they are secret. What is no URL is masked as text.
 */
export function withoutSecretsInUrl(url: string): string {
  if (!URL.canParse(url)) return withoutSecrets(url);
  const shown = new URL(url);
  const query = shown.search.slice(1).split('&').map(withoutSecretInPair).join('&');
  const path = shown.pathname.split('/').map(masked).join('/');
  const { protocol, host } = shown;
  const authority = host === '' ? '' : `//${withoutSecrets(host)}`;
  return `${protocol}${authority}${withoutSecrets(path)}${query === '' ? '' : `?${query}`}`;
}

function withoutSecretInPair(pair: string): string {
  const [name = ''] = pair.split('=', 1);
  return pair.includes('=') && isSensitiveName(decoded(name)) ? `${masked(name)}=${HIDDEN}` : masked(pair);
}

/** What is escaped means the same, so the secret is looked for behind the escapes. */
function masked(part: string): string {
  const plain = decoded(part);
  const hidden = withoutSecrets(plain);
  return hidden === plain ? part : hidden;
}

/** Header fields that may be kept, and the values that belong into a safe place, each by the name of its variable. */
export interface SeparatedHeaders {
  readonly headers: HeaderFields;
  readonly secrets: readonly (readonly [variable: string, value: string])[];
}

/** Takes credentials away and sensitive values out: a reference to a variable stands in their place. */
export function separateSecrets(headers: HeaderFields): SeparatedHeaders {
  const secrets: [variable: string, value: string][] = [];
  const kept = headers.filter(([name, value]) => !isCredentialHeader(name) || referenceIn(value) !== undefined);
  const fields = kept.map(([name, value]): [string, string] => {
    if (value === '' || referenceIn(value) !== undefined) return [name, value];
    if (!isSensitiveName(name)) return [name, withoutSecrets(value)];
    const variable = variableName(name);
    secrets.push([variable, value]);
    return [name, referenceTo(variable)];
  });
  return { headers: fields, secrets };
}

/** What stands in a header field for a value that is kept in a safe place. */
export function referenceTo(variable: string): string {
  return `{{${variable}}}`;
}

/** The variable that a header's value refers to, if that is what it is. */
export function referenceIn(value: string): string | undefined {
  return /^\{\{([A-Z_][A-Z0-9_]*)\}\}$/.exec(value.trim())?.[1];
}

/** Names that shells and systems have given to something else, and that a header can come out as. */
const TAKEN: ReadonlySet<string> = new Set(['PWD', 'OLDPWD', 'MASKINPORTEN_TOKEN']);

/** The variable for a header's value: `Ocp-Apim-Subscription-Key` becomes `OCP_APIM_SUBSCRIPTION_KEY`. */
export function variableName(header: string): string {
  const name = header.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return /^\d/.test(name) || TAKEN.has(name) ? `HEADER_${name}` : name;
}

/** The text without its percent-encoding. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // One bad escape must not hide the others.
    return text.replace(/%([2-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
}
