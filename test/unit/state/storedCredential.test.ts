import assert from 'node:assert/strict';
import {
  readIndex,
  readStoredCredential,
  writeIndex,
  writeStoredCredential,
  type StoredCredential,
} from '../../../src/state/storedCredential';

const TEST_ISSUER = { kind: 'test', issuer: 'https://test.maskinporten.no/' } as const;
const JWK = { kty: 'RSA', kid: 'a-key', alg: 'RS256', n: 'modulus', e: 'AQAB', d: 'the-private-exponent' };

const OF_A_KEY: StoredCredential = {
  profile: {
    kind: 'key',
    id: 'one',
    name: 'Mine',
    environment: TEST_ISSUER,
    clientId: 'a-client',
    keyId: 'a-key',
    consumerOrg: '889640782',
    origin: {
      secret: 'maskinporten-app-1a2b3c4d',
      workload: 'app',
      team: 'team',
      cluster: 'dev-gcp',
      reason: 'a reason',
    },
  },
  privateJwk: JWK,
};

const OF_TEXAS: StoredCredential = {
  profile: {
    kind: 'texas',
    id: 'two',
    name: 'Forwarded',
    environment: {
      kind: 'custom',
      issuer: 'https://issuer.example',
      metadataUrl: 'https://issuer.example/metadata',
      endpoints: { tokenEndpoint: 'https://issuer.example/token', jwksUri: 'https://issuer.example/jwks' },
    },
    endpoint: 'http://127.0.0.1:7164/api/v1/token',
  },
};

/** As version 0.1.0 wrote it. */
const VERSION_1 = {
  version: 1,
  id: 'old',
  name: 'Old',
  environment: TEST_ISSUER,
  clientId: 'a-client',
  keyId: 'a-key',
  privateJwk: JWK,
};

describe('a stored credential', () => {
  for (const [what, stored] of [
    ['a key with all that is known beside it', OF_A_KEY],
    ['a key that a certificate names', { ...OF_A_KEY, x5c: ['MIIB', 'MIIC'] }],
    ['a Texas endpoint of an issuer without metadata', OF_TEXAS],
  ] as const) {
    it(`comes back as it was: ${what}`, () => {
      assert.deepEqual(readStoredCredential(writeStoredCredential(stored)), stored);
    });
  }

  it('says its version', () => {
    assert.equal((JSON.parse(writeStoredCredential(OF_A_KEY)) as { version: unknown }).version, 2);
  });

  it('of version 1 is read, as a key', () => {
    const { environment, clientId } = VERSION_1;
    const profile = { kind: 'key', id: 'old', name: 'Old', environment, clientId, keyId: 'a-key' };
    assert.deepEqual(readStoredCredential(JSON.stringify(VERSION_1)), { profile, privateJwk: JWK });
  });

  it('of version 1 loses the text that stood for no key id', () => {
    const stored = readStoredCredential(JSON.stringify({ ...VERSION_1, keyId: 'undefined' }));
    assert.ok(stored && !('keyId' in stored.profile));
  });

  for (const [what, text] of [
    ['of a later version', JSON.stringify({ ...VERSION_1, version: 3 })],
    ['that was cut off', writeStoredCredential(OF_A_KEY).slice(0, -20)],
    ['without its key', JSON.stringify({ ...VERSION_1, privateJwk: undefined })],
    ['without a client id', JSON.stringify({ ...VERSION_1, clientId: '' })],
    ['without an issuer', JSON.stringify({ ...VERSION_1, environment: { kind: 'test' } })],
    ['of a kind that is not known', JSON.stringify({ ...VERSION_1, version: 2, kind: 'passkey' })],
    ['that is no object', '[]'],
  ] as const) {
    it(`is not taken for one: ${what}`, () => {
      assert.equal(readStoredCredential(text), undefined);
    });
  }
});

describe('the index of credentials', () => {
  it('comes back as it was, and has a version', () => {
    const profiles = [OF_A_KEY.profile, OF_TEXAS.profile];
    const written = structuredClone(writeIndex(profiles));
    assert.equal((written as { version: unknown }).version, 2);
    assert.deepEqual(readIndex(written), profiles);
  });

  it('of version 1 is read', () => {
    const { id, name, environment, clientId, keyId } = VERSION_1;
    const index = { version: 1, profiles: [{ id, name, environment, clientId, keyId }] };
    assert.deepEqual(readIndex(index), [{ kind: 'key', id, name, environment, clientId, keyId }]);
  });

  it('keeps the rows that can be understood beside those that cannot', () => {
    const index = { version: 2, profiles: [{ id: 'x' }, null, 'text', OF_TEXAS.profile] };
    assert.deepEqual(readIndex(index), [OF_TEXAS.profile]);
  });

  it('has no rows where there is none yet, or something else', () => {
    for (const value of [undefined, null, 'text', { version: 2 }]) assert.deepEqual(readIndex(value), []);
  });
});
