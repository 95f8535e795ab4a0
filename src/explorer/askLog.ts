import * as vscode from 'vscode';
import type { Language } from '../platform/language';
import { redact } from '../platform/redact';
import type { EndpointAsk, LocalTokenEndpoint } from '../state/localTokenEndpoint';
import { wordAsk } from '../words/tokenEndpoint';
import { isNamed, type WorkloadReadings } from '../workspace/workloadReadings';

/**
 * The output channel with every ask of the local token endpoint as it comes: scope, answer, time, and no token. It is
 * there to be looked at, and never shows itself.
 */
export class AskLog implements vscode.Disposable {
  private channel: vscode.LogOutputChannel | undefined;
  private readonly following: vscode.Disposable;

  constructor(
    private readonly endpoint: LocalTokenEndpoint,
    private readonly readings: WorkloadReadings,
    private readonly language: Language,
  ) {
    this.following = endpoint.onDidAsk((ask) => {
      this.write(ask);
    });
  }

  show(): void {
    this.opened.show(true);
  }

  private get opened(): vscode.LogOutputChannel {
    return (this.channel ??= vscode.window.createOutputChannel('Maskinporten Token Endpoint', { log: true }));
  }

  private write(ask: EndpointAsk): void {
    const { running } = this.endpoint;
    const consumed = running && this.readings.consumesOf(running.workload);
    const isComplete = consumed?.every(isNamed) === true;
    const declared = isComplete ? consumed.map(({ name }) => name.value) : undefined;
    // An app may put anything where a scope belongs, a token among it.
    const line = redact(wordAsk(ask, { declared, workload: running?.label ?? '' }, this.language.t));
    if (ask.status === 200) this.opened.info(line);
    else this.opened.warn(line);
  }

  dispose(): void {
    this.following.dispose();
    this.channel?.dispose();
  }
}
