import * as vscode from 'vscode';

interface Offsets {
  readonly start: number;
  readonly end: number;
}

/** The editor's range for a stretch of a document's text. A BOM is no part of the text that VS Code gives. */
export function toRange(document: vscode.TextDocument, { start, end }: Offsets): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** The editor's range for a stretch of a file's text, which need not be open. A BOM is in the text, but on no line. */
export function toRangeIn(text: string, { start, end }: Offsets): vscode.Range {
  return new vscode.Range(positionIn(text, start), positionIn(text, end));
}

function positionIn(text: string, offset: number): vscode.Position {
  const before = text.slice(text.startsWith('\uFEFF') ? 1 : 0, offset).split(/\r\n|\r|\n/);
  return new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
}
