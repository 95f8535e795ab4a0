import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { PublicScopes, readFile } from '../../../src/manifest';
import { Organisation } from '../../../src/platform/organisation';
import { Deployments } from '../../../src/workspace/deployments';
import { Findings } from '../../../src/workspace/findings';
import { KnownScopesSource } from '../../../src/workspace/knownScopes';
import { Targets } from '../../../src/workspace/targets';
import { Variables } from '../../../src/workspace/variables';
import { findVariablesFiles } from '../../../src/workspace/variablesFiles';
import { ENGLISH, makeManifests } from '../makeManifests';
import { SILENT_LOG } from '../silentLog';

class MemoryMemento implements vscode.Memento {
  readonly values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string, fallback?: T): T | undefined {
    return (this.values.get(key) as T | undefined) ?? fallback;
  }

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, structuredClone(value));
    return Promise.resolve();
  }
}

function inWorkspace(...path: readonly string[]): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, ...path);
}

/** The next time that `event` comes and `isThere` holds; or now, if it holds already. */
function once(event: vscode.Event<unknown>, isThere: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const subscription = event(() => {
      look();
    });
    const look = () => {
      if (!isThere()) return;
      subscription.dispose();
      resolve();
    };
    look();
  });
}

describe('a manifest with a deploy workflow', () => {
  const manifest = inWorkspace('.nais', 'nais.yaml');
  const memento = new MemoryMemento();
  const disposables: vscode.Disposable[] = [];
  let deployments: Deployments;
  let variables: Variables;
  let targets: Targets;
  let findings: Findings;
  let text: string;

  before(async () => {
    const own = <T extends vscode.Disposable>(disposable: T): T => {
      disposables.push(disposable);
      return disposable;
    };
    deployments = own(new Deployments(SILENT_LOG));
    variables = own(new Variables(memento, deployments, SILENT_LOG));
    targets = own(new Targets(deployments, variables));
    const manifests = own(makeManifests());
    const registry = { current: new PublicScopes(), onDidChange: own(new vscode.EventEmitter<void>()).event };
    const knownScopes = own(new KnownScopesSource(registry, ENGLISH, SILENT_LOG));
    findings = own(new Findings(own(new Organisation()), manifests, targets, variables, knownScopes));
    await deployments.search();
    text = new TextDecoder().decode(await vscode.workspace.fs.readFile(manifest));
  });

  after(() => {
    vscode.Disposable.from(...disposables).dispose();
  });

  function codes(): readonly string[] {
    return findings.of(manifest, readFile(text)).map(({ code, variables: file }) => `${code} ${file ?? ''}`.trim());
  }

  it('goes where the workflow says, with the file that is used there and the step that does it', async () => {
    const all = targets.targetsOf(manifest);
    assert.deepEqual(
      all.map(({ cluster, target, onPrem, origin, variables: file }) => [
        cluster,
        target,
        onPrem,
        origin,
        file && vscode.workspace.asRelativePath(file),
      ]),
      [
        ['dev-gcp', 'dev', false, 'workflow', '.nais/dev.yaml'],
        ['prod-gcp', 'prod', false, 'workflow', '.nais/prod.yaml'],
      ],
    );
    const [dev] = all;
    assert.ok(dev?.workflow);
    const workflow = await vscode.workspace.openTextDocument(dev.workflow.uri);
    const { start, end } = dev.workflow.range;
    assert.match(workflow.getText().slice(start, end), /^uses: nais\/deploy[^]*CLUSTER: dev-gcp/);
  });

  it('is for no environment in particular until variables are chosen', () => {
    assert.deepEqual(targets.verdictOf(manifest), { target: 'unknown', onPrem: false });
    assert.equal(targets.offeredEnvironment(manifest), undefined);
    assert.deepEqual(codes(), []);
  });

  it('offers the files that the workflow uses, with their clusters', async () => {
    const files = await findVariablesFiles(manifest, targets);
    assert.deepEqual(
      files.map(({ uri, clusters }) => [vscode.workspace.asRelativePath(uri), clusters]),
      [
        ['.nais/dev.yaml', ['dev-gcp']],
        ['.nais/prod.yaml', ['prod-gcp']],
      ],
    );
  });

  it('has the values and the findings of the file that is chosen', async () => {
    await variables.choose(manifest, inWorkspace('.nais', 'prod.yaml'));
    const resolved = variables.resolvedOf({ uri: manifest, file: readFile(text) });
    assert.equal(resolved?.manifests[0]?.outbound[0]?.host?.value, 'api.skatteetaten.no');
    assert.equal(targets.offeredEnvironment(manifest), 'prod');
    assert.ok(codes().includes('NM021'), 'the test host stands out in production');
    await variables.choose(manifest, inWorkspace('.nais', 'dev.yaml'));
    assert.equal(targets.offeredEnvironment(manifest), 'test');
    assert.deepEqual(codes(), []);
  });

  it('remembers the choice, and forgets it when the template is wanted', async () => {
    const again = new Variables(memento, deployments, SILENT_LOG);
    assert.equal(again.choiceOf(manifest)?.path, inWorkspace('.nais', 'dev.yaml').path);
    again.dispose();
    await variables.choose(manifest, undefined);
    assert.equal(variables.choiceOf(manifest), undefined);
    assert.equal(variables.resolvedOf({ uri: manifest, file: readFile(text) }), undefined);
  });

  it('takes nothing from a store that another version filled', () => {
    const store = new MemoryMemento();
    store.values.set('maskinporten.variables', { version: 99, choices: { [manifest.toString()]: 'file:///x' } });
    const other = new Variables(store, deployments, SILENT_LOG);
    assert.equal(other.choiceOf(manifest), undefined);
    other.dispose();
  });

  it('says that a chosen file is gone', async () => {
    await variables.choose(manifest, inWorkspace('.nais', 'gone.yaml'));
    assert.deepEqual(codes(), ['NM081']);
    await variables.choose(manifest, undefined);
  });

  it('follows what is typed into the variables file', async () => {
    const uri = inWorkspace('.nais', 'dev.yaml');
    const document = await vscode.workspace.openTextDocument(uri);
    await variables.choose(manifest, uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(document.lineCount, 0), 'inntekt:\n  host: https://not.a.host\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await once(findings.onDidChange, () => codes().includes('NM022 dev.yaml'));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await once(findings.onDidChange, () => codes().length === 0);
    await variables.choose(manifest, undefined);
  });

  /** The titles of the CodeLenses of the extension, and the scopes that they are for. */
  async function lenses(): Promise<readonly (readonly [string | undefined, string])[]> {
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', manifest, 20);
    return all.map(({ command }) => {
      const [argument] = (command?.arguments ?? []) as readonly unknown[];
      const ask = argument as { readonly scopes?: readonly string[] } | undefined;
      return [command?.title, ask?.scopes?.join(' ') ?? ''] as const;
    });
  }

  async function hoverOn(document: vscode.TextDocument, written: string): Promise<string> {
    const position = document.positionAt(document.getText().indexOf(written) + 3);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      manifest,
      position,
    );
    const contents = hovers.flatMap((hover) => hover.contents) as readonly vscode.MarkdownString[];
    return contents.map(({ value }) => value.replaceAll('&nbsp;', ' ').replaceAll('\\', '')).join('\n');
  }

  it('offers over the template the files that the workflow uses', async () => {
    const document = await vscode.workspace.openTextDocument(manifest);
    await vscode.window.showTextDocument(document);
    const titles = (await lenses()).map(([title]) => title);
    assert.deepEqual(titles.slice(0, 2), ['Resolve with dev.yaml', 'Resolve with prod.yaml']);
    assert.match(await hoverOn(document, '{{inntekt.host}}'), /command:maskinporten\.resolveVariables/);
  });

  it('shows all of it as diagnostics, by the command', async () => {
    const document = await vscode.workspace.openTextDocument(manifest);
    const codesNow = () => vscode.languages.getDiagnostics(manifest).map(({ message }) => message);
    const prod = inWorkspace('.nais', 'prod.yaml');
    const isRendered = () => codesNow().some((message) => message.startsWith('With prod.yaml: '));
    const run = (file?: vscode.Uri) => vscode.commands.executeCommand('maskinporten.resolveVariables', manifest, file);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert'); // other suites type into it
    const shown = once(vscode.languages.onDidChangeDiagnostics, isRendered);
    await run(prod);
    await shown;
    const clean = once(vscode.languages.onDidChangeDiagnostics, () => !isRendered());
    await run(inWorkspace('.nais', 'dev.yaml'));
    await clean;
  });

  it('says in hovers and CodeLenses what the template makes, and with which file', async () => {
    const document = await vscode.workspace.openTextDocument(manifest);
    await vscode.window.showTextDocument(document);
    const host = await hoverOn(document, '{{inntekt.host}}');
    assert.match(host, /The pod may reach inntekt\.api\.skatteetaten-test\.no on port 443/);
    assert.match(host, /Values from dev\.yaml/);
    const written = 'krr:global/kontaktinformasjon.read';
    const at = document.getText().indexOf(written);
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + written.length));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(manifest, range, 'ks:{{replicas.max}}{{#each ingresses}}fiks{{/each}}');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(
      await hoverOn(document, 'ks:{{replicas.max}}'),
      /ks:1fiks[^]*Copy Access Request[^]*Values from dev\.yaml/,
    );
    const shown = await lenses();
    assert.equal(shown[0]?.[0], 'Values from dev.yaml');
    assert.ok(
      shown.some(([title, scope]) => title === 'Get token' && scope === 'ks:1fiks'),
      JSON.stringify(shown),
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('says on an environment variable what the template makes of it, and on a written one nothing', async () => {
    const document = await vscode.workspace.openTextDocument(manifest);
    await vscode.window.showTextDocument(document);
    const url = await hoverOn(document, 'https://{{inntekt.host}}/v1');
    assert.match(url, /^https:\/\/inntekt\.api\.skatteetaten-test\.no\/v1\s+---\s+Values from dev\.yaml/);
    assert.equal(await hoverOn(document, 'https://test.kontaktregisteret.no/rest'), '');
  });

  it('leads by the values from a scope to its exposure and back, and has them in the outline', async () => {
    const document = await vscode.workspace.openTextDocument(manifest);
    await vscode.window.showTextDocument(document);
    const replace = async (from: string, to: string) => {
      const at = document.getText().indexOf(from);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(manifest, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    await replace('krr:global/kontaktinformasjon.read', 'nav:varsel/a1');
    await replace('inntektsendring.read', 'a{{replicas.max}}');
    const placeOf = (part: string) => document.positionAt(document.getText().indexOf(part) + 1);
    const definitions = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      manifest,
      placeOf('nav:varsel/a1'),
    );
    const exposed = definitions.map(({ targetSelectionRange }) => document.getText(targetSelectionRange));
    assert.deepEqual(exposed, ['a{{replicas.max}}']);
    const references = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      manifest,
      placeOf('a{{replicas.max}}'),
    );
    assert.ok(references.map(({ range }) => document.getText(range)).includes('nav:varsel/a1'));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      manifest,
    );
    const names = (all: readonly vscode.DocumentSymbol[]): string[] =>
      all.flatMap(({ name, children }) => [name, ...names(children)]);
    const outline = names(symbols);
    for (const name of ['nav:varsel/a1', 'inntekt.api.skatteetaten-test.no']) assert.ok(outline.includes(name), name);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
