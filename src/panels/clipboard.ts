import * as vscode from 'vscode';
import type { CopyReply } from '../shared/tokenMessages';

const MESSAGE_MS = 4000;

/** Puts `text` on the clipboard and says so; without a text nothing is copied. */
export async function copyText(text: string | undefined, message: string): Promise<CopyReply> {
  if (text === undefined) return { copied: false };
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(message, MESSAGE_MS);
  return { copied: true };
}
