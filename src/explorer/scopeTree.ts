import * as vscode from 'vscode';
import { ContextKeyService } from '../platform/contextKeys';
import { VIEW_ID } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Organisation } from '../platform/organisation';
import type { Environments } from '../state/environments';
import type { Tokens } from '../state/tokens';
import type { Findings } from '../workspace/findings';
import type { Manifests, ManifestSource } from '../workspace/manifests';
import { WorkloadNode, type NodeContext, type TreeNode } from './nodes';

/** Token states are shown to the minute; this often is soon enough to see one pass. */
const TICK_MS = 5000;

/** The tree of workloads, scopes and hosts: of the active manifest, else of all that were found. */
export class ScopeTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode[] | undefined>();
  private readonly view: vscode.TreeView<TreeNode>;
  private readonly contextKeys = new ContextKeyService();
  private readonly disposables: readonly { dispose(): unknown }[];
  private readonly nodeContext: NodeContext;
  private roots: readonly WorkloadNode[] = [];
  private ticker: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly manifests: Manifests,
    private readonly environments: Environments,
    private readonly tokens: Tokens,
    private readonly language: Language,
    organisation: Organisation,
    findings: Findings,
  ) {
    this.nodeContext = { t: language.t, tokens, findings, scopePrefix: organisation.scopePrefix };
    this.view = vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this, canSelectMany: true });
    const redescribe = () => {
      this.redescribe();
    };
    this.disposables = [
      this.view,
      this.changed,
      manifests.onDidChange(() => {
        if (!this.isUpToDate()) this.rebuild();
        this.describeView();
      }),
      environments.onDidChange(redescribe),
      tokens.onDidChange(redescribe),
      findings.onDidChange(redescribe),
      language.onDidChange(() => {
        this.rebuild();
        this.describeView();
      }),
    ];
    this.rebuild();
    this.describeView();
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.item();
  }

  getChildren(node?: TreeNode): TreeNode[] {
    return [...(node ? node.children() : this.roots)];
  }

  private get shown(): readonly ManifestSource[] {
    const { active, all } = this.manifests;
    return active ? [active] : all;
  }

  private isUpToDate(): boolean {
    const documents = this.shown.flatMap(({ file }) => file.documents);
    return documents.length === this.roots.length && this.roots.every(({ document }, at) => document === documents[at]);
  }

  /** New rows, for text that changed. */
  private rebuild(): void {
    this.roots = this.shown.flatMap((source) =>
      source.file.documents.map((document, index) => new WorkloadNode(this.nodeContext, source, document, index)),
    );
    this.changed.fire(undefined);
  }

  /** The same rows with new words: a row that was replaced under the mouse would lose its click. */
  private redescribe(): void {
    this.describeView();
    const consumed = this.roots.flatMap((root) => root.consumed);
    if (consumed.length > 0) this.changed.fire(consumed);
  }

  private describeView(): void {
    const state = this.state();
    const { label, kind } = this.environments.current;
    const t = this.language.t;
    this.contextKeys.set('maskinporten.view', state);
    this.view.title = label;
    this.view.message =
      state === 'scopes' && kind === 'sandbox'
        ? t('The sandbox grants what is declared here. The real Maskinporten needs the owner’s grant first.')
        : '';
    this.countDown();
  }

  private state() {
    if (this.roots.some(({ document }) => document.manifest.maskinporten)) return 'scopes';
    if (this.roots.length > 0) return 'noBlock';
    if (!vscode.workspace.workspaceFolders) return 'noFolder';
    return this.manifests.isReady ? 'noManifest' : 'loading';
  }

  private countDown(): void {
    const alive = (this.tokens.newest?.expiresAtMs ?? 0) > Date.now();
    if (!alive) {
      clearInterval(this.ticker);
      this.ticker = undefined;
    } else {
      this.ticker ??= setInterval(() => {
        this.redescribe();
      }, TICK_MS);
    }
  }

  dispose(): void {
    clearInterval(this.ticker);
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
