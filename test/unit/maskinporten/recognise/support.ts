import assert from 'node:assert/strict';
import {
  recogniseCredential,
  type CredentialSource,
  type Doubt,
  type RecognisedClient,
  type RecogniseOptions,
  type RefusalReason,
  type RefusedSource,
} from '../../../../src/maskinporten/recognise';
import type { KeyPair } from '../support';

export const CLIENT_ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

/** All that digdirator writes into a Secret of a dev cluster. */
export function secretOf({ privateJwk }: KeyPair): Record<string, string> {
  return {
    MASKINPORTEN_CLIENT_ID: CLIENT_ID,
    MASKINPORTEN_CLIENT_JWK: JSON.stringify(privateJwk),
    MASKINPORTEN_SCOPES: 'skatteetaten:inntekt nav:test/api',
    MASKINPORTEN_WELL_KNOWN_URL: 'https://test.maskinporten.no/.well-known/oauth-authorization-server',
    MASKINPORTEN_ISSUER: 'https://test.maskinporten.no/',
    MASKINPORTEN_TOKEN_ENDPOINT: 'https://test.maskinporten.no/token',
    MASKINPORTEN_JWKS_URI: 'https://test.maskinporten.no/jwk',
  };
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

export function mapValues(values: Record<string, string>, change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, change(text)]));
}

/** A Secret as `kubectl get secret -o json` prints it. */
export function kubernetesSecret(values: Record<string, string>, name = 'maskinporten-my-app-1a2b3c4d') {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: { name, namespace: 'my-team', labels: { app: 'my-app', type: 'maskinporten.digdirator.nais.io' } },
    data: mapValues(values, base64),
  };
}

/** The client that `source` is recognised as; fails where it is taken for anything else. */
export async function clientFrom(source: CredentialSource, options?: RecogniseOptions): Promise<RecognisedClient> {
  const recognition = await recogniseCredential(source, options);
  assert.equal(recognition.kind, 'client', JSON.stringify(recognition));
  return recognition;
}

/** Recognised as a credential, and refused for `reason`. */
export async function refusalOf(source: CredentialSource, reason: RefusalReason): Promise<RefusedSource> {
  const recognition = await recogniseCredential(source, { clipboard: 'pbcopy' });
  assert.ok(recognition.kind === 'refused', recognition.kind);
  assert.equal(recognition.reason, reason);
  return recognition;
}

export async function assertNothing(source: CredentialSource): Promise<void> {
  assert.deepEqual(await recogniseCredential(source), { kind: 'nothing' });
}

export function doubtsOf({ doubts }: RecognisedClient, code: Doubt['code']): readonly Doubt[] {
  return doubts.filter((doubt) => doubt.code === code);
}
