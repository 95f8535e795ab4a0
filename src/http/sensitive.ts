import { hidePersons } from '../maskinporten/numbers';
import type { HeaderFields } from '../maskinporten/transport';

/** Never kept anywhere, under any name. */
const CREDENTIALS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);

/** `Ocp-Apim-Subscription-Key`, `IntegrasjonPassord`, `X-Auth-Token`, and their like in a query. */
const SENSITIVE_NAME = /key|secret|token|password|passord|passwd|pwd|signature/i;

/** A JWT in compact form (RFC 7519 section 3): its header begins with `{"`. */
const JWT = /eyJ[\w-]{4,}\.[\w-]+(?:\.[\w-]*)?/g;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----|"d"\s*:\s*"[\w-]{40,}"/;

/** What stands for a value that was left out. */
export const HIDDEN = '•••';

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

/** A text without tokens and national identity numbers. */
export function withoutSecrets(text: string): string {
  return hidePersons(text.replace(JWT, HIDDEN));
}

/**
 * A URL fit to be kept and shown: no fragment, no user name and password, no national identity numbers, no tokens, and
 * no values of query parameters whose name says that they are secret. What is no URL is masked as text.
 */
export function withoutSecretsInUrl(url: string): string {
  if (!URL.canParse(url)) return withoutSecrets(url);
  const shown = new URL(url);
  shown.hash = '';
  shown.username = '';
  shown.password = '';
  const query = shown.search
    .slice(1)
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      return pair.includes('=') && isSensitiveName(decoded(name))
        ? `${name}=${HIDDEN}`
        : withoutSecrets(decodedDigits(pair));
    })
    .join('&');
  shown.search = '';
  return `${withoutSecrets(decodedDigits(shown.href))}${query === '' ? '' : `?${query}`}`;
}

/** Header fields that may be kept, and the values that belong into a safe place, each by the name of its field. */
export interface SeparatedHeaders {
  readonly headers: HeaderFields;
  readonly secrets: readonly (readonly [name: string, value: string])[];
}

/** Takes credentials away and sensitive values out: those keep their name, with `HIDDEN` for their value. */
export function separateSecrets(headers: HeaderFields): SeparatedHeaders {
  const kept = headers.filter(([name]) => !isCredentialHeader(name));
  return {
    headers: kept.map(([name, value]) => [name, isSensitiveName(name) ? HIDDEN : withoutSecrets(value)]),
    secrets: kept.filter(([name]) => isSensitiveName(name)),
  };
}

/** Digits may stand as %30 to %39, and mean the same. */
function decodedDigits(text: string): string {
  return text.replace(/%3(\d)/g, '$1');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
