import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import type * as vscode from 'vscode';
import { asJsonObject, asText } from '../maskinporten/json';
import { importClientKey } from '../maskinporten/keys';
import type { Log } from '../platform/log';

/** A client of the sandbox, with the key pair by which its app signs. Throw-away test material. */
export interface SandboxClientKey {
  readonly clientId: string;
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

const SECRET_PREFIX = 'sandboxClient/';
const INDEX_KEY = 'sandboxClients';
const VERSION = 1;

/**
 * The clients of the sandbox: each gets its id and its key when it is first used, and keeps them in SecretStorage, one
 * entry each, so that an app that was given them goes on working after a restart. The index, without keys, says in this
 * workspace which workloads have one.
 */
export class SandboxKeys {
  private readonly held = new Map</* workload key */ string, Promise<SandboxClientKey>>();

  constructor(
    private readonly index: vscode.Memento,
    private readonly secrets: vscode.SecretStorage,
    private readonly log: Log,
  ) {}

  /** Whether the workload's client was ever used: nobody can sign for one that was not. */
  has(workloadKey: string): boolean {
    return this.held.has(workloadKey) || this.listed.includes(workloadKey);
  }

  /** The workload's client, made now if it is used for the first time. Never rejects for the sake of the secret store. */
  get(workloadKey: string): Promise<SandboxClientKey> {
    let key = this.held.get(workloadKey);
    if (!key) {
      key = this.load(workloadKey);
      this.held.set(workloadKey, key);
      key.catch(() => this.held.delete(workloadKey)); // the next use tries again
    }
    return key;
  }

  /** Deletes the clients of this workspace; the next use makes others. Rejects where the secret store refuses. */
  async reset(): Promise<void> {
    const all = new Set([...this.listed, ...this.held.keys()]);
    for (const workloadKey of all) await this.secrets.delete(SECRET_PREFIX + workloadKey);
    this.held.clear();
    await this.index.update(INDEX_KEY, undefined);
  }

  private async load(workloadKey: string): Promise<SandboxClientKey> {
    const stored = await this.read(workloadKey);
    if (stored) return stored;
    const made = await generateClientKey();
    await this.keep(workloadKey, made);
    return made;
  }

  private async read(workloadKey: string): Promise<SandboxClientKey | undefined> {
    try {
      const text = await this.secrets.get(SECRET_PREFIX + workloadKey);
      return text === undefined ? undefined : await readClientKey(text);
    } catch (error) {
      this.log.error('The key of a sandbox client could not be read; it gets another.', error);
      return undefined;
    }
  }

  /** A store that refuses is no reason to go without the sandbox: then the key lives as long as the window. */
  private async keep(workloadKey: string, key: SandboxClientKey): Promise<void> {
    try {
      await this.secrets.store(SECRET_PREFIX + workloadKey, writeClientKey(key));
      const listed = new Set([...this.listed, workloadKey]);
      await this.index.update(INDEX_KEY, { version: VERSION, workloads: [...listed] });
    } catch (error) {
      this.log.error('The key of a sandbox client could not be kept; it is gone with this window.', error);
    }
  }

  private get listed(): readonly string[] {
    const workloads = asJsonObject(this.index.get(INDEX_KEY))?.['workloads'];
    return Array.isArray(workloads) ? workloads.filter((workload) => typeof workload === 'string') : [];
  }
}

function writeClientKey({ clientId, privateJwk }: SandboxClientKey): string {
  return JSON.stringify({ version: VERSION, clientId, privateJwk });
}

/** Undefined for what is damaged or of a later version. */
async function readClientKey(text: string): Promise<SandboxClientKey | undefined> {
  const value = parse(text);
  const clientId = asText(value?.['clientId']);
  const privateJwk = asJsonObject(value?.['privateJwk']);
  if (value?.['version'] !== VERSION || clientId === undefined || !privateJwk) return undefined;
  const imported = await importClientKey(privateJwk);
  return imported.ok ? withPublicHalf(clientId, { ...imported.jwk, use: 'sig' }) : undefined;
}

function parse(text: string) {
  try {
    return asJsonObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** As Digdirator makes them: RSA of 2048 bits for RS256, named by a random UUID (nais/digdirator, pkg/crypto). */
async function generateClientKey(): Promise<SandboxClientKey> {
  const { exportJWK, generateKeyPair } = await import('../maskinporten/jose');
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const privateJwk = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' };
  return withPublicHalf(randomUUID(), privateJwk);
}

function withPublicHalf(clientId: string, privateJwk: JWK): SandboxClientKey {
  const { kty, n, e, kid, alg, use } = privateJwk;
  return { clientId, privateJwk, publicJwk: { kty, n, e, kid, alg, use } as JWK };
}
