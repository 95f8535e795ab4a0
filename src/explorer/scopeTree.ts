import * as vscode from 'vscode';
import { findingsOf } from '../manifest';
import { ContextKeyService } from '../platform/contextKeys';
import { VIEW_ID } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Organisation } from '../platform/organisation';
import type { Environments } from '../state/environments';
import type { Tokens } from '../state/tokens';
import type { Manifests, ManifestSource } from '../workspace/manifests';
import { WorkloadNode, type NodeContext, type TreeNode } from './nodes';

/** Token states are shown to the minute; this often is soon enough to see one pass. */
const TICK_MS = 5000;

/** The tree of workloads, scopes and hosts: of the active manifest, else of all that were found. */
export class ScopeTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<TreeNode>;
  private readonly contextKeys = new ContextKeyService();
  private readonly disposables: vscode.Disposable[];
  private readonly nodeContext: NodeContext;
  private ticker: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly manifests: Manifests,
    private readonly environments: Environments,
    private readonly tokens: Tokens,
    private readonly language: Language,
    organisation: Organisation,
  ) {
    this.nodeContext = {
      t: language.t,
      tokens,
      scopePrefix: organisation.scopePrefix,
      problemsIn: (uri, range) => {
        const source = this.shown.find((candidate) => candidate.uri.toString() === uri.toString());
        if (!source) return 0;
        return findingsOf(source.file).filter((finding) => range.start <= finding.range.start && finding.range.end <= range.end)
          .length;
      },
    };
    this.view = vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this, canSelectMany: true });
    const refresh = () => {
      this.refresh();
    };
    this.disposables = [
      this.view,
      this.changed,
      manifests.onDidChange(refresh),
      environments.onDidChange(refresh),
      tokens.onDidChange(refresh),
      language.onDidChange(refresh),
    ];
    this.refresh();
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.item();
  }

  getChildren(node?: TreeNode): TreeNode[] {
    if (node) return [...node.children()];
    return this.shown.flatMap((source) =>
      source.file.documents.map((document, index) => new WorkloadNode(this.nodeContext, source, document, index)),
    );
  }

  private get shown(): readonly ManifestSource[] {
    const { active, all } = this.manifests;
    return active ? [active] : all;
  }

  private refresh(): void {
    const state = this.state();
    this.contextKeys.set('maskinporten.view', state);
    const { label, kind } = this.environments.current;
    this.view.title = label;
    const t = this.language.t;
    this.view.message =
      state === 'scopes' && kind === 'sandbox'
        ? t("The sandbox grants what the manifest declares. The real Maskinporten needs the owner's grant to your organisation first.")
        : '';
    this.tick();
    this.changed.fire(undefined);
  }

  private state() {
    if (this.shown.some(({ file }) => file.documents.some(({ manifest }) => manifest.maskinporten))) return 'scopes';
    if (this.shown.length > 0) return 'noBlock';
    if (!vscode.workspace.workspaceFolders) return 'noFolder';
    return this.manifests.isReady ? 'noManifest' : 'loading';
  }

  /** Counts down while there is a token to count down. */
  private tick(): void {
    const alive = (this.tokens.newest?.expiresAtMs ?? 0) > Date.now();
    if (!alive) {
      clearInterval(this.ticker);
      this.ticker = undefined;
    } else {
      this.ticker ??= setInterval(() => {
        this.refresh();
      }, TICK_MS);
    }
  }

  dispose(): void {
    clearInterval(this.ticker);
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
