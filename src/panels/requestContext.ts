import * as vscode from 'vscode';
import type { Log } from '../platform/log';
import type { RequestContext, RequestForm, RequestOrigin, TokenOption } from '../shared/requestForm';
import type { Environments } from '../state/environments';
import type { Requests } from '../state/requests';
import type { Tokens } from '../state/tokens';
import { isNamed, type WorkloadReadings } from '../workspace/workloadReadings';
import { environmentBadge } from './environmentBadge';

export interface RequestContextServices {
  readonly tokens: Tokens;
  readonly requests: Requests;
  readonly environments: Environments;
  readonly readings: WorkloadReadings;
  readonly log: Log;
}

/** What a panel shows around its form: follows tokens, environment and manifest. */
export class RequestContexts implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable;
  private sampleUrl: string | undefined;

  constructor(
    private readonly origin: RequestOrigin,
    private readonly services: RequestContextServices,
    private readonly onDidChange: () => void,
  ) {
    const { tokens, environments, readings } = services;
    this.subscriptions = vscode.Disposable.from(
      tokens.onDidChange(onDidChange),
      readings.onDidChange(onDidChange),
      environments.onDidChange(() => {
        onDidChange();
        void this.findSampleUrl();
      }),
    );
    void this.findSampleUrl();
  }

  of({ scopes }: RequestForm): RequestContext {
    const { environments, tokens } = this.services;
    const chosen = scopes.length > 0 ? tokens.peek({ ...this.origin, scopes }) : undefined;
    const isSandbox = environments.current.kind === 'sandbox';
    return {
      environment: environmentBadge(environments.current, chosen),
      workload: this.origin.workload,
      options: this.options(scopes),
      sampleUrl: isSandbox ? this.sampleUrl : undefined,
    };
  }

  /** The scopes that the manifest consumes, one token each as Digdir advises, and what the form has chosen. */
  private options(chosen: readonly string[]): TokenOption[] {
    const consumes = this.services.readings.consumesOf(this.origin) ?? [];
    const declared = consumes.filter(isNamed).map(({ name }) => [name.value]);
    const wishes = new Map([...declared, chosen].map((scopes) => [scopes.join(' '), scopes]));
    return [...wishes.values()]
      .filter((scopes) => scopes.length > 0)
      .map((scopes) => ({
        scopes,
        expiresAtMs: this.services.tokens.peek({ ...this.origin, scopes })?.expiresAtMs,
      }));
  }

  /** Starts the sandbox if need be: with it as the environment, a request has somewhere to go at once. */
  private async findSampleUrl(): Promise<void> {
    const { environments, requests, log } = this.services;
    if (environments.current.kind !== 'sandbox' || !vscode.workspace.isTrusted) return;
    try {
      this.sampleUrl = await requests.sampleApiUrl();
      this.onDidChange();
    } catch (error) {
      log.error('The sandbox could not be started.', error);
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}
