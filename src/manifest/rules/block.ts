import type { Fix, TextEdit } from '../finding';
import type { MapEntry, MapNode, Node, ScalarNode } from '../nodes';
import { entriesOf, itemsOf, outerRange, scalarOf, valueOf } from '../nodes';
import type { ManifestSource } from '../read';
import { addEntries, appendEntries, fillEntry } from './entries';
import { fix } from './fix';
import { firstLine, hasAllKeys, isHidden, isNull, isSplitTag, scalarsOf } from './judge';
import { nearestKey } from './keys';
import type { Breach, Rule } from './rule';

/** Rules on `spec.maskinporten` itself: whether it is on, and whether there is a reason for it. */
export const blockRules: readonly Rule[] = [
  { code: 'NM001', severity: 'error', alsoInSchema: true, check: withoutRequiredKey },
  { code: 'NM002', severity: 'error', alsoInSchema: true, check: switchIsNoBoolean },
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

function* withoutRequiredKey(source: ManifestSource): Iterable<Breach<'NM001'>> {
  yield* source.manifest.kind === 'MaskinportenClient' ? withoutSecretName(source) : withoutEnabled(source);
}

/** The one key that the CRD requires of a MaskinportenClient: what Digdirator calls the Secret that it makes. */
function* withoutSecretName(source: ManifestSource): Iterable<Breach<'NM001'>> {
  const { templates, manifest } = source;
  const [spec, other] = entriesOf(source.root, 'spec');
  if (spec?.value.kind !== 'map' || other !== undefined || isSplitTag(templates.text, spec.value)) {
    return;
  }
  const { key, value: map } = spec;
  const written = entriesOf(map, 'secretName');
  const isMisspelt = map.entries.some(
    (entry) => entry.key.text !== 'secretName' && nearestKey('spec', entry.key.text) === 'secretName',
  );
  if (isMisspelt || !written.every(({ value }) => isNull(value)) || !hasAllKeys(templates, map, key.outer.end)) {
    return;
  }
  const name = manifest.name === undefined || manifest.name.templated ? '' : manifest.name.value;
  const secretName = `maskinporten-${name}`;
  const place = { key, quote: key.style === 'double' };
  const edit = name === '' || written.length > 0 ? undefined : addEntries(templates.text, map, { secretName }, place);
  yield {
    range: (written[0] ?? spec).key.range,
    data: { key: 'secretName' },
    alsoInSchema: false,
    fixes: fix({ kind: 'add-key', key: 'secretName', value: secretName }, edit, false),
  };
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
        data: { key: 'enabled' },
        fixes: fix({ kind: 'add-key', key: 'enabled', value: 'true' }, edit, true),
      };
    }
  }
}

/** `maskinporten.enabled`, and the switches of an exposed scope. */
function* switchIsNoBoolean(source: ManifestSource): Iterable<Breach<'NM002'>> {
  const { templates } = source;
  const { text } = templates;
  const exposed = new Set(itemsOf(source.exposes).map(({ value }) => value));
  const switches = [
    ...[...source.blocks.map(({ value }) => value), ...exposed].flatMap((map) => entriesOf(map, 'enabled')),
    // Without a value it is as if it did not stand there, and it need not.
    ...[...exposed].flatMap((map) => entriesOf(map, 'accessibleForAll')).filter(({ value }) => !isNull(value)),
  ];
  for (const { key, value } of new Set(switches)) {
    const isBoolean = value.kind === 'scalar' && typeof value.value === 'boolean';
    if (isBoolean || isHidden(text, value) || templates.isTemplated(outerRange(value))) {
      continue;
    }
    const shown = isNull(value) ? key.range : firstLine(text, value.range);
    const range = shown.start < shown.end ? shown : outerRange(value);
    const written = isNull(value) ? undefined : text.slice(range.start, range.end);
    const name = key.text === 'accessibleForAll' ? 'accessibleForAll' : 'enabled';
    yield { range, data: { key: name, value: written }, fixes: booleanFixes(value) };
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
