import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';

const EXTENSION = 'nais-maskinporten.nais-maskinporten';

/**
 * What the extension host's own fetch hangs on. Evaluating undici's index defines these two on the global object, for
 * every extension of the window and without a way back (undici, lib/global.js).
 */
const DISPATCHERS = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')];

function globalNetworking() {
  return {
    fetch: globalThis.fetch,
    dispatchers: DISPATCHERS.map((symbol) => Object.getOwnPropertyDescriptor(globalThis, symbol)),
  };
}

/** The bundles of the extension that this host has evaluated. */
function loadedParts(): string[] {
  const folder = path.join(vscode.extensions.getExtension(EXTENSION)!.extensionPath, 'dist') + path.sep;
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(folder))
    .map((file) => file.slice(folder.length))
    .sort();
}

describe('activation in a workspace without manifests', () => {
  const before = globalNetworking();
  const extension = vscode.extensions.getExtension(EXTENSION);

  it('waits until it is needed', () => {
    assert.ok(extension, `${EXTENSION} is not installed`);
    assert.equal(extension.isActive, false);
  });

  it("leaves the host's fetch and its dispatchers as it found them", async () => {
    await extension!.activate();
    assert.equal(extension!.isActive, true);
    const after = globalNetworking();
    assert.equal(after.fetch, before.fetch);
    assert.deepEqual(after.dispatchers, before.dispatchers);
  });

  it('loads no more than what the rest is reached through', () => {
    assert.deepEqual(loadedParts(), ['extension.js']);
  });

  it('loads no more for YAML that is no manifest', async () => {
    await vscode.workspace.openTextDocument({ language: 'yaml', content: 'apiVersion: apps/v1\nkind: Deployment\n' });
    await new Promise(setImmediate);
    assert.deepEqual(loadedParts(), ['extension.js']);
  });

  it('loads what reads and shows manifests when one is opened, and nothing that asks a network', async () => {
    const content = 'apiVersion: nais.io/v1\nkind: Application\nmetadata:\n  name: app\n';
    const diagnosed = new Promise<void>((resolve) => {
      const subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (!uris.some((uri) => vscode.languages.getDiagnostics(uri).some(({ source }) => source === 'Maskinporten'))) {
          return;
        }
        subscription.dispose();
        resolve();
      });
    });
    await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await diagnosed;
    assert.deepEqual(loadedParts(), ['extension.js', 'main.js', 'yaml.js']);
  });

  it('leaves them so after a grant and its answer, which does load those parts', async () => {
    // Nobody registered this scope, so the sandbox refuses it: the whole way there and back is walked all the same.
    await vscode.commands.executeCommand('maskinporten.getToken', { scopes: ['nobody:registered/this'] });
    assert.deepEqual(loadedParts(), ['extension.js', 'jose.js', 'main.js', 'sandbox.js', 'undici.js', 'yaml.js']);
    const after = globalNetworking();
    assert.equal(after.fetch, before.fetch);
    assert.deepEqual(after.dispatchers, before.dispatchers);
  });
});
