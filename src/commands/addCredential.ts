import * as vscode from 'vscode';
import { TEST } from '../maskinporten/environments';
import type { CredentialSource, RefusedSource } from '../maskinporten/recognise';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { putInTerminal } from '../platform/terminal';
import type { Log } from '../platform/log';
import type { Translate } from '../shared/localize';
import type { CredentialOrigin, CredentialProfile, Credentials, Keeping } from '../state/credentials';
import type { Environments } from '../state/environments';
import type { Tokens } from '../state/tokens';
import { wordRefusedSource } from '../words/recognition';
import { ClipboardClearing } from './clipboardClearing';
import { credentialFrom, readDraft, type Draft, type Given, type KeyDraft } from './credentialDraft';
import { CredentialInputs } from './credentialInputs';
import { CredentialReview } from './credentialReview';
import { readSourceAt } from './credentialSource';
import { askChoice, BACK, isAnswer, separator, walk, type Answer } from './wizard';

/** Where Texas answers once its port is forwarded. */
export const FORWARDED_TEXAS = 'http://127.0.0.1:7164';

/** What is known before anything was read. */
export interface Hints {
  readonly origin?: CredentialOrigin | undefined;
  /** Where the workload is deployed. */
  readonly offered?: 'test' | 'prod' | undefined;
  /** The credential that gets a new key. */
  readonly replaces?: CredentialProfile | undefined;
}

type Place = 'clipboard' | 'file' | 'folder' | 'command' | 'texas' | 'typed';

/** What the user dropped: a file or folder by its place, or its bytes where it has none that can be read. */
export type Dropped = vscode.Uri | Uint8Array;

/** "Add Credential…": from wherever it is, recognised by content, shown once, and then kept. */
export class AddCredential implements vscode.Disposable {
  private readonly t: Translate;
  private readonly clearing = new ClipboardClearing();
  private readonly commands: vscode.Disposable;

  constructor(
    private readonly credentials: Credentials,
    private readonly environments: Environments,
    private readonly tokens: Tokens,
    private readonly log: Log,
    { t }: Language,
  ) {
    this.t = t;
    this.commands = vscode.commands.registerCommand(COMMANDS.addCredential, (dropped: unknown) =>
      dropped instanceof vscode.Uri || dropped instanceof Uint8Array ? this.fromDrop(dropped) : this.run({}),
    );
  }

  /** Begins with the question where it is. */
  async run(hints: Hints): Promise<void> {
    for (;;) {
      const place = await this.askPlace(hints);
      if (!isAnswer(place)) return;
      if (place === 'command') {
        await vscode.commands.executeCommand(COMMANDS.showCommand);
        return;
      }
      if ((await this.from(place, hints)) !== BACK) return;
    }
  }

  /** Begins with what is on the clipboard. */
  async fromClipboard(hints: Hints): Promise<void> {
    if ((await this.from('clipboard', hints)) === BACK) await this.run(hints);
  }

  /** Begins with a forwarded port. */
  async useTexas(hints: Hints): Promise<void> {
    if ((await this.from('texas', hints)) === BACK) await this.run(hints);
  }

  private async fromDrop(dropped: Dropped): Promise<void> {
    const draft =
      dropped instanceof vscode.Uri
        ? await this.readAt(dropped, {})
        : await this.readOrExplain(() => Promise.resolve(dropped), {});
    if (!isAnswer(draft)) return;
    const profile = await this.review(draft, {});
    if (profile === BACK) await this.run({});
    else if (profile) await this.offer(profile, {});
  }

  private askPlace({ replaces }: Hints): Promise<Answer<Place>> {
    const t = this.t;
    return askChoice<Place>({
      title: this.titleFor(replaces),
      back: false,
      placeholder: t('Where is the client with its key? It is recognised by its content.'),
      items: [
        {
          label: `$(clippy) ${t('From the Clipboard')}`,
          description: t('a JWK, .env lines, a Secret from kubectl or the Nais CLI, PEM'),
          value: 'clipboard',
        },
        { label: `$(file) ${t('From a File…')}`, value: 'file' },
        {
          label: `$(folder) ${t('From a Folder…')}`,
          description: t('a file for each variable, as mounted into a pod'),
          value: 'folder',
        },
        { label: `$(edit) ${t('Type It In…')}`, value: 'typed' },
        separator(t('It is in the cluster')),
        {
          label: `$(terminal) ${t('Show Me the Command…')}`,
          description: t('for a workload of the manifests'),
          value: 'command',
        },
        {
          label: `$(plug) ${t('Use Texas Endpoint…')}`,
          description: t('no key leaves the cluster'),
          value: 'texas',
        },
      ],
    });
  }

