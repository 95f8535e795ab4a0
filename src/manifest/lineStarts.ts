/**
 * Where the lines of a text begin, in UTF-16 units of it; in ascending order, and never none. Lines are an editor's: they
 * end with CR LF, LF or CR. A BOM is in the text, but on no line.
 */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\r|\n/g)) {
    starts.push(index + lineBreak.length);
  }
  return starts;
}
