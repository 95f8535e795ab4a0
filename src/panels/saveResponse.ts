import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { saveBody, type SavableBody } from '../http/saveBody';
import type { Translate } from '../shared/localize';

/** Asks where a body is to be saved, beside what was saved before; undefined when the user thinks better of it. */
export async function askForFile(name: string, t: Translate): Promise<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({
    title: t('Save the Answer'),
    saveLabel: t('Save'),
    defaultUri: vscode.Uri.joinPath(await downloadFolder(), name),
  });
}

/** Not the workspace: an answer may hold what nobody should commit. */
async function downloadFolder(): Promise<vscode.Uri> {
  const home = vscode.Uri.file(homedir());
  const downloads = vscode.Uri.joinPath(home, 'Downloads');
  const isThere = await stat(downloads.fsPath).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isThere ? downloads : home;
}

/**
 * Writes a body to `file`, piece by piece where it is a file of this machine. Other file systems take it whole, and so
 * out of memory. Gives the number of bytes; rejects as `saveBody` does, or with a FileSystemError.
 */
export async function writeResponse(
  { body, rest }: SavableBody,
  file: vscode.Uri,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<number> {
  if (file.scheme === 'file') return saveBody({ body, rest }, file.fsPath, signal, onBytes);
  const pieces: Uint8Array[] = [body];
  let bytes = body.length;
  if (rest) {
    for await (const piece of rest.read(signal)) {
      pieces.push(piece);
      bytes += piece.length;
      onBytes(bytes);
    }
  }
  await vscode.workspace.fs.writeFile(file, Buffer.concat(pieces));
  return bytes;
}
