import * as vscode from 'vscode';
import type { Finding, Range, Severity } from '../manifest';
import { COMMANDS } from '../platform/ids';
import type { Organisation } from '../platform/organisation';
import type { Translate } from '../shared/localize';
import type { ScenarioTarget } from '../shared/scenario';
import type { WorkloadReference } from '../shared/workload';
import type { Tokens } from '../state/tokens';
import { wordFinding } from '../words/findings';
import type { Findings } from '../workspace/findings';
import type { KnownScopesSource } from '../workspace/knownScopes';
import type { ManifestSource } from '../workspace/manifests';
import type { Targets } from '../workspace/targets';
import type { RowFilter } from './filter';

/** Of each group; each row takes time in which the extension host does nothing else. */
const MOST_ROWS = 500;

const URGENT: ReadonlySet<Severity> = new Set(['error', 'warning']);

/** What every node needs to describe itself. */
export interface NodeContext {
  readonly t: Translate;
  readonly tokens: Tokens;
  readonly findings: Findings;
  readonly targets: Targets;
  readonly organisation: Organisation;
  readonly knownScopes: KnownScopesSource;
  /** What goes wrong on purpose for exactly this workload or scope, in words; nothing outside the sandbox. */
  readonly wordScenarios: (target: ScenarioTarget) => readonly string[];
  /** What the user typed to see only some of the rows. */
  readonly filter: RowFilter | undefined;
  /** There are so many workloads that only their names are shown at first. */
  readonly collapsesWorkloads: boolean;
}

/** One row of the tree. */
export abstract class TreeNode {
  constructor(
    protected readonly context: NodeContext,
    /** Names the row among all of the tree, from one reading of the file to the next. */
    readonly key: string,
    readonly parent: TreeNode | undefined,
  ) {}

  abstract item(): vscode.TreeItem;

  /** What is shown beside the mouse, where the item itself does not say it. */
  tooltip(): string | undefined {
    return undefined;
  }

  /** The rows below that the filter leaves. */
  children(): readonly TreeNode[] {
    return [];
  }

  /** VS Code keeps what the user collapsed by this id. What a filter found shall be seen, so it has ids of its own. */
  protected get id(): string {
    return this.context.filter ? `filtered ${this.key}` : this.key;
  }
}

/** The workload that a row belongs to, as its file was last read. */
export interface WorkloadPlace extends TreeNode {
  readonly source: ManifestSource;
  readonly workload: string;
  /** For the commands that ask about it. */
  readonly reference: WorkloadReference;
  /** The workload's name as it is shown. */
  readonly label: string;
  /** The variables file that filled in values. */
  readonly variables: string | undefined;
}

/** A heading within a workload. */
export class GroupNode extends TreeNode {
  constructor(
    context: NodeContext,
    key: string,
    parent: TreeNode,
    private readonly label: string,
    private readonly icon: string,
    makeRows: (parent: GroupNode) => readonly LeafNode[],
  ) {
    super(context, key, parent);
    this.rows = makeRows(this);
  }

  readonly rows: readonly LeafNode[];

  override item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.label, vscode.TreeItemCollapsibleState.Expanded);
    item.id = this.id;
    item.iconPath = new vscode.ThemeIcon(this.icon);
    item.contextValue = 'group';
    return item;
  }

  override children(): readonly TreeNode[] {
    const shown = this.rows.filter((row) => row.isShown);
    const rest = shown.length - MOST_ROWS;
    return rest > 0
      ? [...shown.slice(0, MOST_ROWS), new MoreNode(this.context, `${this.key}/more`, this, rest)]
      : shown;
  }
}

/** Stands for the rows of a group that are not shown, as it has so many. */
class MoreNode extends TreeNode {
  constructor(
    context: NodeContext,
    key: string,
    parent: TreeNode,
    private readonly count: number,
  ) {
    super(context, key, parent);
  }

  override item(): vscode.TreeItem {
    const { t } = this.context;
    const item = new vscode.TreeItem(t('{count} more', { count: this.count }));
    item.id = this.id;
    item.description = t('the filter finds them');
    item.iconPath = new vscode.ThemeIcon('ellipsis');
    item.contextValue = 'group';
    return item;
  }
}

/** A scope or a host: a row that stands for a stretch of a manifest. */
export abstract class LeafNode extends TreeNode {
  constructor(
    context: NodeContext,
    key: string,
    parent: GroupNode,
    protected readonly place: WorkloadPlace,
    readonly range: Range,
  ) {
    super(context, key, parent);
  }

  /** What Copy puts on the clipboard; nothing where only a template knows it. */
  abstract readonly copyText: string | undefined;

  /** What the filter looks at. */
  protected abstract readonly texts: readonly (string | undefined)[];

  get uri(): vscode.Uri {
    return this.place.source.uri;
  }

  get isShown(): boolean {
    const { filter } = this.context;
    return !filter || filter([this.place.label, vscode.workspace.asRelativePath(this.uri), ...this.texts]);
  }

  /** Findings on this row that ask for something to be done. */
  protected get problems(): readonly Finding[] {
    const { uri, file } = this.place.source;
    return this.context.findings.within(uri, file, this.range).filter(({ severity }) => URGENT.has(severity));
  }

  /** The item that all leaves begin with. `kind` says to those who do not see the icon what it is. */
  protected leaf(words: LeafWords): vscode.TreeItem {
    const { t } = this.context;
    const { label, kind, details = [] } = words;
    const problems = this.problems;
    const hasProblems = problems.length > 0 && !words.templated;
    const count = problems.length === 1 ? t('1 problem') : t('{count} problems', { count: problems.length });
    const source = words.rendered ? this.place.variables : undefined;
    const state = words.templated ? t('from a template') : hasProblems ? count : words.description;
    const description = [...(words.scenarios ?? []), state, source].filter((part) => part !== undefined).join(' · ');
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
    item.id = this.id;
    item.description = description;
    item.iconPath = words.templated
      ? new vscode.ThemeIcon('bracket')
      : hasProblems
        ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
        : words.icon;
    const told = hasProblems
      ? [words.description, ...problems.map((problem) => wordFinding(problem, t))]
      : [description];
    item.tooltip = [label, ...told, ...details].filter(Boolean).join('\n');
    item.accessibilityInformation = { label: [label, kind, description].filter(Boolean).join(', ') };
    item.command = {
      command: COMMANDS.reveal,
      title: t('Show in manifest'),
      arguments: [this.uri, this.range],
    };
    return item;
  }
}

/** How a leaf describes itself while nothing is wrong with it. */
export interface LeafWords {
  readonly label: string;
  readonly kind: string;
  readonly description: string;
  readonly icon: vscode.ThemeIcon;
  readonly templated: boolean;
  /** Chosen variables had a hand in it. */
  readonly rendered: boolean;
  /** What goes wrong with it on purpose. */
  readonly scenarios?: readonly string[];
  /** Further lines of the tooltip. */
  readonly details?: readonly string[];
}
