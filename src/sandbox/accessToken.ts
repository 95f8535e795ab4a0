import { randomBytes } from 'node:crypto';
import type * as Jose from '../maskinporten/jose';
import type { AcceptedGrant } from './grant';
import { ACCESS_TOKEN_ALGORITHM } from './signingKey';
import type { SigningKey } from './signingKey';

/** Prefix of Norwegian organisation numbers in ISO 6523 identifiers. */
const NORWEGIAN_ORGANISATION = '0192';

/**
 * Claims of an access token by value (Digdir, "Access token"). A token has `aud` only when the grant asked for
 * a `resource`, in the form in which it was asked. It has no `sub` and no `nbf`.
 */
export function accessTokenClaims(
  { client, scopes, claims }: AcceptedGrant,
  issuer: string,
  issuedAtSeconds: number,
  lifetimeSeconds: number,
): Record<string, unknown> {
  const { resource, pid } = claims;
  return {
    ...(resource === undefined ? {} : { aud: resource }),
    ...(pid === undefined ? {} : { pid }),
    scope: scopes.join(' '),
    iss: issuer,
    client_amr: 'private_key_jwt',
    token_type: 'Bearer',
    exp: issuedAtSeconds + lifetimeSeconds,
    iat: issuedAtSeconds,
    client_id: client.clientId,
    jti: randomBytes(32).toString('base64url'),
    consumer: { authority: 'iso6523-actorid-upis', ID: `${NORWEGIAN_ORGANISATION}:${client.organisation}` },
  };
}

export function signAccessToken(jose: typeof Jose, key: SigningKey, claims: Record<string, unknown>): Promise<string> {
  return new jose.SignJWT(claims)
    .setProtectedHeader({ kid: key.keyId, alg: ACCESS_TOKEN_ALGORITHM })
    .sign(key.privateKey);
}
