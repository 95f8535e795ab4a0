import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { CredentialProfile, CredentialReading, Credentials, ProfileChange } from '../state/credentials';
import type { Environments } from '../state/environments';
import type { FolderDefaults } from '../state/folderDefaults';
import type { Tokens } from '../state/tokens';
import type { AddCredential } from './addCredential';
import { CredentialInputs } from './credentialInputs';
import { wordEnvironmentName } from './credentialSummary';
import type { ShowCommand } from './showCommand';
import { askChoice, BACK, isAnswer, separator, type Answer, type Choice } from './wizard';

export interface ManageParts {
  readonly credentials: Credentials;
  readonly environments: Environments;
  readonly folderDefaults: FolderDefaults;
  readonly tokens: Tokens;
  readonly language: Language;
  readonly log: Log;
}

type Reading = CredentialReading['kind'];

type Action =
  | 'use'
  | 'import-again'
  | 'session'
  | 'rename'
  | 'client-id'
  | 'consumer-org'
  | 'duplicate'
  | 'set-default'
  | 'drop-default'
  | 'delete';

/** "Manage Credentials…": what is kept, in what state it is, and everything that can be done with it. */
export class ManageCredentials implements vscode.Disposable {
  private readonly commands: vscode.Disposable;

  constructor(
    private readonly parts: ManageParts,
    private readonly adding: AddCredential,
    private readonly showing: ShowCommand,
  ) {
    const { tokens } = parts;
    this.commands = vscode.Disposable.from(
      vscode.commands.registerCommand(COMMANDS.manageCredentials, () => this.run()),
      vscode.commands.registerCommand(COMMANDS.deleteCredential, async () => {
        const profile = await this.pick(this.t('Delete Credential'));
        if (profile) await this.delete([profile]);
      }),
      vscode.commands.registerCommand(COMMANDS.importCredentialAgain, async (id: unknown) => {
        const known = typeof id === 'string' ? parts.credentials.profile(id) : undefined;
        if (parts.credentials.profiles.length === 0) return adding.run({});
        const profile = known ?? (await this.pick(this.t('Import Credential Again')));
        if (profile) await this.showing.readAgain(profile);
        return undefined;
      }),
      vscode.commands.registerCommand(COMMANDS.forgetTokens, () => {
        tokens.forgetAll();
        vscode.window.setStatusBarMessage(this.t('All tokens are forgotten.'), STATUS_MS);
      }),
    );
  }

  private get t() {
    return this.parts.language.t;
  }

  private async run(): Promise<void> {
    const { t } = this;
    const { credentials } = this.parts;
    for (;;) {
      const rows = await this.rows();
      const answer = await askChoice<CredentialProfile | 'add' | 'forget' | 'delete-all'>({
        title: t('Manage Credentials'),
        back: false,
        placeholder: rows.length > 0 ? t('Which credential?') : t('No credentials are kept.'),
        items: [
          ...rows,
          ...(rows.length > 0 ? [separator('')] : []),
          { label: `$(add) ${t('Add Credential…')}`, value: 'add' },
          { label: `$(clear-all) ${t('Forget All Tokens')}`, value: 'forget' },
          ...(rows.length > 0
            ? [{ label: `$(trash) ${t('Delete All Credentials…')}`, value: 'delete-all' as const }]
            : []),
        ],
      });
      if (!isAnswer(answer)) return;
      if (answer === 'add') return this.adding.run({});
      if (answer === 'forget') {
        await vscode.commands.executeCommand(COMMANDS.forgetTokens);
        return;
      }
      if (answer === 'delete-all') return this.delete(credentials.profiles);
      if ((await this.manage(answer)) !== BACK) return;
    }
  }

  /** Enter takes the one in use. */
  private async pick(title: string): Promise<CredentialProfile | undefined> {
    const rows = await this.rows();
    if (rows.length === 0) {
      void vscode.window.showInformationMessage(this.t('No credentials are kept.'));
      return undefined;
    }
    const answer = await askChoice<CredentialProfile>({
      title,
      back: false,
      placeholder: this.t('Which credential?'),
      items: rows,
      active: rows.find(({ value }) => value?.id === this.parts.environments.current.id),
    });
    return isAnswer(answer) ? answer : undefined;
  }

  private async rows(): Promise<Choice<CredentialProfile>[]> {
    const { credentials, environments } = this.parts;
    const readings = await Promise.all(credentials.profiles.map(async ({ id }) => (await credentials.read(id)).kind));
    return credentials.profiles.map((profile, index) => {
      const isCurrent = environments.current.id === profile.id;
      const state = this.stateOf(profile, readings[index] ?? 'missing');
      return {
        label: `${isCurrent ? '$(check) ' : ''}${profile.name}`,
        description: `${wordEnvironmentName(profile.environment, this.t)} · ${profile.environment.issuer}`,
        detail: [state, this.aboutClient(profile)].filter((text) => text !== '').join(' · '),
        value: profile,
      };
    });
  }

  private aboutClient(profile: CredentialProfile): string {
    const { t } = this;
    if (profile.kind === 'texas') return t('Texas at {endpoint}', { endpoint: profile.endpoint });
    const { clientId, consumerOrg } = profile;
    const client = t('client {clientId}', { clientId });
    return consumerOrg === undefined ? client : `${client} · ${t('on behalf of {consumerOrg}', { consumerOrg })}`;
  }

  private stateOf({ id }: CredentialProfile, reading: Reading): string {
    const { t } = this;
    if (reading === 'missing') return `$(warning) ${t('the secret store no longer has its key')}`;
    if (reading === 'unreadable') return `$(warning) ${t('its key cannot be read')}`;
    return this.parts.credentials.isSessionOnly(id) ? t('for this session only') : '';
  }

