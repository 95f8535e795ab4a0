import * as vscode from 'vscode';
import type { SavedRequest } from '../http/savedRequests';
import {
  changedSavedRequests,
  readSavedRequests,
  type SavedChange,
  type SavedEntryFault,
  type SavedFileFault,
} from '../http/savedRequestsFile';
import { AtomicFile } from './atomicFile';

/** Beside the manifests, so that who reads one finds the other. */
const PLACE = ['.nais', 'maskinporten-requests.json'] as const;

/** The saved requests of a folder, or what keeps them from being read. */
export type SavedReading =
  | {
      readonly kind: 'read';
      readonly uri: vscode.Uri;
      readonly requests: readonly SavedRequest[];
      readonly faults: readonly SavedEntryFault[];
    }
  | { readonly kind: 'fault'; readonly uri: vscode.Uri; readonly fault: SavedFileFault };

/** What became of a change. */
export type SavedOutcome =
  | { readonly kind: 'written'; readonly uri: vscode.Uri }
  | { readonly kind: 'fault'; readonly uri: vscode.Uri; readonly fault: SavedFileFault }
  /** The file has changes in an editor that are not saved: one of the two would be lost. */
  | { readonly kind: 'unsaved'; readonly uri: vscode.Uri };

/** The file of saved requests of each workspace folder: a team's own, under version control. */
export class SavedRequests {
  private work: Promise<unknown> = Promise.resolve();

  /** Where a folder's requests are, whether there are any or not. */
  uriIn(folder: vscode.WorkspaceFolder): vscode.Uri {
    return vscode.Uri.joinPath(folder.uri, ...PLACE);
  }

  /** Reads it as it is on disk; a file that is not there has no requests. Rejects where it cannot be read. */
  async read(folder: vscode.WorkspaceFolder): Promise<SavedReading> {
    const uri = this.uriIn(folder);
    const read = readSavedRequests(await textOf(uri));
    return read.ok
      ? { kind: 'read', uri, requests: read.requests, faults: read.faults }
      : { kind: 'fault', uri, fault: read.fault };
  }

  /** Settles once the change is in the file. Changes follow each other. Rejects where it cannot be written. */
  change(folder: vscode.WorkspaceFolder, change: SavedChange): Promise<SavedOutcome> {
    const outcome = this.work.then(() => this.write(this.uriIn(folder), change));
    this.work = outcome.catch(() => undefined);
    return outcome;
  }

  private async write(uri: vscode.Uri, change: SavedChange): Promise<SavedOutcome> {
    const isUnsaved = vscode.workspace.textDocuments.some(
      (document) => document.isDirty && document.uri.toString() === uri.toString(),
    );
    if (isUnsaved) return { kind: 'unsaved', uri };
    const changed = changedSavedRequests(await textOf(uri), change);
    if (!changed.ok) return { kind: 'fault', uri, fault: changed.fault };
    await writeWhole(uri, changed.text);
    return { kind: 'written', uri };
  }
}

/**
 * The file is the old one or the new one, never half of one. VS Code's own rename deletes what is in its way first, so that
 * a window which ends in between has neither: a file on disk is moved without it.
 */
async function writeWhole(uri: vscode.Uri, text: string): Promise<void> {
  if (uri.scheme === 'file') {
    const file = new AtomicFile(uri.fsPath, 0o666);
    await file.removeAbandonedDrafts();
    await file.write(text);
    return;
  }
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

async function textOf(uri: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return '';
    throw error;
  }
}
