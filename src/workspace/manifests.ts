import * as vscode from 'vscode';
import type { FileKind, ManifestDocument, ManifestFile } from '../manifest';
import { VIEW_ID } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import { withCancellableProgress } from '../platform/progress';
import type { WorkloadReference } from '../shared/workload';
import { ManifestReader } from './manifestReader';
import { ManifestWorker } from './manifestWorker';
import { OpenDocuments } from './openDocuments';
import { WorkspaceIndex, type SearchScope } from './workspaceIndex';

/** Telling the user of every file would cost more than reading it. */
const FILES_A_REPORT = 100;
const TROUBLE_MS = 10_000;

/** One file as last read, open in an editor or not. */
export interface ManifestSource {
  readonly uri: vscode.Uri;
  readonly file: ManifestFile;
}

/** The name under which a document of a file is known: its own, or its place in the file when it has none. */
export function workloadName(document: ManifestDocument, index: number): string {
  return document.manifest.name?.value ?? `#${index + 1}`;
}

/** The manifests that are open, and those that lie in the workspace as far as it was searched. */
export class Manifests implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly found = new vscode.EventEmitter<void>();
  private readonly worker: ManifestWorker;
  private readonly open: OpenDocuments;
  private readonly index: WorkspaceIndex;
  private readonly disposables: readonly { dispose(): unknown }[];
  private activeUri: string | undefined;
  private wasTooLarge = false;
  private sorted: readonly ManifestSource[] | undefined;
  private searching: { readonly done: Promise<void>; readonly controller: AbortController } | undefined;
  readonly onDidChange = this.changed.event;
  /** Findings that were on their way have arrived; the manifests are the same. */
  readonly onDidFind = this.found.event;

  /** `workerFile` is the bundle that reads large manifests in a thread of its own. */
  constructor(
    workerFile: string,
    private readonly language: Language,
    log: Log,
  ) {
    const found = () => {
      this.found.fire();
    };
    const tellTrouble = () => {
      const text = language.t('A manifest could not be read. The Maskinporten log says which.');
      vscode.window.setStatusBarMessage(`$(warning) ${text}`, TROUBLE_MS);
    };
    this.worker = new ManifestWorker(workerFile, log, tellTrouble);
    this.open = new OpenDocuments(this.worker);
    this.index = new WorkspaceIndex(new ManifestReader(this.worker, log, found), log);
    this.disposables = [
      this.changed,
      this.found,
      this.worker,
      this.open,
      this.index,
      this.open.onDidFind(found),
      this.open.onDidChange(() => {
        this.follow(vscode.window.activeTextEditor, { announce: false });
        this.announce();
      }),
      this.index.onDidChange(() => {
        this.announce();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.follow(editor);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.isOfInterest(document)) this.announce();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (this.isOfInterest(document)) this.announce();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (this.open.forget(document)) this.announce();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.searchAgain()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('files.exclude')) void this.searchAgain();
      }),
    ];
    this.follow(vscode.window.activeTextEditor);
  }

  /** True once the usual places have been looked through. */
  get isReady(): boolean {
    return this.index.scope !== undefined;
  }

  /** How far the workspace was searched. */
  get scope(): SearchScope {
    return this.index.scope ?? 'usual';
  }

  /** A search of the whole workspace is under way. */
  get isSearching(): boolean {
    return this.searching !== undefined;
  }

  /** The workspace holds more manifests than are kept, or more files than were looked at. */
  get hitBound(): boolean {
    return this.index.hitBound;
  }

  /** The active editor shows a manifest that is too large to be read in the editor. */
  get tooLarge(): boolean {
    const editor = vscode.window.activeTextEditor;
    return editor !== undefined && this.open.isTooLarge(editor.document);
  }

  /** The manifest of the active editor, or of the last editor that showed one and is still there. */
  get active(): ManifestSource | undefined {
    return this.activeUri === undefined ? undefined : this.source(this.activeUri);
  }

  /** Every manifest that is open or was found, each file once. The same array until one of them changes. */
  get all(): readonly ManifestSource[] {
    this.sorted ??= [...new Set([...this.open.keys, ...this.index.keys])]
      .map((key) => this.source(key))
      .filter((source): source is ManifestSource => source?.file.kind === 'manifest')
      .sort((a, b) => (a.uri.path < b.uri.path ? -1 : a.uri.path > b.uri.path ? 1 : 0));
    return this.sorted;
  }

  /**
   * The manifest in this version of a document, read at most once. Undefined for what is no manifest, and for a large one
   * as long as its reading is on its way: who can wait asks for `whenRead`.
   */
  read(document: vscode.TextDocument): ManifestFile | undefined {
    return this.open.read(document);
  }

  /** The manifest in the version that the document has when it is there. */
  whenRead(document: vscode.TextDocument): Promise<ManifestFile | undefined> {
    return this.open.whenRead(document);
  }

  /** The manifest is large and its reading on its way: what is shown of it may stay until then. */
  isReading(document: vscode.TextDocument): boolean {
    return this.open.isReading(document);
  }

  /** The document looks like a manifest, and is too large to be read in the editor. */
  isTooLarge(document: vscode.TextDocument): boolean {
    return this.open.isTooLarge(document);
  }

  /** What a document is by its content; undefined for what nobody would take for a manifest. */
  kindOf(document: vscode.TextDocument): FileKind | 'too-large' | undefined {
    return this.open.kindOf(document);
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

  /** Looks anew where the last search looked; at first through the usual places of all folders. Never rejects. */
  async search(): Promise<void> {
    if (this.scope === 'everything') await this.searchAll();
    else await this.index.search('usual').catch(() => undefined); // logged already
  }

  /**
   * Looks through the whole workspace, if that was not done yet, with progress and Cancel. It is done when somebody asks
   * for it and not at the start: in a large workspace it reads tens of thousands of files. Settles when it is done, or
   * cancelled, which leaves the `scope` and all manifests as they were.
   */
  async searchEverything(): Promise<void> {
    if (this.scope !== 'everything') await this.searchAll();
  }

  cancelSearch(): void {
    this.searching?.controller.abort();
  }

  /** What is to be searched is another now, so a search that is under way begins anew. */
  private async searchAgain(): Promise<void> {
    const { searching } = this;
    if (!searching) return this.search();
    searching.controller.abort();
    await searching.done;
    return this.searchAll();
  }

  private searchAll(): Promise<void> {
    if (!this.searching) {
      const controller = new AbortController();
      const done = this.searchWithProgress(controller.signal).finally(() => {
        this.searching = undefined;
        this.announce();
      });
      this.searching = { done, controller };
      this.announce();
    }
    return this.searching.done;
  }

  /** In the view the progress is seen at once; Cancel comes with a notification when it takes a while. */
  private async searchWithProgress(own: AbortSignal): Promise<void> {
    const { t } = this.language;
    const search = withCancellableProgress(t('Searching the workspace for manifests'), (signal, report) =>
      this.index.search('everything', {
        signal: AbortSignal.any([own, signal]),
        onProgress: (done, of) => {
          if (done % FILES_A_REPORT === 0) report(t('{done} of {of} files', { done, of }));
        },
      }),
    ).catch(() => undefined); // logged already, or cancelled
    await vscode.window.withProgress({ location: { viewId: VIEW_ID } }, () => search);
  }

  private isOfInterest(document: vscode.TextDocument): boolean {
    return this.open.read(document) !== undefined || this.open.isTooLarge(document);
  }

  private source(key: string): ManifestSource | undefined {
    const file = this.open.get(key);
    return file ? { uri: vscode.Uri.parse(key), file } : this.index.get(key);
  }

  /** Webviews and empty editor groups leave the last manifest in place: the user still works with it. */
  private follow(editor: vscode.TextEditor | undefined, { announce = true } = {}): void {
    const wasTooLarge = this.wasTooLarge;
    this.wasTooLarge = this.tooLarge;
    const key = editor?.document.uri.toString();
    const isManifest = editor !== undefined && this.open.read(editor.document) !== undefined;
    const isOther = isManifest && this.activeUri !== key;
    if (isOther) this.activeUri = key;
    if (announce && (isOther || wasTooLarge !== this.wasTooLarge)) this.announce();
  }

  private announce(): void {
    this.sorted = undefined;
    this.changed.fire();
  }

  dispose(): void {
    this.cancelSearch();
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
