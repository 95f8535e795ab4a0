import * as vscode from 'vscode';
import { mightBeManifest, readFile, type FileKind, type ManifestDocument, type ManifestFile } from '../manifest';
import type { Log } from '../platform/log';
import type { WorkloadReference } from '../shared/workload';

/** Where manifests lie in nearly every repository; the open editors add the rest. VS Code's globs do not nest braces. */
const LIKELY_PLACES = `{${['', '.nais/**/', 'nais/**/', '.deploy/**/', 'deploy/**/']
  .flatMap((place) => [`${place}*.yaml`, `${place}*.yml`])
  .join(',')}}`;
const LIKELY_PATH = /^(?:(?:\.?nais|\.?deploy)\/.*|[^/]*)\.ya?ml$/;
const ANYWHERE = '**/*.{yaml,yml}';
const MOST_FILES = { usual: 200, everything: 5000 } as const;
const LARGEST_BYTES = 1024 * 1024;
const LANGUAGES = new Set(['yaml', 'json', 'jsonc', 'handlebars', 'helm', 'plaintext', 'dockercompose']);

/** One file as last read, open in an editor or not. */
export interface ManifestSource {
  readonly uri: vscode.Uri;
  readonly file: ManifestFile;
}

/** The name under which a document of a file is known: its own, or its place in the file when it has none. */
export function workloadName(document: ManifestDocument, index: number): string {
  return document.manifest.name?.value ?? `#${index + 1}`;
}

interface CachedRead {
  readonly version: number;
  readonly file: ManifestFile;
}

/**
 * The manifests that are open or lie in the usual places. A document is parsed once per version; a file that
 * is no manifest costs one string test.
 */
