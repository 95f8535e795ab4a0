import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { WorkloadReference } from '../shared/workload';
import { workloadName, type Manifests } from '../workspace/manifests';

/** The workload that a command was called with: a row of the tree, or a link's reference, believed only in this shape. */
export function referenceFromArgument(value: unknown): WorkloadReference | undefined {
  return isReference(value) ? { manifestUri: value.manifestUri, workload: value.workload } : undefined;
}

function isReference(value: unknown): value is WorkloadReference {
  if (typeof value !== 'object' || value === null || !('manifestUri' in value)) return false;
  const { manifestUri, workload } = value as Record<string, unknown>;
  return typeof manifestUri === 'string' && (workload === undefined || typeof workload === 'string');
}

/** Lets the user choose among the workloads that have Maskinporten; the only one is taken without a question. */
export async function pickWorkload(manifests: Manifests, { t }: Language): Promise<WorkloadReference | undefined> {
  const sources = manifests.active ? [manifests.active] : manifests.all;
  const items = sources.flatMap(({ uri, file }) =>
    file.documents
      .map((document, index) => ({ document, workload: workloadName(document, index) }))
      .filter(({ document }) => document.manifest.maskinporten !== undefined)
      .map(({ workload }) => ({
        label: workload,
        description: vscode.workspace.asRelativePath(uri),
        reference: { manifestUri: uri.toString(), workload },
      })),
  );
  const [only, ...others] = items;
  if (!only) {
    const open = t('Look for Manifests Again');
    const answer = await vscode.window.showInformationMessage(
      t('No manifest here has a maskinporten block, so there is nothing to check.'),
      open,
    );
    if (answer === open) await vscode.commands.executeCommand(COMMANDS.refresh);
    return undefined;
  }
  if (others.length === 0) return only.reference;
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Check Provisioning'),
    placeHolder: t('Which workload?'),
    matchOnDescription: true,
  });
  return picked?.reference;
}
