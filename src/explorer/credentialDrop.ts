import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { TreeNode } from './nodes';

/** From the explorer of VS Code and, on the desktop, from the system's. */
const URIS = 'text/uri-list';
/** What has no place that can be read, as in a browser. */
const FILES = 'files';

/** A file or folder that is dropped on the tree is a credential to add. Nothing can be dragged out of it. */
export class CredentialDrop implements vscode.TreeDragAndDropController<TreeNode> {
  readonly dragMimeTypes = [];
  readonly dropMimeTypes = [URIS, FILES];

  async handleDrop(_target: TreeNode | undefined, dropped: vscode.DataTransfer): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const source = (await uriOf(dropped)) ?? (await bytesOf(dropped));
    if (source) await vscode.commands.executeCommand(COMMANDS.addCredential, source);
  }
}

/** One line an entry, and comments (RFC 2483 section 5). Only the first is taken: credentials are added one by one. */
async function uriOf(dropped: vscode.DataTransfer): Promise<vscode.Uri | undefined> {
  const list = (await dropped.get(URIS)?.asString()) ?? '';
  const [first] = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  return first !== undefined && URL.canParse(first) ? vscode.Uri.parse(first, true) : undefined;
}

async function bytesOf(dropped: vscode.DataTransfer): Promise<Uint8Array | undefined> {
  for (const [, item] of dropped) {
    const file = item.asFile();
    if (file) return file.data();
  }
  return undefined;
}
