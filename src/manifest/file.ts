import { splitDocuments } from './documents';
import type { Finding } from './finding';
import type { MaskedText } from './mask';
import { maskTemplates } from './mask';
import type { FileKind, Manifest, Range } from './model';
import { parseDocument } from './parse';
import { shifted } from './range';
import type { ManifestSource } from './read';
import { isVariables, readManifest } from './read';
import { findingsIn } from './rules';
import type { Tag } from './tags';

/** What one document of a file holds, wherever it stands: all its ranges are its own. */
class DocumentReading {
  #findings: readonly Finding[] | undefined;

  constructor(
    readonly text: MaskedText,
    readonly kind: FileKind,
    readonly source: ManifestSource | undefined,
  ) {}

  get findings(): readonly Finding[] {
    this.#findings ??= this.source === undefined ? [] : findingsIn(this.source);
    return this.#findings;
  }
}

/** A manifest in its place in the file: its ranges are the file's. */
export class ManifestDocument {
  #manifest: Manifest | undefined;
  #findings: readonly Finding[] | undefined;

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

  get findings(): readonly Finding[] {
    this.#findings ??= shifted(this.reading.findings, this.start);
    return this.#findings;
  }
}

/** A file as read at one moment. */
export interface ManifestFile {
  readonly kind: FileKind;
  readonly text: string;
  /** Its manifests, in order. Documents of other kinds between them are left out. */
  readonly documents: readonly ManifestDocument[];
  /** What the next reading can take over. */
  readonly cache: ReadingCache;
}

type ReadingCache = ReadonlyMap</* text of a document */ string, DocumentReading>;

/**
 * Whether the text may be a manifest or its variables file: one search through it, for files that are neither.
 * Every Nais workload names its API group, and every variables file that is of interest its `maskinporten` key.
 */
export function mightBeManifest(text: string): boolean {
  return text.includes('nais.io/') || text.includes('maskinporten');
}

/**
 * Reads a file of any content; never throws. With the `previous` reading of the same file, a document whose text is as
 * it was is not parsed again, wherever it moved to.
 */
export function readFile(text: string, previous?: ManifestFile): ManifestFile {
  if (!mightBeManifest(text)) {
    return { kind: 'other', text, documents: [], cache: new Map() };
  }
  const templates = maskTemplates(text);
  if (templates.tags.some(isHelmTag)) {
    return { kind: 'helm', text, documents: [], cache: new Map() };
  }
  const cache = new Map<string, DocumentReading>();
  const placed = new Map(previous?.documents.map((document) => [document.start, document]));
  const documents: ManifestDocument[] = [];
  let kind: FileKind = 'other';
  for (const { start, end } of splitDocuments(templates.masked)) {
    const slice = templates.slice(start, end);
    // No tag reaches over a marker without hiding it, so the same text is always masked in the same way.
    const reading = cache.get(slice.text) ?? previous?.cache.get(slice.text) ?? readDocument(slice);
    cache.set(slice.text, reading);
    if (reading.source !== undefined) {
      const before = placed.get(start);
      documents.push(before?.reading === reading ? before : new ManifestDocument(start, reading.source, reading));
    }
    kind = kind === 'manifest' || reading.kind === 'other' ? kind : reading.kind;
  }
  return { kind, text, documents, cache };
}

/** All findings of a file's manifests, in the order of the text. Kept, so that asking twice costs nothing. */
export function findingsOf(file: ManifestFile): readonly Finding[] {
  return file.documents.flatMap((document) => document.findings);
}

function readDocument(slice: MaskedText): DocumentReading {
  const root = mightBeManifest(slice.masked) ? tryToParse(slice) : undefined;
  if (root === undefined) {
    return new DocumentReading(slice, 'other', undefined);
  }
  const source = readManifest(slice, root);
  const kind = source !== undefined ? 'manifest' : isVariables(root) ? 'variables' : 'other';
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
