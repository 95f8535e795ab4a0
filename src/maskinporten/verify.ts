import type { JSONWebKeySet } from 'jose';
import { SIGNING_ALGORITHMS } from './algorithms';
import { decodeToken } from './decode';
import { Flights } from './flights';
import { freshForMs } from './freshness';
import type * as Jose from './jose';
import { readJsonObject } from './json';
import { ProblemError, problemOf, type Problem } from './problem';
import type { Transport } from './transport';
import { unreadableAnswer } from './unreadable';

/** Whose signature is expected, and where the keys are; both from the issuer's own metadata, never from the token. */
export interface ExpectedIssuer {
  readonly issuer: string;
  readonly jwksUri: string;
}

/** What can be said of a token's signature. Says nothing of its expiry. */
export type Verification =
  | { readonly verified: true; readonly kid: string; readonly issuer: string }
  | {
      readonly verified: false;
      readonly reason:
        | 'not-a-jwt'
        /** `alg: none`, or no signature at all. */
        | 'unsigned'
        /** The token names another issuer: nothing was fetched. */
        | 'issuer'
        | 'algorithm'
        | 'no-kid'
        | 'unknown-key'
        | 'signature';
    }
  | { readonly verified: false; readonly reason: 'keys-unavailable'; readonly problem: Problem };

type KeySet = ReturnType<typeof Jose.createLocalJWKSet>;

interface KnownKeys {
  readonly keys: KeySet;
  readonly untilMs: number;
}

const MAX_BODY_BYTES = 1024 * 1024;
const FRESHNESS = { fallbackMs: 10 * 60_000, maxMs: 24 * 3_600_000 };

/** Checks access tokens against their issuer's published keys, which it keeps as long as the issuer says. */
export class TokenVerifier {
  private readonly known = new Map</* jwksUri */ string, KnownKeys>();
  private readonly flights = new Flights<KeySet>();

  constructor(
    private readonly transport: Transport,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Verifies the signature of `token` by its `kid`, with RS256, RS384 or RS512 alone, and compares `iss` to the
   * letter. A key that is not known is looked for once more in a fresh key set. Rejects only with the signal's reason.
   */
  async verify(token: string, expected: ExpectedIssuer, signal: AbortSignal): Promise<Verification> {
    signal.throwIfAborted();
    const signed = readSigned(token);
    if ('reason' in signed) return { verified: false, reason: signed.reason };
    const { kid, issuer } = signed;
    if (issuer !== expected.issuer) return { verified: false, reason: 'issuer' };
    try {
      const held = this.heldKeys(expected.jwksUri);
      let fault = held && (await checkSignature(token.trim(), held));
      if (!held || fault === 'unknown-key') {
        fault = await checkSignature(token.trim(), await this.fetchKeys(expected.jwksUri, signal));
      }
      return fault ? { verified: false, reason: fault } : { verified: true, kid, issuer: expected.issuer };
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      return { verified: false, reason: 'keys-unavailable', problem };
    }
  }

  /** The issuer's published keys as they are now. Rejects with a ProblemError, or the signal's reason. */
  async publishedKeys(jwksUri: string, signal: AbortSignal): Promise<JSONWebKeySet> {
    return (await this.fetchKeys(jwksUri, signal)).jwks();
  }

  private heldKeys(jwksUri: string): KeySet | undefined {
    const known = this.known.get(jwksUri);
    return known && this.now() < known.untilMs ? known.keys : undefined;
  }

  private fetchKeys(jwksUri: string, signal: AbortSignal): Promise<KeySet> {
    return this.flights.join(jwksUri, signal, async (shared) => {
      const response = await this.transport.send(
        {
          step: 'jwks',
          method: 'GET',
          url: jwksUri,
          headers: [['accept', 'application/jwk-set+json, application/json']],
          maxBodyBytes: MAX_BODY_BYTES,
        },
        shared,
      );
      const { status, headers, body, truncated } = response;
      const keys = status === 200 && !truncated ? await readKeys(body) : undefined;
      if (!keys) {
        const sent = [{ name: 'url', value: jwksUri }];
        throw new ProblemError({
          code: 'jwks/unreadable',
          step: 'jwks',
          sent,
          ...unreadableAnswer(response, this.now()),
        });
      }
      this.known.set(jwksUri, { keys, untilMs: this.now() + freshForMs(headers, FRESHNESS) });
      return keys;
    });
  }
}

/**
 * Verifies a token against a JWKS that the user pasted, by `kid` and with the same algorithms. Nothing is fetched. Says
 * nothing of who the keys belong to: that is for the user to know.
 */
export async function verifyWithKeys(token: string, jwks: string): Promise<KeysVerification> {
  const signed = readSigned(token);
  if ('reason' in signed) return { verified: false, reason: signed.reason };
  const keys = jwks.length <= MAX_BODY_BYTES ? await readKeys(Buffer.from(jwks)) : undefined;
  if (!keys) return { verified: false, reason: 'keys-unreadable' };
  const fault = await checkSignature(token.trim(), keys);
  return fault ? { verified: false, reason: fault } : { verified: true, kid: signed.kid };
}

/** A Verification against keys that were pasted: there is no issuer who could be named. */
export type KeysVerification =
  | { readonly verified: true; readonly kid: string }
  | { readonly verified: false; readonly reason: UnsignedReason | SignatureFault | 'keys-unreadable' };

type SignatureFault = 'unknown-key' | 'signature';
type UnsignedReason = 'not-a-jwt' | 'unsigned' | 'algorithm' | 'no-kid';

/** What must be there before a key is looked for: the signature, an algorithm of the list, and the name of a key. */
function readSigned(
  token: string,
): { readonly kid: string; readonly issuer: unknown } | { readonly reason: UnsignedReason } {
  const decoded = decodeToken(token);
  if (decoded.kind !== 'jwt') return { reason: 'not-a-jwt' };
  if (decoded.unsigned) return { reason: 'unsigned' };
  const { alg, kid } = decoded.header;
  if (typeof alg !== 'string' || !SIGNING_ALGORITHMS.includes(alg)) return { reason: 'algorithm' };
  if (typeof kid !== 'string') return { reason: 'no-kid' };
  return { kid, issuer: decoded.claims['iss'] };
}

/** RFC 7517 section 5; createRemoteJWKSet is not used because it would go past our Transport. */
async function readKeys(body: Uint8Array): Promise<KeySet | undefined> {
  const set = readJsonObject(body);
  if (!set) return undefined;
  const { createLocalJWKSet } = await import('./jose');
  try {
    return createLocalJWKSet(set as unknown as JSONWebKeySet);
  } catch {
    return undefined;
  }
}

async function checkSignature(token: string, keys: KeySet): Promise<SignatureFault | undefined> {
  const { compactVerify } = await import('./jose');
  try {
    await compactVerify(token, keys, { algorithms: [...SIGNING_ALGORITHMS] });
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ERR_JWKS_NO_MATCHING_KEY' ? 'unknown-key' : 'signature';
  }
}
