import * as vscode from 'vscode';
import {
  findingsOf,
  guessTarget,
  type Finding,
  type FindingCode,
  type FindingOptions,
  type ManifestFile,
} from '../manifest';
import { ConfigValue } from '../platform/config';
import type { Organisation } from '../platform/organisation';

/** What the user may make of a code. */
type Severities = NonNullable<FindingOptions['severities']>;

/** The findings of a file, judged by where the file is for and by what the user wants to hear of. */
export class Findings implements vscode.Disposable {
  private readonly severities = new ConfigValue<Partial<Record<FindingCode, unknown>>>('diagnostics.severity', {});
  /** The user changed what they want to hear of. */
  readonly onDidChange: vscode.Event<unknown> = this.severities.onDidChange;

  constructor(private readonly organisation: Organisation) {}

  of(uri: vscode.Uri, file: ManifestFile): readonly Finding[] {
    const { target, onPrem } = guessTarget(vscode.workspace.asRelativePath(uri, false));
    const { scopePrefix } = this.organisation;
    return findingsOf(file, { target, onPrem, scopePrefix, severities: knownSeverities(this.severities.value) });
  }

  dispose(): void {
    this.severities.dispose();
  }
}

const SEVERITIES: ReadonlySet<unknown> = new Set(['error', 'warning', 'information', 'hint', 'off']);

/** Settings are written by hand: what is no severity changes nothing. */
function knownSeverities(setting: Partial<Record<FindingCode, unknown>>): Severities {
  return Object.fromEntries(Object.entries(setting).filter(([, severity]) => SEVERITIES.has(severity)));
}
