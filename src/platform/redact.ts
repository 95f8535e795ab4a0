const REMOVED = '‹removed›';

/**
 * Shapes of what must never be written down: compact JWS and JWE (assertions and tokens), private members of a JWK,
 * PEM blocks, Authorization values, form parameters of the grant.
 */
const SECRETS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/eyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*){0,3}/g, REMOVED],
  [/(\\?"(?:d|p|q|dp|dq|qi|k)\\?"\s*:\s*\\?")[^"\\]*/g, `$1${REMOVED}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REMOVED],
  [/\b(Bearer|Basic|DPoP)\s+[\w.~+/=-]{8,}/gi, `$1 ${REMOVED}`],
  [/\b(assertion|access_token|client_secret|password|code)=[^&\s]+/gi, `$1=${REMOVED}`],
];

/** Gives `text` without anything that looks like a private key, a token or an assertion. */
export function redact(text: string): string {
  return SECRETS.reduce((cleaned, [pattern, replacement]) => cleaned.replace(pattern, replacement), text);
}
