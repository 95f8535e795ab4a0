import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';

/**
 * Stands in for every command until one is run. Then `load` disposes of the stand-ins and has the commands registered,
 * and the one that was wanted is run.
 */
export function registerStandIns(load: () => Promise<unknown>): vscode.Disposable {
  const registrations = Object.values(COMMANDS).map((command) =>
    vscode.commands.registerCommand(command, async (...given: unknown[]) => {
      await load();
      return vscode.commands.executeCommand(command, ...given);
    }),
  );
  return vscode.Disposable.from(...registrations);
}
