import type { Fix, TextEdit } from '../finding';
import type { MaskedText } from '../mask';
import type { MapEntry, MapNode, Node, ScalarNode } from '../nodes';
import { entriesOf, itemsOf, outerRange } from '../nodes';
import { isNineDigits } from '../orgno';
import type { ManifestSource } from '../read';
import { insertion, lineBreakOf, lineEndOf, lineStartOf, nextLineOf } from './edits';
import { fix } from './fix';
import { isHost } from './hosts';
import { isHidden, isNull } from './judge';
import type { KeyParent } from './keys';
import { isKnownKey } from './keys';
import type { Breach } from './rule';

/** What a key of the block must hold, by the Nais CRDs. */
interface Shape {
  readonly expected: 'map' | 'list';
  /** The keys of a map, for an example. */
  readonly keys: readonly string[];
  /** What the items of a list are; nothing where they are plain text. */
  readonly item: KeyParent | undefined;
  /** The key that a scalar in its place is most likely the value of; `''` where it is an item as it stands. */
  readonly wrap: (scalar: ScalarNode) => string | undefined;
}

const SHAPES = {
  maskinporten: map(['enabled', 'scopes'], ({ value }) => (typeof value === 'boolean' ? 'enabled' : undefined)),
  scopes: map(['consumes', 'exposes'], () => undefined),
  consumes: list('consumes', ({ value }) => (typeof value === 'string' && value !== '' ? 'name' : undefined)),
  exposes: list('exposes', () => undefined),
  consumers: list('consumers', ({ text }) => (isNineDigits(text) ? 'orgno' : undefined)),
  allowedIntegrations: list(undefined, ({ value }) => (typeof value === 'string' && value !== '' ? '' : undefined)),
  accessPolicy: map(['inbound', 'outbound'], () => undefined),
  outbound: map(['rules', 'external'], () => undefined),
  external: list('external', ({ value, text }) => (typeof value === 'string' && isHost(text) ? 'host' : undefined)),
  ports: list('ports', ({ value }) => (Number.isInteger(value) ? 'port' : undefined)),
};

function map(keys: readonly string[], wrap: Shape['wrap']): Shape {
  return { expected: 'map', keys, item: undefined, wrap };
}

function list(item: KeyParent | undefined, wrap: Shape['wrap']): Shape {
  return { expected: 'list', keys: [], item, wrap };
}

/** Keys whose value is no map or no list, as far as no template has a hand in it. `scopes` as a list is not among them. */
export function* otherShapes(source: ManifestSource): Iterable<Breach<'NM006'>> {
  const seen = new Set</* key */ ScalarNode>();
  for (const [entry, shape] of entriesWithShape(source)) {
    const { key, value } = entry;
    if (seen.has(key) || value.kind === shape.expected || isNull(value) || isMade(source, entry)) {
      continue;
    }
    seen.add(key);
    const { expected, keys } = shape;
    yield { range: key.range, data: { key: key.text, expected, keys }, fixes: wrapped(source, entry, shape) };
  }
}

function* entriesWithShape(source: ManifestSource): Iterable<readonly [MapEntry, Shape]> {
  const exposed = itemsOf(source.exposes).map(({ value }) => value);
  const workloadSpecs = source.manifest.kind === 'MaskinportenClient' ? [] : entriesOf(source.root, 'spec');
  const policies = workloadSpecs.flatMap(({ value }) => entriesOf(value, 'accessPolicy'));
  const outbounds = policies.flatMap(({ value }) => entriesOf(value, 'outbound'));
  const groups: readonly (readonly [readonly MapEntry[], Shape])[] = [
    [source.blocks, SHAPES.maskinporten],
    [source.scopes.filter(({ value }) => value.kind !== 'list'), SHAPES.scopes],
    [source.consumes, SHAPES.consumes],
    [source.exposes, SHAPES.exposes],
    [exposed.flatMap((item) => entriesOf(item, 'consumers')), SHAPES.consumers],
    [exposed.flatMap((item) => entriesOf(item, 'allowedIntegrations')), SHAPES.allowedIntegrations],
    [policies, SHAPES.accessPolicy],
    [outbounds, SHAPES.outbound],
    [source.external, SHAPES.external],
    [itemsOf(source.external).flatMap(({ value }) => entriesOf(value, 'ports')), SHAPES.ports],
  ];
  for (const [entries, shape] of groups) {
    for (const entry of entries) {
      yield [entry, shape];
    }
  }
}

/** Whether a template has a hand in the value. Lines of keys are a map, whatever a template puts after their colons. */
function isMade({ templates }: ManifestSource, { key, value }: MapEntry): boolean {
  if (value.kind !== 'map' || value.flow) {
    return isHidden(templates.text, value) || templates.isTemplated(outerRange(value));
  }
  const isBranch = templates.branchAt(key.range.start) !== templates.branchAt(value.range.start);
  return isBranch || value.entries.some((entry) => entry.key.templated);
}

