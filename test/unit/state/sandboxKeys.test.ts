import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Log } from '../../../src/platform/log';
import { SandboxKeys } from '../../../src/state/sandboxKeys';

const ONE = 'file:///nais.yaml#one';
const TWO = 'file:///nais.yaml#two';

describe('the keys of the sandbox’s clients', () => {
  const secrets = new Map<string, string>();
  const memory = new Map<string, unknown>();
  const errors: string[] = [];
  let isLocked: boolean;

  const answer = <T>(value: T) => (isLocked ? Promise.reject(new Error('locked')) : Promise.resolve(value));
  const store = {
    get: (key: string) => answer(secrets.get(key)),
    store: (key: string, value: string) => answer(undefined).then(() => void secrets.set(key, value)),
    delete: (key: string) => answer(undefined).then(() => void secrets.delete(key)),
  } as unknown as vscode.SecretStorage;
  const index = {
    get: (key: string) => memory.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void memory.set(key, value)),
  } as unknown as vscode.Memento;
  const log = { error: (message: string) => errors.push(message) } as unknown as Log;

  /** This window, or the same one after a restart. */
  const open = () => new SandboxKeys(index, store, log);

  beforeEach(() => {
    secrets.clear();
    memory.clear();
    errors.length = 0;
    isLocked = false;
  });

  it('are made once for each client, on first use', async () => {
    const keys = open();
    assert.equal(keys.has(ONE), false);
    const [first, again, other] = await Promise.all([keys.get(ONE), keys.get(ONE), keys.get(TWO)]);
    assert.equal(first, again);
    assert.notEqual(first.clientId, other.clientId);
    assert.notEqual(first.privateJwk.n, other.privateJwk.n);
    assert.equal(keys.has(ONE), true);
    assert.equal(secrets.size, 2);
  });

  it('are the same after a restart', async () => {
    const before = await open().get(ONE);
    const keys = open();
    assert.equal(keys.has(ONE), true);
    assert.deepEqual(await keys.get(ONE), before);
  });

  it('have a public half with nothing private in it', async () => {
    const { publicJwk, privateJwk } = await open().get(ONE);
    assert.deepEqual(Object.keys(publicJwk).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
    assert.equal(publicJwk.kid, privateJwk.kid);
    assert.equal(typeof privateJwk.d, 'string');
    assert.doesNotMatch(JSON.stringify([...memory]), new RegExp(String(privateJwk.d)));
  });

  it('are others after a reset, and no entry is left', async () => {
    const before = await open().get(ONE);
    const keys = open();
    await keys.reset();
    assert.equal(secrets.size, 0);
    assert.equal(keys.has(ONE), false);
    assert.notEqual((await keys.get(ONE)).clientId, before.clientId);
  });

  it('take the place of an entry that cannot be read', async () => {
    const before = await open().get(ONE);
    const [[name, text] = ['', '']] = secrets;
    for (const damaged of ['', '{', text.replace('"version":1', '"version":2'), text.replace(/"q":"[^"]*",/, '')]) {
      secrets.set(name, damaged);
      const after = await open().get(ONE);
      assert.notEqual(after.clientId, before.clientId);
      assert.equal(secrets.get(name)?.includes(after.clientId), true, 'it is kept');
    }
  });

  it('live as long as the window where the store is locked, and the log says so', async () => {
    isLocked = true;
    const keys = open();
    const made = await keys.get(ONE);
    assert.equal(await keys.get(ONE), made);
    assert.equal(secrets.size, 0);
    assert.match(errors.join('\n'), /gone with this window/);
    assert.doesNotMatch(errors.join('\n'), new RegExp(String(made.privateJwk.d)));
  });
});
