import type { MaskedText } from '../mask';
import type { Range } from '../model';
import type { ListItem, ListNode, MapEntry, MapNode, Node, ScalarNode } from '../nodes';
import { entriesOf } from '../nodes';
import { dashOf } from './edits';

/** `{ { x } }` is a template tag that a formatter pulled apart: no map, whatever YAML makes of it. */
export function isSplitTag(text: string, node: Node): boolean {
  return node.kind === 'map' && node.flow && /^\{\s+\{/.test(text.slice(node.range.start, node.range.end));
}

/** Whether what the node will be is not known: a template makes it, or it was not read. */
export function isHidden(text: string, node: Node): boolean {
  return node.kind === 'unread' || (node.kind === 'scalar' && node.templated) || isSplitTag(text, node);
}

/** The scalars under `key` that no template touches. There are several where branches of a template each have one. */
export function* scalarsOf(map: Node | undefined, key: string): Iterable<ScalarNode> {
  for (const { value } of entriesOf(map, key)) {
    if (value.kind === 'scalar' && !value.templated) {
      yield value;
    }
  }
}

/** The texts under `key` that no template touches. */
export function* textsOf(map: Node | undefined, key: string): Iterable<ScalarNode & { readonly value: string }> {
  for (const scalar of scalarsOf(map, key)) {
    if (isText(scalar)) {
      yield scalar;
    }
  }
}

function isText(scalar: ScalarNode): scalar is ScalarNode & { readonly value: string } {
  return typeof scalar.value === 'string';
}

/** What is written where a text or a number belongs. */
export interface Written {
  readonly key: ScalarNode;
  /** Where to show it: on the quotes where there is nothing between them, and no further than the first line. */
  readonly range: Range;
  readonly text: string;
  /** Undefined where it is a list or a map. */
  readonly value: ScalarNode['value'];
  readonly scalar: ScalarNode | undefined;
}

/** The values under `key` that no template touches, lists and maps among them: those are refused like a wrong text. */
export function* writtenUnder(templates: MaskedText, map: Node | undefined, key: string): Iterable<Written> {
  for (const entry of entriesOf(map, key)) {
    const { value } = entry;
    if (isHidden(templates.text, value) || isNull(value)) {
      continue;
    }
    if (value.kind === 'scalar') {
      const range = value.text === '' ? value.outer : value.range;
      yield { key: entry.key, range, text: value.text, value: value.value, scalar: value };
    } else if (!templates.isTemplated(value.range)) {
      const range = firstLine(templates.text, value.range);
      const text = templates.text.slice(range.start, range.end);
      yield { key: entry.key, range, text, value: undefined, scalar: undefined };
    }
  }
}

/** Whether a scalar has no value at all, which the API server takes for the absence of the key. */
export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null && !node.templated;
}

/** Whether all keys of a map stand in the file; `from` is where its first key might stand. */
export function hasAllKeys(templates: MaskedText, map: MapNode, from: number): boolean {
  const range = { start: Math.min(from, map.range.start), end: map.range.end };
  return !map.gaps && !templates.mayHoldMore(range) && !map.entries.some(({ key }) => key.templated);
}

/** The range as far as its first line goes: long squiggles hide what they are about. */
export function firstLine(text: string, { start, end }: Range): Range {
  const length = text.slice(start, end).search(/[\r\n]/);
  return { start, end: length === -1 ? end : start + length };
}

/** Where to show an item of a list; one that is empty is shown by its dash. */
export function visibleItem(text: string, item: ListItem): Range {
  const dash = item.range.start === item.range.end ? dashOf(text, item) : undefined;
  return firstLine(text, dash === undefined ? item.range : { start: dash, end: dash + 1 });
}

/** Whether a template makes the item, as far as it is not a map: that may have templated values, and keys that are not. */
export function isTemplatedItem(templates: MaskedText, { value, range }: ListItem): boolean {
  return value.kind !== 'map' && (templates.isTemplated(range) || templates.mayGoOnAfter(range.end));
}

/** An item of a list, with the list and the key that the list stands under. */
export interface EntryItem {
  readonly item: ListItem;
  readonly entry: MapEntry;
}

/** All items of lists, also those that an alias repeats. A list that stands in several places counts once. */
export function* itemsOfLists(
  entries: readonly MapEntry[],
): Iterable<{ readonly item: ListItem; readonly list: ListNode }> {
  for (const list of new Set(entries.flatMap(({ value }) => (value.kind === 'list' ? [value] : [])))) {
    for (const item of list.items) {
      yield { item, list };
    }
  }
}

/** The items of lists, each value once, even where aliases repeat it. */
export function* distinctItems(entries: readonly MapEntry[]): Iterable<EntryItem> {
  const seen = new Set<Node>();
  for (const entry of entries) {
    if (entry.value.kind === 'list' && !seen.has(entry.value)) {
      seen.add(entry.value);
      for (const item of entry.value.items) {
        if (!seen.has(item.value)) {
          seen.add(item.value);
          yield { item, entry };
        }
      }
    }
  }
}
