/** More than anyone steps through; finding more costs time that typing waits for. */
export const MOST_MATCHES = 10_000;

export interface TextMatches {
  /** Offsets in the text, from the first to the last. */
  readonly found: readonly { readonly start: number; readonly end: number }[];
  /** Whether there are more than these. */
  readonly isCut: boolean;
}

/** Where `sought` stands in `text`, letter case aside. An empty text is found nowhere. */
export function findText(text: string, sought: string): TextMatches {
  const found: { start: number; end: number }[] = [];
  if (sought === '') return { found, isCut: false };
  // An expression, since lower case may be longer than upper case: offsets are those of the text as it stands.
  const expression = new RegExp(sought.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'giu');
  for (const { index, 0: match } of text.matchAll(expression)) {
    if (found.length === MOST_MATCHES) return { found, isCut: true };
    found.push({ start: index, end: index + match.length });
  }
  return { found, isCut: false };
}
