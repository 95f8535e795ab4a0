import * as vscode from 'vscode';
import type { EnvironmentKind } from '../maskinporten/model';
import type { Translate } from '../shared/localize';
import type { CredentialProfile, Credentials } from './credentials';

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
}

const SELECTION_KEY = 'environment';

/** The chosen environment of this workspace. With no credential, and until one is chosen, it is the sandbox. */
export class Environments implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly credentials: Credentials,
    private readonly t: Translate,
  ) {
    this.subscription = credentials.onDidChange(() => {
      this.changed.fire();
    });
  }

  get current(): ActiveEnvironment {
    const id = this.memory.get<string>(SELECTION_KEY, SANDBOX_ID);
    const profile = this.credentials.profile(id);
    return profile ? environmentOf(profile) : this.sandbox;
  }

  get all(): readonly ActiveEnvironment[] {
    return [this.sandbox, ...this.credentials.profiles.map(environmentOf)];
  }

  async select(id: string): Promise<void> {
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

function environmentOf({ id, name, environment, clientId }: CredentialProfile): ActiveEnvironment {
  return { id, kind: environment.kind, label: name, issuer: environment.issuer, clientId };
}
