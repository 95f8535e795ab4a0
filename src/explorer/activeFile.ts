import path from 'node:path';
import * as vscode from 'vscode';
import type { Manifests } from '../workspace/manifests';

/** What the file of the active text editor is. Webviews and terminals leave it as it was: they have no file. */
export class ActiveFile implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: readonly { dispose(): unknown }[];
  private document: vscode.TextDocument | undefined;
  private current: ReturnType<Manifests['kindOf']>;
  readonly onDidChange = this.changed.event;

  constructor(private readonly manifests: Manifests) {
    this.document = vscode.window.activeTextEditor?.document;
    this.current = this.look();
    this.disposables = [
      this.changed,
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor) this.turnTo(editor.document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document === this.document && contentChanges.length > 0) this.turnTo(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.document) this.turnTo(undefined);
      }),
    ];
  }

  get kind(): ReturnType<Manifests['kindOf']> {
    return this.current;
  }

  /** As its tab has it. */
  get name(): string | undefined {
    return this.document && path.posix.basename(this.document.uri.path);
  }

  private turnTo(document: vscode.TextDocument | undefined): void {
    const before = { document: this.document, kind: this.current };
    this.document = document;
    this.current = this.look();
    if (before.document !== document || before.kind !== this.current) this.changed.fire();
  }

  private look(): ReturnType<Manifests['kindOf']> {
    return this.document && this.manifests.kindOf(this.document);
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
