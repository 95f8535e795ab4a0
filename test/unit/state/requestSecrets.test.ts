import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Log } from '../../../src/platform/log';
import { RequestSecrets } from '../../../src/state/requestSecrets';

const URL_A = 'https://a.example.no/x?y=1';

describe('the values of sensitive headers', () => {
  const kept = new Map<string, string>();
  const asked: string[] = [];
  const logged: string[] = [];
  let answer: string | undefined;
  let isLocked = false;
  let secrets: RequestSecrets;

  const unless = <T>(value: T): Promise<T> => (isLocked ? Promise.reject(new Error('locked')) : Promise.resolve(value));

  beforeEach(() => {
    kept.clear();
    asked.length = logged.length = 0;
    answer = undefined;
    isLocked = false;
    const storage = {
      get: (key: string) => unless(kept.get(key)),
      store: (key: string, value: string) => unless(kept.set(key, value)),
      delete: (key: string) => unless(kept.delete(key)),
    } as unknown as vscode.SecretStorage;
    const log = {
      error: (message: string) => {
        logged.push(message);
      },
    } as unknown as Log;
    const ask = (header: string, variable: string, host: string): Promise<string | undefined> => {
      asked.push(`${header} ${variable} ${host}`);
      return Promise.resolve(answer);
    };
    secrets = new RequestSecrets(storage, ask, log);
  });

  it('come back in the place of their references, and other fields stay as they are', async () => {
    await secrets.keep(URL_A, [['X_API_KEY', 'hemmelig']]);
    const headers = [
      ['Accept', 'text/plain'],
      ['X-Api-Key', '{{X_API_KEY}}'],
      ['X-Braces', '{{not one'],
    ] as const;
    assert.deepEqual(await secrets.filled('https://a.example.no/other', headers), [
      ['Accept', 'text/plain'],
      ['X-Api-Key', 'hemmelig'],
      ['X-Braces', '{{not one'],
    ]);
    assert.deepEqual(asked, []);
  });

  it('go to no other host, port or scheme, whatever a file names', async () => {
    await secrets.keep(URL_A, [['X_API_KEY', 'hemmelig']]);
    for (const url of ['https://evil.example.no/', 'https://a.example.no:8443/', 'http://a.example.no/']) {
      assert.equal(await secrets.filled(url, [['X-Api-Key', '{{X_API_KEY}}']]), undefined, url);
    }
    assert.equal(asked.length, 3);
  });

  it('are asked for once', async () => {
    answer = 'typed';
    for (let time = 0; time < 2; time += 1) {
      assert.deepEqual(await secrets.filled(URL_A, [['X-Api-Key', '{{MINE}}']]), [['X-Api-Key', 'typed']]);
    }
    assert.deepEqual(asked, ['X-Api-Key MINE a.example.no']);
  });

  it('are forgotten when they are to be', async () => {
    await secrets.keep(URL_A, [['X_API_KEY', 'hemmelig']]);
    await secrets.forget(URL_A, 'X_API_KEY');
    assert.equal(kept.size, 0);
  });

  it('are asked for each time where the secret store is locked, and the log does not tell them', async () => {
    isLocked = true;
    answer = 'typed-secret';
    assert.deepEqual(await secrets.filled(URL_A, [['X-Api-Key', '{{MINE}}']]), [['X-Api-Key', 'typed-secret']]);
    assert.equal(logged.length, 2);
    assert.doesNotMatch(logged.join(), /typed-secret/);
    await assert.rejects(secrets.keep(URL_A, [['MINE', 'x']]));
  });
});
