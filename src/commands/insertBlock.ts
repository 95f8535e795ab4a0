import * as vscode from 'vscode';
import { insertBlock, type BlockPurpose } from '../manifest';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { toRange } from '../platform/positions';
import type { Translate } from '../shared/localize';
import { workloadName, type Manifests } from '../workspace/manifests';

/** A document of a file that has no block yet. */
interface Candidate {
  readonly uri: vscode.Uri;
  readonly workload: string;
}

/** "Insert Maskinporten Block…": asks what it is for, writes it, and leaves the cursor where the name goes. */
export function registerInsertBlock(manifests: Manifests, { t }: Language): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.insertBlock, async (row: unknown) => {
    const candidate = isCandidate(row) ? row : await pickCandidate(manifests, t);
    const purpose = candidate && (await pickPurpose(t));
    if (!purpose) return;
    const editor = await vscode.window.showTextDocument(candidate.uri, { preview: false });
    await insertInto(editor, candidate.workload, purpose, manifests, t);
  });
}

function isCandidate(row: unknown): row is Candidate {
  return typeof row === 'object' && row !== null && 'uri' in row && 'workload' in row && row.uri instanceof vscode.Uri;
}

async function pickCandidate(manifests: Manifests, t: Translate): Promise<Candidate | undefined> {
  const sources = manifests.active ? [manifests.active] : manifests.all;
  const items = sources.flatMap(({ uri, file }) =>
    file.documents.flatMap((document, index) => {
      const workload = workloadName(document, index);
      const description = vscode.workspace.asRelativePath(uri);
      return document.manifest.maskinporten ? [] : [{ label: workload, description, uri, workload }];
    }),
  );
  const [only, other] = items;
  if (!only) {
    void vscode.window.showInformationMessage(
      t('There is no manifest here without a maskinporten block. Open one first.'),
    );
  }
  return other ? vscode.window.showQuickPick(items, { title: t('Insert Maskinporten Block') }) : only;
}

async function pickPurpose(t: Translate): Promise<BlockPurpose | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly purpose: BlockPurpose })[] = [
    {
      label: t('Consume a scope'),
      detail: t('The workload asks Maskinporten for tokens, to call another organisation’s API.'),
      purpose: 'consumes',
    },
    {
      label: t('Expose a scope'),
      detail: t('Other organisations ask Maskinporten for tokens, to call this workload’s API.'),
      purpose: 'exposes',
    },
  ];
  const title = t('Insert Maskinporten Block');
  return (await vscode.window.showQuickPick(items, { title, placeHolder: t('What is it for?') }))?.purpose;
}

async function insertInto(
  editor: vscode.TextEditor,
  workload: string,
  purpose: BlockPurpose,
  manifests: Manifests,
  t: Translate,
): Promise<void> {
  const { document } = editor;
  const target = manifests
    .read(document)
    ?.documents.find((candidate, index) => workloadName(candidate, index) === workload);
  const result = insertBlock(document.getText(), target?.range.start ?? -1, purpose);
  switch (result.kind) {
    case 'present':
      editor.selection = new vscode.Selection(
        document.positionAt(result.range.start),
        document.positionAt(result.range.end),
      );
      editor.revealRange(editor.selection);
      return;
    case 'impossible':
      void vscode.window.showWarningMessage(
        t('The block cannot be written for you here: spec is not a plain map in this document.'),
      );
      return;
    case 'edit': {
      const { range, newText } = result.edit;
      const place = toRange(document, range);
      // The text has its indentation already.
      await editor.insertSnippet(toSnippet(newText), place, {
        undoStopBefore: true,
        undoStopAfter: true,
        keepWhitespace: true,
      });
      editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      if (purpose === 'consumes') await vscode.commands.executeCommand('editor.action.triggerSuggest');
    }
  }
}

/** Each empty text becomes a stop for the Tab key. */
function toSnippet(text: string): vscode.SnippetString {
  const snippet = new vscode.SnippetString();
  const [first = '', ...others] = text.split('""');
  snippet.appendText(first);
  for (const part of others) {
    snippet.appendText('"').appendTabstop().appendText(`"${part}`);
  }
  return snippet;
}
