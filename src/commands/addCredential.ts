import * as vscode from 'vscode';
import { environmentOf, PROD, TEST } from '../maskinporten/environments';
import { importClientKey } from '../maskinporten/keys';
import { isProtectedUrl } from '../maskinporten/loopback';
import type { ClientCredential, Environment } from '../maskinporten/model';
import { problemOf } from '../maskinporten/problem';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import { withCancellableProgress } from '../platform/progress';
import type { Credentials } from '../state/credentials';
import type { Environments } from '../state/environments';
import type { Tokens } from '../state/tokens';
import type { Translate } from '../shared/localize';
import { wordProblem } from '../words/problems';
import { askChoice, askText, isAnswer, walk } from './wizard';

const TOTAL_STEPS = 4;

/** What the steps gather. The key leaves this object only for SecretStorage. */
interface Draft {
  environment: Environment;
  clientId: string;
  privateJwk: ClientCredential['privateJwk'] | undefined;
  name: string;
}

/** "Add Credential…": issuer, client id and private key, checked one by one, then the issuer itself, then kept. */
export class AddCredential {
  private readonly t: Translate;

  constructor(
    private readonly credentials: Credentials,
    private readonly environments: Environments,
    private readonly tokens: Tokens,
    private readonly log: Log,
    { t }: Language,
  ) {
    this.t = t;
  }

  register(): vscode.Disposable {
    return vscode.commands.registerCommand(COMMANDS.addCredential, () => this.run());
  }

  private async run(): Promise<void> {
    const draft: Draft = { environment: TEST, clientId: '', privateJwk: undefined, name: '' };
    const done = await walk([
      () => this.askEnvironment(draft),
      () => this.askClientId(draft),
      () => this.askKey(draft),
      () => this.askName(draft),
    ]);
    const { environment, clientId, privateJwk, name } = draft;
    if (!done || !privateJwk || !(await this.issuerIsFine(environment))) return;
    try {
      const profile = await this.credentials.add(name, { environment, clientId, privateJwk });
      await this.offer(profile.id, name, environment);
    } catch (error) {
      this.log.error('The secret store did not take the credential.', error);
      const showLog = this.t('Show Log');
      const answer = await vscode.window.showErrorMessage(
        this.t(
          'The secret store of this machine did not take the credential, so nothing was kept. Is its keyring unlocked?',
        ),
        showLog,
      );
      if (answer === showLog) this.log.show();
    }
  }

  private async askEnvironment(draft: Draft): Promise<unknown> {
    const t = this.t;
    const custom: Environment = { kind: 'custom', issuer: '' };
    const chosen = await askChoice<Environment>({
      title: t('Add Credential'),
      step: 1,
      totalSteps: TOTAL_STEPS,
      placeholder: t('Which Maskinporten knows this client?'),
      items: [
        { label: t('Test'), description: TEST.issuer, value: TEST },
        { label: t('Production'), description: PROD.issuer, value: PROD },
        {
          label: t('Another issuer…'),
          description: t('by its URL: a local one, mock-oauth2-server'),
          value: custom,
        },
      ],
    });
    if (!isAnswer(chosen)) return chosen;
    draft.environment = chosen;
    return chosen === custom ? this.askIssuer(draft) : chosen;
  }

  private async askIssuer(draft: Draft): Promise<unknown> {
    const t = this.t;
    const issuer = await askText({
      title: t('Add Credential'),
      step: 1,
      totalSteps: TOTAL_STEPS,
      prompt: t('Issuer URL, exactly as in its metadata'),
      placeholder: 'https://test.maskinporten.no/',
      check: (text) => this.complaintAboutIssuer(text),
    });
    if (isAnswer(issuer)) draft.environment = environmentOf(issuer);
    return issuer;
  }

