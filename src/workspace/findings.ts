import * as vscode from 'vscode';
import {
  findingsOf,
  fixAll,
  tooLargeFinding,
  withSeverities,
  workspaceFindings,
  type Finding,
  type FindingCode,
  type FindingOptions,
  type ManifestFile,
  type Range,
  type TextEdit,
  type WorkspaceFile,
} from '../manifest';
import { ConfigValue } from '../platform/config';
import type { Organisation } from '../platform/organisation';
import { FindingsByPlace } from './findingsByPlace';
import type { KnownScopesSource } from './knownScopes';
import type { Manifests, ManifestSource } from './manifests';
import type { Targets } from './targets';
import type { Variables } from './variables';

/** What the user may make of a code. */
type Severities = NonNullable<FindingOptions['severities']>;

/** The findings of a file: its own, and those that it has only beside the other manifests of the workspace. */
export class Findings implements vscode.Disposable {
  private readonly severities = new ConfigValue<Partial<Record<FindingCode, unknown>>>('diagnostics.severity', {});
  /** By file: a row of the tree asks for those of its whole file, and a manifest may have thousands of rows. */
  private readonly made = new Map<ManifestFile, Made>();
  private readonly changed = new vscode.EventEmitter<void>();
  private isAcrossCurrent = false;
  private across: { readonly judged: Judged; readonly findings: ReturnType<typeof workspaceFindings> } | undefined;
  private readonly disposables: readonly { dispose(): unknown }[];
  /** What the user wants to hear of, the targets, the variables or the known scopes changed, or findings arrived late. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly organisation: Organisation,
    private readonly manifests: Manifests,
    private readonly targets: Targets,
    private readonly variables: Variables,
    private readonly knownScopes: KnownScopesSource,
  ) {
    const forget = () => {
      this.made.clear();
      this.isAcrossCurrent = false;
    };
    const announce = () => {
      forget();
      this.changed.fire();
    };
    this.disposables = [
      this.changed,
      this.severities,
      vscode.workspace.onDidChangeConfiguration(forget),
      manifests.onDidChange(forget),
      this.severities.onDidChange(announce),
      knownScopes.onDidChange(announce),
      manifests.onDidFind(announce),
      targets.onDidChange(announce),
      variables.onDidChange(announce),
    ];
  }

  of(uri: vscode.Uri, file: ManifestFile): readonly Finding[] {
    return this.madeOf(uri, file).all;
  }

  /** Those that stand within a range of the file. */
  within(uri: vscode.Uri, file: ManifestFile, range: Range): readonly Finding[] {
    const made = this.madeOf(uri, file);
    made.byPlace ??= new FindingsByPlace(made.all);
    return made.byPlace.within(range);
  }

  private madeOf(uri: vscode.Uri, file: ManifestFile): Made {
    const made = this.made.get(file) ?? { all: this.make(uri, file), byPlace: undefined };
    this.made.set(file, made);
    return made;
  }

  private make(uri: vscode.Uri, file: ManifestFile): readonly Finding[] {
    const circumstances = this.circumstancesOf(uri);
    const own = this.variables.resolvedOf({ uri, file })?.findings(circumstances) ?? findingsOf(file, circumstances);
    return [...own, ...(this.acrossWorkspace(this.options).get(pathOf(uri)) ?? [])];
  }

  /** The findings of an open document; undefined while it is being read. */
  ofDocument(document: vscode.TextDocument): readonly Finding[] | undefined {
    if (this.manifests.isReading(document)) return undefined;
    if (this.manifests.isTooLarge(document)) {
      return withSeverities([tooLargeFinding(document.getText())], this.options.severities);
    }
    const file = this.manifests.read(document);
    return file ? this.of(document.uri, file) : [];
  }

  /** The edits that cure all that needs no decision, or what of it is wanted: of the file as written, without variables. */
  fixAll(uri: vscode.Uri, file: ManifestFile, isWanted?: (finding: Finding) => boolean): readonly TextEdit[] {
    return fixAll(file, this.circumstancesOf(uri), isWanted);
  }

  /** The file that a finding names, as it does in its data. */
  fileNamed(path: string): ManifestSource | undefined {
    return this.manifests.all.find(({ uri }) => pathOf(uri) === path);
  }

  private circumstancesOf(uri: vscode.Uri): FindingOptions {
    return { ...this.options, knownScopes: this.knownScopes.current, ...this.targets.verdictOf(uri) };
  }

  private get options() {
    const { scopePrefix, number } = this.organisation;
    return { scopePrefix, organisation: number, severities: knownSeverities(this.severities.value) };
  }

  /** Judged anew only when a manifest or a setting changed, and not for whatever else is announced. */
  private acrossWorkspace(options: Findings['options']) {
    if (this.isAcrossCurrent && this.across) return this.across.findings;
    this.isAcrossCurrent = true;
    const sources = this.manifests.all;
    const files = sources.map((source): WorkspaceFile => {
      const { uri, file } = source;
      const { target } = this.targets.verdictOf(uri);
      const rendered = this.variables.resolvedOf(source);
      const isFilledIn = rendered !== undefined && rendered.documents.length > 0;
      return { id: pathOf(uri), target, ...(isFilledIn ? { file: rendered, variables: rendered.name } : { file }) };
    });
    const judged: Judged = { files, settings: JSON.stringify(options) };
    if (!this.across || !isSame(this.across.judged, judged)) {
      this.across = { judged, findings: workspaceFindings(files, options) };
    }
    return this.across.findings;
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}

/** The findings of a file, and how to find those of a row. */
interface Made {
  readonly all: readonly Finding[];
  byPlace: FindingsByPlace | undefined;
}

/** What the findings across the workspace were made from. */
interface Judged {
  readonly files: readonly WorkspaceFile[];
  readonly settings: string;
}

function isSame(one: Judged, other: Judged): boolean {
  return (
    one.settings === other.settings &&
    one.files.length === other.files.length &&
    one.files.every(({ file, target }, at) => file === other.files[at]?.file && target === other.files[at].target)
  );
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
