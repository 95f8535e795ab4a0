import { exposedNameFault } from '../exposedName';
import type { Fix, RequiredExposedKey } from '../finding';
import type { MapNode, ScalarNode } from '../nodes';
import { entriesOf, outerRange } from '../nodes';
import type { ManifestSource } from '../read';
import { replaceScalar } from './edits';
import { addEntries, removeItem } from './entries';
import { effectiveSeparator, exposedItems, ownName, SEPARATORS } from './exposed';
import { fix } from './fix';
import {
  distinctItems,
  hasAllKeys,
  isHidden,
  isNull,
  isTemplatedItem,
  isSplitTag,
  itemsOfLists,
  scalarsOf,
  textsOf,
  visibleItem,
  writtenUnder,
} from './judge';
import { nearestKey } from './keys';
import type { Breach, Circumstances, Rule } from './rule';
import { transliterated } from './transliterate';

/** Rules on what an exposed scope is called: the three required keys and the separator. */
export const exposesRules: readonly Rule[] = [
  { code: 'NM040', severity: 'error', alsoInSchema: true, check: withoutRequiredKeys },
  { code: 'NM041', severity: 'error', alsoInSchema: true, check: malformedProduct },
  { code: 'NM042', severity: 'error', alsoInSchema: true, check: malformedName },
  { code: 'NM043', severity: 'error', alsoInSchema: true, check: unknownSeparator },
  { code: 'NM044', severity: 'error', alsoInSchema: false, check: delegationWithoutSlash },
  { code: 'NM045', severity: 'hint', alsoInSchema: false, check: impliedSeparator },
  { code: 'NM057', severity: 'warning', alsoInSchema: false, check: sameScopeTwice },
  { code: 'NM058', severity: 'information', alsoInSchema: false, check: switchedOff },
  { code: 'NM059', severity: 'warning', alsoInSchema: false, check: lettersBeyondAscii },
];

const REQUIRED: readonly RequiredExposedKey[] = ['enabled', 'name', 'product'];

function* withoutRequiredKeys(source: ManifestSource): Iterable<Breach<'NM040'>> {
  const { templates } = source;
  for (const { item, entry } of distinctItems(source.exposes)) {
    const { value } = item;
    if (isTemplatedItem(templates, item)) {
      continue;
    }
    const range = visibleItem(templates.text, item);
    if (value.kind === 'map' && !isSplitTag(templates.text, value) && hasAllKeys(templates, value, value.range.start)) {
      const missing = REQUIRED.filter((key) => isMissing(value, key));
      const fixes =
        missing.length > 0 && !item.alias ? addRequired(source, value, missing, entry.key.style === 'double') : [];
      yield* missing.length > 0 ? [{ range, data: { missing }, fixes }] : [];
    } else if (value.kind === 'list' || (value.kind === 'scalar' && !value.templated)) {
      yield { range, data: { missing: REQUIRED } };
    }
  }
}

/** A key that was meant to be this one is for NM005. */
function isMissing(map: MapNode, key: RequiredExposedKey): boolean {
  const isMisspelt = map.entries.some(
    (entry) => entry.key.text !== key && nearestKey('exposes', entry.key.text) === key,
  );
  return !isMisspelt && entriesOf(map, key).every(({ value }) => isNull(value));
}

function addRequired(
  { templates }: ManifestSource,
  map: MapNode,
  missing: readonly RequiredExposedKey[],
  quote: boolean,
): readonly Fix[] {
  if (missing.some((key) => entriesOf(map, key).length > 0)) {
    return [];
  }
  const added = Object.fromEntries(missing.map((key) => [key, key === 'enabled' ? true : '']));
  const edit = addEntries(templates.text, map, added, { key: undefined, quote });
  return fix(
    { kind: 'add-keys', keys: missing },
    edit,
    missing.every((key) => key === 'enabled'),
  );
}

function* malformedProduct(source: ManifestSource): Iterable<Breach<'NM041'>> {
  for (const { map } of exposedItems(source)) {
    for (const { range, text, value, scalar } of writtenUnder(source.templates, map, 'product')) {
      if (!(typeof value === 'string' && /^[a-z0-9]+$/.test(value))) {
        const result = transliterated(text.toLowerCase()).replace(/[^a-z0-9]/g, '');
        yield { range, data: { product: text }, fixes: replaced(scalar, result) };
      }
    }
  }
}

/** Puts `result` there as text; nothing where nothing is left. */
function replaced(scalar: ScalarNode | undefined, result: string): readonly Fix[] {
  if (scalar === undefined) {
    return [];
  }
  const newText = JSON.stringify(result);
  const edit = typeof scalar.value === 'string' ? replaceScalar(scalar, result) : { range: scalar.outer, newText };
  return result === '' ? [] : fix({ kind: 'replace', result }, edit, false);
}

function* malformedName(source: ManifestSource): Iterable<Breach<'NM042'>> {
  for (const { map } of exposedItems(source)) {
    for (const { range, text: name, value, scalar } of writtenUnder(source.templates, map, 'name')) {
      const at = exposedNameFault(name);
      if (at !== undefined || typeof value !== 'string') {
        // A number that would do as a name lacks but its quotes.
        const lower = name.toLowerCase();
        const fixes = exposedNameFault(lower) === undefined ? replaced(scalar, lower) : [];
        const isText = typeof value === 'string' || (at !== undefined && scalar !== undefined);
        const character = at === undefined ? undefined : characterAt(name, at);
        yield { range, data: { name, isText, at: at ?? name.length, character }, fixes };
      }
    }
  }
}

