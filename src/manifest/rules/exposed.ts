import type { ListItem, MapEntry, MapNode, ScalarNode } from '../nodes';
import { entriesOf } from '../nodes';
import type { ManifestSource } from '../read';
import { exposedSeparator } from '../scopeName';
import { distinctItems, isSplitTag, textsOf } from './judge';
import { once } from './once';

/** `separator` in the Nais CRD. */
export const SEPARATORS: readonly string[] = ['/', ':', '.'];

/** An item of `exposes` that is a map, as it should be. */
export interface ExposedItem {
  readonly item: ListItem;
  /** `exposes` itself. */
  readonly entry: MapEntry;
  readonly map: MapNode;
  readonly quote: boolean;
}

/** The items of `exposes`, each map once. */
export function exposedItems(source: ManifestSource): readonly ExposedItem[] {
  return once(source, allExposedItems);
}

function allExposedItems(source: ManifestSource): readonly ExposedItem[] {
  const exposed: ExposedItem[] = [];
  for (const { item, entry } of distinctItems(source.exposes)) {
    if (item.value.kind === 'map' && !isSplitTag(source.templates.text, item.value)) {
      exposed.push({ item, entry, map: item.value, quote: entry.key.style === 'double' });
    }
  }
  return exposed;
}

/** The separator that Digdirator will use. */
export function effectiveSeparator(map: MapNode, name: ScalarNode): string {
  const [separator] = textsOf(map, 'separator');
  return exposedSeparator({ separator: separator && sourceValue(separator), name: sourceValue(name) }).value;
}

export interface OwnName {
  /** Without the cluster's prefix. */
  readonly full: string;
  readonly name: ScalarNode;
}

/** What the exposed scope is called; nothing where a template takes part in it, or something is missing. */
export function ownName(map: MapNode): OwnName | undefined {
  const [product, name] = [single(map, 'product'), single(map, 'name')];
  const separators = entriesOf(map, 'separator');
  const isKnown = separators.every(({ value }) => value.kind === 'scalar' && !value.templated);
  if (product === undefined || name === undefined || !isKnown || separators.length > 1) {
    return undefined;
  }
  return { full: `${product.text}${effectiveSeparator(map, name)}${name.text}`, name };
}

function single(map: MapNode, key: string): ScalarNode | undefined {
  const [text, other] = textsOf(map, key);
  return other === undefined && entriesOf(map, key).length === 1 && text?.text !== '' ? text : undefined;
}

function sourceValue({ text, range, templated }: ScalarNode): {
  value: string;
  range: ScalarNode['range'];
  templated: boolean;
} {
  return { value: text, range, templated };
}
