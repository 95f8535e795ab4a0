import type { Range } from './model';

/** `---` or `...` at the start of a line, which ends a document wherever it stands, even within a block scalar. */
const MARKER = /(?:^\uFEFF?|\n)(---|\.\.\.)(?=[ \t\r\n]|$)/g;

/**
 * Splits YAML text into its documents (YAML 1.1 section 9.2), without their marker lines and without a BOM.
 * Contents on the line of `---` belong to the document.
 */
export function splitDocuments(text: string): Range[] {
  const documents: Range[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  const add = (end: number): void => {
    if (text.slice(start, end).trim() !== '') {
      documents.push({ start, end });
    }
  };
  for (const match of text.matchAll(MARKER)) {
    const marker = match[1] ?? '';
    const at = match.index + match[0].length - marker.length;
    add(at);
    start = afterMarker(text, at + marker.length);
  }
  add(text.length);
  return documents;
}

function afterMarker(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const lineEnd = newline === -1 ? text.length : newline + 1;
  return /^\s*(?:#|$)/.test(text.slice(from, lineEnd)) ? lineEnd : from;
}