/** What makes the value of a key a list of ports; nothing where it is one, or cannot become one. */
export function listOfPorts(source: ManifestSource, entry: MapEntry): readonly TextEdit[] {
  const isRight = entry.value.kind === 'list' || isNull(entry.value) || isMade(source, entry);
  return isRight ? [] : (wrapped(source, entry, SHAPES.ports)[0]?.edits ?? []);
}

function wrapped({ templates, root }: ManifestSource, entry: MapEntry, shape: Shape): readonly Fix[] {
  const { value } = entry;
  if (value.kind === 'scalar') {
    const name = shape.wrap(value);
    const edit =
      name === undefined
        ? undefined
        : wrapScalar(templates.text, isBetweenBraces(root, entry), entry, value, name, shape.expected);
    const title =
      name === '' || name === undefined ? ({ kind: 'make-list' } as const) : ({ kind: 'wrap-key', key: name } as const);
    return fix(title, edit, false);
  }
  const isItem =
    value.kind === 'map' &&
    value.entries.some(({ key }) => shape.item !== undefined && isKnownKey(shape.item, key.text));
  const edits = isItem ? itemOf(templates, entry, value) : undefined;
  return edits === undefined ? [] : [{ title: { kind: 'make-list' }, edits, safe: false }];
}

/** `consumes: ks:fiks` to `consumes:` and `- name: ks:fiks` below it; in braces, `consumes: [{name: ks:fiks}]`. */
function wrapScalar(
  text: string,
  betweenBraces: boolean,
  { key, value }: MapEntry,
  scalar: ScalarNode,
  name: string,
  expected: Shape['expected'],
): TextEdit | undefined {
  const between = text.slice(key.outer.end, value.kind === 'scalar' ? value.outer.start : key.outer.end);
  // What stands elsewhere came through an alias; what more than a colon comes before has a tag or an anchor.
  if (!/^[ \t]*:[ \t]*$/.test(between) || scalar.style === 'block') {
    return undefined;
  }
  const margin = betweenBraces ? undefined : blockMargin(text, key);
  const written = scalarAsWritten(text, scalar, name);
  if (margin === undefined) {
    const quoted = key.style === 'double' ? JSON.stringify(name) : name;
    const entry = name === '' ? written : `{${quoted}: ${written}}`;
    return { range: scalar.outer, newText: expected === 'list' ? `[${entry}]` : entry };
  }
  const entry = `${expected === 'list' ? '- ' : ''}${name === '' ? '' : `${name}: `}${written}`;
  const start = key.outer.end + between.indexOf(':') + 1;
  return { range: { start, end: scalar.outer.end }, newText: `${lineBreakOf(text)}${margin}  ${entry}` };
}

/** Whether the map that an entry stands in is in braces, which may reach over lines. Those fit wherever it stands. */
function isBetweenBraces(root: MapNode, entry: MapEntry): boolean {
  const pending: Node[] = [root];
  const seen = new Set<Node>();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) {
      continue;
    }
    seen.add(node);
    if (node.kind === 'map') {
      if (node.entries.some(({ key, merged }) => key === entry.key && !merged)) {
        return node.flow;
      }
      pending.push(...node.entries.map(({ value }) => value));
    } else if (node.kind === 'list') {
      pending.push(...node.items.map(({ value }) => value));
    }
  }
  return true;
}

/** Spaces as far as the key's column where it begins a line or an item of a list. */
function blockMargin(text: string, key: ScalarNode): string | undefined {
  const before = text.slice(lineStartOf(text, key.outer.start), key.outer.start);
  return /^ *(?:- +)*$/.test(before) ? ' '.repeat(before.length) : undefined;
}

/** In its own quotes, and on one line. A number becomes text only where the key wants one. */
function scalarAsWritten(text: string, scalar: ScalarNode, name: string): string {
  const written = text.slice(scalar.outer.start, scalar.outer.end);
  if (typeof scalar.value === 'string') {
    return written.includes('\n') ? JSON.stringify(scalar.text) : written;
  }
  return name === 'orgno' ? JSON.stringify(scalar.text) : written;
}

/** Makes the only item of a list of a map. */
function itemOf(templates: MaskedText, { key }: MapEntry, item: MapNode): readonly TextEdit[] | undefined {
  const { text, masked } = templates;
  const between = text.slice(key.outer.end, item.range.start);
  if (item.range.start < key.outer.end || /[&!]/.test(between)) {
    return undefined;
  }
  if (item.flow) {
    return [insertion(item.range.start, '['), insertion(item.range.end, ']')];
  }
  const edits = [insertion(item.range.start, '- ')];
  for (let line = nextLineOf(text, item.range.start); line < item.range.end; line = nextLineOf(text, line)) {
    // A line that only holds a block tag has no column that could matter.
    if (masked.slice(line, lineEndOf(masked, line)).trim() !== '') {
      edits.push(insertion(line, '  '));
    }
  }
  return edits;
}
