import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ClientCredential, Environment } from '../maskinporten/model';
import type { Log } from '../platform/log';
import {
  credentialOf,
  isKey,
  readIndex,
  readStoredCredential,
  writeIndex,
  writeStoredCredential,
  type CredentialOrigin,
  type CredentialProfile,
  type KeyProfile,
  type StoredCredential,
} from './storedCredential';

export type { CredentialOrigin, CredentialProfile } from './storedCredential';

const INDEX_KEY = 'credentials';
const SECRET_PREFIX = 'credential/';

/** A credential that is not kept yet. */
export type NewCredential = {
  readonly name: string;
  readonly origin?: CredentialOrigin | undefined;
} & (
  | { readonly kind: 'key'; readonly credential: ClientCredential; readonly consumerOrg?: string | undefined }
  | { readonly kind: 'texas'; readonly endpoint: string; readonly environment: Environment }
);

/** What can be changed without the key. */
export type ProfileChange = Partial<Pick<KeyProfile, 'name' | 'clientId' | 'consumerOrg'>>;

/** How long a credential is kept. */
export type Keeping = 'stored' | 'session';

/** How reading a credential may end. A secret that is gone is a normal state: keyrings get locked and lost. */
export type CredentialReading =
  | { readonly kind: 'found'; readonly credential: ClientCredential; readonly consumerOrg: string | undefined }
  | { readonly kind: 'texas'; readonly endpoint: string; readonly environment: Environment }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' };

type Entry =
  { readonly kind: 'found'; readonly stored: StoredCredential } | { readonly kind: 'missing' | 'unreadable' };

/**
 * Credentials: private keys in SecretStorage alone, one entry each, and an index without secrets in global state. The
 * secret is written first and the index last, so that the index never names a key that was not kept. Each entry has its
 * own row, and `secrets.onDidChange` is the only signal between windows: so another window learns of a change from the
 * entry itself, before the index gets there.
 */
