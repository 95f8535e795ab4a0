import type { FindingOptions, ManifestDocument, ManifestFile } from './file';
import { DEFAULT_PREFIX, withSeverities } from './file';
import type { Finding, Fix, TextEdit } from './finding';
import { entriesOf } from './nodes';
import { shifted } from './range';
import { addEntries, addItem } from './rules/entries';
import type { ExposedItem } from './rules/exposed';
import { exposedItems, ownName } from './rules/exposed';
import { fix } from './rules/fix';
import { hasAllKeys, isHidden, isNull, scalarsOf } from './rules/judge';
import { suppressionsIn } from './rules/suppression';
import type { ManifestSource } from './read';
import type { Target } from './target';

/** A file of the workspace; `id` is what the caller knows it by, and is shown to the user. */
export interface WorkspaceFile {
  readonly id: string;
  readonly file: ManifestFile;
  readonly target?: Target | undefined;
}

export interface WorkspaceOptions extends Pick<FindingOptions, 'scopePrefix' | 'severities'> {
  /** The number of the organisation that runs the workloads; Nav's unless given. */
  readonly organisation?: string | undefined;
}

const NAV = '889640782';

interface Placed {
  readonly id: string;
  readonly target: Target;
  readonly document: ManifestDocument;
}

/** What only several manifests together show (NM060 and NM061), by the file's `id`; files without findings are left out. */
export function workspaceFindings(
  files: readonly WorkspaceFile[],
  { scopePrefix = DEFAULT_PREFIX, organisation = NAV, severities = {} }: WorkspaceOptions = {},
): ReadonlyMap<string, readonly Finding[]> {
  const all = files.flatMap(({ id, file, target = 'unknown' }) =>
    file.documents.map((document): Placed => ({ id, target, document })),
  );
  const consumers = consumersByScope(all);
  const workloads = groupedByWorkload(all);
  const findings = new Map<string, readonly Finding[]>();
  for (const placed of all) {
    const { id, document } = placed;
    const { source } = document;
    const suppressions = suppressionsIn(source.templates.masked);
    const siblings = workloads.get(workloadOf(document)) ?? [];
    const own = [
      ...withoutConsumer(placed, consumers, scopePrefix, organisation),
      ...forgottenScopes(placed, siblings),
    ].filter(({ code, range }) => !suppressions.cover(code, range.start));
    const placedFindings = withSeverities(shifted(own, document.start), severities);
    if (placedFindings.length > 0) {
      findings.set(id, [...(findings.get(id) ?? []), ...placedFindings]);
    }
  }
  return findings;
}

/** Manifests of the same workload; one whose name a template makes is none that could be found again. */
function groupedByWorkload(all: readonly Placed[]): ReadonlyMap<string | undefined, readonly Placed[]> {
  const groups = new Map<string | undefined, Placed[]>();
  for (const placed of all) {
    const workload = workloadOf(placed.document);
    if (workload !== undefined) {
      const known = groups.get(workload) ?? [];
      known.push(placed);
      groups.set(workload, known);
    }
  }
  return groups;
}

type Consumers = ReadonlyMap</* scope */ string, readonly Placed[]>;

function consumersByScope(all: readonly Placed[]): Consumers {
  const consumers = new Map<string, Placed[]>();
  for (const placed of all) {
    for (const { name } of placed.document.source.manifest.consumes) {
      if (!name.templated) {
        const known = consumers.get(name.value) ?? [];
        known.push(placed);
        consumers.set(name.value, known);
      }
    }
  }
  return consumers;
}

/** A scope that the organisation's own workload consumes is granted like any other (Digdirator, access check). */
function* withoutConsumer(
  { target, document: { source } }: Placed,
  consumers: Consumers,
  scopePrefix: string,
  organisation: string,
): Iterable<Finding> {
  for (const exposed of exposedItems(source)) {
    const own = ownName(exposed.map);
    const scope = `${scopePrefix}:${own?.full ?? ''}`;
    const consumer = consumers.get(scope)?.find((other) => mayMeet(other.target, target));
    if (own === undefined || consumer === undefined || mayGrant(source, exposed, organisation)) {
      continue;
    }
    const title = { kind: 'add-consumer', orgno: organisation } as const;
    yield {
      code: 'NM060',
      severity: 'information',
      alsoInSchema: false,
      range: own.name.range,
      data: { scope, consumer: consumer.document.source.manifest.name?.value ?? consumer.id, organisation },
      fixes: fix(title, addConsumer(source, exposed, organisation), false),
    };
  }
}

