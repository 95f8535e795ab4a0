import * as vscode from 'vscode';
import { VIEW_ID } from '../platform/ids';
import { CredentialDrop } from './credentialDrop';
import type { TreeNode } from './nodes';

/** Where the rows come from, and what VS Code asks about each. */
export interface Rows {
  getChildren(node?: TreeNode): TreeNode[];
  getParent(node: TreeNode): TreeNode | undefined;
  getTreeItem(node: TreeNode): vscode.TreeItem;
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem;
}

/** The view of the tree, which VS Code wants at once. Its rows are loaded when VS Code first asks for them. */
export class LazyTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  readonly view: vscode.TreeView<TreeNode>;

  /** `rows` is called often, and loads them once. */
  constructor(private readonly rows: () => Promise<Rows>) {
    this.view = vscode.window.createTreeView(VIEW_ID, {
      treeDataProvider: this,
      canSelectMany: true,
      dragAndDropController: new CredentialDrop(),
    });
  }

  /** These rows are others now, or say something else; without any, all of them. */
  refresh(nodes?: readonly TreeNode[]): void {
    this.changed.fire(nodes && [...nodes]);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    return (await this.rows()).getChildren(node);
  }

  async getParent(node: TreeNode): Promise<TreeNode | undefined> {
    return (await this.rows()).getParent(node);
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    return (await this.rows()).getTreeItem(node);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    return (await this.rows()).resolveTreeItem(item, node);
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }
}
