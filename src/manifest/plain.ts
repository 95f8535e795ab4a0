import type { WorkspaceFacts } from './facts';
import { readFile, type SourceFile } from './file';
import type { Finding } from './finding';
import type { KnownScopes, PlainKnownScopes } from './knownScopes';
import { fromPlainKnownScopes, toPlainKnownScopes } from './knownScopes';
import type { FileKind, Manifest, Range } from './model';
import type { ListKeys } from './reading';
import type { Circumstances } from './rules/rule';

/** A document as plain data, which another thread can be sent and which holds nothing of the text it came from. */
export interface PlainDocument {
  readonly range: Range;
  readonly manifest: Manifest;
  readonly listKeys: ListKeys;
  readonly facts: WorkspaceFacts;
}

/** A file as plain data. */
export interface PlainFile {
  readonly kind: FileKind;
  readonly lineStarts: readonly number[];
  readonly documents: readonly PlainDocument[];
  /** For each of the circumstances that were asked about, the findings of each document. */
  readonly findings: readonly (readonly (readonly Finding[])[])[];
}

/** Circumstances as plain data. */
export type PlainCircumstances = Omit<Circumstances, 'knownScopes'> & { readonly knownScopes: PlainKnownScopes };

export function toPlainCircumstances(circumstances: Circumstances): PlainCircumstances {
  return { ...circumstances, knownScopes: toPlainKnownScopes(circumstances.knownScopes) };
}

/** The plain data of a file, with its findings in each of the circumstances. */
export function plainFile(
  { kind, lineStarts, documents }: Pick<SourceFile, 'kind' | 'lineStarts' | 'documents'>,
  circumstances: readonly Circumstances[],
): PlainFile {
  return {
    kind,
    lineStarts,
    documents: documents.map(({ range, manifest, listKeys, facts }) => ({ range, manifest, listKeys, facts })),
    findings: circumstances.map((each) => documents.map((document) => document.findingsIn(each))),
  };
}

/** Two circumstances in which every rule finds the same. */
export function areSameCircumstances(a: Circumstances, b: Circumstances): boolean {
  const keys = Object.keys({ ...a, ...b }) as (keyof Circumstances)[];
  return keys.every((key) => a[key] === b[key]);
}

interface PlainRequest {
  readonly key?: string | undefined;
  readonly circumstances: readonly PlainCircumstances[];
}

/** How many files are read on from what they were: those in which someone types at a time. */
const MOST_KEPT = 4;

/**
 * Reads texts and gives plain data. Of the files that have a key it keeps the last reading, so that an edit costs no more
 * than the document that it is in.
 */
export class PlainReader {
  readonly #previous = new Map</* key */ string, SourceFile>();
  #knownScopes: { readonly written: string; readonly scopes: KnownScopes } | undefined;

  /** `key` names the file, where it will be read again after small changes. */
  read(text: string, { key, circumstances }: PlainRequest): PlainFile {
    const previous = key === undefined ? undefined : this.#previous.get(key);
    const file = previous?.text === text ? previous : readFile(text, previous);
    if (key !== undefined) {
      this.#keep(key, file);
    }
    return plainFile(
      file,
      circumstances.map((each) => ({ ...each, knownScopes: this.#scopesOf(each.knownScopes) })),
    );
  }

  #keep(key: string, file: SourceFile): void {
    this.#previous.delete(key);
    this.#previous.set(key, file);
    const [oldest] = this.#previous.keys();
    if (this.#previous.size > MOST_KEPT && oldest !== undefined) {
      this.#previous.delete(oldest);
    }
  }

  /** The same object for the same data, by which a document knows the findings that it has made already. */
  #scopesOf(plain: PlainKnownScopes): KnownScopes {
    const written = JSON.stringify(plain);
    if (this.#knownScopes?.written !== written) {
      this.#knownScopes = { written, scopes: fromPlainKnownScopes(plain) };
    }
    return this.#knownScopes.scopes;
  }
}
