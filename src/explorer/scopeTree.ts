import * as vscode from 'vscode';
import { ContextKeyService } from '../platform/contextKeys';
import type { Language } from '../platform/language';
import type { Organisation } from '../platform/organisation';
import type { ActiveScenario, ScenarioTarget } from '../shared/scenario';
import type { Environments } from '../state/environments';
import type { SandboxScenarios } from '../state/sandboxScenarios';
import type { Tokens } from '../state/tokens';
import type { TreeOptions } from '../state/treeOptions';
import { wordScenario, wordScenarioWithTarget } from '../words/scenarios';
import type { Findings } from '../workspace/findings';
import type { KnownScopesSource } from '../workspace/knownScopes';
import type { Manifests } from '../workspace/manifests';
import type { Targets } from '../workspace/targets';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { ActiveFile } from './activeFile';
import { rowFilter, type RowFilter } from './filter';
import { FollowCursor } from './followCursor';
import type { LazyTree, Rows } from './lazyTree';
import type { NodeContext, TreeNode } from './nodes';
import { describeView } from './viewDescription';
import { viewState, type ViewState } from './viewState';
import type { WorkloadNode } from './workload';
import { Workloads } from './workloads';

/** Token states are shown to the minute; this often is soon enough to see one pass. */
const TICK_MS = 5000;

/** With more workloads than these, the tree shows their names alone until one is opened. */
const MOST_EXPANDED = 10;

export interface TreeServices {
  readonly manifests: Manifests;
  readonly environments: Environments;
  readonly tokens: Tokens;
  readonly language: Language;
  readonly organisation: Organisation;
  readonly knownScopes: KnownScopesSource;
  readonly findings: Findings;
  readonly targets: Targets;
  readonly readings: WorkloadReadings;
  readonly treeOptions: TreeOptions;
  readonly scenarios: SandboxScenarios;
}

/** The tree of workloads, scopes and hosts: of the active manifest, or of the whole workspace. */
export class ScopeTree implements Rows, vscode.Disposable {
  private readonly contextKeys = new ContextKeyService();
  private readonly activeFile: ActiveFile;
  private readonly workloads: Workloads;
  private readonly followCursor: FollowCursor;
  private readonly disposables: readonly { dispose(): unknown }[];
  /** Rows that VS Code has asked about: the others need no new words. */
  private readonly described = new WeakSet<TreeNode>();
  private ticker: NodeJS.Timeout | undefined;
  private shownState: ViewState | undefined;
  private shownScenarios: readonly ActiveScenario[] = [];

  constructor(
    private readonly lazyTree: LazyTree,
    private readonly services: TreeServices,
  ) {
    const { manifests, environments, tokens, language, findings, treeOptions, organisation, readings } = services;
    const { scenarios } = services;
    this.activeFile = new ActiveFile(manifests);
    this.workloads = new Workloads(manifests, readings, treeOptions, this.makeNodeContext());
    this.workloads.update();
    this.followCursor = new FollowCursor(lazyTree.view, this);
    const redescribe = () => {
      this.redescribe();
    };
    const refresh = () => {
      this.refresh();
    };
    this.disposables = [
      this.activeFile,
      this.followCursor,
      manifests.onDidChange(refresh),
      this.activeFile.onDidChange(refresh),
      readings.onDidChange(refresh),
      environments.onDidChange(() => {
        this.showScenarios(); // they are the sandbox's alone
      }),
      scenarios.onDidChange(() => {
        this.showScenarios();
      }),
      tokens.onDidChange(redescribe),
      findings.onDidChange(redescribe),
      vscode.workspace.onDidGrantWorkspaceTrust(redescribe),
      organisation.onDidChange(() => {
        this.rebuild();
      }),
      treeOptions.onDidChange(() => {
        this.rebuild();
        if (treeOptions.wholeWorkspace) void manifests.searchEverything();
      }),
      language.onDidChange(() => {
        this.workloads.reword();
        this.rebuild();
      }),
    ];
    if (treeOptions.wholeWorkspace) void manifests.searchEverything();
    this.describeView();
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    this.described.add(node);
    return node.item();
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    item.tooltip ??= node.tooltip();
    return item;
  }

