import * as vscode from 'vscode';
import {
  findingsOf,
  fixAll,
  guessTarget,
  workspaceFindings,
  type Finding,
  type FindingCode,
  type FindingOptions,
  type ManifestFile,
  type TextEdit,
} from '../manifest';
import { ConfigValue } from '../platform/config';
import type { Organisation } from '../platform/organisation';
import type { Manifests, ManifestSource } from './manifests';

/** What the user may make of a code. */
type Severities = NonNullable<FindingOptions['severities']>;

/** The findings of a file: its own, and those that it has only beside the other manifests of the workspace. */
export class Findings implements vscode.Disposable {
  private readonly severities = new ConfigValue<Partial<Record<FindingCode, unknown>>>('diagnostics.severity', {});
  private across: { readonly judged: Judged; readonly findings: ReturnType<typeof workspaceFindings> } | undefined;
  /** The user changed what they want to hear of. */
  readonly onDidChange: vscode.Event<unknown> = this.severities.onDidChange;

  constructor(
    private readonly organisation: Organisation,
    private readonly manifests: Manifests,
  ) {}

  of(uri: vscode.Uri, file: ManifestFile): readonly Finding[] {
    const options = this.options;
    const own = findingsOf(file, { ...options, ...guessTarget(pathOf(uri)) });
    return [...own, ...(this.acrossWorkspace(options).get(pathOf(uri)) ?? [])];
  }

  /** The edits that cure all that needs no decision, or what of it is wanted. */
  fixAll(uri: vscode.Uri, file: ManifestFile, isWanted?: (finding: Finding) => boolean): readonly TextEdit[] {
    return fixAll(file, { ...this.options, ...guessTarget(pathOf(uri)) }, isWanted);
  }

  /** The file that a finding names, as it does in its data. */
  fileNamed(path: string): ManifestSource | undefined {
    return this.manifests.all.find(({ uri }) => pathOf(uri) === path);
  }

  private get options() {
    const { scopePrefix, number } = this.organisation;
    return { scopePrefix, organisation: number, severities: knownSeverities(this.severities.value) };
  }

  /** Judged anew only when a manifest or a setting changed: every row of the tree and every diagnostic asks for it. */
  private acrossWorkspace(options: Findings['options']) {
    const sources = this.manifests.all;
    const judged: Judged = { files: sources.map(({ file }) => file), settings: JSON.stringify(options) };
    if (!this.across || !isSame(this.across.judged, judged)) {
      this.across = { judged, findings: workspaceFindings(sources.map(toWorkspaceFile), options) };
    }
    return this.across.findings;
  }

  dispose(): void {
    this.severities.dispose();
  }
}

/** What the findings across the workspace were made from. */
interface Judged {
  readonly files: readonly ManifestFile[];
  readonly settings: string;
}

function isSame(one: Judged, other: Judged): boolean {
  return (
    one.settings === other.settings &&
    one.files.length === other.files.length &&
    one.files.every((file, at) => file === other.files[at])
  );
}

function toWorkspaceFile({ uri, file }: ManifestSource) {
  const path = pathOf(uri);
  return { id: path, file, target: guessTarget(path).target };
}

/** As people name the file; with its folder where the workspace has several. */
function pathOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}

const SEVERITIES: ReadonlySet<unknown> = new Set(['error', 'warning', 'information', 'hint', 'off']);

/** Settings are written by hand: what is no severity changes nothing. */
function knownSeverities(setting: Partial<Record<FindingCode, unknown>>): Severities {
  return Object.fromEntries(Object.entries(setting).filter(([, severity]) => SEVERITIES.has(severity)));
}