  private complaintAboutIssuer(text: string): string | undefined {
    const t = this.t;
    if (!URL.canParse(text)) return t('Write the whole URL, with https:// in front.');
    const url = new URL(text);
    if (!isProtectedUrl(url)) return t('An issuer must use https, unless it runs on this machine.');
    if (url.search || url.hash || url.username) return t('An issuer URL has no query, no fragment and no user name.');
    return undefined;
  }

  private async askClientId(draft: Draft): Promise<unknown> {
    const t = this.t;
    const clientId = await askText({
      title: t('Add Credential'),
      step: 2,
      totalSteps: TOTAL_STEPS,
      prompt: t('Client id (MASKINPORTEN_CLIENT_ID)'),
      value: draft.clientId,
      check: (text) => {
        if (text === '') return t('A client id is needed: it is the issuer of every grant.');
        return /^[\x21-\x7e]+$/.test(text) ? undefined : t('A client id has no spaces and only plain characters.');
      },
    });
    if (isAnswer(clientId)) draft.clientId = clientId;
    return clientId;
  }

  private askKey(draft: Draft): Promise<unknown> {
    const t = this.t;
    return askText({
      title: t('Add Credential'),
      step: 3,
      totalSteps: TOTAL_STEPS,
      prompt: t(
        'Private key as a JWK (MASKINPORTEN_CLIENT_JWK). It is kept in the secret store of this machine, nowhere else.',
      ),
      placeholder: '{"kty":"RSA", …}',
      secret: true,
      check: async (text) => {
        const key = await importClientKey(text);
        if (!key.ok) {
          const { cause, cure } = wordProblem(key.problem, t);
          return `${cause} ${cure}`;
        }
        draft.privateJwk = key.jwk;
        return undefined;
      },
    });
  }

  private async askName(draft: Draft): Promise<unknown> {
    const t = this.t;
    const names = new Set(this.credentials.profiles.map(({ name }) => name));
    const name = await askText({
      title: t('Add Credential'),
      step: 4,
      totalSteps: TOTAL_STEPS,
      prompt: t('A name for it, shown as the environment'),
      value: draft.name || suggestName(draft.environment, names),
      check: (text) => {
        if (text === '') return t('Give it a name.');
        return names.has(text) ? t('Another credential has this name.') : undefined;
      },
    });
    if (isAnswer(name)) draft.name = name;
    return name;
  }

  /** Asks the issuer for its metadata. Where that fails, the user decides whether to keep the credential all the same. */
  private async issuerIsFine(environment: Environment): Promise<boolean> {
    const t = this.t;
    const title = t('Asking {issuer} for its metadata', { issuer: environment.issuer });
    try {
      const checked = await withCancellableProgress(title, async (signal) => {
        await this.tokens.checkIssuer(environment, signal);
        return true;
      });
      return checked ?? false;
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      const { title: what, cure } = wordProblem(problem, t);
      const keep = t('Save Anyway');
      const answer = await vscode.window.showWarningMessage(`${what} ${cure}`, keep);
      return answer === keep;
    }
  }

  /** A test credential becomes the environment at once. Production is offered, never chosen for the user. */
  private async offer(id: string, name: string, { kind }: Environment): Promise<void> {
    const t = this.t;
    if (kind !== 'prod') await this.environments.select(id);
    const use = kind === 'prod' ? t('Use {name}', { name }) : t('Get Token');
    const answer = await vscode.window.showInformationMessage(
      kind === 'prod'
        ? t('The credential {name} is kept. It is for production, so it is not in use yet.', { name })
        : t('The credential {name} is kept, and tokens now come from it.', { name }),
      use,
    );
    if (answer !== use) return;
    if (kind === 'prod') await this.environments.select(id);
    else await vscode.commands.executeCommand(COMMANDS.getToken);
  }
}

function suggestName({ kind, issuer }: Environment, taken: ReadonlySet<string>): string {
  const base = { test: 'Test', prod: 'Prod', sandbox: 'Sandbox', custom: '' }[kind] || new URL(issuer).host;
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base} ${number}`;
  return name;
}
