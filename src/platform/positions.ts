import * as vscode from 'vscode';

interface Offsets {
  readonly start: number;
  readonly end: number;
}

/** The editor's range for a stretch of a document's text. A BOM is no part of the text that VS Code gives. */
export function toRange(document: vscode.TextDocument, { start, end }: Offsets): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** The editor's range for a stretch of a file that need not be open, by where its lines begin. */
export function toRangeIn(lineStarts: readonly number[], { start, end }: Offsets): vscode.Range {
  return new vscode.Range(positionIn(lineStarts, start), positionIn(lineStarts, end));
}

/** What lies before the first line, as a BOM does, is at its start. */
function positionIn(lineStarts: readonly number[], offset: number): vscode.Position {
  let line = 0;
  let after = lineStarts.length;
  while (after - line > 1) {
    const middle = Math.floor((line + after) / 2);
    if ((lineStarts[middle] ?? 0) <= offset) line = middle;
    else after = middle;
  }
  return new vscode.Position(line, Math.max(0, offset - (lineStarts[line] ?? 0)));
}
