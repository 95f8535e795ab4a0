import * as vscode from 'vscode';
import { PublicScopes, type PublicEnvironment } from '../manifest';
import { ProblemError } from '../maskinporten/problem';
import {
  fetchRegistry,
  readListings,
  REGISTRY_URLS,
  writeListings,
  type RegistryFault,
  type RegistryListings,
} from '../maskinporten/registry';
import type { Transport } from '../maskinporten/transport';
import type { Log } from '../platform/log';

const FILE = 'public-scopes.json';
const ENVIRONMENTS = ['test', 'prod'] as const;

/** What became of fetching one registry. */
export interface RegistryOutcome {
  readonly environment: PublicEnvironment;
  readonly host: string;
  readonly result:
    | { readonly kind: 'fetched'; readonly count: number }
    | { readonly kind: 'fault'; readonly fault: RegistryFault }
    /** No answer came; `error` is a ProblemError, or what nobody foresaw. */
    | { readonly kind: 'failed'; readonly error: unknown };
}

/**
 * Digdir's registry of public scopes, as the user last fetched it; kept on this machine for all windows. Nothing is
 * fetched unless the user asks, and nothing waits for it.
 */
export class RegistryOfScopes implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private listings: RegistryListings = {};
  private scopes = new PublicScopes();
  /** Settles when what was kept has been read; never rejects. */
  readonly ready: Promise<void>;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly transport: Transport,
    private readonly storage: vscode.Uri,
    private readonly log: Log,
    private readonly urls: Readonly<Record<PublicEnvironment, string>> = REGISTRY_URLS,
  ) {
    this.ready = this.load();
  }

  /** As last fetched; the same object until that changes. */
  get current(): PublicScopes {
    return this.scopes;
  }

  /** Fetches both registries. One that fails stays as it was. Rejects when the signal is aborted, or in an untrusted workspace. */
  async refresh(signal: AbortSignal): Promise<readonly RegistryOutcome[]> {
    if (!vscode.workspace.isTrusted) throw new ProblemError({ code: 'workspace/untrusted', step: 'api', sent: [] });
    await this.ready;
    const fetched = await Promise.all(ENVIRONMENTS.map((environment) => this.fetch(environment, signal)));
    signal.throwIfAborted();
    const news = fetched.map(({ listing }) => listing);
    if (news.some((listing) => Object.keys(listing).length > 0)) {
      this.set(Object.assign({}, this.listings, ...news) as RegistryListings);
      await this.save();
    }
    return fetched.map(({ outcome }) => outcome);
  }

  private async fetch(
    environment: PublicEnvironment,
    signal: AbortSignal,
  ): Promise<{ readonly outcome: RegistryOutcome; readonly listing: RegistryListings }> {
    const url = this.urls[environment];
    const base = { environment, host: new URL(url).host };
    try {
      const answer = await fetchRegistry(this.transport, url, signal);
      if (!answer.ok) return { outcome: { ...base, result: { kind: 'fault', fault: answer.fault } }, listing: {} };
      const { scopes } = answer;
      this.log.info(`${scopes.length} public scopes from ${base.host}.`);
      return {
        outcome: { ...base, result: { kind: 'fetched', count: scopes.length } },
        listing: { [environment]: { fetchedAtMs: Date.now(), scopes } },
      };
    } catch (error) {
      return { outcome: { ...base, result: { kind: 'failed', error } }, listing: {} };
    }
  }

  private set(listings: RegistryListings): void {
    this.listings = listings;
    this.scopes = new PublicScopes(listings);
    this.changed.fire();
  }

  private async load(): Promise<void> {
    try {
      const bytes = await vscode.workspace.fs.readFile(this.file);
      const listings = readListings(new TextDecoder().decode(bytes));
      if (Object.keys(listings).length > 0) this.set(listings);
    } catch (error) {
      const isMissing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
      if (!isMissing) this.log.error('The kept public scopes could not be read.', error);
    }
  }

  /** Written beside and then moved, so that another window never reads half of it. */
  private async save(): Promise<void> {
    try {
      const beside = this.file.with({ path: `${this.file.path}.new` });
      await vscode.workspace.fs.createDirectory(this.storage);
      await vscode.workspace.fs.writeFile(beside, new TextEncoder().encode(writeListings(this.listings)));
      await vscode.workspace.fs.rename(beside, this.file, { overwrite: true });
    } catch (error) {
      this.log.error('The public scopes could not be kept: they hold until this window is closed.', error);
    }
  }

  private get file(): vscode.Uri {
    return vscode.Uri.joinPath(this.storage, FILE);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