  private async from(place: Exclude<Place, 'command'>, hints: Hints): Promise<Answer<true>> {
    const t = this.t;
    let copied = '';
    const read = async (): Promise<Answer<Draft>> => {
      switch (place) {
        case 'clipboard':
          return this.readOrExplain(async () => {
            copied = await vscode.env.clipboard.readText();
            return copied;
          }, hints);
        case 'file':
        case 'folder': {
          const [uri] =
            (await vscode.window.showOpenDialog({
              title: this.titleFor(hints.replaces),
              openLabel: t('Read'),
              canSelectFiles: place === 'file',
              canSelectFolders: place === 'folder',
            })) ?? [];
          return uri ? this.readAt(uri, hints) : BACK;
        }
        case 'typed':
          return this.typed(hints);
        case 'texas':
          return this.texas(hints);
      }
    };
    const draft = await read();
    if (!isAnswer(draft)) return draft;
    const profile = await this.review(draft, hints);
    if (!isAnswer(profile)) return profile;
    await Promise.all([this.offer(profile, hints), copied === '' ? undefined : this.clearing.after(copied, t)]);
    return true;
  }

  private async readAt(uri: vscode.Uri, hints: Hints): Promise<Answer<KeyDraft>> {
    const t = this.t;
    const reading = await readSourceAt(uri);
    if (reading.kind === 'read') return this.readOrExplain(() => Promise.resolve(reading.source), hints);
    const name = vscode.workspace.asRelativePath(uri);
    const message =
      reading.kind === 'unreadable'
        ? t('{name} could not be read.', { name })
        : wordRefusedSource({ kind: 'refused', reason: 'too-large' }, t).title;
    await vscode.window.showWarningMessage(message, { modal: true });
    return BACK;
  }

  /** Explains what cannot be taken, with the way on, and reads again where the user has another try. */
  private async readOrExplain(read: () => Promise<CredentialSource>, hints: Hints): Promise<Answer<KeyDraft>> {
    for (;;) {
      const { replaces } = hints;
      const given: Given = replaces?.kind === 'key' ? { consumerOrg: replaces.consumerOrg } : {};
      const reading = await readDraft(await read(), { given, origin: hints.origin, replaces: replacedBy(replaces) });
      if (reading.kind === 'draft') return withWhatWasKnown(reading.draft, replaces);
      const again = reading.kind === 'refused' ? await this.explainRefused(reading) : await this.explainNothing();
      if (!again) return BACK;
    }
  }

  private async explainRefused(refused: RefusedSource): Promise<boolean> {
    const t = this.t;
    const { title, cause, cure } = wordRefusedSource(refused, t);
    const { command } = refused;
    const copy = t('Copy the Command');
    const terminal = t('Put It in a Terminal');
    const again = t('Read Again');
    const answer = await vscode.window.showWarningMessage(
      title,
      { modal: true, detail: [`${cause} ${cure}`, command ?? ''].join('\n\n').trim() },
      ...(command === undefined ? [again] : [copy, terminal, again]),
    );
    if (command !== undefined && answer === copy) await vscode.env.clipboard.writeText(command);
    if (command !== undefined && answer === terminal) putInTerminal(command);
    return answer === again;
  }

  private async explainNothing(): Promise<boolean> {
    const t = this.t;
    const again = t('Read Again');
    const answer = await vscode.window.showWarningMessage(
      t('There is no credential in this.'),
      {
        modal: true,
        detail: t(
          'Read are a JWK, lines of a .env file, a Secret from kubectl (JSON or YAML) or from the Nais CLI (JSON), and private keys in PEM.',
        ),
      },
      again,
    );
    return answer === again;
  }

  private async typed({ offered, origin, replaces }: Hints): Promise<Answer<Draft>> {
    const inputs = new CredentialInputs(this.titleFor(replaces), this.t);
    const before = replaces?.kind === 'key' ? replaces : undefined;
    const given: { -readonly [K in keyof Given]: Given[K] } = {
      clientId: before?.clientId,
      consumerOrg: before?.consumerOrg,
      environment: before?.environment,
    };
    let key = '';
    const done = await walk([
      async () => {
        const answer = await inputs.environment(offered);
        if (isAnswer(answer)) given.environment = answer;
        return answer;
      },
      async () => {
        const answer = await inputs.clientId(given.clientId);
        if (isAnswer(answer)) given.clientId = answer;
        return answer;
      },
      async () => {
        const answer = await inputs.privateKey();
        if (isAnswer(answer)) key = answer;
        return answer;
      },
    ]);
    if (done !== true) return done;
    const reading = await readDraft(key, { given, origin, replaces: replacedBy(replaces) });
    return reading.kind === 'draft' ? reading.draft : BACK;
  }

