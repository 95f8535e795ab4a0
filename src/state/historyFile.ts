import { readHistory, storedHistory, type HistoryEntry } from '../http/history';
import { AtomicFile } from './atomicFile';

type Entries = readonly HistoryEntry[];

/** The history on disk. Another window may write it too, so each change begins with what is there now. */
export class HistoryFile {
  private readonly file: AtomicFile;
  private known: Entries = [];
  private work: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.file = new AtomicFile(path);
  }

  /** As last read or written. */
  get entries(): Entries {
    return this.known;
  }

  async load(): Promise<void> {
    await this.file.removeAbandonedDrafts();
    this.known = await this.read();
  }

  /** Settles once the change is on disk, with what was there before and what is there now. Changes follow each other. */
  change(edit: (entries: Entries) => Entries): Promise<{ readonly before: Entries; readonly after: Entries }> {
    const changed = this.work.then(async () => {
      const before = await this.read();
      const after = edit(before);
      if (after.length === 0) await this.file.delete();
      else await this.file.write(JSON.stringify(storedHistory(after)));
      this.known = after;
      return { before, after };
    });
    this.work = changed.catch(() => undefined);
    return changed;
  }

  private async read(): Promise<Entries> {
    const text = await this.file.read();
    if (text === undefined) return [];
    try {
      return readHistory(JSON.parse(text));
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  }
}
