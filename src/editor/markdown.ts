import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';

/** Commands that a hover may link to: each asks before it changes or sends anything that matters. */
const LINKED = [COMMANDS.getToken, COMMANDS.sendRequest, COMMANDS.copyAccessRequest, COMMANDS.resolveVariables];

/** An empty text in which only our own commands may be links. */
export function markdown(): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: LINKED };
  return text;
}

/** A link to one of our commands, with what it is called with. */
export function commandLink(title: string, command: string, argument: unknown): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}

/** Lets lines break between words: `appendText` makes every space one that does not, and so cuts words where a line ends. */
export function breakable(text: vscode.MarkdownString): vscode.MarkdownString {
  text.value = text.value.replaceAll('&nbsp;', ' ');
  return text;
}
