import * as vscode from 'vscode';
import { wishKey } from '../maskinporten/cache';
import { waitUntilGranted, type WaitClock, type WaitResult, type WaitState } from '../maskinporten/waitUntil';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import { wordAbsoluteTime, wordCountdown } from '../shared/time';
import { workloadKey } from '../shared/workload';
import type { Environments } from '../state/environments';
import type { TokenAsk, Tokens } from '../state/tokens';
import { wordProblem } from '../words/problems';

export interface TokenWaitServices {
  readonly tokens: Pick<Tokens, 'get'>;
  readonly environments: Pick<Environments, 'current' | 'onDidChange'>;
  readonly language: Language;
  readonly log: Pick<Log, 'info' | 'error'>;
}

/** "Wait Until It Works": goes on with the tab closed, one wait for each wish, and says at the end what came of it. */
export class TokenWaits implements vscode.Disposable {
  private readonly running = new Map</* wish */ string, AbortController>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly services: TokenWaitServices,
    private readonly clock?: WaitClock,
  ) {}

  isWaiting(ask: TokenAsk): boolean {
    return this.running.has(keyOf(ask));
  }

  stop(ask: TokenAsk): void {
    this.running.get(keyOf(ask))?.abort();
  }

  /** Waits for the token of `ask` in the environment that is chosen now. Settles with the wait, and never rejects. */
  async wait(ask: TokenAsk, showToken: (ask: TokenAsk) => void): Promise<void> {
    const key = keyOf(ask);
    if (this.running.has(key)) return;
    const { environments, log } = this.services;
    const controller = new AbortController();
    this.running.set(key, controller);
    this.changed.fire();
    const environmentId = environments.current.id;
    const subscription = environments.onDidChange(() => {
      // What is granted in one environment says nothing of another.
      if (environments.current.id !== environmentId) controller.abort();
    });
    try {
      const result = await this.withProgress(ask, controller);
      log.info(`Waited for ${ask.scopes.join(' ')}: ${result.kind} after ${result.attempts} tries.`);
      void this.tell(result, ask, showToken);
    } catch (error) {
      log.error('A wait for a token failed.', error);
    } finally {
      subscription.dispose();
      this.running.delete(key);
      this.changed.fire();
    }
  }

  private withProgress(ask: TokenAsk, controller: AbortController): Thenable<WaitResult> {
    const { tokens, language } = this.services;
    const title = language.t('Waiting for a token for {scopes}', { scopes: ask.scopes.join(' ') });
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (progress, cancellation) => {
        cancellation.onCancellationRequested(() => {
          controller.abort();
        });
        return waitUntilGranted({
          ask: (request, signal) => tokens.get({ ...ask, ...request }, signal),
          request: ask,
          signal: controller.signal,
          onState: (state) => {
            progress.report({ message: this.words(state) });
          },
          ...(this.clock && { clock: this.clock }),
        });
      },
    );
  }

  private words(state: WaitState): string {
    const { t, locale } = this.services.language;
    const until = wordAbsoluteTime(state.giveUpAtMs, locale);
    if (state.kind === 'asking')
      return t('Try {attempt}, until {time} at most.', { attempt: state.attempt, time: until });
    const now = this.clock?.now() ?? Date.now();
    return t('Try {attempt} was refused. Next in {duration}, until {time} at most.', {
      attempt: state.attempt,
      duration: wordCountdown(state.nextAtMs - now, t),
      time: until,
    });
  }

  private async tell(result: WaitResult, ask: TokenAsk, showToken: (ask: TokenAsk) => void): Promise<void> {
    const { t } = this.services.language;
    const scopes = ask.scopes.join(' ');
    const show = result.kind === 'granted' ? t('Show Token') : t('Show Why');
    let answer: string | undefined;
    switch (result.kind) {
      case 'cancelled':
        return;
      case 'granted':
        answer = await vscode.window.showInformationMessage(
          t('It works: there is a token for {scopes}.', { scopes }),
          show,
        );
        break;
      case 'gave-up':
        answer = await vscode.window.showWarningMessage(
          t('Still no token for {scopes} after 15 minutes, so this is no delay.', { scopes }),
          show,
        );
        break;
      case 'failed':
        answer = await vscode.window.showWarningMessage(
          t('Waiting does not help any longer. {problem}', { problem: wordProblem(result.problem, t).title }),
          show,
        );
    }
    if (answer === show) showToken(ask);
  }

  dispose(): void {
    for (const controller of this.running.values()) controller.abort();
    this.changed.dispose();
  }
}

function keyOf(ask: TokenAsk): string {
  return `${workloadKey(ask)} ${wishKey(ask)}`;
}