function characterAt(text: string, at: number): string | undefined {
  const codePoint = text.codePointAt(at);
  return codePoint === undefined ? undefined : String.fromCodePoint(codePoint);
}

function* unknownSeparator(source: ManifestSource): Iterable<Breach<'NM043'>> {
  for (const { map } of exposedItems(source)) {
    for (const { range, text, value, scalar } of writtenUnder(source.templates, map, 'separator')) {
      if (!SEPARATORS.some((known) => known === value)) {
        const fixes = SEPARATORS.flatMap((result) =>
          fix({ kind: 'replace', result }, scalar && { range: scalar.outer, newText: JSON.stringify(result) }, false),
        );
        yield { range, data: { separator: text }, fixes };
      }
    }
  }
}

/** The CEL rule on items of `exposes` in the Nais CRD. */
function* delegationWithoutSlash(source: ManifestSource): Iterable<Breach<'NM044'>> {
  const { text } = source.templates;
  for (const { item, map, quote } of exposedItems(source)) {
    const [delegation, other] = entriesOf(map, 'delegationSource').filter(({ value }) => !isNull(value));
    const separators = entriesOf(map, 'separator');
    const isUnknown =
      other !== undefined || separators.length > 1 || separators.some(({ value }) => isHidden(text, value));
    if (
      delegation === undefined ||
      isUnknown ||
      isHidden(text, delegation.value) ||
      !hasAllKeys(source.templates, map, map.range.start)
    ) {
      continue;
    }
    const [separator] = separators;
    if (separator?.value.kind === 'scalar' && separator.value.value === '/') {
      continue;
    }
    const edit =
      separator === undefined
        ? addEntries(text, map, { separator: '/' }, { key: undefined, quote })
        : { range: outerRange(separator.value), newText: '"/"' };
    const isWritable = !item.alias && (separator === undefined || !isNull(separator.value));
    const range = separator === undefined || isNull(separator.value) ? delegation.key.range : separator.value.range;
    const fixes = isWritable ? fix({ kind: 'add-key', key: 'separator', value: '"/"' }, edit, false) : [];
    yield { range: range.start < range.end ? range : delegation.key.range, data: {}, fixes };
  }
}

function* impliedSeparator(source: ManifestSource, { scopePrefix }: Circumstances): Iterable<Breach<'NM045'>> {
  const { templates } = source;
  for (const { item, map, quote } of exposedItems(source)) {
    const [name, other] = entriesOf(map, 'name');
    const own = ownName(map);
    const isWritten = entriesOf(map, 'separator').length > 0 || entriesOf(map, 'delegationSource').length > 0;
    if (
      own === undefined ||
      name === undefined ||
      other !== undefined ||
      isWritten ||
      !hasAllKeys(templates, map, map.range.start)
    ) {
      continue;
    }
    const separator = effectiveSeparator(map, own.name);
    const edit = item.alias ? undefined : addEntries(templates.text, map, { separator }, { key: undefined, quote });
    yield {
      range: own.name.range,
      data: { scope: `${scopePrefix}:${own.full}`, separator },
      fixes: fix({ kind: 'add-key', key: 'separator', value: JSON.stringify(separator) }, edit, false),
    };
  }
}

/** Digdirator registers both; the second registration may be refused, which stops the whole client. */
function* sameScopeTwice(source: ManifestSource, { scopePrefix }: Circumstances): Iterable<Breach<'NM057'>> {
  const { templates } = source;
  const firsts = new Map</* branch and scope */ string, ScalarNode['range']>();
  for (const { item, list } of itemsOfLists(source.exposes)) {
    const own = item.value.kind === 'map' ? ownName(item.value) : undefined;
    if (own === undefined) {
      continue;
    }
    const range = item.alias ? item.range : own.name.range;
    const key = `${templates.branchAt(range.start)} ${own.full}`;
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, range);
    } else {
      const fixes = fix({ kind: 'remove-item' }, removeItem(templates.text, item, list), false);
      yield { range, data: { scope: `${scopePrefix}:${own.full}`, first }, fixes };
    }
  }
}

/** The only way to take a scope out of use; removing its item leaves it active (Digdirator). */
function* switchedOff(source: ManifestSource, { scopePrefix }: Circumstances): Iterable<Breach<'NM058'>> {
  for (const { map } of exposedItems(source)) {
    const own = ownName(map);
    for (const enabled of scalarsOf(map, 'enabled')) {
      if (enabled.value === false) {
        yield { range: enabled.range, data: { scope: own && `${scopePrefix}:${own.full}` } };
      }
    }
  }
}

function* lettersBeyondAscii(source: ManifestSource): Iterable<Breach<'NM059'>> {
  for (const { map } of exposedItems(source)) {
    for (const name of textsOf(map, 'name')) {
      const characters = [...new Set(name.value.match(/[æøå]/g))];
      // What the CRD refuses is for NM042.
      if (characters.length > 0 && exposedNameFault(name.value) === undefined) {
        const fixes = replaced(name, transliterated(name.value));
        yield { range: name.range, data: { name: name.value, characters }, fixes };
      }
    }
  }
}
