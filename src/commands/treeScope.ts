import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { TreeOptions } from '../state/treeOptions';

/** Two commands rather than one, as each has its own title and icon where it is offered. */
export function registerTreeScope(options: TreeOptions): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.showWholeWorkspace, () => options.showWholeWorkspace(true)),
    vscode.commands.registerCommand(COMMANDS.showActiveManifest, () => options.showWholeWorkspace(false)),
  );
}
