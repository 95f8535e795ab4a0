import * as vscode from 'vscode';
import { deploymentsIn, type Deployment } from '../manifest';
import type { Log } from '../platform/log';

const WORKFLOWS = '**/.github/workflows/*.{yml,yaml}';
const MOST_FILES = 500;

/** What the workflows of a repository deploy, and where the repository begins. */
export interface Repository {
  readonly root: vscode.Uri;
  readonly deployments: readonly Deployment[];
}

interface Workflows {
  readonly root: vscode.Uri;
  readonly texts: Map</* path from the root */ string, string>;
  /** Read from the texts when first asked for. */
  deployments: readonly Deployment[] | undefined;
}

/** The deploy workflows of the workspace, as they lie on the disk: what is not saved deploys nothing. */
export class Deployments implements vscode.Disposable {
  private readonly repositories = new Map</* root */ string, Workflows>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: readonly { dispose(): unknown }[];
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: Log) {
    const watcher = vscode.workspace.createFileSystemWatcher(WORKFLOWS);
    const reread = (uri: vscode.Uri) => void this.read([uri]);
    this.disposables = [
      this.changed,
      watcher,
      watcher.onDidChange(reread),
      watcher.onDidCreate(reread),
      watcher.onDidDelete((uri) => {
        this.keep(uri, undefined);
        this.changed.fire();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.search()),
    ];
  }

  /** Reads all workflows of the workspace. */
  async search(): Promise<void> {
    this.repositories.clear();
    try {
      await this.read(await vscode.workspace.findFiles(WORKFLOWS, '**/node_modules/**', MOST_FILES));
    } catch (error) {
      this.log.error('The workspace could not be searched for deploy workflows.', error);
    }
  }

  /** The innermost repository with workflows that the file lies in, and its path from there. */
  around(uri: vscode.Uri): (Repository & { readonly path: string }) | undefined {
    let innermost: Workflows | undefined;
    for (const repository of this.repositories.values()) {
      const isInner = repository.root.path.length > (innermost?.root.path.length ?? -1);
      if (isInner && pathWithin(repository.root, uri) !== undefined) innermost = repository;
    }
    const path = innermost && pathWithin(innermost.root, uri);
    if (innermost === undefined || path === undefined) return undefined;
    innermost.deployments ??= deploymentsIn(innermost.texts);
    return { root: innermost.root, deployments: innermost.deployments, path };
  }

  private async read(uris: readonly vscode.Uri[]): Promise<void> {
    await Promise.all(
      uris.map(async (uri) => {
        try {
          this.keep(uri, new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
        } catch (error) {
          this.keep(uri, undefined);
          const code = error instanceof vscode.FileSystemError ? error.code : 'unknown reason';
          this.log.warn(`${uri.path} could not be read: ${code}.`);
        }
      }),
    );
    this.changed.fire();
  }

  private keep(uri: vscode.Uri, text: string | undefined): void {
    const root = vscode.Uri.joinPath(uri, '..', '..', '..');
    const repository = this.repositories.get(root.toString()) ?? {
      root,
      texts: new Map<string, string>(),
      deployments: undefined,
    };
    const path = pathWithin(root, uri) ?? uri.path;
    if (text === undefined) repository.texts.delete(path);
    else repository.texts.set(path, text);
    repository.deployments = undefined;
    if (repository.texts.size > 0) this.repositories.set(root.toString(), repository);
    else this.repositories.delete(root.toString());
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}

/** The path of a file from a folder around it. */
export function pathWithin(folder: vscode.Uri, { scheme, authority, path }: vscode.Uri): string | undefined {
  const start = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return folder.scheme === scheme && folder.authority === authority && path.startsWith(start)
    ? path.slice(start.length)
    : undefined;
}
