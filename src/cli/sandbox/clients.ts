import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { importClientKey } from '../../maskinporten/keys';
import type { SandboxClient } from '../../sandbox';
import type { ConfigFault, ConfiguredClient } from './config';

/** A client of the sandbox, and the key by which its app signs. */
export interface PreparedClient {
  readonly client: SandboxClient;
  /** Undefined where the configuration has the public half alone, or none. */
  readonly privateJwk: JWK | undefined;
  /** Whether the key was made here: then it is good for nothing else, and may be printed. */
  readonly isThrowaway: boolean;
}

export type Preparation =
  { readonly ok: true; readonly client: PreparedClient } | { readonly ok: false; readonly fault: ConfigFault };

/** Gives a client its id and its key, unless it has them. `at` is where it stands in the configuration. */
export async function prepareClient(configured: ConfiguredClient, at: string): Promise<Preparation> {
  const { jwk, businessCertificate = false, clientId = randomUUID(), ...rest } = configured;
  const { name, scopes, organisation, delegations, systemUsers, consents } = rest;
  const described = { clientId, name, scopes, organisation, delegations, systemUsers, consents };
  const prepared = (keys: readonly JWK[], privateJwk: JWK | undefined, isThrowaway: boolean): Preparation => ({
    ok: true,
    client: { client: { ...described, keys }, privateJwk, isThrowaway },
  });
  if (businessCertificate && jwk) {
    return { ok: false, fault: { kind: 'unknown', member: 'jwk', path: at } };
  }
  if (businessCertificate) return prepared([], undefined, false);
  if (!jwk) {
    const made = await makeKey();
    return prepared([publicHalf(made)], made, true);
  }
  if (jwk.d === undefined && isPublicKey(jwk)) return prepared([publicHalf(jwk)], undefined, false);
  const imported = await importClientKey(jwk);
  if (!imported.ok) return { ok: false, fault: { kind: 'key', path: `${at}.jwk`, reason: imported.problem.reason } };
  return prepared([publicHalf(imported.jwk)], imported.jwk, false);
}

/** A key as Digdirator makes it: RSA of 2048 bits for RS256, named by a random UUID (nais/digdirator, pkg/crypto). */
async function makeKey(): Promise<JWK> {
  const { exportJWK, generateKeyPair } = await import('../../maskinporten/jose');
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' };
}

export function publicHalf({ kty, n, e, kid, alg }: JWK): JWK {
  return { kty, n, e, kid, alg: alg ?? 'RS256', use: 'sig' } as JWK;
}

function isPublicKey({ kty, n, e, kid }: JWK): boolean {
  return kty === 'RSA' && [n, e, kid].every((member) => typeof member === 'string' && member !== '');
}
