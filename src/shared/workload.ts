/** Which workload of which file: what commands, panels and tree rows hand to each other. */
export interface WorkloadReference {
  readonly manifestUri?: string | undefined;
  /** The name under which the document is known in its file; the first document where it is left out. */
  readonly workload?: string | undefined;
}

/** Names a workload, so that two of one name in different files stay apart. */
export function workloadKey({ manifestUri, workload }: WorkloadReference): string {
  return `${manifestUri ?? ''}#${workload ?? ''}`;
}
