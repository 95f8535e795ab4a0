import { findManifestAt } from './at';
import { readFile, SourceDocument } from './file';
import type { ManifestSource } from './read';
import type { ManifestDocument, ManifestFile } from './reading';
import { LARGE_LENGTH } from './limits';

/**
 * The nodes of the document at `offset`, and where in the file their ranges begin. A document of a file that was read
 * elsewhere is read again by itself; undefined where it is large on its own.
 */
export function sourceAt(
  file: ManifestFile,
  offset: number,
): { readonly source: ManifestSource; readonly start: number } | undefined {
  const document = findManifestAt(file, offset);
  if (document === undefined || document instanceof SourceDocument) {
    return document;
  }
  const text = textToReadHere(file, document);
  const [read] = text === undefined ? [] : readFile(text).documents;
  return read && { source: read.source, start: document.range.start + read.start };
}

/** The text of a document; undefined where it is more than is read while everything else waits. */
export function textToReadHere({ text }: ManifestFile, { range }: ManifestDocument): string | undefined {
  const { start, end } = range;
  return end - start > LARGE_LENGTH ? undefined : text?.slice(start, end);
}
