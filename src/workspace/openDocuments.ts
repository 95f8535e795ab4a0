import * as vscode from 'vscode';
import {
  LARGE_LENGTH,
  looksLikeManifest,
  mightBeManifest,
  MOST_LENGTH,
  readFile,
  type FileKind,
  type ManifestFile,
  type SourceFile,
} from '../manifest';
import { KeptFile } from './keptFile';
import { isOfManifestLanguage } from './manifestLanguage';
import type { ManifestWorker } from './manifestWorker';

/** What is known of an open document. */
type Entry =
  | { readonly kind: 'small'; readonly version: number; readonly file: SourceFile }
  | { readonly kind: 'too-large'; readonly version: number }
  | LargeEntry;

/** Read in another thread: `file` is the last answer, and `pending` settles when there is one for the latest version. */
interface LargeEntry {
  readonly kind: 'large';
  version: number | undefined;
  file: KeptFile | undefined;
  pending: Promise<void> | undefined;
}

/** The manifests among the open documents, each read once per version; what is no manifest costs one string test. */
export class OpenDocuments implements vscode.Disposable {
  private readonly entries = new Map</* uri */ string, Entry>();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly found = new vscode.EventEmitter<void>();
  /** A large document was read, or a document is no manifest any more. */
  readonly onDidChange = this.changed.event;
  /** Findings of a large document arrived. */
  readonly onDidFind = this.found.event;

  constructor(private readonly worker: ManifestWorker) {}

  /**
   * The manifest that is in this very version of a document. Undefined for what is no manifest, and for a large one as
   * long as it `isReading`.
   */
  read(document: vscode.TextDocument): ManifestFile | undefined {
    const entry = this.entryOf(document);
    if (!entry || entry.kind === 'too-large' || entry.version !== document.version) return undefined;
    return entry.file?.kind === 'manifest' ? entry.file : undefined;
  }

  /** The same, once it is there. */
  async whenRead(document: vscode.TextDocument): Promise<ManifestFile | undefined> {
    const entry = this.entryOf(document);
    if (entry?.kind === 'large') await entry.pending;
    return document.isClosed ? undefined : this.read(document);
  }

  /** Whether a reading of the document is on its way; what is shown of it now is of an older version. */
  isReading(document: vscode.TextDocument): boolean {
    const entry = this.entryOf(document);
    return entry?.kind === 'large' && entry.pending !== undefined;
  }

  /** Whether it looks like a manifest, and is more than is read in the editor. */
  isTooLarge(document: vscode.TextDocument): boolean {
    return this.entryOf(document)?.kind === 'too-large';
  }

  /** What the document is by its content; undefined for what nobody would take for a manifest. */
  kindOf(document: vscode.TextDocument): FileKind | 'too-large' | undefined {
    const entry = this.entryOf(document);
    return entry?.kind === 'too-large' ? entry.kind : entry?.file?.kind;
  }

  /** The last reading by the document's URI, be it of an older version. */
  get(key: string): ManifestFile | undefined {
    const entry = this.entries.get(key);
    return entry?.kind === 'too-large' ? undefined : entry?.file;
  }

  /** The documents that were a manifest, or the like, when they were last read. */
  get keys(): Iterable<string> {
    return this.entries.keys();
  }

  /** Forgets a document that was closed; true where something was known of it. */
  forget(document: vscode.TextDocument): boolean {
    return this.entries.delete(document.uri.toString());
  }

  private entryOf(document: vscode.TextDocument): Entry | undefined {
    if (!isOfManifestLanguage(document)) return undefined;
    const key = document.uri.toString();
    const entry = this.entries.get(key);
    if (entry?.version === document.version || (entry?.kind === 'large' && entry.pending)) return entry;
    const text = document.getText();
    const next = this.nextEntry(document, text, entry);
    if (next) this.entries.set(key, next);
    else if (this.entries.delete(key)) this.changed.fire(document);
    return next;
  }

  private nextEntry(document: vscode.TextDocument, text: string, before: Entry | undefined): Entry | undefined {
    const { version } = document;
    if (text.length > MOST_LENGTH) return looksLikeManifest(text) ? { kind: 'too-large', version } : undefined;
    if (!mightBeManifest(text)) return undefined;
    if (text.length <= LARGE_LENGTH) {
      return { kind: 'small', version, file: readFile(text, before?.kind === 'small' ? before.file : undefined) };
    }
    const entry: LargeEntry =
      before?.kind === 'large' ? before : { kind: 'large', version: undefined, file: undefined, pending: undefined };
    entry.pending = this.readLarge(document, entry);
    return entry;
  }

  /** An answer for a version that is no longer the document's is dropped, and the document asked about again. */
  private async readLarge(document: vscode.TextDocument, entry: LargeEntry): Promise<void> {
    const key = document.uri.toString();
    const isWanted = () => this.entries.get(key) === entry && !document.isClosed;
    do {
      const { version } = document;
      const text = document.getText();
      if (text.length <= LARGE_LENGTH || text.length > MOST_LENGTH) break;
      const asked = entry.file?.asked ?? [];
      const plain = await this.worker.read(text, { key, circumstances: asked });
      if (!isWanted()) return;
      if (version !== document.version) continue;
      entry.version = version;
      entry.file = new KeptFile(
        plain ?? { kind: 'other', lineStarts: [0], documents: [], findings: [] },
        text,
        asked,
        async (circumstances) => (await this.worker.read(text, { key, circumstances }))?.findings[0],
        () => {
          this.found.fire();
        },
      );
    } while (entry.version !== document.version);
    entry.pending = undefined;
    this.changed.fire(document);
  }

  dispose(): void {
    this.entries.clear();
    this.changed.dispose();
    this.found.dispose();
  }
}
