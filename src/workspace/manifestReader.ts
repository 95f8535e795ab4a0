import * as vscode from 'vscode';
import { decode, LARGE_LENGTH, MOST_LENGTH, plainFile, readFile, type PlainFile } from '../manifest';
import type { Log } from '../platform/log';
import { KeptFile, type FindingsSource } from './keptFile';
import type { ManifestWorker } from './manifestWorker';

/** Reads manifests that are not open, through VS Code's own file system: it serves virtual workspaces too. */
export class ManifestReader {
  /** `arrived` is called when findings of a file that was read are there. */
  constructor(
    private readonly worker: ManifestWorker,
    private readonly log: Log,
    private readonly arrived: () => void,
  ) {}

  /** Undefined for a file that is too large, or cannot be read: of the latter the log tells. */
  async bytes(uri: vscode.Uri): Promise<Uint8Array | undefined> {
    try {
      const { size, type } = await vscode.workspace.fs.stat(uri);
      const isFile = (type & vscode.FileType.File) !== 0;
      return isFile && size <= MOST_LENGTH ? await vscode.workspace.fs.readFile(uri) : undefined;
    } catch (error) {
      const reason = error instanceof vscode.FileSystemError ? error.code : 'unknown reason';
      // A file may well be gone again by the time its event is looked at.
      if (reason !== 'FileNotFound') this.log.warn(`${uri.path} could not be read: ${reason}.`);
      return undefined;
    }
  }

  /** A file of which only what it says is kept; undefined where it is no manifest. `here` spares a few small files the thread. */
  async judge(uri: vscode.Uri, bytes: Uint8Array, { here }: { readonly here: boolean }): Promise<KeptFile | undefined> {
    const isSmall = here && bytes.length <= LARGE_LENGTH;
    const plain = isSmall ? readHere(bytes) : await this.worker.read(bytes, {});
    if (plain?.kind !== 'manifest') return undefined;
    const findings: FindingsSource = async (circumstances) => {
      const now = await this.bytes(uri);
      return now && (await this.worker.read(now, { circumstances }))?.findings[0];
    };
    return new KeptFile(plain, undefined, [], findings, this.arrived);
  }
}

/** A copy: a part of a text keeps the whole of it in memory. */
function readHere(bytes: Uint8Array): PlainFile {
  return structuredClone(plainFile(readFile(decode(bytes)), []));
}
