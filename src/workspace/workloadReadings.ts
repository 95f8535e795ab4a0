import * as vscode from 'vscode';
import type { ConsumedScope, Manifest, ManifestDocument, Range } from '../manifest';
import type { WorkloadReference } from '../shared/workload';
import { workloadName, type Manifests, type ManifestSource } from './manifests';
import type { Variables } from './variables';

/** A workload as its file was last read. */
export interface WorkloadReading {
  readonly source: ManifestSource;
  /** Where the file has it. */
  readonly document: ManifestDocument;
  /** With the values that the chosen variables give, if any are chosen. All ranges are the file's. */
  readonly manifest: Manifest;
  /** The name under which the document is known in its file. */
  readonly workload: string;
  /** The name that is shown. */
  readonly label: string;
  /** The variables file that filled in the values, as people call it. */
  readonly variables: string | undefined;
}

/** Workloads as they are deployed, with variables where someone chose them. Whoever names scopes or hosts asks here. */
export class WorkloadReadings implements vscode.Disposable {
  private readonly kept = new WeakMap<ManifestSource['file'], Kept>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly manifests: Pick<Manifests, 'active' | 'all' | 'onDidChange'>,
    private readonly variables: Pick<Variables, 'resolvedOf' | 'onDidChange'>,
  ) {
    const announce = () => {
      this.changed.fire();
    };
    this.disposables = vscode.Disposable.from(
      this.changed,
      manifests.onDidChange(announce),
      variables.onDidChange(announce),
    );
  }

  /** Those of every manifest that is known. */
  get all(): readonly WorkloadReading[] {
    return this.manifests.all.flatMap((source) => this.in(source));
  }

  /** Those of the manifest that the user works with; without one, all. */
  get atHand(): readonly WorkloadReading[] {
    const { active } = this.manifests;
    return active ? this.in(active) : this.all;
  }

  /** The workloads of a file; with variables those that they make, if it can be rendered with them at all. */
  in(source: ManifestSource): readonly WorkloadReading[] {
    const rendered = this.variables.resolvedOf(source);
    const kept = this.kept.get(source.file);
    if (kept && kept.rendered === rendered && kept.uri === source.uri.toString()) return kept.readings;
    const readings = readingsOf(source, rendered);
    this.kept.set(source.file, { rendered, uri: source.uri.toString(), readings });
    return readings;
  }

  /**
   * The workload's manifest; undefined where there is no such workload. Without a name it is the first of the file. Where
   * a template makes several of one document, it consumes what any of them does.
   */
  manifestFor(reference: WorkloadReference): Manifest | undefined {
    const [first, ...others] = this.manifestsFor(reference);
    if (!first || others.length === 0) return first;
    return { ...first, consumes: [first, ...others].flatMap(({ consumes }) => consumes) };
  }

  /** The same, each by itself: several where a template makes several of one document. */
  manifestsFor({ manifestUri, workload }: WorkloadReference): readonly Manifest[] {
    const source = this.manifests.all.find(({ uri }) => uri.toString() === manifestUri);
    const readings = source ? this.in(source) : [];
    const name = workload ?? readings[0]?.workload;
    return readings.filter((reading) => reading.workload === name).map(({ manifest }) => manifest);
  }

  /** What the workload consumes; undefined where there is no such workload. */
  consumesOf(reference: WorkloadReference): readonly ConsumedScope[] | undefined {
    return this.manifestFor(reference)?.consumes;
  }

  /**
   * What the chosen variables make of what the file has in a range: several things in a loop. Nothing without variables,
   * and where they leave it out. Of each thing `rangeOf` tells where in the file it stands.
   */
  resolvedAt<T>(
    source: ManifestSource,
    { start, end }: Range,
    thingsIn: (manifest: Manifest) => readonly T[],
    rangeOf: (thing: T) => Range | undefined,
  ): Resolved<T> | undefined {
    const readings = this.in(source);
    const file = readings[0]?.variables;
    const things = readings
      .flatMap(({ manifest }) => thingsIn(manifest))
      .filter((thing) => {
        const range = rangeOf(thing);
        return range !== undefined && range.start < end && start < range.end;
      });
    return file === undefined || things.length === 0 ? undefined : { file, things };
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** What a template makes, and the variables file that it is made with, as people call it. */
export interface Resolved<T> {
  readonly file: string;
  readonly things: readonly T[];
}

interface Kept {
  readonly rendered: ReturnType<Variables['resolvedOf']>;
  readonly uri: string;
  readonly readings: readonly WorkloadReading[];
}

function readingsOf(source: ManifestSource, rendered: Kept['rendered']): readonly WorkloadReading[] {
  const documents = source.file.documents.map((document, index) => ({
    document,
    workload: workloadName(document, index),
  }));
  const asWritten = documents.map(({ document, workload }): WorkloadReading => {
    return { source, document, manifest: document.manifest, workload, label: workload, variables: undefined };
  });
  if (!rendered || rendered.manifests.length === 0) return asWritten;
  return rendered.manifests.flatMap((manifest, index): readonly WorkloadReading[] => {
    const { start } = manifest.range;
    const place = documents.find(({ document: { range } }) => range.start <= start && start < range.end);
    const { document, workload } = place ?? documents[0] ?? {};
    const label = manifest.name?.value ?? `#${index + 1}`;
    return document && workload !== undefined
      ? [{ source, document, manifest, workload, label, variables: rendered.name }]
      : [];
  });
}

/** Whether an ask for the scope can be made: its name is known and not empty. */
export function isNamed({ name }: ConsumedScope): boolean {
  return !name.templated && name.value !== '';
}
