import { randomBytes } from 'node:crypto';
import { organisationId } from './delegation';
import type { AcceptedGrant } from './grant';

/**
 * Claims of an access token by value (Digdir, "Access token"). A token has `aud` only when the grant asked for
 * a `resource`, in the form in which it was asked. It has no `sub` and no `nbf`. The order is that of a token
 * which Skatteetaten has published (Skatteetaten, "Systembruker").
 */
export function accessTokenClaims(
  { client, scopes, claims, parties, details, method }: AcceptedGrant,
  issuer: string,
  issuedAtSeconds: number,
  lifetimeSeconds: number,
): Record<string, unknown> {
  const { resource, pid } = claims;
  const { consumer, supplier, delegationSource } = parties;
  return {
    ...(details === undefined ? {} : { authorization_details: details }),
    ...(resource === undefined ? {} : { aud: resource }),
    ...(pid === undefined ? {} : { pid }),
    scope: scopes.join(' '),
    iss: issuer,
    client_amr: method,
    token_type: 'Bearer',
    exp: issuedAtSeconds + lifetimeSeconds,
    iat: issuedAtSeconds,
    client_id: client.clientId,
    jti: randomBytes(32).toString('base64url'),
    consumer: organisationId(consumer),
    ...(supplier === undefined ? {} : { supplier: organisationId(supplier), delegation_source: delegationSource }),
  };
}
