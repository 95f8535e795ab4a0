import type { Fix, TextEdit } from '../finding';
import type { MapEntry, MapNode, Node, ScalarNode } from '../nodes';
import { entriesOf, itemsOf, scalarOf, valueOf } from '../nodes';
import type { ManifestSource } from '../read';
import { addEntries, appendEntries, fillEntry } from './entries';
import { fix } from './fix';
import { hasAllKeys, isHidden, isNull, scalarsOf } from './judge';
import { nearestKey } from './keys';
import type { Breach, Rule } from './rule';

/** Rules on `spec.maskinporten` itself: whether it is on, and whether there is a reason for it. */
export const blockRules: readonly Rule[] = [
  { code: 'NM001', severity: 'error', alsoInSchema: true, check: withoutEnabled },
  { code: 'NM002', severity: 'error', alsoInSchema: true, check: enabledIsNoBoolean },
  { code: 'NM003', severity: 'information', alsoInSchema: false, check: scopesWhileOff },
  { code: 'NM004', severity: 'information', alsoInSchema: false, check: onWithoutScopes },
  { code: 'NM031', severity: 'error', alsoInSchema: false, check: sidecarPort },
];

/** The token sidecar listens on these (nais/naiserator, pkg/resourcecreator/texas). */
const SIDECAR_PORTS: ReadonlySet<unknown> = new Set([7164, 7165]);

/** What Nais takes for `port` when there is none (Nais reference, Application). */
const DEFAULT_PORT = 8080;

interface Block {
  readonly entry: MapEntry;
  readonly map: MapNode;
}

function blocksOf(source: ManifestSource): readonly Block[] {
  return source.blocks.flatMap((entry) => (entry.value.kind === 'map' ? [{ entry, map: entry.value }] : []));
}

function* withoutEnabled(source: ManifestSource): Iterable<Breach<'NM001'>> {
  const { templates } = source;
  for (const { entry, map } of blocksOf(source)) {
    if (entriesOf(map, 'enabled').length > 0) {
      continue;
    }
    const isMisspelt = map.entries.some(({ key }) => nearestKey('maskinporten', key.text) === 'enabled');
    if (!isMisspelt && hasAllKeys(templates, map, entry.key.outer.end)) {
      const place = { key: entry.key, quote: entry.key.style === 'double' };
      const edit = addEntries(templates.text, map, { enabled: true }, place);
      yield {
        range: entry.key.range,
        data: {},
        fixes: fix({ kind: 'add-key', key: 'enabled', value: 'true' }, edit, true),
      };
    }
  }
}

/** Both `maskinporten.enabled` and that of an exposed scope. */
function* enabledIsNoBoolean(source: ManifestSource): Iterable<Breach<'NM002'>> {
  const { text } = source.templates;
  const maps = new Set([
    ...source.blocks.map(({ value }) => value),
    ...itemsOf(source.exposes).map(({ value }) => value),
  ]);
  for (const map of maps) {
    for (const { key, value } of entriesOf(map, 'enabled')) {
      if (isHidden(text, value) || (value.kind === 'scalar' && typeof value.value === 'boolean')) {
        continue;
      }
      const range = isNull(value) ? key.range : value.range;
      yield { range, data: { value: text.slice(range.start, range.end) }, fixes: booleanFixes(value) };
    }
  }
}

function booleanFixes(value: MapEntry['value']): readonly Fix[] {
  const isQuoted = value.kind === 'scalar' && (value.style === 'single' || value.style === 'double');
  const result = isQuoted && /^(?:true|yes|on)$/i.test(value.text) ? 'true' : 'false';
  return isQuoted && /^(?:true|false|yes|no|on|off)$/i.test(value.text)
    ? fix({ kind: 'replace', result }, { range: value.outer, newText: result }, true)
    : [];
}

function* scopesWhileOff(source: ManifestSource): Iterable<Breach<'NM003'>> {
  const switches = source.blocks.flatMap(({ value }) => entriesOf(value, 'enabled').map((entry) => entry.value));
  const off = switches.filter((value): value is ScalarNode => value.kind === 'scalar' && value.value === false);
  if (off.length < switches.length || itemsOf([...source.consumes, ...source.exposes]).length === 0) {
    return;
  }
  for (const value of off) {
    const edit = { range: value.outer, newText: 'true' };
    yield { range: value.range, data: {}, fixes: fix({ kind: 'replace', result: 'true' }, edit, false) };
  }
}

function* onWithoutScopes(source: ManifestSource): Iterable<Breach<'NM004'>> {
  const [block, other] = blocksOf(source);
  if (block === undefined || other !== undefined || scalarOf(block.map, 'enabled')?.value !== true) {
    return;
  }
  const isEmpty =
    hasOnly(block.map, ['enabled', 'scopes']) &&
    source.scopes.every(({ value }) => isNull(value) || hasOnly(value, ['consumes', 'exposes'])) &&
    [...source.consumes, ...source.exposes].every(({ value }) => isNull(value) || isEmptyList(value));
  if (isEmpty && hasAllKeys(source.templates, block.map, block.entry.key.outer.end)) {
    yield {
      range: block.entry.key.range,
      data: {},
      fixes: fix({ kind: 'add-key', key: 'consumes', value: '' }, addScope(source, block), false),
    };
  }
}

function hasOnly(node: Node, keys: readonly string[]): boolean {
  return node.kind === 'map' && !node.gaps && node.entries.every(({ key }) => keys.includes(key.text));
}

function isEmptyList(node: Node): boolean {
  return node.kind === 'list' && node.items.length === 0;
}

/** Adds an item with an empty name: which scope it is, is not ours to guess. */
function addScope({ templates, scopes, consumes }: ManifestSource, block: Block): TextEdit | undefined {
  const { text } = templates;
  const items = [{ name: '' }];
  const quote = block.entry.key.style === 'double';
  const [scopesEntry] = scopes;
  const [consumesEntry] = consumes;
  if (consumesEntry !== undefined) {
    return fillEntry(text, consumesEntry, items, quote);
  }
  if (scopesEntry === undefined) {
    return appendEntries(templates, block.map, { scopes: { consumes: items } }, { key: block.entry.key, quote });
  }
  return scopesEntry.value.kind === 'map' && scopesEntry.value.entries.length > 0
    ? addEntries(text, scopesEntry.value, { consumes: items }, { key: scopesEntry.key, quote })
    : fillEntry(text, scopesEntry, { consumes: items }, quote);
}

function* sidecarPort(source: ManifestSource): Iterable<Breach<'NM031'>> {
  const isOn = source.blocks.some(({ value }) =>
    [...scalarsOf(value, 'enabled')].some((enabled) => enabled.value === true),
  );
  if (!isOn) {
    return;
  }
  for (const port of scalarsOf(valueOf(source.root, 'spec'), 'port')) {
    if (SIDECAR_PORTS.has(port.value)) {
      const edit = { range: port.outer, newText: String(DEFAULT_PORT) };
      yield {
        range: port.range,
        data: { port: Number(port.value) },
        fixes: fix({ kind: 'replace', result: String(DEFAULT_PORT) }, edit, false),
      };
    }
  }
}
