export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Turns offsets into lines and columns as editors show them: from 1, columns in UTF-16 units, `\r\n`, `\n` or `\r` at
 * the end of a line, and a byte order mark not counted.
 */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + lineBreak.length);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: Math.max(offset - (starts[low] ?? 0), 0) + 1 };
  };
}
