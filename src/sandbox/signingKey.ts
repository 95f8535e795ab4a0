import type { CryptoKey, JSONWebKeySet } from 'jose';
import type * as Jose from '../maskinporten/jose';

/** Access tokens are signed with this alone: Texas and many API owners take nothing else. */
export const ACCESS_TOKEN_ALGORITHM = 'RS256';

/** The issuer's own key, made at start and gone with the process. */
export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  /** What `/jwk` publishes. */
  readonly jwks: JSONWebKeySet;
}

export async function createSigningKey(jose: typeof Jose): Promise<SigningKey> {
  const { publicKey, privateKey } = await jose.generateKeyPair(ACCESS_TOKEN_ALGORITHM, { modulusLength: 2048 });
  const jwk = await jose.exportJWK(publicKey);
  const keyId = await jose.calculateJwkThumbprint(jwk);
  return {
    keyId,
    privateKey,
    jwks: { keys: [{ ...jwk, kid: keyId, use: 'sig', alg: ACCESS_TOKEN_ALGORITHM }] },
  };
}
