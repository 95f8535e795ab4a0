import * as vscode from 'vscode';
import { COMMANDS, VIEW_ID } from '../platform/ids';
import type { Language } from '../platform/language';
import type { TreeOptions } from '../state/treeOptions';

/** "Filter Scopes…": the tree follows while the user types; Escape brings back what was there before. */
export function registerFilter(options: TreeOptions, language: Language): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.filterScopes, async () => {
      await vscode.commands.executeCommand(`${VIEW_ID}.focus`);
      askFilter(options, language);
    }),
    vscode.commands.registerCommand(COMMANDS.clearFilter, () => {
      options.filter = '';
    }),
  );
}

function askFilter(options: TreeOptions, { t }: Language): void {
  const before = options.filter;
  let isAccepted = false;
  const input = vscode.window.createInputBox();
  input.title = t('Filter Scopes');
  input.placeholder = t('Scope, host, owner, consumer or workload');
  input.prompt = t('Every word must be found in a row. Leave it empty to see all.');
  input.value = before;
  input.ignoreFocusOut = true; // the rows below may be looked at and clicked while the filter is written
  input.onDidChangeValue((text) => {
    options.filter = text.trim();
  });
  input.onDidAccept(() => {
    isAccepted = true;
    input.hide();
  });
  input.onDidHide(() => {
    if (!isAccepted) options.filter = before;
    input.dispose();
  });
  input.show();
}
