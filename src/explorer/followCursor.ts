import * as vscode from 'vscode';
import { ConfigValue } from '../platform/config';
import type { TreeNode } from './nodes';

/** Where the rows of a file are. */
export interface NodeFinder {
  nodeAt(uri: vscode.Uri, offset: number): TreeNode | undefined;
}

/** Selects the row of what the cursor is on. It never takes the focus, and never opens a view that is not shown. */
export class FollowCursor implements vscode.Disposable {
  private readonly enabled = new ConfigValue('tree.followCursor', true);
  private readonly disposables: readonly { dispose(): unknown }[];
  /** How often the cursor moved since it was last at rest. */
  private moves = 0;

  constructor(
    private readonly view: vscode.TreeView<TreeNode>,
    private readonly finder: NodeFinder,
  ) {
    const follow = () => {
      this.follow();
    };
    this.disposables = [
      this.enabled,
      this.enabled.onDidChange(follow),
      view.onDidChangeVisibility(follow),
      vscode.window.onDidChangeActiveTextEditor(follow),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) this.follow();
      }),
    ];
  }

  /** To be called too when the rows changed: the row of before may be gone. */
  follow(): void {
    this.moves += 1;
    if (this.moves === 1) void this.reveal();
  }

  /** One at a time, and at the end the place where the cursor came to rest. */
  private async reveal(): Promise<void> {
    for (let seen = 0; seen < this.moves;) {
      seen = this.moves;
      const node = this.nodeAtCursor;
      if (!node) continue;
      try {
        await this.view.reveal(node, { select: true, focus: false });
      } catch {
        // The row went away while it was looked for; the change that took it asks again.
      }
    }
    this.moves = 0;
  }

  private get nodeAtCursor(): TreeNode | undefined {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !this.view.visible || !this.enabled.value) return undefined;
    // Several rows are chosen for something that is to be done with them.
    if (this.view.selection.length > 1) return undefined;
    const { document, selection } = editor;
    const node = this.finder.nodeAt(document.uri, document.offsetAt(selection.active));
    const isSelected = this.view.selection.some(({ key }) => key === node?.key);
    return isSelected ? undefined : node;
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
