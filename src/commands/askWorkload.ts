import * as vscode from 'vscode';
import type { Manifest } from '../manifest';
import { isDnsLabel } from '../maskinporten/names';
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
export async function pickWorkload(
  manifests: Manifests,
  title: string,
  { t }: Language,
): Promise<WorkloadReference | undefined> {
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
    title,
    placeHolder: t('Which workload?'),
    matchOnDescription: true,
  });
  return picked?.reference;
}

/** What a workload and its namespace are called in the cluster. */
export interface Deployed {
  readonly workload: string;
  readonly team: string;
}

/**
 * Asks for what a template leaves to the deploy, and for what it makes several of. Undefined when the user changes their
 * mind.
 */
export async function askDeployed(
  manifests: readonly Manifest[],
  title: string,
  { t }: Language,
): Promise<Deployed | undefined> {
  const workload =
    agreed(manifests.map(({ name }) => name)) ??
    (await askLabel(title, t('What is the workload called in the cluster?'), { t }));
  if (workload === undefined) return undefined;
  const team =
    agreed(manifests.map(({ namespace }) => namespace)) ??
    (await askLabel(title, t('Which team (namespace) is it in?'), { t }));
  return team === undefined ? undefined : { workload, team };
}

/** The value that all of them have, if it is known. */
function agreed(values: readonly Manifest['name'][]): string | undefined {
  const known = new Set(values.map((value) => (value?.templated === false ? value.value : undefined)));
  return known.size === 1 ? [...known][0] : undefined;
}

/** Asks for a name that Kubernetes allows (RFC 1123 section 2.1). */
export async function askLabel(
  title: string,
  prompt: string,
  { t }: Pick<Language, 't'>,
  placeHolder?: string,
): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title,
    prompt,
    ...(placeHolder !== undefined && { placeHolder }),
    ignoreFocusOut: true,
    validateInput: (text) =>
      isDnsLabel(text.trim()) ? undefined : t('Lower case letters, digits and hyphens, as Kubernetes has it.'),
  });
  return answer?.trim();
}
