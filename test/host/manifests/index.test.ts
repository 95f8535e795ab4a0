import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findingsOf } from '../../../src/manifest';
import type { Manifests } from '../../../src/workspace/manifests';
import { makeManifests } from '../makeManifests';

function folder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first);
  return first.uri;
}

function at(path: string): vscode.Uri {
  return vscode.Uri.joinPath(folder(), ...path.split('/'));
}

async function write(path: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(at(path), Buffer.from(text));
}

function manifest(name: string): string {
  return `apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\n  namespace: team\nspec: {}\n`;
}

/** Where the manifests lie and what they are called. */
function listed(manifests: Manifests): string[] {
  return manifests.all.map(({ uri, file }) => {
    const names = file.documents.map((document) => document.manifest.name?.value ?? '').join(' ');
    return `${vscode.workspace.asRelativePath(uri)} ${names}`;
  });
}

/** Settles when the manifests are as they must be: after an event, not after a time. */
function once(manifests: Manifests, isThere: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isThere()) return;
      vscode.Disposable.from(...subscriptions).dispose();
      resolve();
    };
    const subscriptions = [manifests.onDidChange(look), manifests.onDidFind(look)];
    look();
  });
}

describe('the manifests of a workspace', () => {
  const USUAL = ['.nais/job.json report-job', '.nais/nais.yaml report'];
  const EVERYTHING = [...USUAL, 'apps/payroll/config.yml payroll'];
  let manifests: Manifests;

  before(async () => {
    manifests = makeManifests();
    assert.equal(manifests.isReady, false);
    await manifests.search();
  });

  after(() => {
    manifests.dispose();
  });

  const becomes = async (expected: readonly string[]) => {
    await once(manifests, () => listed(manifests).join() === expected.join());
  };

  it('are at first those in the usual places', () => {
    assert.equal(manifests.isReady, true);
    assert.equal(manifests.scope, 'usual');
    assert.deepEqual(listed(manifests), USUAL);
  });

  it('stay so when the search of the whole workspace is cancelled', async () => {
    const search = manifests.searchEverything();
    assert.equal(manifests.isSearching, true);
    manifests.cancelSearch();
    await search;
    assert.equal(manifests.isSearching, false);
    assert.equal(manifests.scope, 'usual');
    assert.deepEqual(listed(manifests), USUAL);
  });

  it('are, once it was searched, all that are manifests by their content and not excluded', async () => {
    const [first, second] = [manifests.searchEverything(), manifests.searchEverything()];
    await Promise.all([first, second]);
    assert.equal(manifests.scope, 'everything');
    assert.equal(manifests.hitBound, false);
    assert.deepEqual(listed(manifests), EVERYTHING);
  });

  it('keep no text while they are not open, and have their findings all the same', async () => {
    const { file } = manifests.all.find(({ uri }) => uri.path.endsWith('config.yml'))!;
    assert.equal(file.text, undefined);
    assert.deepEqual(findingsOf(file), []);
    await once(manifests, () => findingsOf(file).length > 0);
    assert.deepEqual(
      findingsOf(file).map(({ code }) => code),
      ['NM013'],
    );
  });

  it('follow a file that is written, changed and deleted', async () => {
    await write('apps/new/app.yaml', manifest('new'));
    await becomes([...USUAL, 'apps/new/app.yaml new', 'apps/payroll/config.yml payroll']);
    await write('apps/new/app.yaml', manifest('renamed'));
    await becomes([...USUAL, 'apps/new/app.yaml renamed', 'apps/payroll/config.yml payroll']);
    await write('apps/new/app.yaml', 'kind: Nothing\n');
    await becomes(EVERYTHING);
    await write('apps/new/app.yaml', manifest('back'));
    await becomes([...USUAL, 'apps/new/app.yaml back', 'apps/payroll/config.yml payroll']);
    await vscode.workspace.fs.delete(at('apps/new/app.yaml'));
    await becomes(EVERYTHING);
  });

  it('follow a folder that is moved and deleted', async () => {
    await write('moving/deep/app.yaml', manifest('moving'));
    await becomes([...EVERYTHING, 'moving/deep/app.yaml moving']);
    await vscode.workspace.fs.rename(at('moving'), at('over-there'));
    await becomes([...EVERYTHING, 'over-there/deep/app.yaml moving']);
    await vscode.workspace.fs.delete(at('over-there'), { recursive: true });
    await becomes(EVERYTHING);
  });

  it('do not take in what is excluded when it is written later', async () => {
    await write('secret/later.yaml', manifest('secret'));
    await write('node_modules/package/nais.yaml', manifest('dependency'));
    await write('zz.yaml', manifest('last'));
    await becomes([...EVERYTHING, 'zz.yaml last']);
    await vscode.workspace.fs.delete(at('zz.yaml'));
    await becomes(EVERYTHING);
  });

  it('are read from the editor where they are open, unsaved changes included', async () => {
    const document = await vscode.workspace.openTextDocument(at('.nais/nais.yaml'));
    const edit = new vscode.WorkspaceEdit();
    const start = document.getText().indexOf('report');
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + 6)), 'unsaved');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.deepEqual(listed(manifests), EVERYTHING.with(1, '.nais/nais.yaml unsaved'));
    assert.equal(manifests.read(document)?.text, document.getText());
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await becomes(EVERYTHING);
  });
});
