import type { CryptoKey, JSONWebKeySet, createLocalJWKSet } from 'jose';
import type * as Jose from '../maskinporten/jose';

/** Access tokens are signed with this alone: Texas and many API owners take nothing else. */
export const ACCESS_TOKEN_ALGORITHM = 'RS256';

interface SigningKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JSONWebKeySet['keys'][number];
}

/** The issuer's own keys, made here and gone with the process: one signs, and the one before it is still published. */
export class KeyRing {
  readonly #jose: typeof Jose;
  #current: SigningKey;
  #previous: SigningKey | undefined;
  #keySet: ReturnType<typeof createLocalJWKSet>;

  private constructor(jose: typeof Jose, first: SigningKey) {
    this.#jose = jose;
    this.#current = first;
    this.#keySet = jose.createLocalJWKSet({ keys: [first.publicJwk] });
  }

  static async create(jose: typeof Jose): Promise<KeyRing> {
    return new KeyRing(jose, await createSigningKey(jose));
  }

  /** What `/jwk` publishes: the key in use first. */
  get jwks(): JSONWebKeySet {
    return { keys: [this.#current, this.#previous].flatMap((key) => key?.publicJwk ?? []) };
  }

  /** Finds the published key that a token names. */
  get keySet(): ReturnType<typeof createLocalJWKSet> {
    return this.#keySet;
  }

  /** Signs with a new key from now on. Tokens by the one before it stay good; those by older ones do not. */
  async rotate(): Promise<void> {
    const next = await createSigningKey(this.#jose);
    this.#previous = this.#current;
    this.#current = next;
    this.#keySet = this.#jose.createLocalJWKSet(this.jwks);
  }

  sign(claims: Record<string, unknown>): Promise<string> {
    return new this.#jose.SignJWT(claims)
      .setProtectedHeader({ kid: this.#current.keyId, alg: ACCESS_TOKEN_ALGORITHM })
      .sign(this.#current.privateKey);
  }
}

async function createSigningKey(jose: typeof Jose): Promise<SigningKey> {
  const { publicKey, privateKey } = await jose.generateKeyPair(ACCESS_TOKEN_ALGORITHM, { modulusLength: 2048 });
  const jwk = await jose.exportJWK(publicKey);
  const keyId = await jose.calculateJwkThumbprint(jwk);
  return { keyId, privateKey, publicJwk: { ...jwk, kid: keyId, use: 'sig', alg: ACCESS_TOKEN_ALGORITHM } };
}
