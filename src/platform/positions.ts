import * as vscode from 'vscode';

interface Offsets {
  readonly start: number;
  readonly end: number;
}

/** The editor's range for a stretch of a document's text. A BOM is no part of the text that VS Code gives. */
export function toRange(document: vscode.TextDocument, { start, end }: Offsets): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
