import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SentRequest } from '../../src/http/history';
import type { SavedRequest } from '../../src/http/savedRequests';
import { RequestHistory } from '../../src/state/requestHistory';
import { RequestSecrets } from '../../src/state/requestSecrets';
import { SavedRequests } from '../../src/state/savedRequests';
import { SILENT_LOG } from './silentLog';
import { Stores } from './stores';

const SENT: Omit<SentRequest, 'id'> = {
  sentAtMs: 1,
  method: 'POST',
  url: 'https://api.example.no/a?token=hemmelig',
  headers: [
    ['Authorization', 'Bearer hemmelig'],
    ['X-Api-Key', 'hemmelig-verdi'],
  ],
  body: '{"a":1}',
  outcome: 200,
};

describe('the history of requests', () => {
  let folder: string;
  let stores: Stores;
  let history: RequestHistory;

  const setting = (key: string, value: unknown) =>
    vscode.workspace.getConfiguration('maskinporten.request').update(key, value, vscode.ConfigurationTarget.Global);
  const files = async () =>
    Promise.all((await readdir(folder)).map((name) => readFile(path.join(folder, name), 'utf8')));
  const open = () => new RequestHistory(vscode.Uri.file(folder), secretsOf(stores), SILENT_LOG);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-kept-'));
    stores = new Stores();
    history = open();
    await history.ready;
  });
  afterEach(async () => {
    history.dispose();
    await setting('history', undefined);
    await setting('historySize', undefined);
    await rm(folder, { recursive: true });
  });

  it('has no secret on disk: the values of sensitive headers are in the secret store, before the entry is', async () => {
    await history.add(SENT);
    const [text = ''] = await files();
    assert.doesNotMatch(text, /hemmelig/);
    assert.match(text, /\{\{X_API_KEY\}\}/);
    assert.deepEqual([...stores.secretValues.values()], ['hemmelig-verdi']);
    assert.equal(history.entries[0]?.body, undefined);
    const again = open();
    await again.ready;
    assert.deepEqual(again.entries, history.entries);
    again.dispose();
  });

  it('keeps no request where the secret store takes no value', async () => {
    stores.refuse = 'store';
    await history.add(SENT);
    assert.deepEqual([history.entries, await files()], [[], []]);
  });

  it('keeps bodies, nothing, or fewer, as the settings say', async () => {
    await setting('history', 'withBodies');
    await history.add(SENT);
    assert.equal(history.entries[0]?.body, '{"a":1}');
    await setting('history', 'off');
    await history.add(SENT);
    assert.equal(history.entries.length, 1);
    await setting('history', undefined);
    await setting('historySize', 2);
    for (let at = 0; at < 4; at += 1) await history.add({ ...SENT, url: `https://api.example.no/${at}` });
    assert.deepEqual(history.recentUrls(), ['https://api.example.no/3', 'https://api.example.no/2']);
  });

  it('forgets a value with the last entry that refers to it, and tells of each change', async () => {
    let changes = 0;
    history.onDidChange(() => (changes += 1));
    await history.add(SENT);
    await history.add(SENT);
    await history.delete(history.entries[0]!.id);
    assert.equal(stores.secretValues.size, 1);
    await history.clear();
    assert.deepEqual([stores.secretValues.size, history.entries.length, await files()], [0, 0, []]);
    assert.equal(changes, 4);
  });
});

describe('the file of saved requests', () => {
  const saved = new SavedRequests();
  const request: SavedRequest = { name: 'a', method: 'GET', url: 'https://a.no/', headers: [], scopes: [] };
  let folder: vscode.WorkspaceFolder;

  before(async () => {
    const uri = vscode.Uri.file(await mkdtemp(path.join(tmpdir(), 'nm-saved-')));
    folder = { uri, name: 'folder', index: 0 };
  });
  /** All but the place, which must be the folder's: a Uri equals no other to the member once it was printed. */
  const inItsPlace = <T extends { readonly uri: vscode.Uri }>({ uri, ...rest }: T): Omit<T, 'uri'> => {
    assert.equal(uri.toString(), saved.uriIn(folder).toString());
    return rest;
  };
  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => rm(folder.uri.fsPath, { recursive: true }));

  it('is made with the first request, with all that are saved at one time, and nothing is left beside it', async () => {
    assert.deepEqual(inItsPlace(await saved.read(folder)), { kind: 'read', requests: [], faults: [] });
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name) => saved.change(folder, { kind: 'put', request: { ...request, name } })));
    const reading = await saved.read(folder);
    assert.deepEqual(reading.kind === 'read' && reading.requests.map(({ name }) => name), names);
    const beside = path.dirname(saved.uriIn(folder).fsPath);
    assert.deepEqual(await readdir(beside), ['maskinporten-requests.json']);
  });

  it('is not written over while an editor has changes of it that are not saved', async () => {
    const uri = saved.uriIn(folder);
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), ' ');
    });
    const before = await readFile(uri.fsPath, 'utf8');
    assert.equal((await saved.change(folder, { kind: 'delete', name: 'a' })).kind, 'unsaved');
    assert.equal(await readFile(uri.fsPath, 'utf8'), before);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    assert.equal((await saved.change(folder, { kind: 'delete', name: 'a' })).kind, 'written');
  });

  it('with a mistake stays as it is, to the byte', async () => {
    const uri = saved.uriIn(folder);
    const broken = '{ "version": 1,\n  "requests": [,] }';
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(broken));
    const fault = { kind: 'fault', fault: { kind: 'syntax', line: 2 } };
    assert.deepEqual(inItsPlace(await saved.read(folder)), fault);
    assert.deepEqual(inItsPlace(await saved.change(folder, { kind: 'put', request })), fault);
    assert.equal(await readFile(uri.fsPath, 'utf8'), broken);
  });
});

function secretsOf(stores: Stores): RequestSecrets {
  return new RequestSecrets(stores.secrets, () => Promise.resolve(undefined), SILENT_LOG);
}
