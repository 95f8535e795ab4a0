import * as vscode from 'vscode';
import type { WorkloadReference } from '../shared/workload';
import { wordTargets } from '../words/targets';
import type { ManifestSource } from '../workspace/manifests';
import type { WorkloadReading } from '../workspace/workloadReadings';
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
    private reading: WorkloadReading,
  ) {
    super(context, key, undefined);
  }

  get source(): ManifestSource {
    return this.reading.source;
  }

  get workload(): string {
    return this.reading.workload;
  }

  get label(): string {
    return this.reading.label;
  }

  get variables(): string | undefined {
    return this.reading.variables;
  }

  /** For the command that chooses variables. */
  get manifestUri(): string {
    return this.uri.toString();
  }

  get reference(): WorkloadReference {
    return { manifestUri: this.manifestUri, workload: this.workload };
  }

  get uri(): vscode.Uri {
    return this.source.uri;
  }

  /** Where its name stands. */
  get range() {
    const { name, range } = this.reading.manifest;
    return name?.range ?? { start: range.start, end: range.start };
  }

  get hasBlock(): boolean {
    return this.reading.manifest.maskinporten !== undefined;
  }

  /** The rows that have been shown, or were about to be. */
  get madeRows(): readonly LeafNode[] {
    return this.rowsOf(this.made ?? []);
  }

  /** Takes over what the file says now. True when that changed something. */
  update(reading: WorkloadReading): boolean {
    const { manifest, variables } = this.reading;
    this.reading = reading;
    if (reading.manifest === manifest && reading.variables === variables) return false;
    this.made = undefined;
    return true;
  }

  /** The same rows in another language. */
  reword(): void {
    this.made = undefined;
  }

  /** The row that stands for this offset of the file: of a scope or a host, else the workload's own. */
  nodeAt(offset: number): TreeNode | undefined {
    const { start, end } = this.reading.manifest.range;
    if (offset < start || offset > end) return undefined;
    const row = this.rows.find(({ range }) => range.start <= offset && offset <= range.end);
    return row?.parent?.children().includes(row) ? row : this;
  }

  get isShown(): boolean {
    const { filter } = this.context;
    if (!filter || filter([this.label, this.path])) return true;
    return this.rows.some((row) => row.isShown);
  }

  override item(): vscode.TreeItem {
    const { t, collapsesWorkloads } = this.context;
    const { kind, consumes, exposes, outbound } = this.reading.manifest;
    const isEmpty = consumes.length + exposes.length + outbound.length === 0;
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(this.label, isEmpty ? None : collapsesWorkloads ? Collapsed : Expanded);
    item.id = this.id;
    const scenarios = this.context.wordScenarios({ workload: this.reference });
    const state = this.hasBlock ? [] : [t('no maskinporten block')];
    item.description = [...scenarios, this.path, ...state].join(' · ');
    item.iconPath = new vscode.ThemeIcon('package');
    item.accessibilityInformation = { label: `${kind} ${this.label}, ${item.description}` };
    item.contextValue = [
      'workload',
      this.hasBlock ? 'withBlock' : 'withoutBlock',
      ...(scenarios.length > 0 ? ['scenario'] : []),
      ...(this.hasTags ? ['templated'] : []),
    ].join(' ');
    return item;
  }

  /** Made when the mouse rests on the row, so that where it is deployed can become known without a new row. */
  override tooltip(): string {
    const { t, targets } = this.context;
    const { kind, namespace } = this.reading.manifest;
    const { variables } = this;
    return [
      `${kind} ${namespace ? `${namespace.value}/${this.label}` : this.label}`,
      this.path,
      ...wordTargets(targets.targetsOf(this.uri), t),
      ...(variables === undefined ? [] : [t('Values from {file}.', { file: variables })]),
    ].join('\n');
  }

  override children(): readonly TreeNode[] {
    return this.groups.filter((group) => group.children().length > 0);
  }

  /** Whether there may be something for variables to fill in. */
  private get hasTags(): boolean {
    return this.source.file.text?.includes('{{') ?? true;
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
    const { consumes, exposes, outbound } = this.reading.manifest;
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
