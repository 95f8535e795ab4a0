import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Log } from '../platform/log';
import type { Manifests } from '../workspace/manifests';

/** As VS Code names it: the extension, and the walkthrough in its package.json. */
const WALKTHROUGH = 'nais-maskinporten.nais-maskinporten#start';

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
    vscode.commands.registerCommand(COMMANDS.getStarted, () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
    ),
    vscode.commands.registerCommand(COMMANDS.manageTrust, () =>
      vscode.commands.executeCommand('workbench.trust.manage'),
    ),
  );
}
