import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import { toRange } from '../platform/positions';

/** Shows a row's place in its manifest, and leaves the focus in the tree so that arrow keys walk on. */
export function registerReveal(): vscode.Disposable {
  return vscode.commands.registerCommand(
    COMMANDS.reveal,
    async (uri: vscode.Uri, range: { readonly start: number; readonly end: number }) => {
      const document = await vscode.workspace.openTextDocument(uri);
      const selection = toRange(document, range);
      await vscode.window.showTextDocument(document, { selection, preserveFocus: true, preview: true });
    },
  );
}