  getChildren(node?: TreeNode): TreeNode[] {
    return [...(node ? node.children() : this.roots)];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  /** The rows that the user selected, for commands that come from the keyboard. */
  get selection(): readonly unknown[] {
    return this.lazyTree.view.selection;
  }

  /** The row of what stands at this place of a file. */
  nodeAt(uri: vscode.Uri, offset: number): TreeNode | undefined {
    const key = uri.toString();
    const inFile = this.roots.filter((root) => root.uri.toString() === key);
    return inFile.map((root) => root.nodeAt(offset)).find((node) => node !== undefined);
  }

  private get roots(): readonly WorkloadNode[] {
    if (this.state !== 'scopes') return [];
    const { wholeWorkspace } = this.services.treeOptions;
    return this.workloads.all.filter(({ hasBlock, isShown }) => isShown && (hasBlock || !wholeWorkspace));
  }

  private get state(): ViewState {
    const { manifests, treeOptions } = this.services;
    return viewState({
      hasFolder: vscode.workspace.workspaceFolders !== undefined,
      wholeWorkspace: treeOptions.wholeWorkspace,
      activeKind: this.activeFile.kind,
      workloads: this.workloads.all,
      isReady: manifests.isReady,
      isSearching: manifests.isSearching,
    });
  }

  /** What the rows ask when they describe themselves, so that they follow the filter and the settings. */
  private makeNodeContext(): NodeContext {
    const { tokens, findings, targets, language, organisation, knownScopes, treeOptions } = this.services;
    const isMany = () => this.workloads.all.length > MOST_EXPANDED;
    let typed: { readonly text: string; readonly filter: RowFilter | undefined } | undefined;
    return {
      t: language.t,
      tokens,
      findings,
      targets,
      organisation,
      knownScopes,
      wordScenarios: (target) => this.wordScenarios(target),
      get filter() {
        const text = treeOptions.filter;
        if (typed?.text !== text) typed = { text, filter: rowFilter(text) };
        return typed.filter;
      },
      get collapsesWorkloads() {
        return isMany() && treeOptions.filter.trim() === '';
      },
    };
  }

  /** After a change of manifests: only rows that differ are made anew, so that the others keep what they show. */
  private refresh(): void {
    const stateBefore = this.shownState;
    const change = this.workloads.update();
    this.describeView();
    const isOtherTree =
      change === 'other' || stateBefore !== this.shownState || this.services.treeOptions.filter !== '';
    if (isOtherTree) this.lazyTree.refresh();
    else if (change.length > 0) this.lazyTree.refresh(change);
    else return;
    this.followCursor.follow();
  }

  /** Those that were chosen for exactly this target. */
  private wordScenarios(target: ScenarioTarget): readonly string[] {
    const { scenarios, environments, language } = this.services;
    if (environments.current.kind !== 'sandbox') return [];
    return scenarios.at(target).map((scenario) => wordScenario(scenario, language.locale, language.t));
  }

  /** Rows of workloads have scenarios, too, so all rows are drawn anew once some came or went. */
  private showScenarios(): void {
    const { scenarios, environments } = this.services;
    const shown = environments.current.kind === 'sandbox' ? scenarios.active : [];
    const isOther =
      shown.length !== this.shownScenarios.length || shown.some((one, at) => one !== this.shownScenarios[at]);
    this.shownScenarios = shown;
    if (isOther) this.rebuild();
    else this.redescribe();
  }

  /** Which rows there are may have changed as a whole. */
  private rebuild(): void {
    this.workloads.update();
    this.describeView();
    this.lazyTree.refresh();
    this.followCursor.follow();
  }

  /**
   * The same rows with new words. A row that was replaced under the mouse would lose its click, and with a workload VS Code
   * replaces all rows below it: so only rows without any are named.
   */
  private redescribe(): void {
    this.describeView();
    const rows = this.workloads.all.flatMap(({ madeRows }): readonly TreeNode[] => madeRows);
    const shown = rows.filter((node) => this.described.has(node));
    if (shown.length > 0) this.lazyTree.refresh(shown);
  }

  private describeView(): void {
    const { environments, language, manifests, treeOptions } = this.services;
    const state = this.state;
    this.shownState = state;
    this.contextKeys.set('maskinporten.view', state);
    this.contextKeys.set('maskinporten.filtered', treeOptions.filter !== '');
    this.contextKeys.set('maskinporten.wholeWorkspace', treeOptions.wholeWorkspace);
    this.contextKeys.set('maskinporten.environment', environments.current.kind);
    this.contextKeys.set('maskinporten.scenarios', this.shownScenarios.length > 0);
    const { title, description, message } = describeView(
      {
        state,
        environment: environments.current,
        filter: treeOptions.filter,
        wholeWorkspace: treeOptions.wholeWorkspace,
        activeFile: this.activeFile.name,
        isTrusted: vscode.workspace.isTrusted,
        isOutdated: this.workloads.isOutdated,
        hitBound: treeOptions.wholeWorkspace && manifests.hitBound,
        scenarios: this.shownScenarios.map((scenario) => wordScenarioWithTarget(scenario, language.locale, language.t)),
      },
      language.t,
    );
    this.lazyTree.view.title = title;
    this.lazyTree.view.description = description ?? '';
    this.lazyTree.view.message = message;
    this.countDown();
  }

  private countDown(): void {
    const alive = (this.services.tokens.newest?.expiresAtMs ?? 0) > Date.now();
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
