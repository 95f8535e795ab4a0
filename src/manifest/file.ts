import { mightBeManifest } from './candidate';
import { splitDocuments } from './documents';
import { factsOf, type WorkspaceFacts } from './facts';
import type { Finding, FindingCode, Severity } from './finding';
import type { KnownScopes } from './knownScopes';
import { PUBLISHED_SCOPES } from './knownScopes';
import { lineStartsOf } from './lineStarts';
import type { MaskedText } from './mask';
import { maskTemplates } from './mask';
import type { FileKind, Manifest, Range } from './model';
import type { MapEntry } from './nodes';
import { parseDocument } from './parse';
import { shifted } from './range';
import type { Placed } from './unchanged';
import { hasOnlyClosedTags, unchangedAround } from './unchanged';
import type { ManifestSource } from './read';
import { hasVariables, readManifest } from './read';
import type { ListKeys, ManifestDocument, ManifestFile } from './reading';
import { findingsIn } from './rules';
import type { Circumstances } from './rules/rule';
import type { Tag } from './tags';
import type { Target } from './target';

const MOST_KEPT = 3;

/** What one document of a file holds, wherever it stands: all its ranges are its own. */
class DocumentReading {
  #isClosed: boolean | undefined;
  /** Of the circumstances that were last asked about: a file has few targets at a time. */
  #kept: readonly { readonly circumstances: Circumstances; readonly findings: readonly Finding[] }[] = [];

  constructor(
    readonly text: MaskedText,
    readonly kind: FileKind,
    readonly source: ManifestSource | undefined,
  ) {}

  /** Whether no template tag in it can become longer by what stands behind it. */
  get isClosed(): boolean {
    this.#isClosed ??= hasOnlyClosedTags(this.text);
    return this.#isClosed;
  }

  findingsIn(circumstances: Circumstances): readonly Finding[] {
    const kept = this.#kept.find((each) => areSame(each.circumstances, circumstances));
    if (kept !== undefined) {
      return kept.findings;
    }
    const findings = this.source === undefined ? [] : findingsIn(this.source, circumstances);
    this.#kept = [{ circumstances, findings }, ...this.#kept.slice(0, MOST_KEPT - 1)];
    return findings;
  }
}

/** A manifest that was parsed here. */
export class SourceDocument implements ManifestDocument {
  #manifest: Manifest | undefined;
  #facts: WorkspaceFacts | undefined;
  /** The findings that were last asked about, as the reading has them and as they are in the file. */
  #moved: readonly { readonly own: readonly Finding[]; readonly moved: readonly Finding[] }[] = [];

  constructor(
    readonly start: number,
    readonly source: ManifestSource,
    /** What this was made from; a document that neither changed nor moved is the same object in the next reading. */
    readonly reading: DocumentReading,
  ) {}

  get range(): Range {
    return { start: this.start, end: this.start + this.source.templates.text.length };
  }

  get manifest(): Manifest {
    this.#manifest ??= shifted(this.source.manifest, this.start);
    return this.#manifest;
  }

  get listKeys(): ListKeys {
    const { consumes, exposes, external } = this.source;
    const keysOf = (entries: readonly MapEntry[]) => entries.map(({ key }) => key.outer);
    return shifted({ consumes: keysOf(consumes), exposes: keysOf(exposes), outbound: keysOf(external) }, this.start);
  }

  get facts(): WorkspaceFacts {
    this.#facts ??= shifted(factsOf(this.source), this.start);
    return this.#facts;
  }

  /** Those of a manifest of which nothing else is known. */
  get findings(): readonly Finding[] {
    return this.findingsIn(circumstancesOf({}));
  }

  findingsIn(circumstances: Circumstances): readonly Finding[] {
    const own = this.reading.findingsIn(circumstances);
    if (own.length === 0) {
      return own;
    }
    const kept = this.#moved.find((each) => each.own === own);
    if (kept !== undefined) {
      return kept.moved;
    }
    const moved = shifted(own, this.start);
    this.#moved = [{ own, moved }, ...this.#moved.slice(0, MOST_KEPT - 1)];
    return moved;
  }
}

/** A file that was parsed here. */
export class SourceFile implements ManifestFile {
  constructor(
    readonly kind: FileKind,
    readonly text: string,
    readonly documents: readonly SourceDocument[],
    /** What the next reading can take over. */
    readonly cache: ReadingCache,
  ) {}

  get lineStarts(): readonly number[] {
    return lineStartsOf(this.text);
  }
}

/** Every document, of whatever kind, in order. */
type ReadingCache = readonly PlacedReading[];

interface PlacedReading extends Placed {
  readonly reading: DocumentReading;
  readonly document: SourceDocument | undefined;
}

function placedAt(start: number, reading: DocumentReading): PlacedReading {
  const { text, source } = reading;
  const document = source && new SourceDocument(start, source, reading);
  return { start, end: start + text.text.length, text, isClosed: reading.isClosed, reading, document };
}

/**
 * Reads a file of any content; never throws. With the `previous` reading of the same file, a document whose text is as
 * it was is not parsed again, wherever it moved to.
 */
