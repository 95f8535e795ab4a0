import type { TextEdit } from '../finding';
import type { ListItem, ScalarNode } from '../nodes';
import { insertion } from './edits';

interface Style {
  /** The list is in brackets, so that the map needs braces. */
  readonly flow: boolean;
  /** JSON has no keys without quotes. */
  readonly quoteKeys: boolean;
  /** The key to put the item under; `name` where it is left out. */
  readonly key?: string;
  /** What is no text stays what it is; else it gets quotes. */
  readonly asIs?: boolean;
}

/**
 * Makes a list's plain item, `- nav:a`, a map with a key, `- name: nav:a`.
 * Nothing where that takes more than putting text around it: a null, a templated value, text over several lines, and an
 * item with a tag or an anchor, which would then belong to the map.
 */
export function namedEdits(
  text: string,
  item: ListItem,
  scalar: ScalarNode,
  style: Style,
): readonly TextEdit[] | undefined {
  const written = text.slice(item.range.start, item.range.end);
  const overLines = scalar.style === 'block' || written.includes('\n');
  if (scalar.value === null || scalar.templated || overLines || !standsFirst(text, item, style)) {
    return undefined;
  }
  const name = style.key ?? 'name';
  const key = style.quoteKeys ? `"${name}": ` : `${name}: `;
  const isString = item.alias || style.asIs === true || typeof scalar.value === 'string';
  const before = `${style.flow ? '{' : ''}${key}${isString ? '' : '"'}`;
  const after = `${isString ? '' : '"'}${style.flow ? '}' : ''}`;
  const edits = [insertion(item.range.start, before)];
  return after === '' ? edits : [...edits, insertion(item.range.end, after)];
}

function standsFirst(text: string, item: ListItem, style: Style): boolean {
  let at = item.range.start - 1;
  while (at >= 0 && /[ \t]/.test(text[at] ?? '')) {
    at--;
  }
  // What must not stand before is a tag or an anchor.
  return (style.flow ? ['[', ',', '\n'] : ['-']).includes(text[at] ?? '');
}
