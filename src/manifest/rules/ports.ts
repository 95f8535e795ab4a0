import type { MapEntry, MapNode, Node } from '../nodes';
import { entriesOf, itemsOf } from '../nodes';
import type { ManifestSource } from '../read';
import { removeEntry } from './entries';
import { fix } from './fix';
import { distinctItems, hasAllKeys, isHidden, isNull, isTemplatedItem, visibleItem } from './judge';
import type { EntryItem } from './judge';
import type { Breach, Rule } from './rule';
import { namedEdits } from './wrapping';

/** Rules on `external[].ports`. */
export const portsRules: readonly Rule[] = [
  { code: 'NM026', severity: 'error', alsoInSchema: false, check: malformedPorts },
];

const PORT_KEY = 'port';

function* malformedPorts(source: ManifestSource): Iterable<Breach<'NM026'>> {
  const { templates } = source;
  const maps = new Set(itemsOf(source.external).map(({ value }) => value));
  const lists = [...maps].flatMap((map) => entriesOf(map, 'ports'));
  for (const { item, entry } of distinctItems(lists)) {
    if (isTemplatedItem(templates, item)) {
      continue;
    }
    const isPlain = item.value.kind === 'list' || (item.value.kind === 'scalar' && item.value.value !== null);
    if (isPlain) {
      yield plainPort(templates.text, { item, entry });
    } else if (item.value.kind === 'map' && !isHidden(templates.text, item.value)) {
      yield* portProblems(source, item.value, { item, entry });
    }
  }
}

function plainPort(text: string, { item, entry }: EntryItem): Breach<'NM026'> {
  const { value } = item;
  const written = value.kind === 'scalar' ? value.text : '';
  const style = { flow: entry.value.kind === 'list' && entry.value.flow, quoteKeys: entry.key.style === 'double' };
  const edits =
    value.kind === 'scalar' && typeof value.value === 'number'
      ? namedEdits(text, item, value, { ...style, key: PORT_KEY, asIs: true })
      : undefined;
  return {
    range: visibleItem(text, item),
    data: { problem: 'number', value: written },
    fixes: edits === undefined ? [] : fix({ kind: 'wrap-key', key: PORT_KEY }, edits, true),
    alsoInSchema: true,
  };
}

function* portProblems(source: ManifestSource, map: MapNode, place: EntryItem): Iterable<Breach<'NM026'>> {
  const { templates } = source;
  const { text } = templates;
  const own = map.entries.filter(({ merged }) => !merged);
  for (const entry of own.filter(({ key }) => key.text !== PORT_KEY && !key.templated)) {
    yield {
      range: entry.key.range,
      data: { problem: 'unknown-key', value: entry.key.text },
      fixes: fix({ kind: 'remove-key', key: entry.key.text }, removeEntry(text, map, entry), true),
    };
  }
  const ports = entriesOf(map, PORT_KEY);
  if (ports.every(({ value }) => isNull(value)) && hasAllKeys(templates, map, map.range.start)) {
    yield { range: visibleItem(text, place.item), data: { problem: 'missing', value: '' }, alsoInSchema: true };
  }
  for (const port of ports) {
    if (!isHidden(text, port.value) && !isNull(port.value) && !isPort(port.value)) {
      yield notANumber(port);
    }
  }
}

function isPort(node: Node): boolean {
  return node.kind === 'scalar' && typeof node.value === 'number' && Number.isInteger(node.value);
}

function notANumber({ value }: MapEntry): Breach<'NM026'> {
  const text = value.kind === 'scalar' ? value.text : '';
  const isNumber = value.kind === 'scalar' && /^[1-9][0-9]{0,4}$/.test(text) && value.style !== 'block';
  const fixes = isNumber ? fix({ kind: 'replace', result: text }, { range: value.outer, newText: text }, true) : [];
  return { range: value.range, data: { problem: 'not-a-number', value: text }, fixes, alsoInSchema: true };
}
