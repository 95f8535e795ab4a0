import type { TextEdit } from '../finding';
import type { Range } from '../model';
import type { ListItem, ScalarNode } from '../nodes';
import { isPlainString } from './write';

export function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The end of the line's contents, before `\n` or `\r\n`. */
export function lineEndOf(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** Where the next line begins, or the end of the text. */
export function nextLineOf(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** The line break that the text uses: that of its first line, as going through all of them takes its time. */
export function lineBreakOf(text: string): string {
  return text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
}

/** Where the `-` of a block list's item stands; nothing when more than white space is between the two. */
export function dashOf(text: string, item: ListItem): number | undefined {
  let at = item.range.start - 1;
  while (at >= 0 && /\s/.test(text[at] ?? '')) {
    at--;
  }
  return text[at] === '-' ? at : undefined;
}

/** As `dashOf`, but only where the dash is the first character of its line. */
export function leadingDashOf(text: string, item: ListItem): number | undefined {
  const dash = dashOf(text, item);
  return dash !== undefined && text.slice(lineStartOf(text, dash), dash).trim() === '' ? dash : undefined;
}

/** Puts `value` where `node` is, in the same style of quotes where the style can hold it. */
export function replaceScalar(node: ScalarNode, value: string): TextEdit {
  switch (node.style) {
    case 'single':
      return { range: node.range, newText: value.replaceAll("'", "''") };
    case 'double':
      return { range: node.range, newText: JSON.stringify(value).slice(1, -1) };
    default:
      return { range: node.outer, newText: isPlainString(value) ? value : JSON.stringify(value) };
  }
}

export function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

export function removal(range: Range): TextEdit {
  return { range, newText: '' };
}