export class Manifests implements vscode.Disposable {
  private readonly open = new Map</* uri */ string, CachedRead>();
  private readonly found = new Map</* uri */ string, ManifestSource>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[] = [];
  private activeUri: string | undefined;
  private searched = false;
  private searchedFor: 'usual' | 'everything' = 'usual';
  private running: vscode.CancellationTokenSource | undefined;
  private reachedBound = false;
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: Log) {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.{yaml,yml}');
    const readIfLikely = (uri: vscode.Uri) => {
      const path = vscode.workspace.asRelativePath(uri, false);
      if (this.searchedFor === 'everything' || LIKELY_PATH.test(path)) void this.readFromDisk(uri);
    };
    this.disposables.push(
      watcher,
      watcher.onDidChange(readIfLikely),
      watcher.onDidCreate(readIfLikely),
      watcher.onDidDelete((uri) => {
        if (this.found.delete(uri.toString())) this.changed.fire();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.follow(editor);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.read(document)) this.changed.fire();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (this.read(document)) this.changed.fire();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (this.open.delete(document.uri.toString())) this.changed.fire();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.search()),
    );
    this.follow(vscode.window.activeTextEditor);
  }

  /** True once the usual places have been looked through. */
  get isReady(): boolean {
    return this.searched;
  }

  /** The whole workspace is being looked through. */
  get isSearching(): boolean {
    return this.running !== undefined;
  }

  /** There are more files than were looked at. */
  get hitBound(): boolean {
    return this.reachedBound;
  }

  /** The manifest of the active editor, or of the last editor that showed one and is still there. */
  get active(): ManifestSource | undefined {
    return this.activeUri === undefined ? undefined : this.source(this.activeUri);
  }

  /** Every manifest that is open or was found, each file once. */
  get all(): readonly ManifestSource[] {
    const uris = new Set([...this.open.keys(), ...this.found.keys()]);
    return [...uris]
      .map((uri) => this.source(uri))
      .filter((source): source is ManifestSource => source?.file.kind === 'manifest')
      .sort((a, b) => a.uri.path.localeCompare(b.uri.path));
  }

  /** The file behind a document, parsed at most once for its version; undefined for what is no manifest. */
  read(document: vscode.TextDocument): ManifestFile | undefined {
    if (!LANGUAGES.has(document.languageId) || document.uri.scheme === 'output') return undefined;
    const key = document.uri.toString();
    const cached = this.open.get(key);
    if (cached?.version === document.version) return cached.file.kind === 'manifest' ? cached.file : undefined;
    const text = document.getText();
    if (text.length > LARGEST_BYTES || !mightBeManifest(text)) {
      const wasManifest = this.open.delete(key);
      if (wasManifest) this.changed.fire();
      return undefined;
    }
    const file = readFile(text, cached?.file);
    this.open.set(key, { version: document.version, file });
    return file.kind === 'manifest' ? file : undefined;
  }

  /** What a document is by its content; undefined for what nobody would take for a manifest. */
  kindOf(document: vscode.TextDocument): FileKind | 'tooLarge' | undefined {
    this.read(document);
    const known = this.open.get(document.uri.toString());
    if (known) return known.file.kind;
    const text = LANGUAGES.has(document.languageId) ? document.getText() : '';
    return text.length > LARGEST_BYTES && mightBeManifest(text) ? 'tooLarge' : undefined;
  }

  /** The document that a reference names; without a workload the first of the file. */
  documentFor({ manifestUri, workload }: WorkloadReference): ManifestDocument | undefined {
    const file = manifestUri === undefined ? undefined : this.source(manifestUri)?.file;
    if (workload === undefined) return file?.documents[0];
    return file?.documents.find((document, index) => workloadName(document, index) === workload);
  }

  manifestFor(reference: WorkloadReference): ManifestDocument['manifest'] | undefined {
    return this.documentFor(reference)?.manifest;
  }

  /** Looks through the same places again, the usual ones at first; said done even when nothing was found. */
  async search(): Promise<void> {
    this.found.clear();
    const everywhere = this.searchedFor === 'everything';
    this.running?.cancel();
    const cancellation = new vscode.CancellationTokenSource();
    if (everywhere) {
      this.running = cancellation;
      this.changed.fire();
    }
    try {
      const most = MOST_FILES[this.searchedFor];
      const places = everywhere ? ANYWHERE : LIKELY_PLACES;
      const uris = await vscode.workspace.findFiles(places, '**/node_modules/**', most, cancellation.token);
      this.reachedBound = uris.length === most;
      await Promise.all(uris.map((uri) => this.readFromDisk(uri, false)));
    } catch (error) {
      this.log.error('The workspace could not be searched for manifests.', error);
    }
    if (this.running === cancellation) this.running = undefined;
    cancellation.dispose();
    this.searched = true;
    this.changed.fire();
  }

  /** Looks through the whole workspace, once. */
  async searchEverything(): Promise<void> {
    if (this.searchedFor === 'everything') return;
    this.searchedFor = 'everything';
    await this.search();
  }

  /** Stops looking; what was found by then stays. */
  cancelSearch(): void {
    this.running?.cancel();
  }

  private async readFromDisk(uri: vscode.Uri, announce = true): Promise<void> {
    const key = uri.toString();
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      const text = bytes.length > LARGEST_BYTES ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      const file = mightBeManifest(text) ? readFile(text) : undefined;
      if (file?.kind === 'manifest') this.found.set(key, { uri, file });
      else if (!this.found.delete(key)) return;
    } catch (error) {
      this.found.delete(key);
      this.log.warn(
        `${uri.path} could not be read: ${error instanceof vscode.FileSystemError ? error.code : 'unknown reason'}.`,
      );
    }
    if (announce) this.changed.fire();
  }

  private source(key: string): ManifestSource | undefined {
    const open = this.open.get(key);
    return open ? { uri: vscode.Uri.parse(key), file: open.file } : this.found.get(key);
  }

  /** Webviews and empty editor groups leave the last manifest in place: the user still works with it. */
  private follow(editor: vscode.TextEditor | undefined): void {
    if (!editor || !this.read(editor.document)) return;
    const key = editor.document.uri.toString();
    if (this.activeUri === key) return;
    this.activeUri = key;
    this.changed.fire();
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
    this.changed.dispose();
  }
}
