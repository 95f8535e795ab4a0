import * as vscode from 'vscode';
import type { Language } from './language';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Asks before anything is done in production: for a token once a window and credential, for a request that only
 * reads once a window and host, for one that may change something every time.
 */
export class Confirmations {
  private readonly given = new Set<string>();

  constructor(private readonly language: Language) {}

  async token(
    environment: { readonly id: string; readonly label: string },
    scopes: readonly string[],
  ): Promise<boolean> {
    const { t } = this.language;
    return this.once(`token ${environment.id}`, {
      question: t('Get a token from production with {name}?', { name: environment.label }),
      detail: t('Scopes: {scopes}. The token gives access to real data. This is asked once in this window.', {
        scopes: scopes.join(' '),
      }),
      yes: t('Get Token'),
    });
  }

  /** Asked at every start: whatever runs on this machine and knows the address gets tokens from then on. */
  async tokenEndpoint({ label }: { readonly label: string }): Promise<boolean> {
    const { t } = this.language;
    return ask({
      question: t('Serve production tokens of {name} on this machine?', { name: label }),
      detail: t(
        'Every program that gets the address, as those in new terminals do, can ask for tokens that give access to real data, until you stop the endpoint. This is asked at every start.',
      ),
      yes: t('Serve Tokens'),
    });
  }

  /** Without a token there is nothing that only reads could give away. */
  async request(method: string, host: string, withToken: 'token' | 'no-token'): Promise<boolean> {
    const { t } = this.language;
    const safe = SAFE_METHODS.has(method);
    if (safe && withToken === 'no-token') return true;
    const question = {
      question:
        withToken === 'token'
          ? t('Send {method} to {host} with a production token?', { method, host })
          : t('Send {method} to {host} while production is selected?', { method, host }),
      detail: safe
        ? t('The answer may hold real data. This is asked once in this window for {host}.', { host })
        : t('{method} may change real data.', { method }),
      yes: t('Send'),
    };
    return safe ? this.once(`request ${host}`, question) : ask(question);
  }

  private async once(key: string, question: Question): Promise<boolean> {
    if (this.given.has(key)) return true;
    const agreed = await ask(question);
    if (agreed) this.given.add(key);
    return agreed;
  }
}

interface Question {
  readonly question: string;
  readonly detail: string;
  readonly yes: string;
}

async function ask({ question, detail, yes }: Question): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}
