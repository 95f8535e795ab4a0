import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JWK } from 'jose';
import { faultOf, type Fault } from '../faults';

/** What an app on Nais finds in its environment (nais/digdirator, pkg/secrets; nais/naiserator, texas.go). */
export interface EnvironmentOfApp {
  readonly clientId: string;
  readonly privateJwk: JWK;
  readonly scopes: readonly string[];
  readonly metadataUrl: string;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly texas: { readonly tokenEndpoint: string; readonly introspectionEndpoint: string } | undefined;
}

/**
 * The lines of a file for `docker compose`, `docker run --env-file` and IntelliJ: no quotes around values, since docker
 * would take them for part of the value. No value here has a line break, a `$` or a space at its ends.
 */
export function envLines(app: EnvironmentOfApp): string {
  const variables: readonly (readonly [name: string, value: string])[] = [
    ['MASKINPORTEN_CLIENT_ID', app.clientId],
    ['MASKINPORTEN_CLIENT_JWK', JSON.stringify(app.privateJwk)],
    ['MASKINPORTEN_SCOPES', app.scopes.join(' ')],
    ['MASKINPORTEN_WELL_KNOWN_URL', app.metadataUrl],
    ['MASKINPORTEN_ISSUER', app.issuer],
    ['MASKINPORTEN_TOKEN_ENDPOINT', app.tokenEndpoint],
    ['MASKINPORTEN_JWKS_URI', app.jwksUri],
    ...(app.texas
      ? ([
          ['NAIS_TOKEN_ENDPOINT', app.texas.tokenEndpoint],
          ['NAIS_TOKEN_INTROSPECTION_ENDPOINT', app.texas.introspectionEndpoint],
        ] as const)
      : []),
  ];
  return variables.map(([name, value]) => `${name}=${value}\n`).join('');
}

/** Writes the file for its owner's eyes alone: there is a key in it. Gives what kept it from that. */
export async function writeEnvFile(file: string, folder: string, text: string): Promise<Fault | undefined> {
  const whole = path.resolve(folder, file);
  try {
    await writeFile(whole, '', { mode: 0o600 });
    // One that was there before keeps its mode, and must not have it by the time the key is in it.
    await chmod(whole, 0o600);
    await writeFile(whole, text);
    return undefined;
  } catch (error) {
    const fault = faultOf(file, error);
    return { kind: 'not-written', path: file, code: fault.kind === 'unreadable' ? fault.code : 'ENOENT' };
  }
}
