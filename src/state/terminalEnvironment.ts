import * as vscode from 'vscode';
import { appVariables, dotEnv, type AppClient, type Variable } from '../maskinporten/appEnvironment';
import type { Language } from '../platform/language';
import { workloadKey, type WorkloadReference } from '../shared/workload';
import { SANDBOX_ID } from './environments';
import type { LocalTokenEndpoint, RunningEndpoint } from './localTokenEndpoint';
import type { SandboxHost } from './sandboxHost';

/** Where the sandbox's protected API is, by a name of our own: on Nais an app knows its APIs by names of its own. */
const SAMPLE_API = 'MASKINPORTEN_SAMPLE_API';

/**
 * What an app finds in its environment while the local token endpoint runs: by the names that it has on Nais, in new
 * terminals of the workload's folder. Of the sandbox's client the key is among it, of an imported credential never.
 */
export class TerminalEnvironment implements vscode.Disposable {
  private readonly following: vscode.Disposable;
  private filled: vscode.EnvironmentVariableCollection | undefined;
  private shown: RunningEndpoint | undefined;
  private filling: Promise<void> = Promise.resolve();

  constructor(
    private readonly collections: vscode.GlobalEnvironmentVariableCollection,
    private readonly endpoint: LocalTokenEndpoint,
    private readonly sandbox: SandboxHost,
    private readonly language: Language,
  ) {
    collections.persistent = false;
    this.following = endpoint.onDidChange(() => {
      if (this.shown !== endpoint.running) this.filling = this.follow();
    });
  }

  /** Settles when terminals that are opened from now on have what belongs to the endpoint as it is. */
  get ready(): Promise<void> {
    return this.filling;
  }

  /** The variables of the endpoint that runs; none where none does. */
  async variables(): Promise<readonly Variable[]> {
    const { running } = this.endpoint;
    if (!running) return [];
    const { tokenEndpoint, introspectionEndpoint, environment, workload } = running;
    const texas = { tokenEndpoint, introspectionEndpoint };
    if (environment.id !== SANDBOX_ID) return appVariables(undefined, texas);
    const { sampleApiUrl } = await this.sandbox.start();
    return [...appVariables(await this.sandboxClient(workload), texas), [SAMPLE_API, sampleApiUrl]];
  }

  /** The same as the lines of a `.env` file. */
  async dotEnv(): Promise<string> {
    return dotEnv(await this.variables());
  }

  private async sandboxClient(workload: WorkloadReference): Promise<AppClient | undefined> {
    const client = await this.sandbox.clientOf(workloadKey(workload));
    if (!client) return undefined;
    const { clientId, privateJwk, scopes } = client;
    const { metadataUrl, issuer, tokenEndpoint, jwksUri } = await this.sandbox.start();
    return { clientId, privateJwk, scopes, metadataUrl, issuer, tokenEndpoint, jwksUri };
  }

  private async follow(): Promise<void> {
    const { running } = this.endpoint;
    this.shown = running;
    this.filled?.clear();
    this.filled = undefined;
    if (!running) return;
    const variables = await this.variables();
    if (this.shown !== running) return; // it was stopped meanwhile
    const collection = this.collectionFor(running);
    collection.persistent = false;
    collection.description = this.describe(running);
    for (const [name, value] of variables) collection.replace(name, value);
    this.filled = collection;
  }

  private collectionFor({ workload }: RunningEndpoint): vscode.EnvironmentVariableCollection {
    const uri = workload.manifestUri === undefined ? undefined : vscode.Uri.parse(workload.manifestUri);
    const workspaceFolder = uri && vscode.workspace.getWorkspaceFolder(uri);
    return workspaceFolder ? this.collections.getScoped({ workspaceFolder }) : this.collections;
  }

  private describe({ label, environment }: RunningEndpoint): string {
    return this.language.t('The local token endpoint: Maskinporten tokens of {environment} for {workload}.', {
      environment: environment.label,
      workload: label,
    });
  }

  dispose(): void {
    this.following.dispose();
    this.filled?.clear();
  }
}
