import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { ProblemError } from '../../src/maskinporten/problem';
import type { Transport, TransportRequest, TransportResponse } from '../../src/maskinporten/transport';
import type { Language } from '../../src/platform/language';
import type { Log } from '../../src/platform/log';
import { createTranslate } from '../../src/shared/localize';
import { RegistryOfScopes } from '../../src/state/publicScopes';
import { KnownScopesSource } from '../../src/workspace/knownScopes';
import { SILENT_LOG } from './silentLog';

const URLS = { test: 'https://test.example/scopes', prod: 'https://prod.example/scopes' };
const signal = new AbortController().signal;

function answering(answers: Readonly<Record<string, readonly object[] | 'down'>>): Transport & { sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    send: ({ url, step }: TransportRequest): Promise<TransportResponse> => {
      sent.push(url);
      const { host } = new URL(url);
      const answer = answers[host];
      if (answer === 'down') return Promise.reject(new ProblemError({ code: 'network/refused', step, sent: [], host }));
      const body = new TextEncoder().encode(JSON.stringify(answer));
      const phases = { lookupMs: 0, connectMs: 0, tlsMs: 0, firstByteMs: 0, doneMs: 0 };
      const { length: wireBytes } = body;
      return Promise.resolve({ status: 200, statusText: '', headers: [], body, truncated: false, wireBytes, phases });
    },
  };
}

describe('the public scopes', () => {
  let folder: string;
  let storage: vscode.Uri;
  const disposables: { dispose(): unknown }[] = [];
  const own = <T extends { dispose(): unknown }>(disposable: T): T => {
    disposables.push(disposable);
    return disposable;
  };
  const registryOver = (transport: Transport) => own(new RegistryOfScopes(transport, storage, SILENT_LOG, URLS));

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'public-scopes-'));
    storage = vscode.Uri.file(path.join(folder, 'not', 'there', 'yet'));
  });

  afterEach(async () => {
    for (const disposable of disposables.splice(0)) disposable.dispose();
    await rm(folder, { recursive: true });
  });

  it('are none, and nothing is sent, until the user asks', async () => {
    const transport = answering({});
    const registry = registryOver(transport);
    await registry.ready;
    assert.deepEqual(registry.current.all, []);
    assert.deepEqual(transport.sent, []);
  });

  it('are fetched in both environments, announced, and kept for the next window', async () => {
    const registry = registryOver(
      answering({ 'test.example': [{ name: 'a:test' }, { name: 'a:both' }], 'prod.example': [{ name: 'a:both' }] }),
    );
    let announced = 0;
    own(registry.onDidChange(() => announced++));
    const outcomes = await registry.refresh(signal);
    assert.deepEqual(
      outcomes.map(({ environment, result }) => [environment, result]),
      [
        ['test', { kind: 'fetched', count: 2 }],
        ['prod', { kind: 'fetched', count: 1 }],
      ],
    );
    assert.equal(announced, 1);
    const next = registryOver(answering({}));
    await next.ready;
    assert.deepEqual(next.current.listings, registry.current.listings);
    assert.deepEqual(next.current.lookup('a:test', 'prod')[0]?.entry, undefined);
  });

  it('stay as they were where one registry does not answer', async () => {
    await registryOver(answering({ 'test.example': [{ name: 'a:b' }], 'prod.example': [{ name: 'a:b' }] })).refresh(
      signal,
    );
    const registry = registryOver(answering({ 'test.example': [{ name: 'a:new' }], 'prod.example': 'down' }));
    const [test, prod] = await registry.refresh(signal);
    assert.equal(test?.result.kind, 'fetched');
    assert.equal(prod?.result.kind, 'failed');
    assert.deepEqual(
      registry.current.all.map(({ scope }) => scope),
      ['a:new', 'a:b'],
    );
  });

  it('are as they were after the user cancelled', async () => {
    const controller = new AbortController();
    const transport: Transport = {
      send: () => {
        controller.abort();
        return Promise.reject(new Error('aborted'));
      },
    };
    const registry = registryOver(transport);
    await assert.rejects(registry.refresh(controller.signal), { name: 'AbortError' });
    assert.deepEqual(registry.current.all, []);
  });

  it('are fetched anew where what was kept is damaged', async () => {
    await vscode.workspace.fs.createDirectory(storage);
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(storage, 'public-scopes.json'), Buffer.from('{"version":'));
    const registry = registryOver(answering({ 'test.example': [{ name: 'a:b' }], 'prod.example': 'down' }));
    await registry.ready;
    assert.deepEqual(registry.current.all, []);
    await registry.refresh(signal);
    assert.equal(registry.current.all.length, 1);
  });

  describe('with the scopes of the setting', () => {
    const configuration = () => vscode.workspace.getConfiguration('maskinporten');
    const set = (value: unknown) => configuration().update('knownScopes', value, vscode.ConfigurationTarget.Global);

    afterEach(() => set(undefined));

    it('are known, and a row that cannot be read is named in the log once', async () => {
      const warnings: string[] = [];
      const log = { warn: (message: string) => warnings.push(message) } as unknown as Log;
      const language = { t: createTranslate({}) } as unknown as Language;
      const registry = registryOver(answering({ 'test.example': [{ name: 'a:listed' }], 'prod.example': 'down' }));
      const known = own(new KnownScopesSource(registry, language, log));
      let announced = 0;
      own(known.onDidChange(() => announced++));
      const before = known.current;
      assert.equal(known.current, before);

      await set([{ scope: 'own:scope', owner: 'Us' }, { scope: 'not a scope' }]);
      assert.equal(announced, 1);
      assert.equal(known.current.get('own:scope')?.ownerName, 'Us');
      assert.ok(known.current.has('ks:fiks'));
      assert.equal(known.current.has('a:listed'), false);

      await registry.refresh(signal);
      assert.equal(announced, 2);
      assert.ok(known.current.has('a:listed'));
      assert.ok(known.current.has('own:scope'));
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? '', /^Row 2 of maskinporten\.knownScopes/);
    });
  });
});
