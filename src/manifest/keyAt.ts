import type { Range } from './model';
import type { MapEntry, Node } from './nodes';
import { outerRange } from './nodes';
import { touches } from './range';
import type { ManifestFile } from './reading';
import { sourceAt } from './sourceAt';
import type { KnownKey } from './vocabulary';
import { ITEM, knownKey, placeAt } from './vocabulary';

/** The key at `offset` of a file, where it is one that bears on Maskinporten; the range is without quotes. */
export function keyAt(
  file: ManifestFile,
  offset: number,
): { readonly key: KnownKey; readonly range: Range } | undefined {
  const found = sourceAt(file, offset);
  if (found === undefined) {
    return undefined;
  }
  const { source, start: by } = found;
  const at = offset - by;
  const path: string[] = [];
  let node: Node | undefined = source.root;
  while (node !== undefined) {
    if (node.kind === 'list') {
      path.push(ITEM);
      node = node.items.find(({ range, alias }) => !alias && touches(range, at))?.value;
      continue;
    }
    const entries: readonly MapEntry[] = node.kind === 'map' ? node.entries.filter(({ merged }) => !merged) : [];
    const here = entries.find(({ key }) => touches(key.outer, at));
    if (here !== undefined) {
      const place = here.key.templated ? undefined : placeAt(path, source.manifest.kind);
      const key = place && knownKey(place, here.key.text);
      const { start, end } = here.key.range;
      return key && { key, range: { start: start + by, end: end + by } };
    }
    const within: MapEntry | undefined = entries.find(({ value }) => touches(outerRange(value), at));
    path.push(within?.key.text ?? '');
    node = within?.value;
  }
  return undefined;
}
