import * as vscode from 'vscode';

/** Puts a line in a terminal, and leaves it to the user to run it. Throws for a text that a terminal would run. */
export function putInTerminal(line: string): void {
  if (!isOneLine(line)) throw new Error('A line for the terminal has a control character.');
  const terminal = vscode.window.createTerminal('Maskinporten');
  terminal.show();
  terminal.sendText(line, false);
}

/** A terminal runs what stands before a line break, and other control characters edit the line or end it. */
function isOneLine(text: string): boolean {
  return !/[\p{Cc}\u2028\u2029]/u.test(text);
}
