import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { awake } from '../awake';

const OURS = 'Maskinporten';

const SCOPES_A_DOCUMENT = 10;

/** A workload whose scopes begin at a number. */
function workload(name: string, first: number, scopes: number): string {
  return [
    'apiVersion: nais.io/v1alpha1',
    'kind: Application',
    'metadata:',
    `  name: ${name}`,
    '  namespace: team',
    'spec:',
    ...Array.from({ length: 40 }, (_, index) => `  # what its authors say of it, line ${index}, in some more words`),
    '  accessPolicy: { outbound: { external: [{ host: api.example.no }] } }',
    '  maskinporten:',
    '    enabled: true',
    '    scopes:',
    '      consumes:',
    ...Array.from({ length: scopes }, (_, index) => `        - name: example:registry/scope${first + index}.read`),
    '',
  ].join('\n');
}

/** Manifests of some length together, in UTF-16 units, the last scope of which is malformed. */
function largeManifest(name: string, length: number): string {
  const documents: string[] = [];
  for (let total = 0; total < length; total += documents.at(-1)!.length + 4) {
    documents.push(workload(`${name}-${documents.length}`, documents.length * SCOPES_A_DOCUMENT, SCOPES_A_DOCUMENT));
  }
  return `${documents.join('---\n')}        - name: example::last\n`;
}

async function open(name: string, content: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(content));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

function codesOf(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === OURS)
    .map(({ code }) => (typeof code === 'object' ? String(code.value) : String(code)));
}

/** Settles when a document has just these codes: after an event, not after a time. */
function codesOnce(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (codesOf(uri).join() !== expected.join()) return;
      subscription.dispose();
      resolve();
    };
    const subscription = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}

async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const at = document.getText().indexOf(from);
  assert.notEqual(at, -1, `${from} is not in the manifest`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** How long the extension host stood still at most while `work` was done: printed, never judged. */
async function printLongestBlock(what: string, work: () => Promise<void>): Promise<void> {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const startMs = performance.now();
  await work();
  delays.disable();
  const tookMs = performance.now() - startMs;
  console.log(`    ${what}: ${tookMs.toFixed(0)} ms, longest block ${(delays.max / 1e6).toFixed(0)} ms`);
}

describe('a large manifest', function () {
  this.timeout(60_000);
  let document: vscode.TextDocument;

  before(async () => {
    await awake();
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('has its findings, which are made while the host goes on', async () => {
    await printLongestBlock('900 kB opened', async () => {
      document = await open('large.yaml', largeManifest('large', 900_000));
      await codesOnce(document.uri, ['NM013']);
    });
    const [diagnostic] = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === OURS);
    assert.equal(document.getText(diagnostic!.range), 'example::last');
  });

  it('is checked anew after an edit, and only the last of several edits counts', async () => {
    await printLongestBlock('three edits', async () => {
      await replace(document, 'example::last', 'example:last');
      await replace(document, 'example:last', 'example:::last');
      await replace(document, 'example:::last', 'example:last');
      await codesOnce(document.uri, []);
      await replace(document, 'example:last', 'example::last');
      await codesOnce(document.uri, ['NM013']);
    });
  });

  it('has hovers at the right place right after an edit', async () => {
    await replace(document, '  name: large-0', '  name: very-large-0');
    const position = document.positionAt(document.getText().indexOf('scope7.read') + 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const ranges = hovers.map(({ range }) => document.getText(range));
    assert.deepEqual(ranges, ['example:registry/scope7.read']);
  });

  it('has quick fixes that work', async () => {
    await codesOnce(document.uri, ['NM013']);
    const [diagnostic] = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === OURS);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic!.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const [action] = actions.filter(({ title }) => title.endsWith('example:last'));
    assert.ok(action?.edit);
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    await codesOnce(document.uri, []);
    assert.ok(document.getText().endsWith('        - name: example:last\n'));
  });

  it('with 10,000 scopes is read while the host goes on', async () => {
    const text = `${workload('many', 0, 10_000)}        - name: example::last\n`;
    await printLongestBlock('10,000 scopes opened', async () => {
      const many = await open('many.yaml', text);
      await codesOnce(many.uri, ['NM013']);
    });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('over 1 MB is not read: the editor says so on the first line', async () => {
    const huge = await open('huge.yaml', largeManifest('huge', 1_100_000));
    await codesOnce(huge.uri, ['NM083']);
    const [diagnostic] = vscode.languages.getDiagnostics(huge.uri).filter(({ source }) => source === OURS);
    assert.equal(diagnostic!.severity, vscode.DiagnosticSeverity.Information);
    assert.equal(huge.getText(diagnostic!.range), 'apiVersion: nais.io/v1alpha1');
    assert.match(diagnostic!.message, /over 1 MB/);
  });

  it('over 1 MB is read as soon as it is shorter, and not before', async () => {
    const huge = await open('huge.yaml', largeManifest('huge', 1_100_000));
    await codesOnce(huge.uri, ['NM083']);
    const from = 0;
    const to = huge.getText().lastIndexOf('---') + 4;
    const edit = new vscode.WorkspaceEdit();
    edit.delete(huge.uri, new vscode.Range(huge.positionAt(from), huge.positionAt(to)));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await codesOnce(huge.uri, ['NM013']);
  });

  it('is not said of a large file that only mentions Nais', async () => {
    const text = `# see https://doc.nais.io/\n${'key: value # comment\n'.repeat(60_000)}`;
    const other = await open('other.yaml', text);
    const huge = await open('huge-too.yaml', largeManifest('huge-too', 1_100_000));
    await codesOnce(huge.uri, ['NM083']);
    assert.deepEqual(codesOf(other.uri), []);
  });
});
