import type { Fix, TextEdit } from '../finding';
import type { ScalarNode } from '../nodes';
import { entriesOf } from '../nodes';
import type { ManifestSource } from '../read';
import { replaceScalar } from './edits';
import { addItem, removeEntry } from './entries';
import { exposedItems } from './exposed';
import { fix } from './fix';
import { isHidden, writtenUnder } from './judge';
import type { Breach, Rule } from './rule';

/** Rules on the settings of an exposed scope: how long, for which clients, and who sees it. */
export const exposedOptionRules: readonly Rule[] = [
  { code: 'NM046', severity: 'error', alsoInSchema: true, check: unknownDelegation },
  { code: 'NM047', severity: 'error', alsoInSchema: true, check: unknownVisibility },
  { code: 'NM048', severity: 'error', alsoInSchema: true, check: lifetimeOutOfRange },
  { code: 'NM050', severity: 'error', alsoInSchema: true, check: noIntegrations },
  { code: 'NM051', severity: 'information', alsoInSchema: false, check: withoutMaskinporten },
  { code: 'NM056', severity: 'information', alsoInSchema: false, check: openToAllAndSome },
];

/** `atMaxAge` in the Nais CRD. */
const LEAST_SECONDS = 30;
const MOST_SECONDS = 680;

const INTEGRATION = 'maskinporten';

function* unknownDelegation(source: ManifestSource): Iterable<Breach<'NM046'>> {
  yield* outsideOf(source, 'delegationSource', ['altinn']);
}

function* unknownVisibility(source: ManifestSource): Iterable<Breach<'NM047'>> {
  yield* outsideOf(source, 'visibility', ['private', 'public']);
}

/** An enum of the CRD. Only a slip of upper and lower case has a cure that nobody would question. */
function* outsideOf(
  source: ManifestSource,
  key: string,
  known: readonly string[],
): Iterable<{ range: ScalarNode['range']; data: { value: string }; fixes: readonly Fix[] }> {
  for (const { map } of exposedItems(source)) {
    for (const { key: written, range, text, value, scalar } of writtenUnder(source.templates, map, key)) {
      if (known.some((right) => right === value)) {
        continue;
      }
      const meant = known.find((right) => right === text.toLowerCase());
      const fixes = (meant === undefined ? known : [meant]).flatMap((result) =>
        fix({ kind: 'replace', result }, scalar && replaceWord(written, scalar, result), meant !== undefined),
      );
      yield { range, data: { value: text }, fixes };
    }
  }
}

/** JSON has no text without quotes, also where what it takes the place of had none. */
function replaceWord(key: ScalarNode, scalar: ScalarNode, result: string): TextEdit {
  return key.style === 'double' && scalar.style === 'plain'
    ? { range: scalar.outer, newText: JSON.stringify(result) }
    : replaceScalar(scalar, result);
}

function* lifetimeOutOfRange(source: ManifestSource): Iterable<Breach<'NM048'>> {
  for (const { map } of exposedItems(source)) {
    for (const { range, text, value, scalar } of writtenUnder(source.templates, map, 'atMaxAge')) {
      if (isLifetime(value)) {
        continue;
      }
      const number = text.trim() === '' ? Number.NaN : Number(value ?? Number.NaN);
      const result = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, Math.round(number)));
      const edit = scalar && { range: scalar.outer, newText: String(result) };
      yield {
        range,
        data: { value: text },
        fixes: Number.isNaN(number) ? [] : fix({ kind: 'replace', result: String(result) }, edit, isLifetime(number)),
      };
    }
  }
}

function isLifetime(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= LEAST_SECONDS && value <= MOST_SECONDS;
}

function* noIntegrations(source: ManifestSource): Iterable<Breach<'NM050'>> {
  const { templates } = source;
  for (const { item, map } of exposedItems(source)) {
    for (const entry of entriesOf(map, 'allowedIntegrations')) {
      const { value } = entry;
      if (value.kind === 'list' && value.items.length === 0 && !templates.mayHoldMore(value.range)) {
        const edit = item.alias ? undefined : removeEntry(templates.text, map, entry);
        yield { range: value.range, data: {}, fixes: fix({ kind: 'remove-key', key: entry.key.text }, edit, true) };
      }
    }
  }
}

function* withoutMaskinporten(source: ManifestSource): Iterable<Breach<'NM051'>> {
  const { templates } = source;
  for (const { map } of exposedItems(source)) {
    for (const entry of entriesOf(map, 'allowedIntegrations')) {
      const { key, value } = entry;
      const isSeen =
        value.kind === 'list' &&
        value.items.length > 0 &&
        !templates.mayHoldMore(value.range) &&
        value.items.every((item) => !isHidden(templates.text, item.value));
      if (isSeen && !value.items.some((item) => item.value.kind === 'scalar' && item.value.value === INTEGRATION)) {
        const fixes = fix(
          { kind: 'add-key', key: key.text, value: INTEGRATION },
          addItem(templates, entry, INTEGRATION),
          false,
        );
        yield { range: key.range, data: {}, fixes };
      }
    }
  }
}

function* openToAllAndSome(source: ManifestSource): Iterable<Breach<'NM056'>> {
  const { templates } = source;
  for (const { item, map } of exposedItems(source)) {
    const [all, otherAll] = entriesOf(map, 'accessibleForAll');
    const [consumers, otherConsumers] = entriesOf(map, 'consumers');
    if (all === undefined || consumers === undefined || otherAll !== undefined || otherConsumers !== undefined) {
      continue;
    }
    const isForAll = all.value.kind === 'scalar' && !all.value.templated && all.value.value === true;
    const isForSome = consumers.value.kind === 'list' && consumers.value.items.length > 0;
    const isSameBranch = templates.branchAt(all.key.range.start) === templates.branchAt(consumers.key.range.start);
    if (isForAll && isForSome && isSameBranch) {
      const edit = item.alias ? undefined : removeEntry(templates.text, map, consumers);
      yield { range: all.key.range, data: {}, fixes: fix({ kind: 'remove-key', key: 'consumers' }, edit, false) };
    }
  }
}
