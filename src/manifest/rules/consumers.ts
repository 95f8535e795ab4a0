import type { Fix } from '../finding';
import type { Range } from '../model';
import type { ListNode, MapNode, ScalarNode } from '../nodes';
import { entriesOf, itemsOf } from '../nodes';
import { hasCheckDigit, isNineDigits } from '../orgno';
import type { ManifestSource } from '../read';
import { replaceScalar } from './edits';
import { removeItem } from './entries';
import { fix } from './fix';
import type { EntryItem } from './judge';
import {
  distinctItems,
  hasAllKeys,
  isNull,
  isTemplatedItem,
  itemsOfLists,
  isSplitTag,
  scalarsOf,
  textsOf,
  visibleItem,
  writtenUnder,
} from './judge';
import { nearestKey } from './keys';
import { once } from './once';
import type { Breach, Rule } from './rule';
import { namedEdits } from './wrapping';

/** Rules on `exposes[].consumers`, which are organisations by their number. */
export const consumersRules: readonly Rule[] = [
  { code: 'NM052', severity: 'error', alsoInSchema: true, check: unquotedNumbers },
  { code: 'NM053', severity: 'error', alsoInSchema: true, check: malformedNumbers },
  { code: 'NM054', severity: 'warning', alsoInSchema: false, check: wrongCheckDigits },
  { code: 'NM055', severity: 'hint', alsoInSchema: false, check: duplicates },
];

function consumerItems(source: ManifestSource): readonly EntryItem[] {
  return once(source, allConsumerItems);
}

function allConsumerItems(source: ManifestSource): readonly EntryItem[] {
  const exposed = new Set(itemsOf(source.exposes).map(({ value }) => value));
  return [...distinctItems([...exposed].flatMap((map) => entriesOf(map, 'consumers')))];
}

function* consumerMaps(source: ManifestSource): Iterable<MapNode> {
  for (const { item } of consumerItems(source)) {
    if (item.value.kind === 'map' && !isSplitTag(source.templates.text, item.value)) {
      yield item.value;
    }
  }
}

function* unquotedNumbers(source: ManifestSource): Iterable<Breach<'NM052'>> {
  for (const map of consumerMaps(source)) {
    for (const orgno of scalarsOf(map, 'orgno')) {
      if (typeof orgno.value === 'number' && orgno.style === 'plain') {
        const result = nineDigitsIn(orgno.text) ?? orgno.text;
        const newText = JSON.stringify(result);
        const fixes = fix({ kind: 'replace', result: newText }, { range: orgno.outer, newText }, isNineDigits(result));
        yield { range: orgno.range, data: { orgno: orgno.text }, fixes };
      }
    }
  }
}

function* malformedNumbers(source: ManifestSource): Iterable<Breach<'NM053'>> {
  const { templates } = source;
  for (const { item, entry } of consumerItems(source)) {
    const { value } = item;
    if (isTemplatedItem(templates, item)) {
      continue;
    }
    if (value.kind === 'map') {
      yield* malformedIn(source, value, visibleItem(templates.text, item));
    } else if (value.kind === 'list') {
      yield { range: visibleItem(templates.text, item), data: { orgno: '', problem: 'missing' } };
    } else if (value.kind === 'scalar') {
      const flow = entry.value.kind === 'list' && entry.value.flow;
      const style = { flow, quoteKeys: entry.key.style === 'double', key: 'orgno' };
      const edits = isNineDigits(value.text) ? namedEdits(templates.text, item, value, style) : undefined;
      yield {
        range: visibleItem(templates.text, item),
        data: { orgno: value.text, problem: 'missing' },
        fixes: edits === undefined ? [] : fix({ kind: 'wrap-key', key: 'orgno' }, edits, true),
      };
    }
  }
}

function* malformedIn({ templates }: ManifestSource, map: MapNode, item: Range): Iterable<Breach<'NM053'>> {
  if (isSplitTag(templates.text, map)) {
    return;
  }
  const written = entriesOf(map, 'orgno').filter(({ value }) => !isNull(value));
  // A key that was meant to be `orgno` is for NM005.
  const isMisspelt = map.entries.some(
    ({ key }) => key.text !== 'orgno' && nearestKey('consumers', key.text) === 'orgno',
  );
  if (written.length === 0 && !isMisspelt && hasAllKeys(templates, map, map.range.start)) {
    yield { range: item, data: { orgno: '', problem: 'missing' } };
  }
  for (const { range, text, value, scalar } of writtenUnder(templates, map, 'orgno')) {
    const isNumber = typeof value === 'number' && scalar?.style === 'plain';
    if (!isNumber && !(typeof value === 'string' && isNineDigits(value))) {
      yield { range, data: { orgno: text, problem: 'malformed' }, fixes: onlyDigits(scalar) };
    }
  }
}

function onlyDigits(orgno: ScalarNode | undefined): readonly Fix[] {
  const result = orgno && nineDigitsIn(orgno.text);
  return orgno === undefined || result === undefined
    ? []
    : fix({ kind: 'remove-characters', result }, replaceScalar(orgno, result), true);
}

/** The number in `889 640 782`, `NO889640782MVA` or `0192:889640782` (ISO 6523 with the code of Enhetsregisteret). */
function nineDigitsIn(text: string): string | undefined {
  const digits = /^\s*(?:0192:|NO)?\s*((?:\d[\s._-]?){8}\d)\s*(?:MVA)?\s*$/i.exec(text)?.[1]?.replace(/\D/g, '');
  return digits !== undefined && isNineDigits(digits) ? digits : undefined;
}

function* wrongCheckDigits(source: ManifestSource): Iterable<Breach<'NM054'>> {
  for (const map of consumerMaps(source)) {
    for (const orgno of textsOf(map, 'orgno')) {
      if (isNineDigits(orgno.value) && !hasCheckDigit(orgno.value)) {
        yield { range: orgno.range, data: { orgno: orgno.value } };
      }
    }
  }
}

function* duplicates(source: ManifestSource): Iterable<Breach<'NM055'>> {
  const { templates } = source;
  const firsts = new Map</* list, branch and number */ string, Range>();
  const numbers = new Map<ListNode, number>();
  const consumers = itemsOf(source.exposes).flatMap(({ value }) => entriesOf(value, 'consumers'));
  for (const { item, list } of itemsOfLists(consumers)) {
    const number = numbers.get(list) ?? numbers.size;
    numbers.set(list, number);
    for (const orgno of textsOf(item.value, 'orgno')) {
      const range = item.alias ? item.range : orgno.range;
      const key = `${number} ${templates.branchAt(range.start)} ${orgno.value}`;
      const first = firsts.get(key);
      if (first === undefined) {
        firsts.set(key, range);
      } else {
        const fixes = fix({ kind: 'remove-item' }, removeItem(templates.text, item, list), false);
        yield { range, data: { orgno: orgno.value, first }, fixes };
      }
    }
  }
}
