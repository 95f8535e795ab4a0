import type * as vscode from 'vscode';
import { ToolOffers } from './assistant/tools';
import { registerDocumentation } from './commands/documentation';
import { registerStandIns } from './commands/standIns';
import { LazyTree } from './explorer/lazyTree';
import type { Main } from './main';
import { registerRestorers } from './panels/restore';
import { FirstManifest } from './workspace/firstManifest';

/**
 * Puts up what VS Code may turn to, and nothing behind it: that is `main`, loaded when there is a manifest, or when the
 * user looks at the tree, runs a command or comes back to a panel.
 */
export function activate(context: vscode.ExtensionContext): void {
  let main: Promise<Main> | undefined;
  const load = (): Promise<Main> => (main ??= open());
  const open = async (): Promise<Main> => {
    const { start } = await import('./main');
    standIns.dispose();
    return start(context, tree);
  };
  const standIns = registerStandIns(load);
  const tree = new LazyTree(async () => (await load()).tree);
  context.subscriptions.push(
    standIns,
    tree,
    registerRestorers(async () => (await load()).panels),
    registerDocumentation(context.extensionUri),
    new ToolOffers(async () => (await load()).tools),
    new FirstManifest(() => void load()),
  );
}
