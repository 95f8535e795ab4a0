import * as vscode from 'vscode';

/** Puts a line in a terminal, and leaves it to the user to run it. A line break would run what stands before it. */
export function putInTerminal(line: string): void {
  const terminal = vscode.window.createTerminal('Maskinporten');
  terminal.show();
  terminal.sendText(line, false);
}
