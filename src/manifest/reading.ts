import type { WorkspaceFacts } from './facts';
import type { Finding } from './finding';
import type { FileKind, Manifest, Range } from './model';
import type { Circumstances } from './rules/rule';

/**
 * A manifest in its place in the file: all its ranges are the file's. Who reads one does not see whether it was parsed
 * here, in a worker, or long ago from a file whose text was let go.
 */
export interface ManifestDocument {
  readonly range: Range;
  readonly manifest: Manifest;
  readonly facts: WorkspaceFacts;
  /** As far as the document alone decides on them. Where they are made elsewhere, none until they have arrived. */
  findingsIn(circumstances: Circumstances): readonly Finding[];
}

/** A file as read at one moment. */
export interface ManifestFile {
  readonly kind: FileKind;
  /** Undefined where it was not kept; the file itself still has it. */
  readonly text: string | undefined;
  /** Its manifests, in order. Documents of other kinds between them are left out. */
  readonly documents: readonly ManifestDocument[];
}
