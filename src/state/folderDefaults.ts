import * as vscode from 'vscode';
import { asJsonObject } from '../maskinporten/json';

const KEY = 'defaultCredentials';
const VERSION = 1;

/** Which credential each workspace folder begins with, whatever workspace it is opened in. */
export class FolderDefaults implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: vscode.Memento) {
    const changed = () => {
      this.changed.fire();
    };
    this.subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
      vscode.window.onDidChangeActiveTextEditor(() => {
        if ((vscode.workspace.workspaceFolders?.length ?? 0) > 1) this.changed.fire();
      }),
    );
  }

  /** The default of the folder in which the user works. */
  get current(): string | undefined {
    const folder = this.folder;
    return folder && this.of(folder);
  }

  /** The folder of the active editor; without one, the first. */
  get folder(): vscode.WorkspaceFolder | undefined {
    const active = vscode.window.activeTextEditor?.document.uri;
    return (active && vscode.workspace.getWorkspaceFolder(active)) ?? vscode.workspace.workspaceFolders?.[0];
  }

  of({ uri }: vscode.WorkspaceFolder): string | undefined {
    const id = this.byFolder[uri.toString()];
    return typeof id === 'string' ? id : undefined;
  }

  /** Undefined takes the default away. */
  async set({ uri }: vscode.WorkspaceFolder, id: string | undefined): Promise<void> {
    const others = Object.entries(this.byFolder).filter(([folder]) => folder !== uri.toString());
    const byFolder = Object.fromEntries(id === undefined ? others : [...others, [uri.toString(), id]]);
    await this.memory.update(KEY, { version: VERSION, byFolder });
    this.changed.fire();
  }

  private get byFolder(): Readonly<Record<string, unknown>> {
    const stored = asJsonObject(this.memory.get(KEY));
    return stored?.['version'] === VERSION ? (asJsonObject(stored['byFolder']) ?? {}) : {};
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
