import type { WorkspaceFacts } from './facts';
import type { Finding } from './finding';
import type { FileKind, Manifest, Range } from './model';
import type { Circumstances } from './rules/rule';

/** Where the keys of a manifest's lists stand; a key may stand more than once, in different branches of a template. */
export interface ListKeys {
  readonly consumes: readonly Range[];
  readonly exposes: readonly Range[];
  /** `accessPolicy.outbound.external`. */
  readonly outbound: readonly Range[];
}

/**
 * A manifest in its place in the file: all its ranges are the file's. Who reads one does not see whether it was parsed
 * here, in a worker, or long ago from a file whose text was let go.
 */
export interface ManifestDocument {
  readonly range: Range;
  readonly manifest: Manifest;
  readonly listKeys: ListKeys;
  readonly facts: WorkspaceFacts;
  /** As far as the document alone decides on them. Where they are made elsewhere, none until they have arrived. */
  findingsIn(circumstances: Circumstances): readonly Finding[];
}

/** A file as read at one moment. */
export interface ManifestFile {
  readonly kind: FileKind;
  /** Undefined where it was not kept; the file itself still has it. */
  readonly text: string | undefined;
  /** Where its lines begin, so that a range of it can be shown without its text. */
  readonly lineStarts: readonly number[];
  /** Its manifests, in order. Documents of other kinds between them are left out. */
  readonly documents: readonly ManifestDocument[];
}
