import * as vscode from 'vscode';
import { clipboardTool, type ClipboardTool } from '../maskinporten/commands';

/** What puts a terminal's output on the user's clipboard: over SSH and in containers there is nothing that does. */
export function terminalClipboard(): ClipboardTool | undefined {
  const { remoteName } = vscode.env;
  return remoteName === undefined || remoteName === 'wsl' ? clipboardTool(process.platform, process.env) : undefined;
}
