import * as vscode from 'vscode';
import { isVariable, type CredentialSource } from '../maskinporten/recognise';

/** More than any credential has. What is larger is not read at all. */
const MOST_BYTES = 2 * 1024 * 1024;

export type SourceReading =
  | { readonly kind: 'read'; readonly source: CredentialSource }
  | { readonly kind: 'too-large' }
  /** It is gone, or this user may not read it. */
  | { readonly kind: 'unreadable' };

/** Reads a file, or a folder with a file for each variable as digdirator's Secret is mounted into a pod. */
export async function readSourceAt(uri: vscode.Uri): Promise<SourceReading> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) !== 0 ? await readFolder(uri) : await readFile(uri);
  } catch {
    // Whatever the file system says has the path in it, which the user knows.
    return { kind: 'unreadable' };
  }
}

async function readFile(uri: vscode.Uri): Promise<SourceReading> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MOST_BYTES) return { kind: 'too-large' };
  return { kind: 'read', source: await vscode.workspace.fs.readFile(uri) };
}

async function readFolder(folder: vscode.Uri): Promise<SourceReading> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  // In a pod each is a link into a folder that is replaced as a whole.
  const files = entries.filter(([, type]) => (type & vscode.FileType.File) !== 0).map(([name]) => name);
  const variables = files.filter(isVariable);
  const names = variables.length > 0 || files.length > 1 ? variables : files;
  const contents = new Map<string, Uint8Array>();
  for (const name of names) {
    const reading = await readFile(vscode.Uri.joinPath(folder, name));
    if (reading.kind !== 'read') return reading;
    if (reading.source instanceof Uint8Array) contents.set(name, reading.source);
  }
  return { kind: 'read', source: contents };
}
