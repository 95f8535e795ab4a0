import type { ClipboardTool, CommandLine } from '../commands';
import { isDnsLabel, isDnsSubdomain } from '../names';

/** A workload's MaskinportenClient, which has the workload's own name. */
export interface ProvisioningTarget {
  readonly workload: string;
  /** The namespace. */
  readonly team: string;
}

/**
 * Reads the client of a workload (Nais, "Maskinporten reference"). Piped to the clipboard where the terminal's machine
 * has one; what kubectl refuses stays in the terminal. Names that are not RFC 1123's are refused: a manifest may say
 * anything, and a terminal runs whatever stands before a line break.
 */
export function provisioningCommand(target: ProvisioningTarget, tool: ClipboardTool | undefined): CommandLine {
  const pipe = tool === undefined ? '' : ` | ${tool}`;
  return lineFor(
    target,
    ({ workload, team }) => `kubectl get maskinportenclient ${workload} -n ${team} -o json${pipe}`,
  );
}

/**
 * Makes digdirator look at the client again at once, instead of within the hour (nais/digdirator, reconciler.go). It
 * takes the annotation away when it is done; one that is there still must not stop a second one.
 */
export function resyncCommand(target: ProvisioningTarget): CommandLine {
  return lineFor(
    target,
    ({ workload, team }) =>
      `kubectl annotate maskinportenclient ${workload} -n ${team} digdir.nais.io/resync=true --overwrite`,
  );
}

function lineFor(target: ProvisioningTarget, line: (target: ProvisioningTarget) => string): CommandLine {
  if (!isDnsSubdomain(target.workload)) return { ok: false, field: 'workload' };
  if (!isDnsLabel(target.team)) return { ok: false, field: 'team' };
  return { ok: true, line: line(target) };
}
