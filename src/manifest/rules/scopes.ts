import type { ListItem, ListNode, MapEntry, Node, ScalarNode } from '../nodes';
import { entriesOf } from '../nodes';
import type { ManifestSource } from '../read';
import { once } from './once';

/** A `name` under `consumes` that stands in the file as it will stand after rendering. */
export interface WrittenScope {
  readonly scope: string;
  readonly name: ScalarNode;
  readonly item: ListItem;
  readonly list: ListNode;
}

export interface ConsumesItem {
  readonly item: ListItem;
  readonly list: ListNode;
  /** JSON, and YAML written like it, wants quotes around new keys too. */
  readonly quoteKeys: boolean;
}

/** The items of `consumes`, each with its list. */
export function consumesItems(source: ManifestSource): readonly ConsumesItem[] {
  return once(source, allConsumesItems);
}

function allConsumesItems(source: ManifestSource): readonly ConsumesItem[] {
  return source.consumes.flatMap(({ key, value: list }) =>
    list.kind === 'list' ? list.items.map((item) => ({ item, list, quoteKeys: key.style === 'double' })) : [],
  );
}

/** Every name under `consumes` that is text and that no template touches. */
export function writtenScopes(source: ManifestSource): readonly WrittenScope[] {
  return once(source, allWrittenScopes);
}

function allWrittenScopes(source: ManifestSource): readonly WrittenScope[] {
  const written: WrittenScope[] = [];
  for (const { item, list } of consumesItems(source)) {
    for (const { value: name } of namesOf(item.value)) {
      if (name.kind === 'scalar' && typeof name.value === 'string' && name.value !== '' && !name.templated) {
        written.push({ scope: name.value, name, item, list });
      }
    }
  }
  return written;
}

/** Each single scope once, even where an alias repeats it. Those that hold several scopes are for NM010 alone. */
export function singleScopes(source: ManifestSource): readonly WrittenScope[] {
  return once(source, allSingleScopes);
}

function allSingleScopes(source: ManifestSource): readonly WrittenScope[] {
  const seen = new Set<Node>();
  return writtenScopes(source).filter(({ name, scope }) => {
    const isFirst = !seen.has(name);
    seen.add(name);
    return isFirst && scopesIn(scope) === undefined;
  });
}

/** Whether a scope is written as nearly all are, so that no rule on its characters finds fault with it. */
export function isUsualScope(scope: string): boolean {
  return /^[a-z0-9]+:[a-z0-9]+(?:[/:.][a-z0-9]+)*$/.test(scope);
}

/** `name` may stand twice in an item: once in each branch of a template. */
export function namesOf(item: Node): readonly MapEntry[] {
  return entriesOf(item, 'name');
}

/**
 * The scopes that one name holds, separated by white space, as OAuth does (RFC 6749 section 3.3), or by commas.
 * Nothing when it is one scope, or when a part is not of the form `prefix:name`.
 */
export function scopesIn(name: string): readonly string[] | undefined {
  if (!/[\s,]/.test(name)) {
    return undefined;
  }
  const parts = name.split(/[\s,]/).filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => /^[^:]+:[^:]/.test(part)) ? parts : undefined;
}
