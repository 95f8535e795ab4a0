import { mightHoldManifest } from '../manifest/candidate';

/** Enough to keep a disk or a connection busy, and too few to hold more than some files in memory. */
const FILES_AT_ONCE = 16;

/** How files are read and judged; both may take their time. */
export interface ScanSteps<File, Manifest> {
  /** The file's bytes; undefined where it is too large, or gone, or cannot be read. */
  readonly read: (file: File) => Promise<Uint8Array | undefined>;
  /** What is kept of a file that may be a manifest; undefined where it is none. */
  readonly judge: (file: File, bytes: Uint8Array) => Promise<Manifest | undefined>;
}

export interface ScanOptions {
  /** No more manifests than these are kept. */
  readonly most: number;
  readonly signal?: AbortSignal | undefined;
  /** Told after each file how many are done. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

export interface Scanned<File, Manifest> {
  readonly manifests: readonly { readonly file: File; readonly manifest: Manifest }[];
  /** There may be more manifests than were kept. */
  readonly hitBound: boolean;
}

/**
 * Finds the manifests among files, in the order of the files. Of a file that is none nothing is kept; it costs its
 * reading and one search through its bytes. Rejects with the signal's reason when that is aborted.
 */
export async function scan<File, Manifest>(
  files: readonly File[],
  { read, judge }: ScanSteps<File, Manifest>,
  { most, signal, onProgress }: ScanOptions,
): Promise<Scanned<File, Manifest>> {
  const found: { readonly index: number; readonly file: File; readonly manifest: Manifest }[] = [];
  const state = { done: 0, hitBound: false };
  // All lanes draw from the one iterator.
  const rest = files.entries();
  const lane = async (): Promise<void> => {
    for (const [index, file] of rest) {
      signal?.throwIfAborted();
      if (found.length >= most) {
        state.hitBound = true;
        return;
      }
      const bytes = await read(file);
      const manifest = bytes && mightHoldManifest(bytes) ? await judge(file, bytes) : undefined;
      if (manifest !== undefined) found.push({ index, file, manifest });
      onProgress?.(++state.done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(FILES_AT_ONCE, files.length) }, lane));
  signal?.throwIfAborted();
  const manifests = found.sort((a, b) => a.index - b.index).map(({ file, manifest }) => ({ file, manifest }));
  return { manifests: manifests.slice(0, most), hitBound: state.hitBound || manifests.length > most };
}
