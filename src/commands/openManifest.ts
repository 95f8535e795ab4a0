import path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { workloadName, type Manifests } from '../workspace/manifests';

interface ManifestItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/** "Open Manifest…": the manifests that are known, those beside the active file first. The only one opens at once. */
export function registerOpenManifest(manifests: Manifests, { t }: Language): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.openManifest, async () => {
    const items = itemsOf(manifests, vscode.window.activeTextEditor?.document.uri);
    const [only, other] = items;
    if (!only) {
      void vscode.window.showInformationMessage(t('No Nais manifest is known here.'));
      return;
    }
    const picked = other
      ? await vscode.window.showQuickPick(items, { title: t('Open Manifest'), matchOnDescription: true })
      : only;
    if (picked) await vscode.window.showTextDocument(picked.uri);
  });
}

function itemsOf(manifests: Manifests, beside: vscode.Uri | undefined): readonly ManifestItem[] {
  const distanceTo = ({ uri }: ManifestItem) => (beside ? stepsBetween(beside.path, uri.path) : 0);
  return manifests.all
    .map(({ uri, file }): ManifestItem => {
      const names = file.documents.map((document, index) => workloadName(document, index));
      return { label: names.join(', '), description: vscode.workspace.asRelativePath(uri), uri };
    })
    .sort((a, b) => distanceTo(a) - distanceTo(b));
}

/** How many folders lie between two files. */
function stepsBetween(from: string, to: string): number {
  return path.posix.relative(path.posix.dirname(from), path.posix.dirname(to)).split('/').filter(Boolean).length;
}
