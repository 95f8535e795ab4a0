import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { awake } from '../awake';

const OURS = 'Maskinporten';

async function openManifest(): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, '.nais', 'nais.yaml'));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Our diagnostics of a document once `isThere` holds of them: the event is waited for, not the clock. */
function diagnosticsOnce(
  uri: vscode.Uri,
  isThere: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const now = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === OURS);
  return new Promise((resolve) => {
    const look = () => {
      const diagnostics = now();
      if (!isThere(diagnostics)) return;
      subscription.dispose();
      resolve(diagnostics);
    };
    const subscription = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}

function codeOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : String(code);
}

async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const at = document.getText().indexOf(from);
  assert.notEqual(at, -1, `${from} is not in the manifest`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(text) + 2);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content as vscode.MarkdownString).value)
    .join('\n')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('\\', '');
}

describe('a templated manifest in the editor', () => {
  let document: vscode.TextDocument;

  before(async () => {
    document = await openManifest();
    await awake();
  });

  it('has no findings as it is delivered', () => {
    assert.deepEqual(
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === OURS),
      [],
    );
  });

  it('reports a malformed scope at its place, with its code and a link to its page', async () => {
    await replace(document, 'skatteetaten:inntekt', 'skatteetaten::inntekt');
    const [diagnostic] = await diagnosticsOnce(document.uri, (diagnostics) =>
      diagnostics.map(codeOf).includes('NM013'),
    );
    assert.ok(diagnostic);
    assert.equal(document.getText(diagnostic.range), 'skatteetaten::inntekt');
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
    const { target } = diagnostic.code as { target: vscode.Uri };
    assert.equal(target.path, '/diagnostics/NM013');
    assert.equal(target.authority, 'nais-maskinporten.nais-maskinporten');
  });

  it('offers a fix that takes the finding away and nothing else', async () => {
    const [diagnostic] = await diagnosticsOnce(document.uri, (diagnostics) =>
      diagnostics.map(codeOf).includes('NM013'),
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic!.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const ours = actions.filter(({ title }) => title.endsWith('skatteetaten:inntekt'));
    assert.equal(ours.length, 1);
    assert.ok(ours[0]!.edit);
    assert.ok(await vscode.workspace.applyEdit(ours[0]!.edit));
    await diagnosticsOnce(document.uri, (diagnostics) => diagnostics.length === 0);
    assert.match(document.getText(), /- name: skatteetaten:inntekt\n/);
  });

  it('lets the user choose how loud a finding is, and silence it', async () => {
    await replace(document, 'skatteetaten:inntekt', 'skatteetaten::inntekt');
    const settings = vscode.workspace.getConfiguration('maskinporten');
    const severityOnce = async (severity: vscode.DiagnosticSeverity) => {
      await diagnosticsOnce(document.uri, (diagnostics) => diagnostics.some((one) => one.severity === severity));
    };
    await severityOnce(vscode.DiagnosticSeverity.Warning);
    await settings.update('diagnostics.severity', { NM013: 'error' }, vscode.ConfigurationTarget.Global);
    await severityOnce(vscode.DiagnosticSeverity.Error);
    await settings.update('diagnostics.severity', { NM013: 'off' }, vscode.ConfigurationTarget.Global);
    await diagnosticsOnce(document.uri, (diagnostics) => diagnostics.length === 0);
    await settings.update('diagnostics.severity', undefined, vscode.ConfigurationTarget.Global);
    await replace(document, 'skatteetaten::inntekt', 'skatteetaten:inntekt');
  });

  it('leaves out what the YAML extension shows at the same place, and only there', async () => {
    const neighbour = vscode.languages.createDiagnosticCollection('stands in for redhat.vscode-yaml');
    const codes = (wanted: string) =>
      diagnosticsOnce(document.uri, (diagnostics) => diagnostics.map(codeOf).join() === wanted);
    await replace(document, '    enabled: true\n    scopes', '    enabeld: true\n    enabled: true\n    scopes');
    await codes('NM005');
    const at = document.getText().indexOf('enabeld');
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + 7));
    const other = new vscode.Diagnostic(range, 'Property enabeld is not allowed.');
    other.source = 'yaml-schema: nais';
    neighbour.set(document.uri, [other]);
    await codes('');
    other.range = new vscode.Range(0, 0, 0, 3);
    neighbour.set(document.uri, [other]);
    await codes('NM005');
    neighbour.dispose();
    await replace(document, '    enabeld: true\n', '');
    await codes('');
  });

  it('tells of a scope that another manifest of the same app consumes', async () => {
    const other = await vscode.workspace.openTextDocument({
      language: 'yaml',
      content: `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: inntektsvarsel
  namespace: team-varsel
spec:
  maskinporten:
    enabled: true
    scopes:
      consumes:
        - name: skatteetaten:inntekt
        - name: krr:global/kontaktinformasjon.read
        - name: ks:fiks
`,
    });
    const [hint] = await diagnosticsOnce(document.uri, (diagnostics) => diagnostics.map(codeOf).includes('NM061'));
    assert.match(hint!.message, /consumes ks:fiks in Untitled/);
    const [related] = hint!.relatedInformation ?? [];
    assert.equal(related?.location.uri.toString(), other.uri.toString());
    assert.equal(other.getText(related.location.range), 'ks:fiks');
    await replace(other, 'inntektsvarsel', 'another-app');
    await diagnosticsOnce(document.uri, (diagnostics) => diagnostics.length === 0);
  });

  it('says on a scope who owns it and that there is no token yet', async () => {
    const text = await hoverAt(document, 'skatteetaten:inntekt');
    assert.match(text, /Owned by Skatteetaten/);
    assert.match(text, /Known API hosts: .*skatteetaten-test\.no.* in test, api\.skatteetaten\.no in production/);
    assert.match(text, /Sandbox: no token/);
    assert.match(text, /command:maskinporten\.getToken/);
  });

  it('says on an exposed scope what its whole name is', async () => {
    assert.match(await hoverAt(document, 'inntektsendring.read'), /nav:varsel\/inntektsendring\.read/);
  });

  it('says on a templated host that it is not known yet, and on a written one what it opens', async () => {
    assert.match(await hoverAt(document, '{{inntekt.host}}\n        - host'), /comes from a template/);
    assert.match(await hoverAt(document, 'test.kontaktregisteret.no'), /port 443/);
  });

  it('has a CodeLens on each consumed scope, which gets a token for just that one', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    const asks = lenses
      .filter(({ command }) => command?.command === 'maskinporten.getToken')
      .map(({ command }) => (command!.arguments as [{ scopes: string[] }])[0].scopes);
    assert.deepEqual(asks, [['skatteetaten:inntekt'], ['krr:global/kontaktinformasjon.read']]);
  });

  it('tells on the hover how long the token that was fetched is good', async () => {
    await vscode.commands.executeCommand('maskinporten.getToken', {
      manifestUri: document.uri.toString(),
      workload: 'inntektsvarsel',
      scopes: ['skatteetaten:inntekt'],
    });
    await vscode.window.showTextDocument(document);
    assert.match(await hoverAt(document, 'skatteetaten:inntekt'), /token valid/);
  });

  it('tells on the hover that a scope was refused when nobody declared it', async () => {
    await replace(document, 'krr:global/kontaktinformasjon.read', 'krr:global/annet.read');
    const ask = { manifestUri: document.uri.toString(), workload: 'inntektsvarsel', scopes: ['krr:global/borte.read'] };
    await vscode.commands.executeCommand('maskinporten.getToken', ask);
    await vscode.window.showTextDocument(document);
    await replace(document, 'krr:global/annet.read', 'krr:global/borte.read');
    assert.match(await hoverAt(document, 'krr:global/borte.read'), /refused.*MP-200/s);
  });
});
