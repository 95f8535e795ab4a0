import { readFile } from 'node:fs/promises';
import { decode } from '../manifest';
import { faultOf, type Fault } from './faults';
import type { FoundFile } from './files';

/** Enough to keep the disk busy, and too few to hold more than some files in memory. */
const FILES_AT_ONCE = 16;

/** Reads all files, some at a time, and gives what `work` makes of each text, in the order of the files. */
export async function readTexts<R>(
  files: readonly FoundFile[],
  work: (file: string, text: string) => R,
): Promise<{ readonly results: readonly R[]; readonly faults: readonly Fault[] }> {
  const outcomes = await mapLimited(files, FILES_AT_ONCE, async ({ path, file }) => {
    const bytes = await readFile(path).catch((error: unknown) => faultOf(file, error));
    return Buffer.isBuffer(bytes) ? { result: work(file, decode(bytes)) } : { fault: bytes };
  });
  return {
    results: outcomes.flatMap(({ result }) => (result === undefined ? [] : [result])),
    faults: outcomes.flatMap(({ fault }) => (fault === undefined ? [] : [fault])),
  };
}

/** What `work` gives for each item, in their order, with no more than `limit` under way at any time. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  const rest = items.entries();
  // All workers draw from the one iterator.
  const worker = async (): Promise<void> => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
