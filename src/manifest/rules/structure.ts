import { editDistance } from '../editDistance';
import type { Fix, TextEdit } from '../finding';
import type { ListItem, ListNode, MapEntry, MapNode, Node } from '../nodes';
import { entriesOf, itemsOf } from '../nodes';
import type { ManifestSource } from '../read';
import { insertion, leadingDashOf, lineBreakOf, lineEndOf, lineStartOf, nextLineOf } from './edits';
import type { KeyParent } from './keys';
import { isKnownKey, nearestKey } from './keys';
import type { Breach, Rule } from './rule';
import { listOfPorts, otherShapes } from './shapes';
import { namedEdits } from './wrapping';

/** Rules on the keys and the shape of the block, before any scope is looked at. */
export const structureRules: readonly Rule[] = [
  { code: 'NM005', severity: 'error', alsoInSchema: false, check: unknownKeys },
  { code: 'NM006', severity: 'error', alsoInSchema: true, check: otherThanShape },
];

/** The maps that the published schema closes; the items of its lists are open. */
const CLOSED_IN_SCHEMA: ReadonlySet<KeyParent> = new Set(['maskinporten', 'scopes', 'accessPolicy', 'outbound']);

function* unknownKeys(source: ManifestSource): Iterable<Breach<'NM005'>> {
  const seen = new Set<Node>();
  for (const [parent, node] of mapsWithKnownKeys(source)) {
    if (node.kind !== 'map' || seen.has(node)) {
      continue;
    }
    seen.add(node);
    for (const entry of node.entries) {
      const { key, merged } = entry;
      if (key.templated || merged || isKnownKey(parent, key.text)) {
        continue;
      }
      const nearest = nearestKey(parent, key.text);
      yield {
        range: key.range,
        data: { key: key.text, parent, nearest },
        alsoInSchema: CLOSED_IN_SCHEMA.has(parent),
        fixes: nearest === undefined || entriesOf(node, nearest).length > 0 ? [] : [renameKey(source, entry, nearest)],
      };
    }
  }
}

function* mapsWithKnownKeys(source: ManifestSource): Iterable<readonly [KeyParent, Node]> {
  const isClient = source.manifest.kind === 'MaskinportenClient';
  for (const { value } of entriesOf(source.root, 'spec')) {
    if (isClient) {
      yield ['spec', value];
    } else {
      yield* policyMaps(value);
    }
  }
  for (const { value } of source.blocks) {
    yield ['maskinporten', value];
  }
  for (const { value } of source.scopes) {
    yield ['scopes', value];
  }
  for (const item of itemsOf(source.consumes)) {
    yield ['consumes', item.value];
  }
  for (const item of itemsOf(source.exposes)) {
    yield ['exposes', item.value];
  }
  const consumerLists = new Set(
    itemsOf(source.exposes)
      .flatMap(({ value }) => entriesOf(value, 'consumers'))
      .map(({ value }) => value),
  );
  for (const list of consumerLists) {
    for (const item of list.kind === 'list' ? list.items : []) {
      yield ['consumers', item.value];
    }
  }
}

/** Unknown keys of `ports` are for NM026. */
function* policyMaps(spec: Node): Iterable<readonly [KeyParent, Node]> {
  for (const { value: policy } of entriesOf(spec, 'accessPolicy')) {
    yield ['accessPolicy', policy];
    for (const { value: outbound } of entriesOf(policy, 'outbound')) {
      yield ['outbound', outbound];
      for (const item of itemsOf(entriesOf(outbound, 'external'))) {
        yield ['external', item.value];
      }
    }
  }
}

function renameKey(source: ManifestSource, entry: MapEntry, to: string): Fix {
  const { key } = entry;
  const rename = { range: key.range, newText: to };
  return {
    title: { kind: 'rename-key', from: key.text, to },
    // Whoever writes `port: 8443` has a number there, and not yet a list.
    edits: to === 'ports' ? [rename, ...listOfPorts(source, entry)] : [rename],
    safe: editDistance(key.text.toLowerCase(), to.toLowerCase()) <= 1,
  };
}

function* otherThanShape(source: ManifestSource): Iterable<Breach<'NM006'>> {
  yield* scopesAsList(source);
  yield* otherShapes(source);
}

function* scopesAsList(source: ManifestSource): Iterable<Breach<'NM006'>> {
  for (const { key, value } of source.scopes) {
    if (value.kind === 'list') {
      const edits = value.flow ? wrapFlowList(source, key, value) : wrapBlockList(source, key, value);
      yield {
        range: key.range,
        data: { key: key.text, expected: 'map', keys: ['consumes', 'exposes'] },
        fixes: edits === undefined ? [] : [{ title: { kind: 'wrap-consumes' }, edits, safe: true }],
      };
    }
  }
}

/** `scopes: [a, b]` to `scopes: {consumes: [{name: a}, {name: b}]}`. */
function wrapFlowList(
  { templates }: ManifestSource,
  key: MapEntry['key'],
  list: ListNode,
): readonly TextEdit[] | undefined {
  const inner = itemEdits(templates.text, list, key.style === 'double');
  const name = key.style === 'double' ? '"consumes"' : 'consumes';
  return inner && [insertion(list.range.start, `{${name}: `), ...inner, insertion(list.range.end, '}')];
}

/** A line `consumes:` above the list, and the list moved to the right below it where it must. */
function wrapBlockList(
  { templates }: ManifestSource,
  key: MapEntry['key'],
  list: ListNode,
): readonly TextEdit[] | undefined {
  const { text, masked } = templates;
  const first = list.items[0];
  const firstDash = first && leadingDashOf(text, first);
  const inner = itemEdits(text, list, false);
  if (firstDash === undefined || inner === undefined) {
    return undefined;
  }
  const keyColumn = key.outer.start - lineStartOf(text, key.outer.start);
  const firstLine = lineStartOf(text, firstDash);
  const listColumn = firstDash - firstLine;
  const step = listColumn > keyColumn ? listColumn - keyColumn : 2;
  const consumes = `${text.slice(firstLine, firstDash)}${listColumn > keyColumn ? '' : ' '.repeat(step)}consumes:`;
  const edits: TextEdit[] = [insertion(firstLine, `${consumes}${lineBreakOf(text)}${' '.repeat(step)}`)];
  let line = nextLineOf(text, firstLine);
  while (line < list.range.end) {
    // A line that only holds a block tag has no column that could matter.
    if (masked.slice(line, lineEndOf(masked, line)).trim() !== '') {
      edits.push(insertion(line, ' '.repeat(step)));
    }
    line = nextLineOf(text, line);
  }
  return [...edits, ...inner];
}

/** Makes each item of the list a map with a `name`; nothing where a template hides what an item is. */
function itemEdits(text: string, list: ListNode, quoteKeys: boolean): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const item of list.items) {
    const named = namedItem(text, item, list, quoteKeys);
    if (named === undefined) {
      return undefined;
    }
    edits.push(...named);
  }
  return edits;
}

function namedItem(text: string, item: ListItem, list: ListNode, quoteKeys: boolean): readonly TextEdit[] | undefined {
  if (item.value.kind === 'scalar') {
    return namedEdits(text, item, item.value, { flow: list.flow, quoteKeys });
  }
  return item.value.kind === 'map' && !item.alias ? renamedScope(item.value) : [];
}

/** The list of 2020 had `scope` where `name` is now. */
function renamedScope(map: MapNode): readonly TextEdit[] {
  if (entriesOf(map, 'name').length > 0) {
    return [];
  }
  return entriesOf(map, 'scope').map(({ key }) => ({ range: key.range, newText: 'name' }));
}
