import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { cure, decode, type Cure, type FindingOptions, type SourceFile, type TextEdit } from '../manifest';
import type { Translate } from '../shared/localize';
import { wordFix } from '../words/findings';
import { faultOf, type Fault } from './faults';

/** What became of a file. */
export interface Fixed {
  /** None where there was nothing to cure. */
  readonly cures: readonly Cure[];
  /** As it reads now; undefined where it was left as it was. */
  readonly text: string | undefined;
  /** Why it could not be written. */
  readonly fault: Fault | undefined;
}

const UNTOUCHED: Fixed = { cures: [], text: undefined, fault: undefined };

/**
 * Applies the safe fixes of a file that was read, and writes it: whole or not at all. A file that somebody changed since it
 * was read, or whose bytes are no UTF-8, is left alone.
 */
export async function fixFile(
  { file, place, read }: { readonly file: string; readonly place: string; readonly read: SourceFile },
  options: FindingOptions,
): Promise<Fixed> {
  const { edits, cures } = cure(read, options);
  if (edits.length === 0) return UNTOUCHED;
  const text = applied(read.text, edits);
  try {
    // A link stays a link: what it leads to is what is written anew.
    const target = await realpath(place);
    const bytes = await readFile(target);
    if (decode(bytes) !== read.text) return { ...UNTOUCHED, fault: { kind: 'changed-meanwhile', path: file } };
    if (!bytes.equals(Buffer.from(read.text))) return { ...UNTOUCHED, fault: { kind: 'not-utf-8', path: file } };
    await replaceFile(target, text);
    return { cures, text, fault: undefined };
  } catch (error) {
    const fault = faultOf(file, error);
    const code = fault.kind === 'unreadable' ? fault.code : 'ENOENT';
    return { ...UNTOUCHED, fault: { kind: 'not-written', path: file, code } };
  }
}

/** What was done to a file, a line for each fix. */
export function wordCures(file: string, cures: readonly Cure[], t: Translate): readonly string[] {
  return cures.map(({ finding, fix }) =>
    t('{file}: cured {code}: {fix}', { file, code: finding.code, fix: wordFix(fix.title, t) }),
  );
}

function applied(text: string, edits: readonly TextEdit[]): string {
  return edits.reduceRight(
    (result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end),
    text,
  );
}

/** Writes beside it and puts that in its place, so that nobody ever reads half of it; it keeps its mode. */
async function replaceFile(target: string, text: string): Promise<void> {
  const { mode } = await stat(target);
  const beside = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}`);
  try {
    const handle = await open(beside, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
