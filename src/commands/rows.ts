import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { toRange } from '../platform/positions';

/** The tree, as far as commands on its rows need it. */
export interface TreeRows {
  /** The selected rows: what a key is pressed for, as VS Code names no row then. */
  readonly selection: readonly unknown[];
}

interface Place {
  readonly uri: vscode.Uri;
  readonly range: { readonly start: number; readonly end: number };
}

/** What can be done with a row besides asking for tokens. */
export function registerRowCommands(tree: TreeRows, { t }: Language): vscode.Disposable {
  const rows = (first: unknown, selected: unknown): readonly unknown[] => {
    if (Array.isArray(selected) && selected.length > 0) return selected;
    return first === undefined ? tree.selection : [first];
  };
  const copy = async (first: unknown, selected: unknown) => {
    const texts = rows(first, selected)
      .filter(hasCopyText)
      .map((row) => row.copyText);
    if (texts.length === 0) return;
    await vscode.env.clipboard.writeText(texts.join('\n'));
    vscode.window.setStatusBarMessage(t('{what}: copied.', { what: texts.join(', ') }), STATUS_MS);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.copyScope, copy),
    vscode.commands.registerCommand(COMMANDS.copyFullName, copy),
    vscode.commands.registerCommand(COMMANDS.copyHost, copy),
    vscode.commands.registerCommand(COMMANDS.openInEditor, async (first: unknown, selected: unknown) => {
      const place = rows(first, selected).find(hasPlace);
      if (place) await openAt(place);
    }),
    vscode.commands.registerCommand(COMMANDS.openScopeDocumentation, async (first: unknown, selected: unknown) => {
      const page = rows(first, selected).find(hasDocumentation)?.documentation;
      if (page !== undefined) await vscode.env.openExternal(vscode.Uri.parse(page, true));
    }),
  );
}

const STATUS_MS = 3000;

/** Here the focus goes along, unlike where a row is only looked at. */
async function openAt({ uri, range }: Place): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { selection: toRange(document, range), preview: false });
}

function hasCopyText(row: unknown): row is { readonly copyText: string } {
  return isObject(row) && typeof row['copyText'] === 'string';
}

function hasDocumentation(row: unknown): row is { readonly documentation: string } {
  return isObject(row) && typeof row['documentation'] === 'string' && row['documentation'].startsWith('https://');
}

function hasPlace(row: unknown): row is Place {
  return isObject(row) && row['uri'] instanceof vscode.Uri && isObject(row['range']);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
