import * as vscode from 'vscode';
import type { ManifestFile } from '../manifest';
import type { Log } from '../platform/log';
import { FileEvents, type FileChanges } from './fileEvents';
import type { ManifestReader } from './manifestReader';
import { scan } from './scan';
import { ANY_PLACE, isAnyPlace, isUsualPlace, PASSED_BY, USUAL_PLACES } from './usualPlaces';

/** `usual`: where manifests lie in nearly every repository. `everything`: whatever YAML there is. */
export type SearchScope = 'usual' | 'everything';

/** Of each scope, how many files are looked at, and how many manifests are kept. */
const BOUNDS = {
  usual: { files: 1_000, manifests: 500 },
  everything: { files: 100_000, manifests: 20_000 },
} as const;

/** More new manifests than these are checked against one listing of the whole workspace. */
const MOST_CHECKED_BY_NAME = 20;

/** A manifest that lies in the workspace. */
export interface FoundManifest {
  readonly uri: vscode.Uri;
  readonly file: ManifestFile;
}

export interface SearchOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, of: number) => void;
}

/**
 * The manifests that lie in the workspace, found by their content, and kept in step with the disk. At first only the usual
 * places are looked through, so that starting up costs the same in a large workspace as in a small one.
 */
export class WorkspaceIndex implements vscode.Disposable {
  private found = new Map</* uri */ string, FoundManifest>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: readonly { dispose(): unknown }[];
  /** One thing after the other: an event must not be undone by a search that read the file before it. */
  private work: Promise<unknown> = Promise.resolve();
  private searched: SearchScope | undefined;
  private bound = false;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly reader: ManifestReader,
    private readonly log: Log,
  ) {
    const events = new FileEvents();
    this.disposables = [
      this.changed,
      events,
      events.onDidChange((changes) => {
        this.inTurn(() => this.update(changes)).catch(() => undefined); // logged already
      }),
    ];
  }

  /** Which search was last done; undefined before the first one. */
  get scope(): SearchScope | undefined {
    return this.searched;
  }

  /** There is more than the index holds. */
  get hitBound(): boolean {
    return this.bound;
  }

  get(key: string): FoundManifest | undefined {
    return this.found.get(key);
  }

  get keys(): Iterable<string> {
    return this.found.keys();
  }

  /**
   * Looks through the workspace anew. Rejects where that failed, and, with the signal's reason, where it was aborted; then
   * all stays as it was.
   */
  search(scope: SearchScope, options: SearchOptions = {}): Promise<void> {
    return this.inTurn(async () => {
      try {
        await this.lookThrough(scope, options);
        this.searched = scope;
      } finally {
        this.searched ??= scope; // done as well as it could be: who waits for the first search must not wait for ever
        this.changed.fire();
      }
    });
  }

  private async lookThrough(scope: SearchScope, { signal, onProgress }: SearchOptions): Promise<void> {
    const { files, hitBound: hasMore } = await this.list(scope, signal);
    const { manifests, hitBound } = await scan(
      files,
      {
        read: (uri) => this.reader.bytes(uri),
        judge: (uri, bytes) => this.reader.judge(uri, bytes, { here: scope === 'usual' }),
      },
      {
        most: BOUNDS[scope].manifests,
        signal,
        onProgress: (done) => onProgress?.(done, files.length),
      },
    );
    this.found = new Map(manifests.map(({ file, manifest }) => [file.toString(), { uri: file, file: manifest }]));
    this.bound = hasMore || hitBound;
    if (this.bound) {
      this.log.warn(`The search for manifests stopped at ${files.length} files and ${this.found.size} manifests.`);
    }
  }

  private async list(scope: SearchScope, signal?: AbortSignal): Promise<{ files: vscode.Uri[]; hitBound: boolean }> {
    const most = BOUNDS[scope].files;
    const source = new vscode.CancellationTokenSource();
    const cancel = () => {
      source.cancel();
    };
    signal?.addEventListener('abort', cancel);
    try {
      const pattern = scope === 'usual' ? USUAL_PLACES : ANY_PLACE;
      const files = await vscode.workspace.findFiles(pattern, PASSED_BY, most + 1, source.token);
      signal?.throwIfAborted();
      return { files: files.slice(0, most), hitBound: files.length > most };
    } finally {
      signal?.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  private async update({ written, mayBeFolders, gone }: FileChanges): Promise<void> {
    let hasChanged = this.remove(gone);
    const moved = (await Promise.all(mayBeFolders.map((uri) => this.filesIn(uri)))).flat();
    const files = unique([...written, ...moved]).filter((uri) => this.isInScope(uri));
    const { manifests } = await scan(
      files,
      {
        read: (uri) => this.reader.bytes(uri),
        judge: (uri, bytes) => this.reader.judge(uri, bytes, { here: files.length <= MOST_CHECKED_BY_NAME }),
      },
      { most: Infinity },
    );
    const read = new Map(manifests.map(({ file, manifest }) => [file.toString(), { uri: file, file: manifest }]));
    for (const key of files.map(String)) {
      if (!read.has(key) && this.found.delete(key)) hasChanged = true;
    }
    const fresh = [...read.values()].filter(({ uri }) => !this.found.has(uri.toString()));
    const excluded = await this.excluded(fresh.map(({ uri }) => uri));
    for (const [key, manifest] of read) {
      if (excluded.has(key)) continue;
      if (!this.found.has(key) && this.found.size >= BOUNDS[this.searched ?? 'usual'].manifests) {
        this.bound = true;
        continue;
      }
      this.found.set(key, manifest);
      hasChanged = true;
    }
    if (hasChanged) this.changed.fire();
  }

  /** Takes out files that are gone, and all files of folders that are. */
  private remove(gone: readonly vscode.Uri[]): boolean {
    const keys = new Set(gone.map(String));
    const before = this.found.size;
    for (const key of keys.size > 0 ? [...this.found.keys()] : []) {
      if (parentsOf(key).some((parent) => keys.has(parent))) this.found.delete(key);
    }
    return this.found.size < before;
  }

  /** What is in a folder that is new; nothing of what turns out to be a file. */
  private async filesIn(uri: vscode.Uri): Promise<vscode.Uri[]> {
    const stat = await vscode.workspace.fs.stat(uri).then(
      (known) => known,
      () => undefined,
    );
    if (!stat || (stat.type & vscode.FileType.Directory) === 0) return [];
    const pattern = new vscode.RelativePattern(uri, '**/*.{yaml,yml,json}');
    return vscode.workspace.findFiles(pattern, PASSED_BY, BOUNDS[this.searched ?? 'usual'].files);
  }

  private isInScope(uri: vscode.Uri): boolean {
    if (!vscode.workspace.getWorkspaceFolder(uri)) return false;
    const path = vscode.workspace.asRelativePath(uri, false);
    return this.searched === 'everything' ? isAnyPlace(path) : isUsualPlace(path);
  }

  /** Which of some new files the setting `files.exclude` hides. Events come for them too, and only a search knows. */
  private async excluded(uris: readonly vscode.Uri[]): Promise<ReadonlySet<string>> {
    if (uris.length === 0) return new Set();
    const listed =
      uris.length > MOST_CHECKED_BY_NAME
        ? (await this.list(this.searched ?? 'usual')).files
        : (await Promise.all(uris.map(listing))).flat();
    const visible = new Set(listed.map(String));
    return new Set(uris.map(String).filter((key) => !visible.has(key)));
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.work.then(task);
    this.work = turn.catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'AbortError')) {
        this.log.error('The workspace could not be searched for manifests.', error);
      }
    });
    return turn;
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}

/** The file itself, if a search finds it. What is special in a pattern is replaced by `?`, which fits any character. */
async function listing(uri: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return [];
  const path = vscode.workspace.asRelativePath(uri, false).replace(/[[\]{}*?,!]/g, '?');
  return vscode.workspace.findFiles(new vscode.RelativePattern(folder, path), PASSED_BY);
}

function unique(uris: readonly vscode.Uri[]): readonly vscode.Uri[] {
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

/** The URI itself and those of all folders that it is in. */
function parentsOf(key: string): readonly string[] {
  return [...key.matchAll(/\/|$/g)].map(({ index }) => key.slice(0, index));
}