  private async texas({ offered, origin, replaces }: Hints): Promise<Answer<Draft>> {
    const inputs = new CredentialInputs(this.titleFor(replaces), this.t);
    const before = replaces?.kind === 'texas' ? replaces : undefined;
    const endpoint = await inputs.texas(before?.endpoint ?? FORWARDED_TEXAS);
    if (!isAnswer(endpoint)) return endpoint;
    const environment = before?.environment ?? (offered === 'test' ? TEST : await inputs.environment(offered));
    if (!isAnswer(environment)) return environment;
    return { kind: 'texas', endpoint, given: { environment }, origin, replaces: replacedBy(before) };
  }

  private async review(draft: Draft, { offered, replaces }: Hints): Promise<Answer<CredentialProfile>> {
    const { credentials, tokens, t } = this;
    const review = new CredentialReview({ credentials, tokens, offered, title: this.titleFor(replaces) }, t);
    return review.run(draft, (decided, name, keeping) => this.keep(decided, name, keeping));
  }

  /** Writes it. Where the secret store refuses, it may at least be used until the window closes. */
  private async keep(draft: Draft, name: string, keeping: Keeping): Promise<CredentialProfile | undefined> {
    const { t } = this;
    const credential = credentialFrom(draft, name);
    if (!credential) return undefined;
    try {
      const { replaces } = draft;
      return replaces
        ? await this.credentials.replace(replaces.id, credential, keeping)
        : await this.credentials.add(credential, keeping);
    } catch (error) {
      this.log.error('The secret store did not take the credential.', error);
      const session = t('Use for This Session Only');
      const showLog = t('Show Log');
      const answer = await vscode.window.showErrorMessage(
        t(
          'The secret store of this machine did not take the credential, so nothing was kept. Is its keyring unlocked?',
        ),
        session,
        showLog,
      );
      if (answer === showLog) this.log.show();
      return answer === session ? this.keep(draft, name, 'session') : undefined;
    }
  }

  /** A test credential becomes the environment at once. Production is offered, never chosen for the user. */
  private async offer({ id, name, environment }: CredentialProfile, { replaces }: Hints): Promise<void> {
    const t = this.t;
    const isProd = environment.kind === 'prod';
    if (!replaces && !isProd) await this.environments.select(id);
    const isInUse = this.environments.current.id === id;
    const use = isInUse ? t('Get Token') : t('Use {name}', { name });
    const answer = await vscode.window.showInformationMessage(
      isInUse
        ? t('The credential {name} is kept, and tokens now come from it.', { name })
        : isProd
          ? t('The credential {name} is kept. It is for production, so it is not in use yet.', { name })
          : t('The credential {name} is kept.', { name }),
      use,
    );
    if (answer !== use) return;
    if (isInUse) await vscode.commands.executeCommand(COMMANDS.getToken);
    else await this.environments.select(id);
  }

  private titleFor(replaces: CredentialProfile | undefined): string {
    return replaces ? this.t('Import {name} Again', { name: replaces.name }) : this.t('Add Credential');
  }

  dispose(): void {
    this.commands.dispose();
    this.clearing.dispose();
  }
}

function replacedBy(profile: CredentialProfile | undefined): Draft['replaces'] {
  if (!profile) return undefined;
  const { id, name } = profile;
  return { id, name, clientId: profile.kind === 'key' ? profile.clientId : undefined };
}

/** A key alone names neither client nor environment: then they are those of the credential that gets it. */
function withWhatWasKnown(draft: KeyDraft, replaces: CredentialProfile | undefined): KeyDraft {
  if (replaces?.kind !== 'key') return draft;
  const { clientId, environment, doubts } = draft.recognised;
  const isContradictory = doubts.some(({ code }) => code === 'environments-contradict' || code === 'retired-host');
  return {
    ...draft,
    given: {
      ...draft.given,
      clientId: clientId === undefined ? replaces.clientId : undefined,
      environment: environment === undefined && !isContradictory ? replaces.environment : undefined,
    },
  };
}
