import type { JSONWebKeySet, JWTPayload } from 'jose';
import { asJsonObject } from '../../maskinporten/json';
import type * as Jose from '../../maskinporten/jose';
import { ACCESS_TOKEN_ALGORITHM } from '../keyRing';

/** Whose tokens are good, and where its keys come from. */
export interface TrustedIssuer {
  readonly issuer: string;
  /** Rejects when the keys cannot be had. */
  keys(signal: AbortSignal): Promise<JSONWebKeySet>;
}

export type Introspection =
  | { readonly active: true; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly active: false; readonly error: string };

/** nais/texas, src/oauth/token.rs. */
const LEEWAY_SECONDS = 60;
const REQUIRED_CLAIMS = ['iss', 'exp'];

/**
 * Validates tokens as Texas does: by the published key that `kid` names, RS256 alone, with a minute's leeway. `aud` is
 * not looked at. Its errors are those of the library that it is built on (jsonwebtoken, `errors::ErrorKind`).
 */
export class Introspector {
  readonly #jose: typeof Jose;
  readonly #trusted: TrustedIssuer;
  readonly #now: () => number;
  #keys: ReadonlyMap<string, JSONWebKeySet['keys'][number]> = new Map();

  constructor(jose: typeof Jose, trusted: TrustedIssuer, now: () => number) {
    this.#jose = jose;
    this.#trusted = trusted;
    this.#now = now;
  }

  async introspect(token: string, signal: AbortSignal): Promise<Introspection> {
    const header = this.#headerOf(token);
    if (!header) return invalid('invalid token header: InvalidToken');
    const { kid, alg } = header;
    if (typeof kid !== 'string') return invalid('missing key id from token header');
    if (!this.#keys.has(kid)) {
      try {
        await this.#refresh(signal);
      } catch {
        return invalid('fetch: the keys of the identity provider could not be had');
      }
    }
    const key = this.#keys.get(kid);
    if (!key) return invalid('token can not be validated with this identity provider');
    if (alg !== ACCESS_TOKEN_ALGORITHM) return invalid('invalid token: InvalidAlgorithm');
    const claims = await this.#verified(token, key);
    if (!claims) return invalid('invalid token: InvalidSignature');
    const fault = faultIn(claims, this.#trusted.issuer, Math.floor(this.#now() / 1_000));
    return fault === undefined ? { active: true, claims } : invalid(`invalid token: ${fault}`);
  }

  #headerOf(token: string): Readonly<Record<string, unknown>> | undefined {
    if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) return undefined;
    try {
      return { ...this.#jose.decodeProtectedHeader(token) };
    } catch {
      return undefined;
    }
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    const { keys } = await this.#trusted.keys(signal);
    this.#keys = new Map(keys.flatMap((key) => (key.kid === undefined ? [] : [[key.kid, key] as const])));
  }

  async #verified(token: string, key: JSONWebKeySet['keys'][number]): Promise<JWTPayload | undefined> {
    try {
      const publicKey = await this.#jose.importJWK(key, ACCESS_TOKEN_ALGORITHM);
      const { payload } = await this.#jose.compactVerify(token, publicKey, { algorithms: [ACCESS_TOKEN_ALGORITHM] });
      return asJsonObject(JSON.parse(new TextDecoder().decode(payload)));
    } catch {
      return undefined;
    }
  }
}

/** In the order in which the library looks at them; `iat` comes last, since Texas itself looks at that. */
function faultIn(claims: JWTPayload, issuer: string, nowSeconds: number): string | undefined {
  const missing = REQUIRED_CLAIMS.find((name) => claims[name] === undefined);
  if (missing !== undefined) return `Missing required claim: ${missing}`;
  const { exp, nbf, iss, iat } = claims as Record<string, unknown>;
  if (typeof exp !== 'number') return 'Missing required claim: exp';
  if (exp < nowSeconds - LEEWAY_SECONDS) return 'ExpiredSignature';
  if (typeof nbf === 'number' && nbf > nowSeconds + LEEWAY_SECONDS) return 'ImmatureSignature';
  if (iss !== issuer) return 'InvalidIssuer';
  if (typeof iat !== 'number') return 'Missing required claim: iat';
  return iat > nowSeconds + LEEWAY_SECONDS ? 'ImmatureSignature' : undefined;
}

function invalid(error: string): Introspection {
  return { active: false, error };
}
