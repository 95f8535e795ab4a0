import type { Fix, FixTitle, TextEdit } from '../finding';

/** One fix, or none where one of its edits cannot be made. */
export function fix(
  title: FixTitle,
  edits: TextEdit | undefined | readonly (TextEdit | undefined)[],
  safe: boolean,
): readonly Fix[] {
  const all = isList(edits) ? edits : [edits];
  const possible = all.filter((edit) => edit !== undefined);
  return possible.length < all.length ? [] : [{ title, edits: possible, safe }];
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
