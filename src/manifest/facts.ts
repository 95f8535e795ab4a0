import { openEdit, type OpenEdit } from './openEdit';
import type { Manifest, Range } from './model';
import type { MapEntry } from './nodes';
import { entriesOf, itemsOf } from './nodes';
import type { ManifestSource } from './read';
import { addEntries, addItem } from './rules/entries';
import type { ExposedItem } from './rules/exposed';
import { exposedItems, ownName } from './rules/exposed';
import { hasAllKeys, isHidden, isNull, scalarsOf } from './rules/judge';
import { mayHoldMoreApps, mayHoldMoreRules } from './rules/reach';
import { suppressionsIn } from './rules/suppression';

/** A scope that is exposed, and may be lacking the organisation's own number among its consumers (NM060). */
export interface ExposedFacts {
  /** Without the cluster's prefix. */
  readonly scope: string;
  readonly range: Range;
  /** The consumers that are listed, as written. */
  readonly consumers: readonly string[];
  readonly addConsumer: OpenEdit | undefined;
}

/** The list of consumed scopes, when all of it is seen (NM061). */
export interface ConsumedFacts {
  readonly range: Range;
  readonly addScope: OpenEdit | undefined;
}

/** What templates do to the rules of `accessPolicy.outbound.external`. */
export interface OutboundFacts {
  /** A template may bring rules that are not seen. */
  readonly mayHoldMore: boolean;
  /** The rules that a template may leave out. */
  readonly conditional: readonly Range[];
  /** The same of the rules and apps of `outbound.rules`. */
  readonly appsMayHoldMore?: boolean | undefined;
  readonly conditionalApps?: readonly Range[] | undefined;
}

/**
 * What the manifests of a workspace know of each other beside the manifest itself. Plain data, since the text that it is
 * made from may be in another thread, or let go. What a comment silences or a template hides is left out.
 */
export interface WorkspaceFacts {
  /** Kind, namespace and name: what makes two manifests the same workload, in two environments. */
  readonly workload: string | undefined;
  readonly exposes: readonly ExposedFacts[];
  readonly consumes: ConsumedFacts | undefined;
  readonly outbound: OutboundFacts;
}

/** Gathers the facts of one document, with ranges relative to it. */
export function factsOf(source: ManifestSource): WorkspaceFacts {
  const suppressions = suppressionsIn(source.templates.masked);
  const consumes = consumedFacts(source);
  return {
    workload: workloadOf(source.manifest),
    exposes: [...exposedFacts(source)].filter(({ range }) => !suppressions.cover('NM060', range.start)),
    outbound: outboundFacts(source),
    consumes: consumes && !suppressions.cover('NM061', consumes.range.start) ? consumes : undefined,
  };
}

function outboundFacts(source: ManifestSource): OutboundFacts {
  const { templates, external, apps } = source;
  const conditionalIn = (entries: readonly MapEntry[]) =>
    itemsOf(entries)
      .filter(({ range }) => templates.branchAt(range.start) !== 0)
      .map(({ range }) => range);
  return {
    mayHoldMore: mayHoldMoreRules(source),
    conditional: conditionalIn(external),
    appsMayHoldMore: mayHoldMoreApps(source),
    conditionalApps: conditionalIn(apps),
  };
}

/** One whose name a template makes is none that could be found again. */
function workloadOf({ kind, name, namespace }: Manifest): string | undefined {
  const isKnown = name !== undefined && namespace !== undefined && !name.templated && !namespace.templated;
  return isKnown ? `${kind} ${namespace.value} ${name.value}` : undefined;
}

function* exposedFacts(source: ManifestSource): Iterable<ExposedFacts> {
  for (const exposed of exposedItems(source)) {
    const own = ownName(exposed.map);
    const consumers = own && listedConsumers(source, exposed);
    if (own !== undefined && consumers !== undefined) {
      yield { scope: own.full, range: own.name.range, consumers, addConsumer: addConsumer(source, exposed) };
    }
  }
}

/** Nothing where all may be consumers, or where templates hide who is. */
function listedConsumers({ templates }: ManifestSource, { map }: ExposedItem): readonly string[] | undefined {
  const consumers = entriesOf(map, 'consumers');
  const isForAll = entriesOf(map, 'accessibleForAll').some(
    ({ value }) => value.kind === 'scalar' && (value.templated || value.value === true),
  );
  const isSeen = consumers.every(
    ({ key, value }) =>
      isNull(value) ||
      (value.kind === 'list' && !templates.mayHoldMore({ start: key.outer.end, end: value.range.end })),
  );
  const items = consumers.flatMap(({ value }) => (value.kind === 'list' ? value.items : []));
  const isHiddenItem = items.some(
    ({ value }) =>
      isHidden(templates.text, value) ||
      entriesOf(value, 'orgno').some((orgno) => isHidden(templates.text, orgno.value)),
  );
  return isForAll || !isSeen || isHiddenItem || !hasAllKeys(templates, map, map.range.start)
    ? undefined
    : items.flatMap(({ value }) => [...scalarsOf(value, 'orgno')].map(({ text }) => text));
}

function addConsumer({ templates }: ManifestSource, { map, item, quote }: ExposedItem): OpenEdit | undefined {
  const [consumers, other] = entriesOf(map, 'consumers');
  if (item.alias || other !== undefined) {
    return undefined;
  }
  return consumers === undefined
    ? openEdit(quote, (orgno) => addEntries(templates.text, map, { consumers: [{ orgno }] }, { key: undefined, quote }))
    : openEdit(quote, (orgno) => addItem(templates, consumers, { orgno }));
}

function consumedFacts(source: ManifestSource): ConsumedFacts | undefined {
  const { templates, consumes, blocks, manifest } = source;
  const entry = consumes[0] ?? blocks[0];
  if (entry === undefined || consumes.length > 1 || manifest.consumes.some(({ name }) => name.templated)) {
    return undefined;
  }
  const { key, value } = entry;
  const end = value.kind === 'scalar' ? value.outer.end : value.range.end;
  if (templates.mayHoldMore({ start: key.outer.end, end: Math.max(key.outer.end, end) })) {
    return undefined;
  }
  const [list] = consumes;
  const addScope = list && openEdit(list.key.style === 'double', (name) => addItem(templates, list, { name }));
  return { range: key.range, addScope };
}
