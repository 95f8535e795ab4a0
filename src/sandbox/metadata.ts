import { AUTHORIZATION_DETAILS_TYPES } from './delegation';
import { GRANT_ALGORITHMS, GRANT_TYPE } from './grant';

export interface Addresses {
  readonly issuer: string;
  readonly metadataUrl: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly sampleApiUrl: string;
  readonly altinnExchangeUrl: string;
  /** Whom the tokens of the exchange are from. */
  readonly altinnIssuer: string;
}

/** The sandbox's addresses, all below its issuer identifier. */
export function addressesOf(issuer: string): Addresses {
  return {
    issuer,
    metadataUrl: `${issuer}.well-known/oauth-authorization-server`,
    tokenEndpoint: `${issuer}token`,
    jwksUri: `${issuer}jwk`,
    sampleApiUrl: `${issuer}api/sample`,
    altinnExchangeUrl: `${issuer}authentication/api/v1/exchange/maskinporten`,
    altinnIssuer: `${issuer}authentication/api/v1/openid/`,
  };
}

/** Where Altinn publishes its metadata and, below that, its keys (Altinn, "Open ID Connect configuration"). */
export function altinnMetadataUrl({ altinnIssuer }: Addresses): string {
  return `${altinnIssuer}.well-known/openid-configuration`;
}

/** What Altinn's metadata say, as far as they are about its tokens. */
export function altinnMetadataOf(addresses: Addresses): Readonly<Record<string, unknown>> {
  return {
    issuer: addresses.altinnIssuer,
    jwks_uri: `${altinnMetadataUrl(addresses)}/jwks`,
    response_types_supported: ['token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

/** Authorization server metadata (RFC 8414 section 2), with the members that Maskinporten publishes. */
export function metadataOf({ issuer, tokenEndpoint, jwksUri }: Addresses): Readonly<Record<string, unknown>> {
  return {
    issuer,
    token_endpoint: tokenEndpoint,
    jwks_uri: jwksUri,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: GRANT_ALGORITHMS,
    grant_types_supported: [GRANT_TYPE],
    authorization_details_types_supported: AUTHORIZATION_DETAILS_TYPES,
  };
}
