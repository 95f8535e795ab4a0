import type { ConsumedScope } from './model';
import type { ConsumedFacts, ExposedFacts } from './facts';
import type { FindingOptions } from './file';
import { DEFAULT_PREFIX, withSeverities } from './file';
import type { Finding } from './finding';
import { filled } from './openEdit';
import type { ManifestDocument } from './reading';
import { fix } from './rules/fix';
import type { Target } from './target';

/** A file of the workspace; `id` is what the caller knows it by, and is shown to the user. */
export interface WorkspaceFile {
  readonly id: string;
  readonly file: { readonly documents: readonly WorkspaceDocument[] };
  readonly target?: Target | undefined;
  /** The name of the variables file that the documents are filled in with. */
  readonly variables?: string | undefined;
}

/** What of a document other manifests may bear on. */
export type WorkspaceDocument = Pick<ManifestDocument, 'manifest' | 'facts'>;

export interface WorkspaceOptions extends Pick<FindingOptions, 'scopePrefix' | 'severities'> {
  /** The number of the organisation that runs the workloads; Nav's unless given. */
  readonly organisation?: string | undefined;
}

const NAV = '889640782';

/** Who lacks more scopes than these did not forget them. */
const MOST_FORGOTTEN = 20;

interface Placed {
  readonly id: string;
  readonly target: Target;
  readonly document: WorkspaceDocument;
  readonly variables: string | undefined;
}

/**
 * What only several manifests together show (NM060 and NM061), by the file's `id`; files without findings are left out.
 * Linear in the number of manifests: this runs anew whenever one of them changes.
 */
export function workspaceFindings(
  files: readonly WorkspaceFile[],
  { scopePrefix = DEFAULT_PREFIX, organisation = NAV, severities = {} }: WorkspaceOptions = {},
): ReadonlyMap<string, readonly Finding[]> {
  const all = files.flatMap(({ id, file, target = 'unknown', variables }) =>
    file.documents.map((document): Placed => ({ id, target, document, variables })),
  );
  const consumers = groupedBy(all, ({ document }) => knownScopesOf(document).map(({ name }) => name.value));
  const workloads = groupedBy(all, ({ document: { facts } }) => (facts.workload === undefined ? [] : [facts.workload]));
  const findings = new Map<string, readonly Finding[]>();
  for (const placed of all) {
    const { exposes, consumes, workload } = placed.document.facts;
    const siblings = workload === undefined ? [] : (workloads.get(workload) ?? []);
    const own = [
      ...exposes.flatMap((exposed) => withoutConsumer(exposed, placed, consumers, scopePrefix, organisation)),
      ...(consumes === undefined ? [] : forgottenScopes(consumes, placed, siblings)),
    ];
    if (own.length > 0) {
      const heard = withSeverities(own, severities);
      findings.set(placed.id, [...(findings.get(placed.id) ?? []), ...heard]);
    }
  }
  return new Map([...findings].filter(([, found]) => found.length > 0));
}

/** The documents under each of their keys. */
function groupedBy(
  all: readonly Placed[],
  keysOf: (placed: Placed) => readonly string[],
): ReadonlyMap<string, readonly Placed[]> {
  const groups = new Map<string, Placed[]>();
  for (const placed of all) {
    for (const key of keysOf(placed)) {
      const known = groups.get(key);
      if (known === undefined) {
        groups.set(key, [placed]);
      } else {
        known.push(placed);
      }
    }
  }
  return groups;
}

/** The scopes that it consumes, without those that only a template knows. */
function knownScopesOf({ manifest }: WorkspaceDocument): readonly ConsumedScope[] {
  return manifest.consumes.filter(({ name }) => !name.templated);
}

/** The variables without which it would not have been found, if there are any. */
function variablesOf(placed: Placed, isRendered: boolean): { readonly variables?: string } {
  return isRendered && placed.variables !== undefined ? { variables: placed.variables } : {};
}

/** A scope that the organisation's own workload consumes is granted like any other (Digdirator, access check). */
function withoutConsumer(
  exposed: ExposedFacts,
  placed: Placed,
  consumers: ReadonlyMap<string, readonly Placed[]>,
  scopePrefix: string,
  organisation: string,
): readonly Finding[] {
  const scope = `${scopePrefix}:${exposed.scope}`;
  const consumer = consumers.get(scope)?.find((other) => mayMeet(other.target, placed.target));
  if (consumer === undefined || exposed.consumers.includes(organisation)) {
    return [];
  }
  const title = { kind: 'add-consumer', orgno: organisation } as const;
  const isConsumedByTemplate = knownScopesOf(consumer.document).some(
    ({ name }) => name.value === scope && name.rendered === true,
  );
  const isExposedByTemplate = placed.document.manifest.exposes.some(
    ({ product, name, consumers: listed }) =>
      name.range.start === exposed.range.start &&
      [product, name, ...listed.map(({ orgno }) => orgno)].some(({ rendered }) => rendered),
  );
  return [
    {
      code: 'NM060',
      severity: 'information',
      alsoInSchema: false,
      range: exposed.range,
      data: { scope, consumer: consumer.document.manifest.name?.value ?? consumer.id, organisation },
      fixes: fix(title, exposed.addConsumer && filled(exposed.addConsumer, organisation), false),
      ...variablesOf(consumer, isConsumedByTemplate),
      ...variablesOf(placed, isExposedByTemplate),
    },
  ];
}

/** Test and production are two worlds; one that is not known may be either. */
function mayMeet(a: Target, b: Target): boolean {
  return a === b || a === 'unknown' || b === 'unknown';
}

/** Scopes that the same workload consumes in another file: added in dev, forgotten in prod. */
function* forgottenScopes(
  { range, addScope }: ConsumedFacts,
  placed: Placed,
  siblings: readonly Placed[],
): Iterable<Finding> {
  const own = knownScopesOf(placed.document);
  const told = new Set(own.map(({ name }) => name.value));
  const most = told.size + MOST_FORGOTTEN;
  for (const sibling of siblings.filter((other) => other.id !== placed.id)) {
    for (const { name } of knownScopesOf(sibling.document)) {
      const scope = name.value;
      if (!told.has(scope) && told.size < most) {
        told.add(scope);
        yield {
          code: 'NM061',
          severity: 'hint',
          alsoInSchema: false,
          range,
          data: { scope, other: sibling.id },
          fixes: fix({ kind: 'add-scope', scope }, addScope && filled(addScope, scope), false),
          ...variablesOf(sibling, name.rendered === true),
          ...variablesOf(
            placed,
            own.some((consumed) => consumed.name.rendered),
          ),
        };
      }
    }
  }
}
