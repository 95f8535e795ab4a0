import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Log } from '../platform/log';
import type { Manifests } from '../workspace/manifests';

/** Commands that only hand on. */
export function registerSimpleCommands(manifests: Manifests, log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.refresh, () => manifests.search()),
    vscode.commands.registerCommand(COMMANDS.showLog, () => {
      log.show();
    }),
    vscode.commands.registerCommand(COMMANDS.cancelSearch, () => {
      manifests.cancelSearch();
    }),
    vscode.commands.registerCommand(COMMANDS.manageTrust, () =>
      vscode.commands.executeCommand('workbench.trust.manage'),
    ),
  );
}
