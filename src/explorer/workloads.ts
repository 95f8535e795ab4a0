import { mightBeManifest } from '../manifest';
import type { TreeOptions } from '../state/treeOptions';
import type { Manifests, ManifestSource } from '../workspace/manifests';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { RowKeys } from './keys';
import type { NodeContext } from './nodes';
import { WorkloadNode } from './workload';

/** The tree's top rows: kept from one reading of the manifests to the next, as long as they are of the same workload. */
export class Workloads {
  private nodes: readonly WorkloadNode[] = [];
  private outdated = false;

  constructor(
    private readonly manifests: Manifests,
    private readonly readings: WorkloadReadings,
    private readonly options: TreeOptions,
    private readonly context: NodeContext,
  ) {}

  /** Whether they are filtered out or not. */
  get all(): readonly WorkloadNode[] {
    return this.nodes;
  }

  /** The active manifest cannot be read as it stands: these are its rows of before. */
  get isOutdated(): boolean {
    return this.outdated;
  }

  /** Looks at the manifests again. Gives the rows that have changed below them, or `other` when it is not the same rows. */
  update(): readonly WorkloadNode[] | 'other' {
    const sources = this.sources;
    this.outdated = this.isBrokenForNow(sources);
    if (this.outdated) return [];
    const before = new Map(this.nodes.map((node) => [node.key, node]));
    const changed: WorkloadNode[] = [];
    const nodes = sources.flatMap((source) => {
      const keys = new RowKeys(source.uri.toString());
      return this.readings.in(source).map((reading) => {
        const key = keys.keyFor(reading.label);
        const known = before.get(key);
        if (known?.update(reading)) changed.push(known);
        return known ?? new WorkloadNode(this.context, key, reading);
      });
    });
    const sorted = this.options.wholeWorkspace ? nodes.sort(byName) : nodes;
    const isSame = sorted.length === this.nodes.length && sorted.every((node, at) => node === this.nodes[at]);
    this.nodes = sorted;
    return isSame ? changed : 'other';
  }

  /** Makes the rows below anew, in another language. */
  reword(): void {
    for (const node of this.nodes) node.reword();
  }

  private get sources(): readonly ManifestSource[] {
    const { active, all } = this.manifests;
    return active && !this.options.wholeWorkspace ? [active] : all;
  }

  /** In the middle of a word `kind` may be none that we know: the rows shall not vanish and come back for that. */
  private isBrokenForNow([source, other]: readonly ManifestSource[]): boolean {
    if (source === undefined || other !== undefined || source.file.documents.length > 0) return false;
    const { kind, text } = source.file;
    const isOurs = this.nodes.length > 0 && this.nodes.every(({ uri }) => uri.toString() === source.uri.toString());
    return isOurs && kind === 'other' && mightBeManifest(text ?? '');
  }
}

function byName(a: WorkloadNode, b: WorkloadNode): number {
  return a.label.localeCompare(b.label) || a.uri.path.localeCompare(b.uri.path);
}