  private async manage(profile: CredentialProfile): Promise<Answer<true>> {
    const { t } = this;
    const { credentials, environments, folderDefaults } = this.parts;
    const { id, name } = profile;
    const { kind } = await credentials.read(id);
    const action = await this.askAction(profile, kind);
    if (!isAnswer(action)) return action;
    const inputs = new CredentialInputs(name, t);
    const { folder } = folderDefaults;
    switch (action) {
      case 'use':
        await environments.select(id);
        return true;
      case 'import-again':
        await this.showing.readAgain(profile);
        return true;
      case 'session':
        await this.adding.run({ replaces: profile, origin: profile.origin });
        return true;
      case 'rename': {
        const taken = new Set(credentials.profiles.filter((other) => other.id !== id).map((other) => other.name));
        return this.edit(id, await inputs.name(name, taken), (text) => ({ name: text }));
      }
      case 'client-id':
        return profile.kind === 'key'
          ? this.edit(id, await inputs.clientId(profile.clientId), (clientId) => ({ clientId }))
          : BACK;
      case 'consumer-org':
        return profile.kind === 'key'
          ? this.edit(id, await inputs.consumerOrg(profile.consumerOrg), (text) => ({ consumerOrg: text || undefined }))
          : BACK;
      case 'duplicate': {
        const taken = new Set(credentials.profiles.map((other) => other.name));
        const copy = await inputs.name(t('{name} (copy)', { name }), taken);
        if (!isAnswer(copy)) return copy;
        await this.keepOrTell(() => credentials.duplicate(id, copy));
        return BACK;
      }
      case 'set-default':
      case 'drop-default':
        if (folder) await folderDefaults.set(folder, action === 'set-default' ? id : undefined);
        // What was chosen in this workspace before would stand in the way of the folder's own.
        if (action === 'set-default') await environments.select(undefined);
        return BACK;
      case 'delete':
        await this.delete([profile]);
        return BACK;
    }
  }

  private askAction(profile: CredentialProfile, reading: Reading): Promise<Answer<Action>> {
    const { t } = this;
    const { environments, folderDefaults } = this.parts;
    const { id, name, origin, environment } = profile;
    const isGone = reading === 'missing' || reading === 'unreadable';
    const { folder } = folderDefaults;
    const isDefault = folder !== undefined && folderDefaults.of(folder) === id;
    const row = (value: Action, icon: string, label: string, description = ''): Choice<Action> => ({
      label: `$(${icon}) ${label}`,
      description,
      value,
    });
    const use = environments.current.id === id ? [] : [row('use', 'check', t('Use It Now'))];
    const again = row(
      'import-again',
      'sync',
      t('Import Again…'),
      origin ? t('shows the command for {secret}', { secret: origin.secret }) : t('after a rotation of the key'),
    );
    const session = row('session', 'watch', t('Use for This Session Only…'), t('import it, and keep it in memory'));
    const keyEdits = [
      row('client-id', 'edit', t('Change the Client Id…')),
      row('consumer-org', 'organization', t('Change on Whose Behalf…'), 'consumer_org'),
    ];
    // Production is chosen each time, by hand.
    const canBeDefault = folder !== undefined && environment.kind !== 'prod';
    const byDefault = isDefault
      ? [row('drop-default', 'home', t('No Longer the Default of {folder}', { folder: folder.name }))]
      : canBeDefault
        ? [row('set-default', 'home', t('Make It the Default of {folder}', { folder: folder.name }))]
        : [];
    return askChoice<Action>({
      title: name,
      back: true,
      placeholder: isGone
        ? t('Its key is not available: the keyring may be locked, or the key is gone from it.')
        : t('What to do with it?'),
      items: [
        ...(isGone ? [again, session] : [...use, again]),
        row('rename', 'pencil', t('Rename…')),
        ...(profile.kind === 'key' && !isGone ? keyEdits : []),
        ...(isGone ? [] : [row('duplicate', 'copy', t('Duplicate…'))]),
        ...byDefault,
        row('delete', 'trash', t('Delete…')),
      ],
    });
  }

  private async edit(
    id: string,
    answer: Answer<string>,
    change: (text: string) => ProfileChange,
  ): Promise<Answer<true>> {
    if (isAnswer(answer)) await this.keepOrTell(() => this.parts.credentials.update(id, change(answer)));
    return answer === undefined ? undefined : BACK;
  }

  private async delete(profiles: readonly CredentialProfile[]): Promise<void> {
    const { t } = this;
    const [only, ...others] = profiles;
    if (!only) return;
    const remove = t('Delete');
    const answer = await vscode.window.showWarningMessage(
      others.length === 0
        ? t('Delete the credential {name}?', { name: only.name })
        : t('Delete all {count} credentials?', { count: profiles.length }),
      {
        modal: true,
        detail: t('What it holds is removed from the secret store of this machine. Maskinporten still knows the key.'),
      },
      remove,
    );
    if (answer !== remove) return;
    await this.keepOrTell(async () => {
      for (const { id } of profiles) await this.parts.credentials.delete(id);
    });
  }

  private async keepOrTell(work: () => Promise<unknown>): Promise<void> {
    const { t } = this;
    const { log } = this.parts;
    try {
      await work();
    } catch (error) {
      log.error('The secret store did not take a change.', error);
      const showLog = t('Show Log');
      const answer = await vscode.window.showErrorMessage(
        t('The secret store of this machine refused, so nothing was changed. Is its keyring unlocked?'),
        showLog,
      );
      if (answer === showLog) log.show();
    }
  }

  dispose(): void {
    this.commands.dispose();
  }
}

const STATUS_MS = 3000;
