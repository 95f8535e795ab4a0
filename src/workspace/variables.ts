import * as vscode from 'vscode';
import {
  decode,
  assumingImage,
  givenVariables,
  readVariables,
  renderFile,
  targetsOf,
  unreadableVariables,
  withAssignments,
  type FileWithText,
  type ManifestFile,
  type ParseTemplate,
  type RenderedFile,
  type VariablesRead,
} from '../manifest';
import type { Log } from '../platform/log';
import { pathWithin, type Deployments } from './deployments';
import type { ManifestSource } from './manifests';
import type { Choices } from './targets';

const KEY = 'maskinporten.variables';
const VERSION = 1;
const LARGEST_BYTES = 1024 * 1024;

/** What lies in workspaceState. */
interface Stored {
  readonly version: typeof VERSION;
  readonly choices: Readonly<Record</* manifest */ string, /* variables file */ string>>;
}

interface Kept {
  readonly file: ManifestFile;
  readonly read: VariablesRead;
  readonly rendered: RenderedFile;
}

/** Manifests as they are with the variables files that someone chose for them. Without a choice nothing is loaded. */
export class Variables implements Choices, vscode.Disposable {
  private readonly read = new Map</* variables file */ string, VariablesRead>();
  private readonly loading = new Map</* variables file */ string, Promise<void>>();
  private readonly kept = new Map</* manifest */ string, Kept>();
  /** Texts of manifests that are not open: their reading keeps none. */
  private readonly texts = new Map</* manifest */ string, { readonly file: ManifestFile; text?: string }>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: readonly { dispose(): unknown }[];
  private parse: ParseTemplate | undefined;
  private choices: Readonly<Record<string, string>>;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly state: vscode.Memento,
    private readonly deployments: Deployments,
    private readonly log: Log,
  ) {
    this.choices = storedChoices(state.get(KEY));
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.{yaml,yml,json}');
    const reread = (uri: vscode.Uri) => {
      if (this.read.has(uri.toString())) void this.load(uri);
    };
    this.disposables = [
      this.changed,
      watcher,
      watcher.onDidChange(reread),
      watcher.onDidCreate(reread),
      watcher.onDidDelete(reread),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) reread(document.uri);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.kept.delete(uri.toString());
        this.texts.delete(uri.toString());
        reread(uri);
      }),
      deployments.onDidChange(() => {
        this.kept.clear();
        this.changed.fire();
      }),
    ];
  }

  choiceOf(manifest: vscode.Uri): vscode.Uri | undefined {
    const choice = this.choices[manifest.toString()];
    return choice === undefined ? undefined : vscode.Uri.parse(choice);
  }

  /** Chooses a variables file for a manifest, or none; it is remembered for the workspace. */
  async choose(manifest: vscode.Uri, variables: vscode.Uri | undefined): Promise<void> {
    const choices = new Map(Object.entries(this.choices));
    if (variables === undefined) choices.delete(manifest.toString());
    else choices.set(manifest.toString(), variables.toString());
    this.choices = Object.fromEntries(choices);
    this.kept.delete(manifest.toString());
    const stored: Stored = { version: VERSION, choices: this.choices };
    await this.state.update(KEY, stored);
    if (variables !== undefined) await this.load(variables);
    else this.changed.fire();
  }

  /**
   * The manifest with the chosen variables. Undefined without a choice, and while the variables file is being read: then
   * `onDidChange` follows.
   */
  resolvedOf({ uri, file }: ManifestSource): RenderedFile | undefined {
    const choice = this.choiceOf(uri);
    if (choice === undefined) return undefined;
    const read = this.read.get(choice.toString());
    if (read === undefined || this.parse === undefined) {
      if (!this.loading.has(choice.toString())) void this.load(choice);
      return undefined;
    }
    const kept = this.kept.get(uri.toString());
    if (kept?.file === file && kept.read === read) return kept.rendered;
    const text = file.text ?? this.textOf(uri, file);
    if (text === undefined) return undefined;
    const rendered = this.render(uri, { ...fileOf(file), text }, choice, read, this.parse);
    this.kept.set(uri.toString(), { file, read, rendered });
    return rendered;
  }

  /** Reads the text of a manifest that is not open, once for each reading; `onDidChange` follows. */
  private textOf(uri: vscode.Uri, file: ManifestFile): string | undefined {
    const key = uri.toString();
    const known = this.texts.get(key);
    if (known?.file === file) return known.text;
    const asked: { readonly file: ManifestFile; text?: string } = { file };
    this.texts.set(key, asked);
    vscode.workspace.fs.readFile(uri).then(
      (bytes) => {
        asked.text = decode(bytes);
        this.changed.fire();
      },
      () => {
        this.log.warn(`${uri.path} could not be read.`);
      },
    );
    return undefined;
  }

  private render(
    uri: vscode.Uri,
    file: FileWithText,
    choice: vscode.Uri,
    read: VariablesRead,
    parse: ParseTemplate,
  ): RenderedFile {
    const name = nameOf(choice);
    if (read.kind === 'unreadable') return unreadableVariables(file, name, read.reason);
    const repository = this.deployments.around(uri);
    const path = repository && pathWithin(repository.root, choice);
    const targets = repository ? targetsOf(repository.path, repository.path, repository.deployments) : [];
    const given = givenVariables(targets, path);
    const variables = given ? withAssignments(read.variables, given.assignments) : assumingImage(read.variables);
    return renderFile(file, { name, variables, mayBeMore: given?.mayBeMore ?? false }, parse);
  }

  /** Reads a variables file, once at a time; who asks while it is being read gets the reading that follows. */
  private load(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const under = this.loading.get(key) ?? Promise.resolve();
    const next = under.then(async () => {
      this.parse ??= (await import('../manifest/handlebars')).parse;
      this.read.set(key, await this.readFrom(uri));
      this.changed.fire();
    });
    const done = next
      .catch((error: unknown) => {
        this.log.error('The variables could not be read.', error);
      })
      .finally(() => {
        if (this.loading.get(key) === done) this.loading.delete(key);
      });
    this.loading.set(key, done);
    return done;
  }

  /** What an editor shows of the file holds, as with manifests; else what lies on the disk. */
  private async readFrom(uri: vscode.Uri): Promise<VariablesRead> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open) return readVariables(open.getText());
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      return bytes.length > LARGEST_BYTES
        ? { kind: 'unreadable', reason: 'too-large' }
        : readVariables(new TextDecoder().decode(bytes));
    } catch (error) {
      const code = error instanceof vscode.FileSystemError ? error.code : 'unknown reason';
      this.log.warn(`${uri.path} could not be read: ${code}.`);
      return { kind: 'unreadable', reason: 'missing' };
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}

function fileOf({ kind, lineStarts, documents }: ManifestFile): Omit<FileWithText, 'text'> {
  return { kind, lineStarts, documents };
}

/** As people call the file. */
export function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whatever lies there: an older or a newer version of the extension may have put it. */
function storedChoices(stored: unknown): Stored['choices'] {
  if (typeof stored !== 'object' || stored === null || !('version' in stored) || stored.version !== VERSION) return {};
  const choices = 'choices' in stored ? stored.choices : undefined;
  return typeof choices === 'object' && choices !== null
    ? Object.fromEntries(
        Object.entries(choices).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {};
}
