import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Minimatch } from 'minimatch';
import { faultOf, type Fault } from './faults';

/** A file to read: where it lies, and by which name its user knows it. */
export interface FoundFile {
  readonly path: string;
  readonly file: string;
}

export interface Found {
  /** Each file once, in the order of the patterns; those of one pattern sorted. */
  readonly files: readonly FoundFile[];
  readonly faults: readonly Fault[];
}

const YAML_FILES = '**/*.{yaml,yml}';
const PASSED_BY: ReadonlySet<string> = new Set(['node_modules', '.git']);

/**
 * Finds the files that the arguments name: files as they are, every YAML file below a folder, and what fits a glob
 * pattern, for shells that do not expand it. Hidden folders count, since `.nais` is one; `node_modules` and `.git` do
 * not, and links to folders are not followed.
 */
export async function findFiles(patterns: readonly string[], folder: string): Promise<Found> {
  const files = new Map</* absolute path */ string, FoundFile>();
  const faults: Fault[] = [];
  for (const pattern of patterns) {
    const found = await filesOf(pattern, folder);
    faults.push(...found.faults);
    for (const file of found.files) {
      if (!files.has(file.path)) files.set(file.path, file);
    }
  }
  return { files: [...files.values()], faults };
}

async function filesOf(pattern: string, folder: string): Promise<Found> {
  const whole = path.resolve(folder, pattern);
  try {
    // What is there is meant, even where its name looks like a pattern.
    if (!(await stat(whole)).isDirectory()) return { files: [{ path: whole, file: pattern }], faults: [] };
  } catch (error) {
    const split = splitGlob(pattern);
    if (split === undefined) return { files: [], faults: [faultOf(pattern, error)] };
    return orFault(await walk(split.base, split.rest, folder), { kind: 'no-match', pattern });
  }
  return orFault(await walk(pattern, YAML_FILES, folder), { kind: 'empty-folder', path: pattern });
}

function orFault(found: Found, fault: Fault): Found {
  return found.files.length + found.faults.length > 0 ? found : { files: [], faults: [fault] };
}

/**
 * The folder from which a glob pattern must be followed, and the pattern from there; undefined for a text in which
 * nothing is special. On Windows the backslash divides folders; elsewhere it takes the next character's special meaning.
 */
export function splitGlob(
  pattern: string,
  platform: NodeJS.Platform = process.platform,
): { readonly base: string; readonly rest: string } | undefined {
  const parts = (platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern).split('/');
  const special = parts.findIndex((part) => /[*?[\]{}()!+@\\]/.test(part));
  if (special < 0) return undefined;
  const base = parts.slice(0, special).join('/');
  return { base: base === '' && special > 0 ? '/' : base, rest: parts.slice(special).join('/') };
}

/** The files below `base` that fit `pattern`. A folder that cannot be read is a fault, never passed over. */
async function walk(base: string, pattern: string, folder: string): Promise<Found> {
  const root = path.resolve(folder, base);
  const matcher = new Minimatch(pattern, { dot: true, nocomment: true, nonegate: true });
  const files: FoundFile[] = [];
  const faults: Fault[] = [];
  const enter = async (within: string): Promise<void> => {
    const entries = await readdir(path.join(root, within), { withFileTypes: true }).catch((error: unknown) => {
      const fault = faultOf(path.join(base, within), error);
      // That the folder of a pattern is not there is a pattern without a match.
      if (fault.kind !== 'missing') faults.push(fault);
      return [];
    });
    for (const entry of entries) {
      const name = within === '' ? entry.name : `${within}/${entry.name}`;
      const whole = path.join(root, name);
      if (entry.isDirectory()) {
        if (!PASSED_BY.has(entry.name) && matcher.match(name, true)) await enter(name);
      } else if (matcher.match(name) && !(entry.isSymbolicLink() && (await isFolder(whole)))) {
        files.push({ path: whole, file: path.join(base, name) });
      }
    }
  };
  await enter('');
  return { files: files.sort((a, b) => (a.file < b.file ? -1 : 1)), faults };
}

async function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    (stats) => stats.isDirectory(),
    // A link to nowhere is a file that cannot be read, and reading it will say so.
    () => false,
  );
}