export class Credentials implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string>();
  private readonly subscription: vscode.Disposable;
  private readonly session = new Map</* id */ string, StoredCredential>();
  /** Rows that this window knows better than its copy of the index; undefined for those that are gone. */
  private readonly news = new Map</* id */ string, CredentialProfile | undefined>();
  /** Settles when entries that the index had lost are listed again. */
  readonly ready: Promise<void>;
  /** Tells the id of the credential that came, went or is another now. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly index: vscode.Memento,
    private readonly secrets: vscode.SecretStorage,
    private readonly log: Log,
  ) {
    this.subscription = secrets.onDidChange(({ key }) => {
      if (key.startsWith(SECRET_PREFIX)) void this.follow(key.slice(SECRET_PREFIX.length));
    });
    this.ready = this.listForgotten();
  }

  get profiles(): readonly CredentialProfile[] {
    const rows = new Map(this.listed.map((profile) => [profile.id, profile]));
    for (const [id, { profile }] of this.session) rows.set(id, profile);
    return [...rows.values()];
  }

  profile(id: string): CredentialProfile | undefined {
    return this.profiles.find((profile) => profile.id === id);
  }

  /** In memory alone, and gone with the window. */
  isSessionOnly(id: string): boolean {
    return this.session.has(id);
  }

  /** Keeps a new credential and gives its profile. Rejects where the secret store refuses: then nothing is kept. */
  async add(credential: NewCredential, keeping: Keeping = 'stored'): Promise<CredentialProfile> {
    const stored = storedFrom(randomUUID(), credential);
    await this.write(stored, keeping);
    return stored.profile;
  }

  /** Puts another key, or another endpoint, in the place of a credential's own, as after a rotation. Rejects as `add`. */
  async replace(id: string, credential: NewCredential, keeping: Keeping = 'stored'): Promise<CredentialProfile> {
    const stored = storedFrom(id, credential);
    await this.write(stored, keeping);
    return stored.profile;
  }

  /**
   * Changes what stands beside the key. Where the secret cannot be read only the row changes, and other windows see it
   * later. Rejects where the secret store refuses.
   */
  async update(id: string, change: ProfileChange): Promise<void> {
    const before = this.profile(id);
    if (!before) return;
    const profile: CredentialProfile =
      before.kind === 'key' ? { ...before, ...change } : { ...before, name: change.name ?? before.name };
    const entry = await this.load(id);
    if (entry.kind === 'found') {
      // One kind never becomes the other, so the profile is that of the secret beside it.
      await this.write({ ...entry.stored, profile } as StoredCredential, this.isSessionOnly(id) ? 'session' : 'stored');
      return;
    }
    this.news.set(id, profile);
    await this.writeListed();
    this.changed.fire(id);
  }

  /** Another credential with the same key. Undefined where its secret cannot be read; rejects as `add`. */
  async duplicate(id: string, name: string): Promise<CredentialProfile | undefined> {
    const entry = await this.load(id);
    if (entry.kind !== 'found') return undefined;
    const profile = { ...entry.stored.profile, id: randomUUID(), name };
    await this.write({ ...entry.stored, profile } as StoredCredential, this.isSessionOnly(id) ? 'session' : 'stored');
    return profile;
  }

  async read(id: string): Promise<CredentialReading> {
    const entry = await this.load(id);
    if (entry.kind !== 'found') return { kind: entry.kind };
    const { stored } = entry;
    if (isKey(stored)) {
      return { kind: 'found', credential: credentialOf(stored), consumerOrg: stored.profile.consumerOrg };
    }
    const { endpoint, environment } = stored.profile;
    return { kind: 'texas', endpoint, environment };
  }

  /** Rejects where the secret store refuses: then the credential is still there. */
  async delete(id: string): Promise<void> {
    if (!this.session.delete(id) || this.listed.some((profile) => profile.id === id)) {
      await this.secrets.delete(SECRET_PREFIX + id);
      this.news.set(id, undefined);
      await this.writeListed();
    }
    this.changed.fire(id);
  }

  /** The rows of the index, as far as this window knows. */
  private get listed(): readonly CredentialProfile[] {
    const rows = new Map(readIndex(this.index.get(INDEX_KEY)).map((profile) => [profile.id, profile]));
    for (const [id, profile] of this.news) {
      if (profile) rows.set(id, profile);
      else rows.delete(id);
    }
    return [...rows.values()];
  }

  private async write(stored: StoredCredential, keeping: Keeping): Promise<void> {
    const { profile } = stored;
    if (keeping === 'session') {
      this.session.set(profile.id, stored);
    } else {
      await this.secrets.store(SECRET_PREFIX + profile.id, writeStoredCredential(stored));
      this.session.delete(profile.id);
      this.news.set(profile.id, profile);
      await this.writeListed();
    }
    this.changed.fire(profile.id);
  }

  private async writeListed(): Promise<void> {
    await this.index.update(INDEX_KEY, writeIndex(this.listed));
  }

  private async load(id: string): Promise<Entry> {
    const held = this.session.get(id);
    return held ? { kind: 'found', stored: held } : this.loadStored(id);
  }

  private async loadStored(id: string): Promise<Entry> {
    let text: string | undefined;
    try {
      text = await this.secrets.get(SECRET_PREFIX + id);
    } catch (error) {
      this.log.error('The secret store could not be read.', error);
      return { kind: 'unreadable' };
    }
    if (text === undefined) return { kind: 'missing' };
    const stored = readStoredCredential(text);
    return stored?.profile.id === id ? { kind: 'found', stored } : { kind: 'unreadable' };
  }

  /** After a change to an entry, by this window or another: what it says now is what there is. */
  private async follow(id: string): Promise<void> {
    const entry = await this.loadStored(id);
    if (entry.kind === 'found') this.news.set(id, entry.stored.profile);
    else if (entry.kind === 'missing') this.news.set(id, undefined);
    this.changed.fire(id);
  }

  /**
   * Lists entries that the index does not name: it was lost, or a window ended between the two writes. Only newer
   * versions of VS Code enumerate entries; with others such an entry is out of reach, and has to be added again.
   */
  private async listForgotten(): Promise<void> {
    const { secrets } = this;
    if (!canEnumerate(secrets)) return;
    try {
      const listed = new Set(this.listed.map(({ id }) => id));
      const ids = (await secrets.keys())
        .filter((key) => key.startsWith(SECRET_PREFIX))
        .map((key) => key.slice(SECRET_PREFIX.length))
        .filter((id) => !listed.has(id));
      if (ids.length === 0) return;
      for (const id of ids) await this.follow(id);
      await this.writeListed();
    } catch (error) {
      this.log.error('The entries of the secret store could not be listed.', error);
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
    this.session.clear();
  }
}

function canEnumerate(
  secrets: vscode.SecretStorage,
): secrets is vscode.SecretStorage & { keys(): Thenable<readonly string[]> } {
  return 'keys' in secrets && typeof secrets.keys === 'function';
}

function storedFrom(id: string, credential: NewCredential): StoredCredential {
  const { name, origin } = credential;
  const base = { id, name, ...(origin && { origin }) };
  if (credential.kind === 'texas') {
    const { endpoint, environment } = credential;
    return { profile: { ...base, kind: 'texas', endpoint, environment } };
  }
  const { environment, clientId, privateJwk, x5c } = credential.credential;
  const { consumerOrg } = credential;
  const profile: KeyProfile = {
    ...base,
    kind: 'key',
    environment,
    clientId,
    ...(privateJwk.kid !== undefined && { keyId: privateJwk.kid }),
    ...(consumerOrg !== undefined && { consumerOrg }),
  };
  return { profile, privateJwk, ...(x5c && { x5c }) };
}
