import type { Range } from './model';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

export interface ScalarNode {
  readonly kind: 'scalar';
  /** As YAML 1.1 reads it; `undefined` is a date or another value that is neither text, number, boolean nor null. */
  readonly value: string | number | boolean | null | undefined;
  /** The string that it stands for; of a value that is no string, and of a templated one, the text in the file. */
  readonly text: string;
  readonly style: ScalarStyle;
  /** The text between the quotes. */
  readonly range: Range;
  /** With the quotes, or the header of a block scalar. */
  readonly outer: Range;
  readonly templated: boolean;
}

export interface MapEntry {
  readonly key: ScalarNode;
  readonly value: Node;
  /** It came through a merge key, `<<`. */
  readonly merged: boolean;
}

export interface MapNode {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly entries: readonly MapEntry[];
  /** A part of it is broken, as while someone types: a key that seems to be missing may be there. */
  readonly gaps: boolean;
  readonly range: Range;
}

export interface ListItem {
  readonly value: Node;
  /** Where the item stands in this list: for an alias, the alias. */
  readonly range: Range;
  readonly alias: boolean;
}

export interface ListNode {
  readonly kind: 'list';
  readonly flow: boolean;
  readonly items: readonly ListItem[];
  readonly range: Range;
}

/** What was not read: outside of what a manifest is about, too deep, or an alias that leads nowhere. */
export interface UnreadNode {
  readonly kind: 'unread';
  readonly range: Range;
}

/** YAML as far as the manifest room needs it. An alias is the node that it names, shared, not copied. */
export type Node = ScalarNode | MapNode | ListNode | UnreadNode;

/** The range as written, with quotes. */
export function outerRange(node: Node): Range {
  return node.kind === 'scalar' ? node.outer : node.range;
}

/**
 * All entries of a map under `key`. There may be several: the two branches of an `{{#if}}` both stand in the file.
 * An entry of its own hides merged ones (YAML merge key language-independent type).
 */
export function entriesOf(node: Node | undefined, key: string): readonly MapEntry[] {
  if (node?.kind !== 'map') {
    return [];
  }
  const found = node.entries.filter((entry) => entry.key.text === key && !entry.key.templated);
  const own = found.filter((entry) => !entry.merged);
  return own.length > 0 ? own : found;
}

/** The value under `key`; of several, the last one, as the deploy client's parser has it. */
export function valueOf(node: Node | undefined, key: string): Node | undefined {
  return entriesOf(node, key).at(-1)?.value;
}

/** The scalar under `key`. */
export function scalarOf(node: Node | undefined, key: string): ScalarNode | undefined {
  const value = valueOf(node, key);
  return value?.kind === 'scalar' ? value : undefined;
}

/** The items of all lists among these entries' values, in the order of the file. */
export function itemsOf(entries: readonly MapEntry[]): readonly ListItem[] {
  return entries.flatMap(({ value }) => (value.kind === 'list' ? value.items : []));
}
