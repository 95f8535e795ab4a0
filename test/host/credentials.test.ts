import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ClientCredential } from '../../src/maskinporten/model';
import { Credentials } from '../../src/state/credentials';
import { SILENT_LOG } from './silentLog';

/** Stands in for VS Code's stores, so that each can be made to fail and the order of writes be seen. */
class Stores {
  readonly writes: string[] = [];
  readonly secretValues = new Map<string, string>();
  readonly indexValues = new Map<string, unknown>();
  private readonly secretChanged = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  refuse: 'nothing' | 'store' | 'get' = 'nothing';

  readonly secrets = {
    onDidChange: this.secretChanged.event,
    keys: () => Promise.resolve([...this.secretValues.keys()]),
    get: (key: string) =>
      this.refuse === 'get' ? Promise.reject(new Error('locked')) : Promise.resolve(this.secretValues.get(key)),
    store: (key: string, value: string) => {
      if (this.refuse === 'store') return Promise.reject(new Error('locked'));
      this.writes.push('secret');
      this.secretValues.set(key, value);
      this.secretChanged.fire({ key });
      return Promise.resolve();
    },
    delete: (key: string) => {
      this.writes.push('secret deleted');
      this.secretValues.delete(key);
      this.secretChanged.fire({ key });
      return Promise.resolve();
    },
  } as vscode.SecretStorage;

  readonly index = {
    keys: () => [...this.indexValues.keys()],
    get: (key: string, fallback?: unknown) => this.indexValues.get(key) ?? fallback,
    update: (key: string, value: unknown) => {
      this.writes.push('index');
      this.indexValues.set(key, structuredClone(value));
      return Promise.resolve();
    },
  } as vscode.Memento;
}

const CREDENTIAL: ClientCredential = {
  environment: { kind: 'custom', issuer: 'https://issuer.example/' },
  clientId: 'a-client',
  privateJwk: { kty: 'RSA', kid: 'a-key', n: 'modulus', e: 'AQAB', d: 'the-private-exponent' },
};

describe('the credentials', () => {
  let stores: Stores;
  let credentials: Credentials;

  beforeEach(() => {
    stores = new Stores();
    credentials = new Credentials(stores.index, stores.secrets, SILENT_LOG);
  });

  afterEach(() => {
    credentials.dispose();
  });

  it('are written with the secret first and the index last', async () => {
    await credentials.add('Mine', CREDENTIAL);
    assert.deepEqual(stores.writes, ['secret', 'index']);
  });

  it('keep nothing private in the index', async () => {
    await credentials.add('Mine', CREDENTIAL);
    assert.doesNotMatch(JSON.stringify([...stores.indexValues]), /the-private-exponent/);
  });

  it('come back as they were given', async () => {
    const { id } = await credentials.add('Mine', CREDENTIAL);
    assert.deepEqual(await credentials.read(id), { kind: 'found', credential: CREDENTIAL });
    assert.deepEqual(
      credentials.profiles.map(({ name, clientId, keyId }) => ({ name, clientId, keyId })),
      [{ name: 'Mine', clientId: 'a-client', keyId: 'a-key' }],
    );
  });

  it('are not listed when the secret store refused', async () => {
    stores.refuse = 'store';
    await assert.rejects(credentials.add('Mine', CREDENTIAL));
    assert.deepEqual(credentials.profiles, []);
  });

  it('tell a missing secret from one that cannot be read', async () => {
    const { id } = await credentials.add('Mine', CREDENTIAL);
    stores.refuse = 'get';
    assert.deepEqual(await credentials.read(id), { kind: 'unreadable' });
    stores.refuse = 'nothing';
    stores.secretValues.set(`credential/${id}`, '{"version":1');
    assert.deepEqual(await credentials.read(id), { kind: 'unreadable' });
    stores.secretValues.clear();
    assert.deepEqual(await credentials.read(id), { kind: 'missing' });
  });

  it('are gone from both stores once deleted', async () => {
    const { id } = await credentials.add('Mine', CREDENTIAL);
    await credentials.delete(id);
    assert.equal(stores.secretValues.size, 0);
    assert.deepEqual(credentials.profiles, []);
  });

  it('announce what another window changed in the secret store', async () => {
    const { id } = await credentials.add('Mine', CREDENTIAL);
    const heard = new Promise<void>((resolve) => {
      credentials.onDidChange(resolve);
    });
    await stores.secrets.delete(`credential/${id}`);
    await heard;
  });
});
