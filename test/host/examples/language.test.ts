import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { awake } from '../awake';

const HEAD = `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: innsyn
  namespace: team-innsyn
spec:
`;

const OUTBOUND = `  accessPolicy:
    outbound:
      external:
        - host: a.example.no
`;

function consuming(items: string, rest = ''): string {
  return `${HEAD}  maskinporten:\n    enabled: true\n    scopes:\n      consumes:\n${items}\n${rest}`;
}

const opened: vscode.TextDocument[] = [];

async function open(content: string, language = 'yaml'): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  opened.push(document);
  await vscode.window.showTextDocument(document);
  return document;
}

/** After the last occurrence of `text`. */
function endOf(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().lastIndexOf(text);
  assert.notEqual(at, -1, `${text} is not in the document`);
  return document.positionAt(at + text.length);
}

/** What is offered, without the words of the document that the editor adds. */
async function completions(
  document: vscode.TextDocument,
  position: vscode.Position,
  trigger?: string,
): Promise<readonly vscode.CompletionItem[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
    trigger,
  );
  return list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

function textOf({ insertText }: vscode.CompletionItem): string {
  return typeof insertText === 'string' ? insertText : (insertText?.value ?? '');
}

describe('language features in a manifest', () => {
  before(async () => {
    await awake();
  });

  after(async () => {
    // A document without a name is closed only when the editor likes: empty, it has no bearing on other suites.
    const edit = new vscode.WorkspaceEdit();
    for (const { uri, lineCount } of opened) edit.delete(uri, new vscode.Range(0, 0, lineCount, 0));
    assert.ok(await vscode.workspace.applyEdit(edit));
  });

  describe('completion', () => {
    it('offers known scopes for a half-typed one, and replaces all of it', async () => {
      const document = await open(consuming('        - name: skatteetaten:inn'));
      const items = await completions(document, endOf(document, 'skatteetaten:inn'), ':');
      const item = items.find((each) => labelOf(each) === 'skatteetaten:inntekt');
      assert.ok(item, items.map(labelOf).join());
      assert.equal(document.getText(item.range as vscode.Range), 'skatteetaten:inn');
      assert.equal(textOf(item), 'skatteetaten:inntekt');
      assert.equal(item.detail, 'Skatteetaten');
      assert.match(item.documentation as string, /api\.skatteetaten\.no in production.*not complete/s);
    });

    it('offers the workspace’s own exposed scopes by their whole name', async () => {
      const document = await open(consuming('        - name: '));
      const items = await completions(document, endOf(document, '- name: '), ' ');
      const item = items.find((each) => labelOf(each) === 'nav:varsel/inntektsendring.read');
      assert.equal(item?.detail, 'exposed by inntektsvarsel');
    });

    it('offers keys that are not there yet, explained, with columns that fit', async () => {
      const document = await open(`${HEAD}  maskinporten:\n    enabled: true\n    `);
      const items = await completions(document, endOf(document, 'true\n    '));
      assert.deepEqual(items.map(labelOf), ['scopes']);
      assert.equal(textOf(items[0]!), 'scopes:\n      consumes:\n        - name: $1');
      assert.equal(items[0]!.keepWhitespace, true);
      assert.match(items[0]!.documentation as string, /consumes and exposes/);
    });

    it('offers the hosts of the scopes that are consumed', async () => {
      const items = '        - name: skatteetaten:inntekt';
      const document = await open(consuming(items, `${OUTBOUND}        - host: `));
      const offered = await completions(document, endOf(document, '- host: '), ' ');
      assert.ok(offered.map(labelOf).includes('api.skatteetaten.no'), offered.map(labelOf).join());
      assert.match(offered[0]!.documentation as string, /Known to serve skatteetaten:inntekt/);
    });

    it('is silent elsewhere in a manifest, and in any other YAML', async () => {
      const manifest = await open(`${consuming('        - name: a:b')}  env:\n    - name: `);
      assert.deepEqual((await completions(manifest, endOf(manifest, '- name: '), ' ')).map(labelOf), []);
      const other = await open('spec:\n  maskinporten:\n    ');
      assert.deepEqual((await completions(other, endOf(other, ':\n    '))).map(labelOf), []);
    });
  });

  it('has an outline of what is consumed, exposed and opened', async () => {
    const document = await open(consuming('        - name: skatteetaten:inntekt', OUTBOUND));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    const outline = ({ name, children }: vscode.DocumentSymbol): unknown => ({ [name]: children.map(outline) });
    assert.deepEqual(symbols.map(outline), [
      { innsyn: [{ Consumes: [{ 'skatteetaten:inntekt': [] }] }, { Outbound: [{ 'a.example.no': [] }] }] },
    ]);
    assert.equal(document.getText(symbols[0]!.children[0]!.children[0]!.selectionRange), 'skatteetaten:inntekt');
  });

  it('goes from a scope that is consumed to where the workspace exposes it, and back', async () => {
    const scope = 'nav:varsel/inntektsendring.read';
    const document = await open(consuming(`        - name: "${scope}"`));
    const [link, ...others] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      endOf(document, 'nav:varsel'),
    );
    assert.deepEqual(others, []);
    assert.equal(document.getText(link!.originSelectionRange), scope);
    assert.match(link!.targetUri.path, /\.nais\/nais\.yaml$/);
    const target = await vscode.workspace.openTextDocument(link!.targetUri);
    assert.equal(target.getText(link!.targetSelectionRange), 'inntektsendring.read');

    const references = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      target.uri,
      link!.targetSelectionRange!.start,
    );
    const here = references.filter(({ uri }) => uri.toString() === document.uri.toString());
    assert.deepEqual(
      here.map(({ range }) => document.getText(range)),
      [scope],
    );
  });

  it('shows on the CodeLens how long the token is good, in its environment', async () => {
    const document = await open(consuming('        - name: ks:fiks'));
    const titles = async (): Promise<readonly (string | undefined)[]> => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        10,
      );
      return lenses.map(({ command }) => command?.title);
    };
    assert.deepEqual(await titles(), ['Get token', 'Send request']);
    const ask = { manifestUri: document.uri.toString(), workload: 'innsyn', scopes: ['ks:fiks'] };
    await vscode.commands.executeCommand('maskinporten.getToken', ask);
    const [, , state, ...others] = await titles();
    assert.match(state ?? '', /^(?:\d+ min|under a minute) left$/);
    assert.deepEqual(others, []);
    await vscode.commands.executeCommand('maskinporten.forgetTokens');
    assert.deepEqual(await titles(), ['Get token', 'Send request']);
  });

  it('explains a key on hover', async () => {
    const document = await open(consuming('        - name: ks:fiks'));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      endOf(document, '    ena'),
    );
    const [content] = hovers.flatMap(({ contents }) => contents);
    assert.match((content as vscode.MarkdownString).value.replaceAll('&nbsp;', ' '), /Nais registers a client/);
    assert.equal(document.getText(hovers[0]!.range), 'enabled');
  });

  describe('with several faults', () => {
    const faulty = consuming('        - name: ks:fiks\n        - ks:a\n        - ks:b\n        - name: ks:fiks');
    let document: vscode.TextDocument;

    before(async () => {
      document = await open(faulty);
    });

    const actionsOf = (kind: vscode.CodeActionKind, at: vscode.Position) =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(at, at),
        kind.value,
      );

    it('points from the second of two to the first', async () => {
      const finding = await new Promise<vscode.Diagnostic>((resolve) => {
        const look = () => {
          const found = vscode.languages
            .getDiagnostics(document.uri)
            .find(({ code }) => typeof code === 'object' && code.value === 'NM014');
          if (!found) return;
          subscription.dispose();
          resolve(found);
        };
        const subscription = vscode.languages.onDidChangeDiagnostics(look);
        look();
      });
      const [related] = finding.relatedInformation ?? [];
      assert.equal(related?.message, 'The first one is here.');
      assert.equal(document.getText(related.location.range), 'ks:fiks');
      assert.ok(related.location.range.end.isBefore(finding.range.start));
    });

    it('fixes all of one kind by a quick fix', async () => {
      const titles = (await actionsOf(vscode.CodeActionKind.QuickFix, endOf(document, '- ks:a'))).map(
        ({ title }) => title,
      );
      assert.ok(titles.includes('Fix all 2 of these (NM007)'), titles.join());
    });

    it('fixes all that needs no decision, and has nothing more to fix then', async () => {
      const kind = vscode.CodeActionKind.SourceFixAll.append('maskinporten');
      const [action, ...others] = await actionsOf(kind, endOf(document, 'consumes'));
      assert.deepEqual(others, []);
      assert.ok(await vscode.workspace.applyEdit(action!.edit!));
      assert.equal(
        document.getText(),
        consuming('        - name: ks:fiks\n        - name: ks:a\n        - name: ks:b'),
      );
      assert.deepEqual(await actionsOf(kind, endOf(document, 'consumes')), []);
    });
  });

  describe('where a finding speaks of another place', () => {
    async function findingOf(document: vscode.TextDocument, wanted: string): Promise<vscode.Diagnostic> {
      return new Promise((resolve) => {
        const look = () => {
          const found = vscode.languages
            .getDiagnostics(document.uri)
            .find(({ code }) => typeof code === 'object' && code.value === wanted);
          if (!found) return;
          subscription.dispose();
          resolve(found);
        };
        const subscription = vscode.languages.onDidChangeDiagnostics(look);
        look();
      });
    }

    function exposing(items: string): string {
      return `${HEAD}  maskinporten:\n    enabled: true\n    scopes:\n      exposes:\n${items}\n`;
    }

    const item = '        - {enabled: true, product: aap, name: les';
    const cases: readonly (readonly [code: string, text: string, first: string])[] = [
      ['NM027', consuming('        - name: ks:fiks', `${OUTBOUND}        - host: A.example.no\n`), 'a.example.no'],
      ['NM055', exposing(`${item}, consumers: [{orgno: "991825827"}, {orgno: '991825827'}]}`), '991825827'],
      ['NM057', exposing(`${item}}\n${item}, separator: ":"}`), 'les'],
    ];
    for (const [code, text, first] of cases) {
      it(`points from the second to the first (${code})`, async () => {
        const document = await open(text);
        const finding = await findingOf(document, code);
        const [related] = finding.relatedInformation ?? [];
        assert.equal(related?.message, 'The first one is here.');
        assert.equal(document.getText(related.location.range), first);
        assert.ok(related.location.range.end.isBefore(finding.range.start));
      });
    }

    it('points from the scope that is exposed to the workload that may not use it (NM060)', async () => {
      const consumer = await open(consuming('        - name: nav:aap:avvik').replace('name: innsyn', 'name: leser'));
      const exposes = `        - {enabled: true, product: aap, name: avvik, consumers: [{orgno: "991825827"}]}`;
      const document = await open(exposing(exposes));
      const [related] = (await findingOf(document, 'NM060')).relatedInformation ?? [];
      assert.equal(related?.message, 'leser consumes it here.');
      assert.equal(related.location.uri.toString(), consumer.uri.toString());
      assert.equal(consumer.getText(related.location.range), 'nav:aap:avvik');
    });
  });
});
