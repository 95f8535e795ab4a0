import * as vscode from 'vscode';
import type { EnvironmentKind } from '../maskinporten/model';
import type { Translate } from '../shared/localize';
import type { CredentialProfile, Credentials } from './credentials';
import type { FolderDefaults } from './folderDefaults';

/** The sandbox's place in the choice; every other id is a credential's. */
export const SANDBOX_ID = 'sandbox';

/** Where tokens come from now. */
export interface ActiveEnvironment {
  readonly id: string;
  readonly kind: EnvironmentKind;
  /** `Sandbox`, or the credential's name. */
  readonly label: string;
  /** Not known for a sandbox that has not been started. */
  readonly issuer: string | undefined;
  readonly clientId: string | undefined;
  /** Of a Texas, which signs with a client and a key of its own and takes few claims. */
  readonly texasEndpoint?: string | undefined;
  /** On whose behalf tokens are asked for where the request names nobody. */
  readonly consumerOrg?: string | undefined;
}

const SELECTION_KEY = 'environment';

/**
 * Where tokens come from in this workspace: what was chosen here, else the default of the folder in which the user
 * works. With neither it is the sandbox.
 */
export class Environments implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly credentials: Credentials,
    private readonly t: Translate,
    private readonly defaults: FolderDefaults,
  ) {
    const changed = () => {
      this.changed.fire();
    };
    this.subscription = vscode.Disposable.from(credentials.onDidChange(changed), defaults.onDidChange(changed));
  }

  get current(): ActiveEnvironment {
    const chosen = this.memory.get<string>(SELECTION_KEY);
    if (chosen === SANDBOX_ID) return this.sandbox;
    const profile = this.profileOf(chosen) ?? this.profileOf(this.defaults.current);
    return profile ? environmentOf(profile) : this.sandbox;
  }

  private profileOf(id: string | undefined): CredentialProfile | undefined {
    return id === undefined ? undefined : this.credentials.profile(id);
  }

  get all(): readonly ActiveEnvironment[] {
    return [this.sandbox, ...this.credentials.profiles.map(environmentOf)];
  }

  /** Undefined leaves it to the default of the folder. */
  async select(id: string | undefined): Promise<void> {
    await this.memory.update(SELECTION_KEY, id);
    this.changed.fire();
  }

  private get sandbox(): ActiveEnvironment {
    return { id: SANDBOX_ID, kind: 'sandbox', label: this.t('Sandbox'), issuer: undefined, clientId: undefined };
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

function environmentOf(profile: CredentialProfile): ActiveEnvironment {
  const { id, name, environment } = profile;
  const { kind, issuer } = environment;
  const base = { id, kind, label: name, issuer };
  return profile.kind === 'texas'
    ? { ...base, clientId: undefined, texasEndpoint: profile.endpoint }
    : { ...base, clientId: profile.clientId, consumerOrg: profile.consumerOrg };
}
