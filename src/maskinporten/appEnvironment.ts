import type { JWK } from 'jose';

/** A client that signs for itself, and where: what Nais gives an app besides Texas (nais/digdirator, pkg/secrets). */
export interface AppClient {
  readonly clientId: string;
  readonly privateJwk: JWK;
  readonly scopes: readonly string[];
  readonly metadataUrl: string;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
}

/** Texas's addresses as an app gets them (nais/naiserator, texas.go). */
export interface AppTexas {
  readonly tokenEndpoint: string;
  readonly introspectionEndpoint: string;
}

export type Variable = readonly [name: string, value: string];

/** What a scope may be made of here (Digdir, "Scopes"): nothing that a file or a shell would take for its own. */
const SCOPE = /^[\w:/.-]+$/;

/** What an app on Nais finds in its environment, by the names that it has there. */
export function appVariables(client: AppClient | undefined, texas: AppTexas | undefined): readonly Variable[] {
  return [...(client ? clientVariables(client) : []), ...(texas ? texasVariables(texas) : [])];
}

function clientVariables(client: AppClient): readonly Variable[] {
  return [
    ['MASKINPORTEN_CLIENT_ID', client.clientId],
    ['MASKINPORTEN_CLIENT_JWK', JSON.stringify(client.privateJwk)],
    ['MASKINPORTEN_SCOPES', client.scopes.filter((scope) => SCOPE.test(scope)).join(' ')],
    ['MASKINPORTEN_WELL_KNOWN_URL', client.metadataUrl],
    ['MASKINPORTEN_ISSUER', client.issuer],
    ['MASKINPORTEN_TOKEN_ENDPOINT', client.tokenEndpoint],
    ['MASKINPORTEN_JWKS_URI', client.jwksUri],
  ];
}

function texasVariables({ tokenEndpoint, introspectionEndpoint }: AppTexas): readonly Variable[] {
  return [
    ['NAIS_TOKEN_ENDPOINT', tokenEndpoint],
    ['NAIS_TOKEN_INTROSPECTION_ENDPOINT', introspectionEndpoint],
  ];
}

/**
 * The lines of a file for `docker compose`, `docker run --env-file` and IntelliJ: no quotes around values, since docker
 * would take them for part of the value. No value above has a line break, a `$` or a space at its ends.
 */
export function dotEnv(variables: readonly Variable[]): string {
  return variables.map(([name, value]) => `${name}=${value}\n`).join('');
}
