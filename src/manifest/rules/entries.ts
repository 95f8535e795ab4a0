import type { TextEdit } from '../finding';
import type { MaskedText } from '../mask';
import type { Range } from '../model';
import type { ListItem, ListNode, MapEntry, MapNode, ScalarNode } from '../nodes';
import { outerRange } from '../nodes';
import { insertion, leadingDashOf, lineBreakOf, lineEndOf, lineStartOf, removal } from './edits';
import type { Writable } from './write';
import { blockEntries, blockItem, flow, flowEntries } from './write';

/** What the style of new text hangs on. */
export interface Place {
  /** The key whose value the map is; nothing for an item of a list. */
  readonly key: ScalarNode | undefined;
  /** JSON, and YAML written like it, wants quotes around new keys and texts too. */
  readonly quote: boolean;
}

/**
 * Adds entries to a map, in the map's own style. Nothing where the map came from elsewhere through an alias, and where
 * it does not begin a line.
 */
export function addEntries(
  text: string,
  map: MapNode,
  entries: Readonly<Record<string, Writable>>,
  { key, quote }: Place,
): TextEdit | undefined {
  if (key !== undefined && map.range.start < key.outer.end) {
    return undefined;
  }
  if (map.flow) {
    const added = flowEntries(entries, quote);
    return insertion(map.range.start + 1, map.entries.length > 0 ? `${added}, ` : added);
  }
  const lineStart = lineStartOf(text, map.range.start);
  const margin = text.slice(lineStart, map.range.start);
  const separator = `${lineBreakOf(text)}${' '.repeat(margin.length)}`;
  const lines = blockEntries(entries, quote);
  if (key !== undefined && key.outer.end < lineStart && margin.trim() === '') {
    return insertion(lineEndOf(text, key.outer.end), lines.map((line) => `${separator}${line}`).join(''));
  }
  return /^ *(?:- +)*$/.test(margin)
    ? insertion(map.range.start, lines.map((line) => `${line}${separator}`).join(''))
    : undefined;
}

/** Adds entries after all of a map's own; before them where a template makes the last ones. */
export function appendEntries(
  templates: MaskedText,
  map: MapNode,
  entries: Readonly<Record<string, Writable>>,
  { key, quote }: Place,
): TextEdit | undefined {
  const { text, masked } = templates;
  const last = map.entries.filter(({ merged }) => !merged).at(-1);
  const written = last && entryEnd(text, last);
  const margin = text.slice(lineStartOf(text, map.range.start), map.range.start);
  const isElsewhere = key !== undefined && map.range.start < key.outer.end;
  if (map.flow || last === undefined || written === undefined || isElsewhere || margin.trim() !== '') {
    return addEntries(text, map, entries, { key, quote });
  }
  // The end of what was not read may lie behind the blank lines and tags that follow it.
  const start = last.key.outer.start;
  const end = lineEndOf(text, start + masked.slice(start, written).trimEnd().length);
  const branches = new Set(
    [key?.range.start ?? map.range.start, start, end].map((offset) => templates.branchAt(offset)),
  );
  if (branches.size > 1 || templates.mayGoOnAfter(end)) {
    return addEntries(text, map, entries, { key, quote });
  }
  const separator = `${lineBreakOf(text)}${margin}`;
  return insertion(
    end,
    blockEntries(entries, quote)
      .map((line) => `${separator}${line}`)
      .join(''),
  );
}

/** Gives a key whose value is nothing or empty the value; nothing where something else stands on its line. */
export function fillEntry(
  text: string,
  { key, value }: MapEntry,
  filling: Writable,
  quote: boolean,
): TextEdit | undefined {
  const outer = outerRange(value);
  if (outer.end < key.outer.end) {
    return undefined;
  }
  if (outer.end > outer.start) {
    return { range: outer, newText: flow(filling, quote) };
  }
  const colon = colonAfter(text, key);
  const rest = colon === undefined ? 'x' : text.slice(colon, lineEndOf(text, colon)).trimStart();
  return colon !== undefined && (rest === '' || rest.startsWith('#'))
    ? insertion(colon, ` ${flow(filling, quote)}`)
    : undefined;
}

