import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { historyEntry, recentUrls, withEntry, type HistoryEntry, type SentRequest } from '../http/history';
import { referenceIn, separateSecrets } from '../http/sensitive';
import { ConfigValue } from '../platform/config';
import type { Log } from '../platform/log';
import { HistoryFile } from './historyFile';
import type { RequestSecrets } from './requestSecrets';

const FILE = 'request-history.json';

export type HistoryKeeping = 'off' | 'withoutBodies' | 'withBodies';

/**
 * The requests that were sent from this workspace. They are kept in a file of this machine that Settings Sync does not
 * know; the values of sensitive headers are in the secret store, where the entries refer to them by name.
 */
export class RequestHistory implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly keepingSetting = new ConfigValue<HistoryKeeping>('request.history', 'withoutBodies');
  private readonly mostSetting = new ConfigValue('request.historySize', 100);
  private readonly file: HistoryFile;
  /** Settles when what was kept has been read; never rejects. */
  readonly ready: Promise<void>;
  readonly onDidChange = this.changed.event;

  /** `storage` is the extension's own folder for this workspace, or for all where none is open. */
  constructor(
    storage: vscode.Uri,
    private readonly secrets: RequestSecrets,
    private readonly log: Log,
  ) {
    this.file = new HistoryFile(vscode.Uri.joinPath(storage, FILE).fsPath);
    this.ready = this.load();
  }

  /** The latest first. */
  get entries(): readonly HistoryEntry[] {
    return this.file.entries;
  }

  get isOff(): boolean {
    return this.keepingSetting.value === 'off';
  }

  /** Addresses to suggest, the latest first and each once. */
  recentUrls(): readonly string[] {
    return recentUrls(this.entries);
  }

  /** Keeps a request that was sent, unless the user wants none kept. Settles when it is on disk; never rejects. */
  async add(sent: Omit<SentRequest, 'id'>): Promise<void> {
    const keeping = this.keepingSetting.value;
    if (keeping === 'off') return;
    const most = Math.max(1, this.mostSetting.value);
    const entry = historyEntry({ ...sent, id: randomUUID() }, keeping === 'withBodies');
    try {
      // The values first: an entry never refers to what was not kept.
      await this.secrets.keep(sent.url, separateSecrets(sent.headers).secrets);
      await this.change((entries) => withEntry(entries, entry, most));
    } catch (error) {
      this.log.error('A request could not be kept in the history.', error);
    }
  }

  /** Rejects where it cannot be written. */
  async delete(id: string): Promise<void> {
    await this.change((entries) => entries.filter((entry) => entry.id !== id));
  }

  /** Rejects where it cannot be written. */
  async clear(): Promise<void> {
    await this.change(() => []);
  }

  /** Values to which no entry refers any more go with the last entry that did. */
  private async change(edit: (entries: readonly HistoryEntry[]) => readonly HistoryEntry[]): Promise<void> {
    const { before, after } = await this.file.change(edit);
    this.changed.fire();
    const needed = new Set(after.flatMap(references).map((reference) => reference.join(' ')));
    const gone = before.flatMap(references).filter((reference) => !needed.has(reference.join(' ')));
    for (const [url, variable] of gone) await this.secrets.forget(url, variable);
  }

  private async load(): Promise<void> {
    try {
      await this.file.load();
      if (this.entries.length > 0) this.changed.fire();
    } catch (error) {
      this.log.error('The history of requests could not be read.', error);
    }
  }

  dispose(): void {
    this.keepingSetting.dispose();
    this.mostSetting.dispose();
    this.changed.dispose();
  }
}

/** The values that an entry refers to. */
function references({ url, headers }: HistoryEntry): (readonly [url: string, variable: string])[] {
  return headers.flatMap(([, value]) => {
    const variable = referenceIn(value);
    return variable === undefined ? [] : [[url, variable] as const];
  });
}
