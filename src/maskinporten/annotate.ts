import type { CommandLine } from './commands';
import { isDnsLabel } from './names';

/** What digdirator does at an annotation and takes it away afterwards (nais/digdirator, README). */
export type ClientAnnotation = 'resync' | 'rotate';

/** The MaskinportenClient of a workload has its name. */
export interface AnnotatedClient {
  readonly workload: string;
  /** The namespace. */
  readonly team: string;
}

/**
 * Makes digdirator look at a MaskinportenClient at once, instead of within the hour (`resync`), or give it a new key
 * (`rotate`). Names that are not RFC 1123's are refused, since a manifest may say anything.
 */
export function annotateCommand({ workload, team }: AnnotatedClient, annotation: ClientAnnotation): CommandLine {
  if (!isDnsLabel(workload)) return { ok: false, field: 'workload' };
  if (!isDnsLabel(team)) return { ok: false, field: 'team' };
  const line = `kubectl annotate maskinportenclient ${workload} -n ${team} digdir.nais.io/${annotation}=true --overwrite`;
  return { ok: true, line };
}
