import * as vscode from 'vscode';
import type { ManifestDocument } from '../manifest';
import { workloadName, type ManifestSource } from '../workspace/manifests';
import { RowKeys } from './keys';
import { ConsumedNode, ExposedNode, OutboundNode } from './leaves';
import { GroupNode, TreeNode, type LeafNode, type NodeContext, type WorkloadPlace } from './nodes';

/** A workload of a manifest, with its scopes and hosts below. It lives as long as the workload is in the file. */
export class WorkloadNode extends TreeNode implements WorkloadPlace {
  /** Made when they are first asked for: of hundreds of workloads few are ever opened. */
  private made: readonly GroupNode[] | undefined;

  constructor(
    context: NodeContext,
    key: string,
    public source: ManifestSource,
    private document: ManifestDocument,
    private index: number,
  ) {
    super(context, key, undefined);
  }

  get workload(): string {
    return workloadName(this.document, this.index);
  }

  get uri(): vscode.Uri {
    return this.source.uri;
  }

  /** Where its name stands. */
  get range() {
    const { name, range } = this.document.manifest;
    return name?.range ?? { start: range.start, end: range.start };
  }

  get hasBlock(): boolean {
    return this.document.manifest.maskinporten !== undefined;
  }

  /** Those that have been shown, or were about to be. */
  get consumed(): readonly ConsumedNode[] {
    return this.rowsOf(this.made ?? []).filter((row) => row instanceof ConsumedNode);
  }

  /** Takes over what the file says now. True when that changed something. */
  update(source: ManifestSource, document: ManifestDocument, index: number): boolean {
    this.source = source;
    this.index = index;
    if (document === this.document) return false;
    this.document = document;
    this.made = undefined;
    return true;
  }

  /** The same rows in another language. */
  reword(): void {
    this.made = undefined;
  }

  /** The row that stands for this offset of the file: of a scope or a host, else the workload's own. */
  nodeAt(offset: number): TreeNode | undefined {
    const { start, end } = this.document.range;
    if (offset < start || offset > end) return undefined;
    return this.rows.find((row) => row.range.start <= offset && offset <= row.range.end && row.isShown) ?? this;
  }

  get isShown(): boolean {
    const { filter } = this.context;
    if (!filter || filter([this.workload, this.path])) return true;
    return this.rows.some((row) => row.isShown);
  }

  override item(): vscode.TreeItem {
    const { t, collapsesWorkloads } = this.context;
    const { kind, namespace, consumes, exposes, outbound } = this.document.manifest;
    const isEmpty = consumes.length + exposes.length + outbound.length === 0;
    const state = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(
      this.workload,
      isEmpty ? state.None : collapsesWorkloads ? state.Collapsed : state.Expanded,
    );
    item.id = this.id;
    item.description = this.hasBlock ? this.path : `${this.path} · ${t('no maskinporten block')}`;
    item.iconPath = new vscode.ThemeIcon('package');
    const qualified = namespace ? `${namespace.value}/${this.workload}` : this.workload;
    item.tooltip = `${kind} ${qualified}\n${this.path}`;
    item.accessibilityInformation = { label: `${kind} ${this.workload}, ${item.description}` };
    item.contextValue = this.hasBlock ? 'workload' : 'workload withoutBlock';
    return item;
  }

  override children(): readonly TreeNode[] {
    return this.groups.filter((group) => group.children().length > 0);
  }

  private get path(): string {
    return vscode.workspace.asRelativePath(this.uri);
  }

  private get groups(): readonly GroupNode[] {
    return (this.made ??= this.makeGroups());
  }

  private get rows(): readonly LeafNode[] {
    return this.rowsOf(this.groups);
  }

  private rowsOf(groups: readonly GroupNode[]): readonly LeafNode[] {
    return groups.flatMap(({ rows }) => rows);
  }

  private makeGroups(): readonly GroupNode[] {
    const { context, key } = this;
    const { t } = context;
    const { consumes, exposes, outbound } = this.document.manifest;
    const group = <T>(
      name: string,
      label: string,
      icon: string,
      things: readonly T[],
      nameOf: (thing: T) => string,
      Row: new (context: NodeContext, key: string, parent: GroupNode, place: WorkloadPlace, thing: T) => LeafNode,
    ) => {
      const keys = new RowKeys(`${key}/${name}`);
      return new GroupNode(context, `${key}/${name}`, this, label, icon, (parent) =>
        things.map((thing) => new Row(context, keys.keyFor(nameOf(thing)), parent, this, thing)),
      );
    };
    return [
      group('consumes', t('Consumes'), 'arrow-down', consumes, ({ name }) => name.value, ConsumedNode),
      group('exposes', t('Exposes'), 'arrow-up', exposes, exposedKey, ExposedNode),
      group(
        'outbound',
        t('Outbound'),
        'globe',
        outbound,
        (rule) => (rule.host ?? rule.ipv4)?.value ?? '',
        OutboundNode,
      ),
    ].filter(({ rows }) => rows.length > 0);
  }
}

function exposedKey({ product, name }: { product: { value: string }; name: { value: string } }): string {
  return `${product.value}/${name.value}`;
}
