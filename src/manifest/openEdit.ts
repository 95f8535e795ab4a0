import type { TextEdit } from './finding';
import type { Range } from './model';
import { flow } from './rules/write';

/** An edit whose value is filled in later. A function could not be sent to another thread; this can. */
export interface OpenEdit {
  readonly range: Range;
  readonly before: string;
  readonly after: string;
  /** Whether the value is written with quotes even where YAML needs none. */
  readonly quote: boolean;
}

/** No text that is written into a manifest: YAML allows it in no form but this escape (YAML 1.1, 5.1). */
const GAP = '\u0000';
const WRITTEN_GAP = JSON.stringify(GAP);

/** What `edit` makes of any value; undefined where it makes nothing. */
export function openEdit(quote: boolean, edit: (value: string) => TextEdit | undefined): OpenEdit | undefined {
  const made = edit(GAP);
  if (made === undefined) {
    return undefined;
  }
  const [before = '', after = ''] = made.newText.split(WRITTEN_GAP);
  return { range: made.range, before, after, quote };
}

/** The edit with `value` in its place. */
export function filled({ range, before, after, quote }: OpenEdit, value: string): TextEdit {
  return { range, newText: `${before}${flow(value, quote)}${after}` };
}
