import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Manifests } from '../workspace/manifests';
import type { Targets } from '../workspace/targets';
import type { Variables } from '../workspace/variables';
import { findVariablesFiles } from '../workspace/variablesFiles';

interface Services {
  readonly manifests: Manifests;
  readonly targets: Targets;
  readonly variables: Variables;
  readonly language: Language;
}

interface FileItem extends vscode.QuickPickItem {
  /** None shows the template. */
  readonly uri?: vscode.Uri;
}

/**
 * Lets the user choose the variables file that a manifest is shown and checked with. Called with the manifest's URI (as
 * text, too), or with a row of the tree; without either it is the manifest that the user works with. A second URI, as in
 * a key binding, is the variables file to take.
 */
export function registerResolveVariables({ manifests, targets, variables, language }: Services): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.resolveVariables, async (argument?: unknown, chosen?: unknown) => {
    const t = language.t;
    const manifest = uriFrom(argument) ?? manifests.active?.uri;
    if (manifest === undefined) {
      void vscode.window.showInformationMessage(t('Open a manifest first: variables are chosen for one at a time.'));
      return;
    }
    const wanted = uriFrom(chosen);
    if (wanted !== undefined) {
      await variables.choose(manifest, wanted);
      return;
    }
    const current = variables.choiceOf(manifest)?.toString();
    const label = (text: string, isCurrent: boolean) => `$(${isCurrent ? 'check' : 'blank'}) ${text}`;
    const found = findVariablesFiles(manifest, targets).then((files): FileItem[] => [
      ...files.map(({ uri, clusters }) => ({
        uri,
        label: label(vscode.workspace.asRelativePath(uri), uri.toString() === current),
        description: clusters.length > 0 ? t('used for {clusters}', { clusters: clusters.join(', ') }) : '',
      })),
      { label: label(t('None: show the template'), current === undefined) },
    ]);
    const picked = await vscode.window.showQuickPick(found, {
      title: t('Variables for {manifest}', { manifest: vscode.workspace.asRelativePath(manifest) }),
      placeHolder: t('Which values does the deploy fill in?'),
      matchOnDescription: true,
    });
    if (picked) await variables.choose(manifest, picked.uri);
  });
}

/** Command links come from texts: what is no URI of a file is as if nothing was given. */
function uriFrom(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const text = isRow(argument) ? argument.manifestUri : argument;
  if (typeof text !== 'string' || !/^[a-z][a-z0-9+.-]*:/i.test(text)) return undefined;
  return vscode.Uri.parse(text);
}

function isRow(value: unknown): value is { readonly manifestUri: unknown } {
  return typeof value === 'object' && value !== null && 'manifestUri' in value;
}
