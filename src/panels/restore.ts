import * as vscode from 'vscode';
import { PANELS } from '../platform/ids';

/** Who takes back a panel of each kind; `state` is what its page had kept. */
export type PanelRestorers = Readonly<
  Record<keyof typeof PANELS, (panel: vscode.WebviewPanel, state: unknown) => void>
>;

/** VS Code gives back each panel of before a restart when its tab is looked at. Only then is `load` called. */
export function registerRestorers(load: () => Promise<PanelRestorers>): vscode.Disposable {
  const kinds = Object.keys(PANELS) as (keyof typeof PANELS)[];
  const registrations = kinds.map((kind) =>
    vscode.window.registerWebviewPanelSerializer(PANELS[kind], {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        (await load())[kind](panel, state);
      },
    }),
  );
  return vscode.Disposable.from(...registrations);
}
