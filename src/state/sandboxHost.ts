import type { JWK } from 'jose';
import type * as vscode from 'vscode';
import type { ClientCredential } from '../maskinporten/model';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { Sandbox, SandboxClient, SandboxExposedScope } from '../sandbox';

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

interface ClientKey {
  readonly clientId: string;
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

/**
 * The sandbox of this window: started when it is first needed, with one client for each workload of the
 * workspace. Its keys are throw-away test material, made here and gone with the window.
 */
export class SandboxHost implements vscode.Disposable {
  private running: Promise<Sandbox> | undefined;
  private readonly keys = new Map</* workload key */ string, Promise<ClientKey>>();

  constructor(
    private readonly world: () => SandboxWorld,
    private readonly language: Language,
    private readonly log: Log,
  ) {}

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Starts the sandbox unless it runs, and makes its clients those of the manifests as they are now. */
  async start(): Promise<Sandbox> {
    this.running ??= this.launch();
    const sandbox = await this.running;
    sandbox.setClients(await this.clients(), this.world().exposedScopes);
    return sandbox;
  }

  /** The client of a workload, ready to sign grants for the sandbox. */
  async credentialFor(workloadKey: string): Promise<ClientCredential> {
    const sandbox = await this.start();
    const { clientId, privateJwk } = await this.keyFor(workloadKey);
    return { environment: { kind: 'sandbox', issuer: sandbox.issuer }, clientId, privateJwk };
  }

  private async launch(): Promise<Sandbox> {
    try {
      const { startSandbox } = await import('../sandbox/index');
      const sandbox = await startSandbox({
        clients: [],
        organisation: this.world().organisation,
        t: this.language.t,
        language: this.language.locale,
      });
      this.log.info(`The sandbox runs on ${new URL(sandbox.issuer).host}.`);
      return sandbox;
    } catch (error) {
      this.running = undefined; // the next use tries again
      throw error;
    }
  }

  private async clients(): Promise<SandboxClient[]> {
    const { organisation, workloads } = this.world();
    return Promise.all(
      workloads.map(async ({ key, name, scopes }) => {
        const { clientId, publicJwk } = await this.keyFor(key);
        return { clientId, name, organisation, keys: [publicJwk], scopes: [...scopes] };
      }),
    );
  }

  private keyFor(workloadKey: string): Promise<ClientKey> {
    let key = this.keys.get(workloadKey);
    if (!key) {
      key = generateClientKey();
      this.keys.set(workloadKey, key);
    }
    return key;
  }

  dispose(): void {
    const running = this.running;
    this.running = undefined;
    running?.then(
      (sandbox) => sandbox.stop(),
      () => undefined, // it never ran
    );
  }
}

async function generateClientKey(): Promise<ClientKey> {
  const { exportJWK, generateKeyPair } = await import('../maskinporten/jose');
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const members = { kid: crypto.randomUUID(), alg: 'RS256', use: 'sig' };
  return {
    clientId: crypto.randomUUID(),
    privateJwk: { ...(await exportJWK(privateKey)), ...members },
    publicJwk: { ...(await exportJWK(publicKey)), ...members },
  };
}