/** Test and production are two worlds; one that is not known may be either. */
function mayMeet(a: Target, b: Target): boolean {
  return a === b || a === 'unknown' || b === 'unknown';
}

/** Whether the organisation is among the consumers, or may be, as far as templates let it be seen. */
function mayGrant({ templates }: ManifestSource, { map }: ExposedItem, organisation: string): boolean {
  const consumers = entriesOf(map, 'consumers');
  const isForAll = entriesOf(map, 'accessibleForAll').some(
    ({ value }) => value.kind === 'scalar' && (value.templated || value.value === true),
  );
  const isSeen = consumers.every(
    ({ key, value }) =>
      isNull(value) ||
      (value.kind === 'list' && !templates.mayHoldMore({ start: key.outer.end, end: value.range.end })),
  );
  return (
    isForAll ||
    !isSeen ||
    !hasAllKeys(templates, map, map.range.start) ||
    consumers.some(({ value }) =>
      (value.kind === 'list' ? value.items : []).some(
        (item) =>
          isHidden(templates.text, item.value) ||
          entriesOf(item.value, 'orgno').some((orgno) => isHidden(templates.text, orgno.value)) ||
          [...scalarsOf(item.value, 'orgno')].some((orgno) => orgno.text === organisation),
      ),
    )
  );
}

function addConsumer(
  { templates }: ManifestSource,
  { map, item, quote }: ExposedItem,
  orgno: string,
): TextEdit | undefined {
  const [consumers, other] = entriesOf(map, 'consumers');
  if (item.alias || other !== undefined) {
    return undefined;
  }
  return consumers === undefined
    ? addEntries(templates.text, map, { consumers: [{ orgno }] }, { key: undefined, quote })
    : addItem(templates, consumers, { orgno });
}

/** Kind, namespace and name: what makes two manifests the same workload, in two environments. */
function workloadOf({ source: { manifest } }: ManifestDocument): string | undefined {
  const { kind, name, namespace } = manifest;
  const isKnown = name !== undefined && namespace !== undefined && !name.templated && !namespace.templated;
  return isKnown ? `${kind} ${namespace.value} ${name.value}` : undefined;
}

/** Scopes that the same workload consumes in another file: added in dev, forgotten in prod. */
function* forgottenScopes({ id, document: { source } }: Placed, siblings: readonly Placed[]): Iterable<Finding> {
  const { consumes } = source.manifest;
  const entry = source.consumes[0] ?? source.blocks[0];
  if (entry === undefined || source.consumes.length > 1 || consumes.some(({ name }) => name.templated)) {
    return;
  }
  if (source.templates.mayHoldMore({ start: entry.key.outer.end, end: Math.max(entry.key.outer.end, endOf(entry)) })) {
    return;
  }
  const told = new Set(consumes.map(({ name }) => name.value));
  for (const sibling of siblings.filter((other) => other.id !== id)) {
    for (const { name } of sibling.document.source.manifest.consumes) {
      if (!name.templated && !told.has(name.value)) {
        told.add(name.value);
        yield {
          code: 'NM061',
          severity: 'hint',
          alsoInSchema: false,
          range: entry.key.range,
          data: { scope: name.value, other: sibling.id },
          fixes: addScope(source, name.value),
        };
      }
    }
  }
}

function endOf({ value }: ManifestSource['consumes'][number]): number {
  return value.kind === 'scalar' ? value.outer.end : value.range.end;
}

function addScope({ templates, consumes: [entry] }: ManifestSource, scope: string): readonly Fix[] {
  const edit = entry && addItem(templates, entry, { name: scope });
  return fix({ kind: 'add-scope', scope }, edit, false);
}
