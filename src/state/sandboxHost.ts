import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { ClientCredential } from '../maskinporten/model';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { Sandbox, SandboxClient, SandboxExposedScope, Scenario } from '../sandbox';
import type { ActiveScenario } from '../shared/scenario';
import { workloadKey } from '../shared/workload';
import type { SandboxClientKey, SandboxKeys } from './sandboxKeys';

/** A workload of the workspace, as the sandbox needs to know it. */
export interface SandboxWorkload {
  /** Tells workloads of the same name in different files apart. */
  readonly key: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

/** What the manifests of the workspace say at this moment. */
export interface SandboxWorld {
  /** The organisation that every client belongs to. */
  readonly organisation: string;
  readonly workloads: readonly SandboxWorkload[];
  readonly exposedScopes: readonly SandboxExposedScope[];
}

export interface SandboxHostParts {
  readonly world: () => SandboxWorld;
  /** Tells that `world` may have other things to say. */
  readonly onDidChangeWorld: vscode.Event<unknown>;
  readonly keys: SandboxKeys;
  readonly language: Language;
  readonly log: Log;
}

/** A client as an app is given it. */
export interface ClientOfWorkload extends SandboxClientKey {
  readonly name: string;
  readonly scopes: readonly string[];
}

/**
 * The sandbox of this window: started when it is first needed, with one client for each workload of the workspace. Its
 * signing keys are gone with the window; those of the clients are kept (`SandboxKeys`).
 */
export class SandboxHost implements vscode.Disposable {
  private running: Promise<Sandbox> | undefined;
  /** One after the other, or an older list of clients could take the place of a newer. */
  private updating: Promise<void> = Promise.resolve();
  private readonly following: vscode.Disposable;

  constructor(private readonly parts: SandboxHostParts) {
    this.following = parts.onDidChangeWorld(() => {
      // An app asks on its own, whenever it likes: it must not find the clients of before the edit.
      if (this.running) void this.start().catch(() => undefined);
    });
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Starts the sandbox unless it runs, and makes its clients those of the manifests as they are now. */
  async start(): Promise<Sandbox> {
    this.running ??= this.launch();
    const sandbox = await this.running;
    const update = this.updating.then(async () => {
      sandbox.setClients(await this.clients(), this.parts.world().exposedScopes);
    });
    this.updating = update.catch(() => undefined);
    await update;
    return sandbox;
  }

  /** The client of a workload, ready to sign grants for the sandbox. */
  async credentialFor(key: string): Promise<ClientCredential> {
    const { clientId, privateJwk } = await this.parts.keys.get(key);
    const sandbox = await this.start();
    return { environment: { kind: 'sandbox', issuer: sandbox.issuer }, clientId, privateJwk };
  }

  /** A workload's client for an app that signs by itself; undefined where no manifest has such a workload. */
  async clientOf(key: string): Promise<ClientOfWorkload | undefined> {
    const workload = this.parts.world().workloads.find((one) => one.key === key);
    if (!workload) return undefined;
    const { name, scopes } = workload;
    const client = await this.parts.keys.get(key);
    await this.start();
    return { ...client, name, scopes };
  }

  /** These scenarios and no others. Starts the sandbox, unless there are none. */
  async setScenarios(scenarios: readonly ActiveScenario[]): Promise<void> {
    if (!this.running && scenarios.length === 0) return;
    const translated = await Promise.all(scenarios.map((scenario) => this.scenarioFrom(scenario)));
    (await this.start()).setScenarios(translated);
  }

  /** Ends the sandbox and deletes the keys of its clients; the next use starts another. */
  async reset(): Promise<void> {
    await this.stop();
    await this.parts.keys.reset();
  }

  private async scenarioFrom({ choice, workload, scope }: ActiveScenario): Promise<Scenario> {
    if (!workload) return choice;
    const { clientId } = await this.parts.keys.get(workloadKey(workload));
    return { ...choice, client: clientId, ...(scope !== undefined && { scope }) } as Scenario;
  }

  private async launch(): Promise<Sandbox> {
    const { world, language, log } = this.parts;
    try {
      const { startSandbox } = await import('../sandbox/index');
      const sandbox = await startSandbox({
        clients: [],
        organisation: world().organisation,
        t: language.t,
        language: language.locale,
      });
      log.info(`The sandbox runs on ${new URL(sandbox.issuer).host}.`);
      return sandbox;
    } catch (error) {
      this.running = undefined; // the next use tries again
      throw error;
    }
  }

  private async clients(): Promise<SandboxClient[]> {
    const { world, keys } = this.parts;
    const { organisation, workloads } = world();
    return Promise.all(
      workloads.map(async ({ key, name, scopes }) => {
        // A workspace may have hundreds of workloads: a key takes a while to make, and most are never signed with.
        if (!keys.has(key)) return { clientId: randomUUID(), name, organisation, keys: [], scopes: [...scopes] };
        const { clientId, publicJwk } = await keys.get(key);
        return { clientId, name, organisation, keys: [publicJwk], scopes: [...scopes] };
      }),
    );
  }

  private async stop(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    await running?.then(
      (sandbox) => sandbox.stop(),
      () => undefined, // it never ran
    );
  }

  dispose(): void {
    this.following.dispose();
    void this.stop();
  }
}
