import type { JWK } from 'jose';
import { SIGNING_ALGORITHMS } from './algorithms';
import { asJsonObject, asText, type JsonObject } from './json';
import type { KeyFault, ProblemOf } from './problem';

/** Far more than the JWK of any key that could be used. */
const MAX_TEXT_LENGTH = 64 * 1024;
const MIN_MODULUS_BITS = 2048;
/** Beyond this a signature takes seconds, and nobody has registered such a key. */
const MAX_MODULUS_BITS = 8192;

/** The members that a private RSA key has (RFC 7518 section 6.3). */
const RSA_MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

export type KeyImport =
  { readonly ok: true; readonly jwk: JWK } | { readonly ok: false; readonly problem: ProblemOf<'grant/key-unusable'> };

export interface KeyImportOptions {
  /** False for a key that a certificate names. */
  readonly needsKid?: boolean;
}

/**
 * Reads the private key of a Maskinporten client from a JWK, or from a JWKS with one key: RSA of 2048 bits or more,
 * with `kid`, for RS256, RS384 or RS512 (Digdir's page "JWT grant"). Signs and verifies once, so that a key whose
 * parts do not belong together is found here. Gives the JWK with the members in use alone, or a Problem that says
 * nothing of what was read.
 */
export async function importClientKey(
  source: string | JWK,
  { needsKid = true }: KeyImportOptions = {},
): Promise<KeyImport> {
  const members = onlyKey(typeof source === 'string' ? parse(source) : asJsonObject(source));
  if (!members) return refused('unreadable');
  const { kty } = members;
  if (typeof kty !== 'string') return refused('unreadable');
  if (kty !== 'RSA') return refused('not-rsa');
  if (members['d'] === undefined) return refused('not-private');
  if (!RSA_MEMBERS.every((name) => isBase64url(members[name]))) return refused('unreadable');
  const bits = modulusBits(members);
  if (bits > MAX_MODULUS_BITS) return refused('unreadable');
  if (bits < MIN_MODULUS_BITS) return refused('too-short');
  const alg = members['alg'] ?? 'RS256';
  if (typeof alg !== 'string' || !SIGNING_ALGORITHMS.includes(alg)) return refused('unsupported-alg');
  const kid = asText(members['kid']);
  if (kid === undefined && needsKid) return refused('no-kid');
  const jwk: JWK = { kty, ...(kid !== undefined && { kid }), alg, ...pick(members) };
  const fault = await tryOut(jwk, alg);
  return fault ? refused(fault) : { ok: true, jwk };
}

function parse(text: string): JsonObject | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  try {
    return asJsonObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The key itself, or the one key of a set: of several there is no telling which is meant. */
export function onlyKey(value: JsonObject | undefined): JsonObject | undefined {
  const keys = value?.['keys'];
  if (!Array.isArray(keys)) return value;
  return keys.length === 1 ? asJsonObject(keys[0]) : undefined;
}

function pick(members: JsonObject): Record<string, string> {
  return Object.fromEntries(RSA_MEMBERS.map((name) => [name, String(members[name])]));
}

function isBase64url(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]+$/.test(value);
}

/** The length of an RSA key: that of its modulus, in bits. */
export function modulusBits(members: JsonObject): number {
  const hex = Buffer.from(String(members['n']), 'base64url').toString('hex').replace(/^0+/, '');
  return hex === '' ? 0 : hex.length * 4 - (Math.clz32(parseInt(hex.charAt(0), 16)) - 28);
}

async function tryOut(jwk: JWK, alg: string): Promise<KeyFault | undefined> {
  const { SignJWT, compactVerify, importJWK } = await import('./jose');
  const { kty, n, e } = jwk as JWK & { kty: 'RSA'; n: string; e: string };
  let jws: string;
  try {
    jws = await new SignJWT({}).setProtectedHeader({ alg }).sign(await importJWK(jwk, alg));
  } catch {
    return 'unreadable';
  }
  try {
    await compactVerify(jws, await importJWK({ kty, n, e }, alg));
    return undefined;
  } catch {
    return 'inconsistent';
  }
}

function refused(reason: KeyFault): KeyImport {
  return { ok: false, problem: { code: 'grant/key-unusable', step: 'grant', sent: [], reason } };
}
