import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * A file of ours that is there whole or not at all: what is written goes into a draft beside it, is flushed to disk, and
 * then takes its place (rename(2)). The draft bears the number of its process, so that two windows never write in one.
 */
export class AtomicFile {
  /** `mode` is that of a new file: for its user alone, unless others are to read it. */
  constructor(
    private readonly file: string,
    private readonly mode = 0o600,
  ) {}

  /** Undefined where there is none. */
  async read(): Promise<string | undefined> {
    try {
      return await readFile(this.file, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Settles once the text would outlive the process. Writes must follow each other. */
  async write(text: string): Promise<void> {
    await mkdir(path.dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}.draft`;
    const handle = await open(draft, 'w', this.mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, this.file);
  }

  async delete(): Promise<void> {
    await rm(this.file, { force: true });
  }

  /** Removes the drafts of processes that ended while they wrote. */
  async removeAbandonedDrafts(): Promise<void> {
    const prefix = `${path.basename(this.file)}.`;
    const folder = path.dirname(this.file);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const pid = name.startsWith(prefix) ? /^(\d+)\.draft$/.exec(name.slice(prefix.length))?.[1] : undefined;
      if (pid !== undefined && !isRunning(Number(pid))) await rm(path.join(folder, name), { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
