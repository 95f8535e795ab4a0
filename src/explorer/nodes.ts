import * as vscode from 'vscode';
import type { ConsumedScope, ExposedScope, ManifestDocument, OutboundRule, Range, Severity } from '../manifest';
import { exposedScopeName } from '../manifest';
import { COMMANDS } from '../platform/ids';
import type { Translate } from '../shared/localize';
import type { WorkloadReference } from '../shared/workload';
import type { TokenAsk, Tokens } from '../state/tokens';
import { wordTokenState } from '../words/tokenState';
import type { Findings } from '../workspace/findings';
import { workloadName, type ManifestSource } from '../workspace/manifests';

const URGENT: ReadonlySet<Severity> = new Set(['error', 'warning']);

/** What every node needs to describe itself. */
export interface NodeContext {
  readonly t: Translate;
  readonly tokens: Tokens;
  readonly findings: Findings;
  /** What the clusters put before every exposed scope. */
  readonly scopePrefix: string;
}

/** One row of the tree. A row knows its children and which stretch of which file it stands for. */
export abstract class TreeNode {
  abstract readonly id: string;

  constructor(protected readonly context: NodeContext) {}

  abstract item(): vscode.TreeItem;

  children(): readonly TreeNode[] {
    return [];
  }

  protected leaf(label: string, source: ManifestSource, range: Range): vscode.TreeItem {
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
    item.id = this.id;
    item.command = {
      command: COMMANDS.reveal,
      title: this.context.t('Show in manifest'),
      arguments: [source.uri, range],
    };
    return item;
  }
}

export class WorkloadNode extends TreeNode {
  readonly id: string;
  readonly workload: string;
  readonly reference: WorkloadReference;
  readonly consumed: readonly ConsumedNode[];
  private readonly groups: readonly GroupNode[];

  constructor(
    context: NodeContext,
    readonly source: ManifestSource,
    readonly document: ManifestDocument,
    index: number,
  ) {
    super(context);
    this.workload = workloadName(document, index);
    this.reference = { manifestUri: source.uri.toString(), workload: this.workload };
    this.id = `${source.uri.toString()}#${index}`;
    this.consumed = document.manifest.consumes.map((scope, at) => new ConsumedNode(context, source, scope, this, at));
    this.groups = this.makeGroups();
  }

  override item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.workload, vscode.TreeItemCollapsibleState.Expanded);
    item.id = this.id;
    item.description = vscode.workspace.asRelativePath(this.source.uri);
    item.iconPath = new vscode.ThemeIcon('package');
    item.contextValue = 'workload';
    item.tooltip = `${this.document.manifest.kind} ${this.workload}`;
    return item;
  }

  override children(): readonly TreeNode[] {
    return this.groups;
  }

  private makeGroups(): GroupNode[] {
    const { context, source, id } = this;
    const { t } = context;
    const { exposes, outbound } = this.document.manifest;
    const exposed = exposes.map((scope, at) => new ExposedNode(context, source, scope, `${id}/exposes/${at}`));
    const hosts = outbound.map((rule, at) => new OutboundNode(context, source, rule, `${id}/outbound/${at}`));
    return [
      new GroupNode(context, `${id}/consumes`, t('Consumes'), 'arrow-down', this.consumed),
      new GroupNode(context, `${id}/exposes`, t('Exposes'), 'arrow-up', exposed),
      new GroupNode(context, `${id}/outbound`, t('Outbound'), 'globe', hosts),
    ].filter((group) => group.children().length > 0);
  }
}

class GroupNode extends TreeNode {
  constructor(
    context: NodeContext,
    readonly id: string,
    private readonly label: string,
    private readonly icon: string,
    private readonly nodes: readonly TreeNode[],
  ) {
    super(context);
  }

  override item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.label, vscode.TreeItemCollapsibleState.Expanded);
    item.id = this.id;
    item.iconPath = new vscode.ThemeIcon(this.icon);
    return item;
  }

  override children(): readonly TreeNode[] {
    return this.nodes;
  }
}

/** A consumed scope. It carries what the commands of its row need. */
export class ConsumedNode extends TreeNode {
  readonly id: string;
  readonly ask: TokenAsk;

  constructor(
    context: NodeContext,
    private readonly source: ManifestSource,
    private readonly scope: ConsumedScope,
    parent: WorkloadNode,
    at: number,
  ) {
    super(context);
    this.id = `${parent.id}/consumes/${at}`;
    this.ask = { manifestUri: source.uri.toString(), workload: parent.workload, scopes: [scope.name.value] };
  }

  override item(): vscode.TreeItem {
    const { t, tokens } = this.context;
    const { name, range } = this.scope;
    const item = this.leaf(name.value === '' ? t('(no name)') : name.value, this.source, range);
    const problems = this.problems;
    const token = tokens.peek(this.ask);
    const alive = token !== undefined && Date.now() < token.expiresAtMs;
    const refusal = tokens.lastProblem(this.ask);
    if (name.templated) {
      item.description = t('from a template');
      item.iconPath = new vscode.ThemeIcon('bracket');
    } else if (problems > 0) {
      item.description = problems === 1 ? t('1 problem') : t('{count} problems', { count: problems });
      item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    } else if (refusal) {
      item.description = t('refused ({code})', { code: refusal.code });
      item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    } else {
      item.description = wordTokenState(token, Date.now(), t);
      item.iconPath = alive
        ? new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'))
        : new vscode.ThemeIcon('circle-outline');
    }
    item.contextValue = name.templated || name.value === '' ? 'unknownScope' : 'consumedScope';
    item.tooltip = `${name.value}\n${item.description}`;
    return item;
  }

  /** How many findings on this scope ask for something to be done. */
  private get problems(): number {
    const { uri, file } = this.source;
    return this.context.findings
      .of(uri, file)
      .filter(({ severity, range }) => URGENT.has(severity) && contains(this.scope.range, range)).length;
  }
}

class ExposedNode extends TreeNode {
  constructor(
    context: NodeContext,
    private readonly source: ManifestSource,
    private readonly scope: ExposedScope,
    readonly id: string,
  ) {
    super(context);
  }

  override item(): vscode.TreeItem {
    const { t } = this.context;
    const { consumers, atMaxAgeSeconds, range } = this.scope;
    const item = this.leaf(exposedScopeName(this.scope, this.context.scopePrefix), this.source, range);
    const who = consumers.length === 1 ? t('1 consumer') : t('{count} consumers', { count: consumers.length });
    const lifetime = atMaxAgeSeconds?.templated ? undefined : `${atMaxAgeSeconds?.value ?? 30} s`;
    item.description = lifetime ? `${who} · ${lifetime}` : who;
    item.iconPath = new vscode.ThemeIcon('broadcast');
    return item;
  }
}

class OutboundNode extends TreeNode {
  constructor(
    context: NodeContext,
    private readonly source: ManifestSource,
    private readonly rule: OutboundRule,
    readonly id: string,
  ) {
    super(context);
  }

  override item(): vscode.TreeItem {
    const { t } = this.context;
    const { host, ipv4, ports, range } = this.rule;
    const target = host ?? ipv4;
    const item = this.leaf(target?.value ?? t('(no host)'), this.source, range);
    if (target?.templated) item.description = t('from a template');
    else if (ports.length > 0) item.description = ports.map(({ value }) => value).join(', ');
    else item.description = host ? '443' : t('every port');
    item.iconPath = new vscode.ThemeIcon(target?.templated ? 'bracket' : 'server');
    return item;
  }
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