export function readFile(text: string, previous?: SourceFile): SourceFile {
  if (!mightBeManifest(text)) {
    return new SourceFile('other', text, [], []);
  }
  const placed = (previous && readBetween(text, previous)) ?? readDocuments(maskTemplates(text), 0, previous?.cache);
  if (placed === 'helm') {
    return new SourceFile('helm', text, [], []);
  }
  const documents = placed.flatMap(({ document }) => document ?? []);
  const isVariables = placed.some(({ reading }) => reading.kind === 'variables');
  const kind = documents.length > 0 ? 'manifest' : isVariables ? 'variables' : 'other';
  return new SourceFile(kind, text, documents, placed);
}

/** Reads no more than what changed; nothing where a tag in there may reach beyond. */
function readBetween(text: string, previous: SourceFile): ReadingCache | 'helm' | undefined {
  const placed = previous.cache;
  const { before, after, between } = unchangedAround(previous.text, placed, text);
  const templates = maskTemplates(text.slice(between.start, between.end));
  if (before + after === 0 || !hasOnlyClosedTags(templates)) {
    return undefined;
  }
  const behind = placed.length - after;
  const read = readDocuments(templates, between.start, placed.slice(before, behind));
  const by = text.length - previous.text.length;
  const moved = placed.slice(behind).map((each) => (by === 0 ? each : placedAt(each.start + by, each.reading)));
  return read === 'helm' ? read : [...placed.slice(0, before), ...read, ...moved];
}

/** Reads the documents of a text that stands at `offset` in its file, as far as they are not among the `known` ones. */
function readDocuments(templates: MaskedText, offset: number, known: ReadingCache = []): ReadingCache | 'helm' {
  if (templates.tags.some(isHelmTag)) {
    return 'helm';
  }
  const readings = new Map(known.map(({ reading }) => [reading.text.text, reading]));
  const knownAt = new Map(known.map((each) => [each.start, each]));
  return splitDocuments(templates.masked).map(({ start, end }) => {
    const slice = templates.slice(start, end);
    // No tag reaches over a marker without hiding it, so the same text is always masked in the same way.
    const reading = readings.get(slice.text) ?? readDocument(slice);
    readings.set(slice.text, reading);
    const before = knownAt.get(start + offset);
    return before?.reading === reading ? before : placedAt(start + offset, reading);
  });
}

/** What decides on the findings besides the text. Whatever is left out is what is most common, or not known. */
export interface FindingOptions {
  readonly target?: Target | undefined;
  /** The cluster has no network policies. */
  readonly onPrem?: boolean | undefined;
  /** `nav` unless given. */
  readonly scopePrefix?: string | undefined;
  readonly knownScopes?: KnownScopes | undefined;
  /** Another severity for a code than its own, or none at all. */
  readonly severities?: Readonly<Partial<Record<FindingCode, Severity | 'off'>>> | undefined;
}

/** Nav's: most clusters are its own, and the others have it in their settings. */
export const DEFAULT_PREFIX = 'nav';

/** All findings of a file's manifests, in the order of the text. Kept, so that asking twice costs nothing. */
export function findingsOf(file: ManifestFile, options: FindingOptions = {}): readonly Finding[] {
  const circumstances = circumstancesOf(options);
  const findings = file.documents.flatMap((document) => document.findingsIn(circumstances));
  return options.severities === undefined ? findings : withSeverities(findings, options.severities);
}

/** Gives findings other severities, and leaves out what is off. */
export function withSeverities(
  findings: readonly Finding[],
  severities: NonNullable<FindingOptions['severities']>,
): readonly Finding[] {
  return findings.flatMap((finding) => {
    const severity = severities[finding.code] ?? finding.severity;
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}

function circumstancesOf({ target, onPrem, scopePrefix, knownScopes }: FindingOptions): Circumstances {
  return {
    target: target ?? 'unknown',
    onPrem: onPrem ?? false,
    scopePrefix: scopePrefix ?? DEFAULT_PREFIX,
    knownScopes: knownScopes ?? PUBLISHED_SCOPES,
  };
}

function areSame(a: Circumstances, b: Circumstances): boolean {
  return (
    a.target === b.target && a.onPrem === b.onPrem && a.scopePrefix === b.scopePrefix && a.knownScopes === b.knownScopes
  );
}

function readDocument(slice: MaskedText): DocumentReading {
  const parsed = mightBeManifest(slice.masked) ? tryToParse(slice) : undefined;
  if (parsed === undefined) {
    return new DocumentReading(slice, 'other', undefined);
  }
  const source = readManifest(slice, parsed);
  const kind = source !== undefined ? 'manifest' : hasVariables(parsed.root) ? 'variables' : 'other';
  return new DocumentReading(slice, kind, source);
}

/** The parser is not ours: should it throw on some broken text, then there is nothing to read in it. */
function tryToParse(slice: MaskedText): ReturnType<typeof parseDocument> {
  try {
    return parseDocument(slice);
  } catch {
    return undefined;
  }
}

/** Go templates of a Helm chart look like Handlebars, but trim with `-` and start from built-in objects. */
function isHelmTag({ inner }: Tag): boolean {
  return /^-\s|\s-$|(?:^|[\s($])\.(?:Values|Release|Chart|Capabilities|Template|Files)\b|^\s*include\s+"/.test(inner);
}
