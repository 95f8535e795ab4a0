import type { JWK } from 'jose';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ClientCredential, Environment } from '../maskinporten/model';
import type { Log } from '../platform/log';

/** What may be known of a credential without opening the secret store. */
export interface CredentialProfile {
  readonly id: string;
  readonly name: string;
  readonly environment: Environment;
  readonly clientId: string;
  readonly keyId: string;
}

/** The whole of one credential, as SecretStorage keeps it: the index can be made again from these. */
interface StoredCredential extends CredentialProfile {
  readonly version: 1;
  readonly privateJwk: JWK;
}

interface StoredIndex {
  readonly version: 1;
  readonly profiles: readonly CredentialProfile[];
}

const INDEX_KEY = 'credentials';
const SECRET_PREFIX = 'credential/';

/** How reading a credential may end. A secret that is gone is a normal state: keyrings get locked and lost. */
export type CredentialReading =
  | { readonly kind: 'found'; readonly credential: ClientCredential }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' };

/**
 * Credentials: private keys in SecretStorage alone, one entry each, and an index without secrets in global
 * state. The secret is written first and the index last, so that the index never names a key that was not kept.
 */
export class Credentials implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly index: vscode.Memento,
    private readonly secrets: vscode.SecretStorage,
    private readonly log: Log,
  ) {
    this.subscription = secrets.onDidChange((event) => {
      if (event.key.startsWith(SECRET_PREFIX)) this.changed.fire();
    });
  }

  get profiles(): readonly CredentialProfile[] {
    const stored = this.index.get<StoredIndex>(INDEX_KEY);
    return stored?.version === 1 ? stored.profiles : [];
  }

  profile(id: string): CredentialProfile | undefined {
    return this.profiles.find((profile) => profile.id === id);
  }

  /** Keeps a new credential and gives its profile. Rejects where the secret store refuses: then nothing is kept. */
  async add(name: string, credential: ClientCredential): Promise<CredentialProfile> {
    const profile: CredentialProfile = {
      id: randomUUID(),
      name,
      environment: credential.environment,
      clientId: credential.clientId,
      keyId: String(credential.privateJwk.kid),
    };
    const stored: StoredCredential = { version: 1, ...profile, privateJwk: credential.privateJwk };
    await this.secrets.store(SECRET_PREFIX + profile.id, JSON.stringify(stored));
    await this.writeIndex([...this.profiles.filter((other) => other.id !== profile.id), profile]);
    return profile;
  }

  async read(id: string): Promise<CredentialReading> {
    let text: string | undefined;
    try {
      text = await this.secrets.get(SECRET_PREFIX + id);
    } catch (error) {
      this.log.error('The secret store could not be read.', error);
      return { kind: 'unreadable' };
    }
    if (text === undefined) return { kind: 'missing' };
    const stored = parseStored(text);
    if (!stored) return { kind: 'unreadable' };
    const { environment, clientId, privateJwk } = stored;
    return { kind: 'found', credential: { environment, clientId, privateJwk } };
  }

  async delete(id: string): Promise<void> {
    await this.secrets.delete(SECRET_PREFIX + id);
    await this.writeIndex(this.profiles.filter((profile) => profile.id !== id));
  }

  private async writeIndex(profiles: readonly CredentialProfile[]): Promise<void> {
    await this.index.update(INDEX_KEY, { version: 1, profiles } satisfies StoredIndex);
    this.changed.fire();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

function parseStored(text: string): StoredCredential | undefined {
  try {
    const value = JSON.parse(text) as Partial<StoredCredential> | null;
    return value?.version === 1 && value.environment && value.clientId && value.privateJwk
      ? (value as StoredCredential)
      : undefined;
  } catch {
    return undefined;
  }
}
