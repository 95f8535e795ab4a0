import type { MaskedText } from './mask';
import type { Range } from './model';

/** A document in its place. */
export interface Placed extends Range {
  readonly text: MaskedText;
  /** No tag in it can become longer by what stands behind it. */
  readonly isClosed: boolean;
}

/** What an edit left alone: that many documents at the start of the file, and at its end. */
export interface Unchanged {
  readonly before: number;
  readonly after: number;
  /** What lies between them in the new text, and has to be read. */
  readonly between: Range;
}

/**
 * Finds the documents around an edit. The text between can be read by itself: it begins and ends at the markers of
 * documents, and no template tag reaches into it. Whether one reaches out of it is to be seen when it is read.
 */
export function unchangedAround(before: string, documents: readonly Placed[], after: string): Unchanged {
  const delta = after.length - before.length;
  const startOf = (at: number): number => documents[at]?.start ?? before.length;
  const isSame = (start: number, end: number, by: number): boolean =>
    before.slice(start, end) === after.slice(start + by, end + by);
  // What a tag hides is no document, but the tag may reach further now.
  const isWithoutTags = (start: number, end: number): boolean => !before.slice(start, end).includes('{{');
  let first = 0;
  if (isSame(0, startOf(0), 0) && isWithoutTags(0, startOf(0))) {
    for (const { isClosed, start, end } of documents.slice(0, -1)) {
      const next = startOf(first + 1);
      if (!isClosed || !isWithoutTags(end, next) || before[next - 1] !== '\n' || !isSame(start, next, 0)) {
        break;
      }
      first++;
    }
  }
  let last = documents.length;
  while (last - 1 > first) {
    const start = startOf(last - 1);
    const markerStart = documents[last - 2]?.end ?? 0;
    const isWhole = before[start - 1] === '\n' && after[markerStart + delta - 1] === '\n';
    const isBehind = markerStart + delta >= startOf(first);
    if (!isWhole || !isBehind || !isSame(markerStart, startOf(last), delta)) {
      break;
    }
    last--;
  }
  const between = {
    start: first === 0 ? 0 : startOf(first),
    end: last === documents.length ? after.length : startOf(last) + delta,
  };
  return { before: first, after: documents.length - last, between };
}

/** Whether every tag ends as it should, so that no text behind it can make it longer. */
export function hasOnlyClosedTags({ text, tags }: MaskedText): boolean {
  return tags.every(({ start, end }) => {
    const tag = text.slice(start, end);
    return /^\{+~?!--/.test(tag) ? /--~?\}\}$/.test(tag) : tag.endsWith('}}');
  });
}
