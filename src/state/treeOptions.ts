import * as vscode from 'vscode';

const MEMORY_KEY = 'tree';

interface StoredOptions {
  readonly version: 1;
  readonly wholeWorkspace: boolean;
}

/** What the user wants to see in the tree. Which manifests is remembered for the workspace, the filter is not. */
export class TreeOptions implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private text = '';
  private whole: boolean;
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: vscode.Memento) {
    this.whole = readStored(memory.get<unknown>(MEMORY_KEY));
  }

  /** Words that a row must have; empty shows all. */
  get filter(): string {
    return this.text;
  }

  set filter(text: string) {
    if (text === this.text) return;
    this.text = text;
    this.changed.fire();
  }

  /** All manifests of the workspace, or those of the active editor. */
  get wholeWorkspace(): boolean {
    return this.whole;
  }

  async showWholeWorkspace(whole: boolean): Promise<void> {
    if (whole === this.whole) return;
    this.whole = whole;
    this.changed.fire();
    await this.memory.update(MEMORY_KEY, { version: 1, wholeWorkspace: whole } satisfies StoredOptions);
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** What another version of the extension may have stored reads as the default. */
function readStored(stored: unknown): boolean {
  if (typeof stored !== 'object' || stored === null) return false;
  const { version, wholeWorkspace } = stored as Partial<Record<keyof StoredOptions, unknown>>;
  return version === 1 && wholeWorkspace === true;
}
