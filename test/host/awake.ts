import * as vscode from 'vscode';

/**
 * Has the whole extension loaded, as any of its commands does. A suite that looks at what a manifest gets would else race
 * with the loading that the first manifest sets off.
 */
export async function awake(): Promise<void> {
  await vscode.commands.executeCommand('maskinporten.refresh');
}