/** Removes an entry with its lines. Comments stay; nothing where they cannot, or where something refers to it. */
export function removeEntry(text: string, map: MapNode, entry: MapEntry): TextEdit | undefined {
  const start = entry.key.outer.start;
  const end = entryEnd(text, entry);
  if (end === undefined || entry.merged || text.slice(start, end).includes('&')) {
    return undefined;
  }
  if (map.flow) {
    const range = withComma(text, { start, end });
    return range && removal(range);
  }
  if (text.slice(lineStartOf(text, start), start).trim() === '') {
    const range = wholeLines(text, { start, end });
    return range && removal(range);
  }
  // The first entry shares its line with the dash: the next one takes its place.
  const next = map.entries[map.entries.indexOf(entry) + 1];
  return next !== undefined && !next.merged && /^\s*$/.test(text.slice(end, next.key.outer.start))
    ? removal({ start, end: next.key.outer.start })
    : undefined;
}

/** Removes an item of a list with its lines; nothing where something refers to it. */
export function removeItem(text: string, item: ListItem, list: ListNode): TextEdit | undefined {
  if (text.slice(item.range.start, item.range.end).includes('&')) {
    return undefined;
  }
  if (list.flow) {
    const range = withComma(text, item.range);
    return range && removal(range);
  }
  const dash = leadingDashOf(text, item);
  const range = dash === undefined ? undefined : wholeLines(text, { start: dash, end: item.range.end });
  return range && removal(range);
}

/** Adds an item at the end of a list, or at its start where its end hangs on a template. */
export function addItem(templates: MaskedText, { key, value: list }: MapEntry, item: Writable): TextEdit | undefined {
  const { text } = templates;
  const quote = key.style === 'double';
  if (list.kind !== 'list' || list.range.start < key.outer.end) {
    return undefined;
  }
  const first = list.items[0];
  const last = list.items.at(-1);
  if (list.flow || first === undefined || last === undefined) {
    const at = last?.range.end ?? list.range.start + 1;
    return templates.branchAt(at) === templates.branchAt(key.range.start)
      ? insertion(at, `${last === undefined ? '' : ', '}${flow(item, quote)}`)
      : undefined;
  }
  const dash = leadingDashOf(text, first);
  if (dash === undefined) {
    return undefined;
  }
  const margin = text.slice(lineStartOf(text, dash), dash);
  const lines = blockItem(item, quote).map((line) => `${margin}${line}`);
  const branch = templates.branchAt(key.range.start);
  if (templates.branchAt(last.range.start) === branch && templates.branchAt(last.range.end) === branch) {
    const lineBreak = lineBreakOf(text);
    return insertion(lineEndOf(text, last.range.end), lines.map((line) => `${lineBreak}${line}`).join(''));
  }
  return templates.branchAt(dash) === branch
    ? insertion(lineStartOf(text, dash), lines.map((line) => `${line}${lineBreakOf(text)}`).join(''))
    : undefined;
}

/** Where an entry ends; nothing where its value came from elsewhere. */
function entryEnd(text: string, { key, value }: MapEntry): number | undefined {
  const outer = outerRange(value);
  if (outer.end > outer.start) {
    return outer.start < key.outer.end ? undefined : outer.end;
  }
  return colonAfter(text, key);
}

/** After the colon that follows a key. */
function colonAfter(text: string, key: ScalarNode): number | undefined {
  const colon = /^[ \t]*:/.exec(text.slice(key.outer.end));
  return colon ? key.outer.end + colon[0].length : undefined;
}

/** The lines that hold the range and nothing else; of a line that ends in a comment, all but the comment. */
function wholeLines(text: string, { start, end }: Range): Range | undefined {
  const lineEnd = lineEndOf(text, end);
  const rest = text.slice(end, lineEnd).trimStart();
  if (rest === '') {
    const newline = text.indexOf('\n', lineEnd);
    return { start: lineStartOf(text, start), end: newline === -1 ? text.length : newline + 1 };
  }
  return rest.startsWith('#') ? { start, end: lineEnd - rest.length } : undefined;
}

/** The range with one of the commas around it; all there is between the brackets where there is no comma. */
function withComma(text: string, { start, end }: Range): Range | undefined {
  const after = /^\s*,[ \t]*/.exec(text.slice(end));
  if (after) {
    return { start, end: end + after[0].length };
  }
  const before = text.slice(0, start).trimEnd();
  if (before.endsWith(',')) {
    return { start: before.length - 1, end };
  }
  return /[[{]$/.test(before) && /^\s*[\]}]/.test(text.slice(end)) ? { start, end } : undefined;
}
