import type { JSONWebKeySet } from 'jose';
import { SIGNING_ALGORITHMS } from './algorithms';
import { decodeToken } from './decode';
import { Flights } from './flights';
import { freshForMs } from './freshness';
import { headerValue } from './headers';
import type * as Jose from './jose';
import { readJsonObject } from './json';
import { ProblemError, problemOf, type Problem } from './problem';
import type { Transport } from './transport';

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
    const decoded = decodeToken(token);
    if (decoded.kind !== 'jwt') return { verified: false, reason: 'not-a-jwt' };
    const { alg, kid } = decoded.header;
    if (typeof alg !== 'string' || !SIGNING_ALGORITHMS.includes(alg)) return { verified: false, reason: 'algorithm' };
    if (typeof kid !== 'string') return { verified: false, reason: 'no-kid' };
    if (decoded.claims['iss'] !== expected.issuer) return { verified: false, reason: 'issuer' };
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
        const contentType = headerValue(headers, 'content-type');
        const sent = [{ name: 'url', value: jwksUri }];
        throw new ProblemError({ code: 'jwks/unreadable', step: 'jwks', sent, status, contentType });
      }
      this.known.set(jwksUri, { keys, untilMs: this.now() + freshForMs(headers, FRESHNESS) });
      return keys;
    });
  }
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

async function checkSignature(token: string, keys: KeySet): Promise<'unknown-key' | 'signature' | undefined> {
  const { compactVerify } = await import('./jose');
  try {
    await compactVerify(token, keys, { algorithms: [...SIGNING_ALGORITHMS] });
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ERR_JWKS_NO_MATCHING_KEY' ? 'unknown-key' : 'signature';
  }
}
