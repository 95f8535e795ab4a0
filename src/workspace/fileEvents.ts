import * as vscode from 'vscode';

/** A checkout or a build changes many files at once; whoever listens hears of them together. */
const GATHER_MS = 100;

/** What happened to the files of the workspace within a moment. */
export interface FileChanges {
  /** Files that are new, or have a new content. */
  readonly written: readonly vscode.Uri[];
  /** What may be a folder that is new with all that is in it, as after a move. */
  readonly mayBeFolders: readonly vscode.Uri[];
  /** Files and folders that are gone. Of a folder's files nothing is said by themselves. */
  readonly gone: readonly vscode.Uri[];
}

/** The events of the file system that bear on manifests, gathered. */
export class FileEvents implements vscode.Disposable {
  private readonly gathered = new vscode.EventEmitter<FileChanges>();
  private readonly disposables: readonly { dispose(): unknown }[];
  private readonly written = new Map<string, vscode.Uri>();
  private readonly mayBeFolders = new Map<string, vscode.Uri>();
  private readonly gone = new Map<string, vscode.Uri>();
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.gathered.event;

  constructor() {
    const files = vscode.workspace.createFileSystemWatcher('**/*.{yaml,yml,json}');
    // Of a folder that is moved or deleted VS Code may tell of the folder alone.
    const all = vscode.workspace.createFileSystemWatcher('**', false, true, false);
    const write = (uri: vscode.Uri) => {
      this.written.set(uri.toString(), uri);
      this.gather();
    };
    this.disposables = [
      this.gathered,
      files,
      all,
      files.onDidChange(write),
      files.onDidCreate(write),
      all.onDidCreate((uri) => {
        if (!hasNameOfFolder(uri)) return;
        this.mayBeFolders.set(uri.toString(), uri);
        this.gather();
      }),
      all.onDidDelete((uri) => {
        this.gone.set(uri.toString(), uri);
        this.gather();
      }),
    ];
  }

  private gather(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.gathered.fire({
        written: taken(this.written),
        mayBeFolders: taken(this.mayBeFolders),
        gone: taken(this.gone),
      });
    }, GATHER_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.disposables).dispose();
  }
}

function taken(uris: Map<string, vscode.Uri>): readonly vscode.Uri[] {
  const all = [...uris.values()];
  uris.clear();
  return all;
}

/** Events do not say what they speak of, and asking costs a look at the disk: `.nais` and `apps` are folders by their looks. */
function hasNameOfFolder({ path }: vscode.Uri): boolean {
  return !path.slice(path.lastIndexOf('/') + 2).includes('.');
}
