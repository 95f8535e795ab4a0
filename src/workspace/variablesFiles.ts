import * as vscode from 'vscode';
import { mayBeVariables } from '../manifest';
import type { Targets } from './targets';

/** A file that might hold a manifest's variables. */
export interface VariablesFile {
  readonly uri: vscode.Uri;
  /** Where a deploy workflow uses it. */
  readonly clusters: readonly string[];
}

/** Below this, a folder is looked through beside the manifest's own. */
const FOLDER = 'vars';
const MOST_READ = 50;
const LARGEST_BYTES = 100 * 1024;

/**
 * The variables files that fit a manifest: those that its deploy workflows name first, then those that lie beside it, or in
 * `vars` beside it, and hold no Kubernetes resource.
 */
export async function findVariablesFiles(manifest: vscode.Uri, targets: Targets): Promise<readonly VariablesFile[]> {
  const files = new Map</* uri */ string, VariablesFile>();
  for (const { variables, cluster } of targets.targetsOf(manifest)) {
    if (variables === undefined || !(await isThere(variables))) continue;
    const before = files.get(variables.toString())?.clusters ?? [];
    files.set(variables.toString(), {
      uri: variables,
      clusters: cluster === undefined ? before : [...before, cluster],
    });
  }
  const folder = vscode.Uri.joinPath(manifest, '..');
  for (const uri of [...(await filesIn(folder)), ...(await filesIn(vscode.Uri.joinPath(folder, FOLDER)))]) {
    const key = uri.toString();
    if (key !== manifest.toString() && !files.has(key) && (await holdsVariables(uri)))
      files.set(key, { uri, clusters: [] });
  }
  return [...files.values()];
}

async function filesIn(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [], // it is not there, or cannot be read: nothing is offered from it
  );
  return entries
    .filter(([name, type]) => (type & vscode.FileType.File) !== 0 && /\.(?:ya?ml|json)$/i.test(name))
    .slice(0, MOST_READ)
    .map(([name]) => vscode.Uri.joinPath(folder, name));
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.File) !== 0,
    () => false,
  );
}

async function holdsVariables(uri: vscode.Uri): Promise<boolean> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.length <= LARGEST_BYTES && mayBeVariables(new TextDecoder().decode(bytes));
  } catch {
    return false;
  }
}
