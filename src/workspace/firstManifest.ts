import * as vscode from 'vscode';
import { namesNais } from '../manifest/candidate';
import { MOST_LENGTH } from '../manifest/limits';
import { isOfManifestLanguage } from './manifestLanguage';
import { scan } from './scan';
import { PASSED_BY, USUAL_PLACES } from './usualPlaces';

const MOST_FILES = 1_000;

/** What is found has the rest of the extension loaded, which takes longer than this: the start of the window goes first. */
const AFTER_ACTIVATION_MS = 20;

/**
 * Tells once that there may be a manifest: one is open, or lies where manifests usually do. It is all of the extension
 * that runs in a workspace without any, and costs one search through each version of an open text in YAML or the like.
 */
export class FirstManifest implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable;
  private readonly ended = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly found: () => void) {
    const look = (document: vscode.TextDocument) => {
      if (isOfManifestLanguage(document) && namesNais(document.getText())) this.tell();
    };
    this.subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        look(document);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.search()),
    );
    this.timer = setTimeout(() => {
      vscode.workspace.textDocuments.forEach(look);
      void this.search();
    }, AFTER_ACTIVATION_MS);
  }

  /** Where the search fails the manifests are searched in earnest: that search logs what is wrong. */
  private async search(): Promise<void> {
    const { signal } = this.ended;
    if (signal.aborted) return;
    try {
      const files = await vscode.workspace.findFiles(USUAL_PLACES, PASSED_BY, MOST_FILES);
      const steps = { read: bytesOf, judge: () => Promise.resolve(true) };
      const { manifests } = await scan(files, steps, { most: 1, signal });
      if (manifests.length > 0) this.tell();
    } catch {
      this.tell();
    }
  }

  private tell(): void {
    if (this.ended.signal.aborted) return;
    this.dispose();
    this.found();
  }

  dispose(): void {
    this.ended.abort();
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }
}

/** Nothing of a file that is gone, or is too large to be read. */
async function bytesOf(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size <= MOST_LENGTH ? await vscode.workspace.fs.readFile(uri) : undefined;
  } catch {
    return undefined;
  }
}
