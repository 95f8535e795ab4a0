import type { FindingOptions } from '../file';
import { findingsOf, readFile, withSeverities } from '../file';
import type { WorkspaceFacts } from '../facts';
import type { Finding, Fix } from '../finding';
import type { Manifest } from '../model';
import type { OpenEdit } from '../openEdit';
import type { ManifestFile } from '../reading';
import { suppressionsIn } from '../rules/suppression';
import { scanTags } from '../tags';
import type { WorkspaceDocument } from '../workspace';
import type { ParseTemplate } from './ast';
import { mappedManifest, mappedRanges } from './mapped';
import type { RenderProblem, UnreadableReason } from './problem';
import type { SourceMap } from './sourceMap';
import { renderTemplate } from './template';
import type { Variables } from './values';

/** Variables as someone chose them. */
export interface ChosenVariables {
  /** As people call the file. */
  readonly name: string;
  readonly variables: Variables;
  /** There may be variables beyond these, as a workflow gives some that nobody knows: then none is said to be missing. */
  readonly mayBeMore: boolean;
}

/** A file whose text is at hand. */
export interface FileWithText extends ManifestFile {
  readonly text: string;
}

/** A file rendered with variables, told in terms of the file: every range is one of its own text. */
export class RenderedFile {
  #manifests: readonly Manifest[] | undefined;
  #documents: readonly WorkspaceDocument[] | undefined;

  constructor(
    private readonly source: FileWithText,
    readonly name: string,
    /** None where rendering failed. */
    private readonly result: { readonly file: ManifestFile; readonly map: SourceMap } | undefined,
    private readonly renderProblems: readonly RenderProblem[],
  ) {}

  /** The manifests with their values filled in; none where rendering failed. A loop may give several at one place. */
  get manifests(): readonly Manifest[] {
    const { result } = this;
    this.#manifests ??= result?.file.documents.map(({ manifest }) => mappedManifest(manifest, result.map)) ?? [];
    return this.#manifests;
  }

  /** What other manifests may bear on, with the values filled in; none where rendering failed. */
  get documents(): readonly WorkspaceDocument[] {
    const { result, manifests } = this;
    this.#documents ??= manifests.flatMap((manifest, at) => {
      const facts = result?.file.documents[at]?.facts;
      return facts ? [{ manifest, facts: mappedFacts(facts, result.map) }] : [];
    });
    return this.#documents;
  }

  /** Why the template could not be rendered at all. */
  get failure(): Finding | undefined {
    const [problem] = this.result === undefined ? this.renderProblems : [];
    return problem && this.#toFinding(problem);
  }

  /** NM081 at each tag, once for each name. */
  get problems(): readonly Finding[] {
    const { text } = this.source;
    const suppressions = suppressionsIn(text);
    const seen = new Set<string>();
    return this.renderProblems.flatMap(({ range, fault }) => {
      const key = JSON.stringify([range, fault]);
      if (
        seen.has(key) ||
        suppressions.cover('NM081', range.start) ||
        (fault.kind === 'missing' && isInComment(text, range.start))
      ) {
        return [];
      }
      seen.add(key);
      return [this.#toFinding({ range, fault })];
    });
  }

  #toFinding({ range, fault }: RenderProblem): Finding {
    const data = { fault, variables: this.name };
    return { code: 'NM081', severity: 'warning', alsoInSchema: false, range, data, fixes: [] };
  }

  /**
   * All that the file itself shows, and beside it what shows only with these variables; in the order of the text. A fix
   * of the rendered text is kept where its edits touch no more than what stands in the file just so, and only once.
   */
  findings(options: FindingOptions = {}): readonly Finding[] {
    const { severities, ...circumstances } = options;
    const own = findingsOf(this.source, circumstances);
    const known = new Set(own.map(placeOf));
    const rendered = this.#renderedFindings(circumstances).filter((finding) => !known.has(placeOf(finding)));
    const all = [...own, ...rendered, ...this.problems].sort((a, b) => a.range.start - b.range.start);
    return severities === undefined ? all : withSeverities(all, severities);
  }

  #renderedFindings(options: FindingOptions): readonly Finding[] {
    if (this.result === undefined) {
      return [];
    }
    const { file, map } = this.result;
    const seen = new Set<string>();
    return findingsOf(file, options).flatMap((finding) => {
      const { fixes, ...rest } = finding;
      const mapped = mappedRanges(rest, map);
      const key = JSON.stringify([mapped.code, mapped.range, mapped.data]);
      if (seen.has(key)) {
        return [];
      }
      seen.add(key);
      return [{ ...mapped, variables: this.name, fixes: fixes.flatMap((fix) => mappedFix(fix, map)) }];
    });
  }
}

/** Renders a file with variables and reads what comes out. Never throws. */
export function renderFile(
  source: FileWithText,
  { name, variables, mayBeMore }: ChosenVariables,
  parse: ParseTemplate,
): RenderedFile {
  const rendering = renderTemplate(source.text, variables, parse);
  return rendering.kind === 'failed'
    ? new RenderedFile(source, name, undefined, [rendering.problem])
    : new RenderedFile(
        source,
        name,
        { file: readFile(rendering.text), map: rendering.map },
        mayBeMore ? [] : rendering.problems,
      );
}

/** What there is to say of a file whose variables cannot be read: nothing but that, where the first of them is used. */
export function unreadableVariables(source: FileWithText, name: string, reason: UnreadableReason): RenderedFile {
  const tag = scanTags(source.text).find(({ kind }) => kind === 'value' || kind === 'open');
  const problems = tag && [
    { range: { start: tag.start, end: tag.end }, fault: { kind: 'unreadable', reason } as const },
  ];
  return new RenderedFile(source, name, undefined, problems ?? []);
}

function placeOf({ code, range }: Finding): string {
  return `${code} ${range.start} ${range.end}`;
}

/** An edit is kept where it touches no more than what stands in the file just so, and only once. */
function mappedFacts(facts: WorkspaceFacts, map: SourceMap): WorkspaceFacts {
  const edit = (open: OpenEdit | undefined) => (open && map.originOf(open.range).editable ? open : undefined);
  const { exposes, consumes } = facts;
  return mappedRanges(
    {
      ...facts,
      exposes: exposes.map((exposed) => ({ ...exposed, addConsumer: edit(exposed.addConsumer) })),
      consumes: consumes && { ...consumes, addScope: edit(consumes.addScope) },
    },
    map,
  );
}

function mappedFix(fix: Fix, map: SourceMap): readonly Fix[] {
  const edits = fix.edits.map(({ range, newText }) => ({ origin: map.originOf(range), newText }));
  return edits.every(({ origin }) => origin.editable)
    ? [{ ...fix, edits: edits.map(({ origin, newText }) => ({ range: origin.range, newText })) }]
    : [];
}

/** What is missing in a comment is missed by nobody. */
function isInComment(text: string, offset: number): boolean {
  return /^[ \t]*#/.test(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset));
}
