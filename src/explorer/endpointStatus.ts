import * as vscode from 'vscode';
import { ContextKeyService } from '../platform/contextKeys';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { LocalTokenEndpoint, RunningEndpoint } from '../state/localTokenEndpoint';

/** Shows that the local token endpoint runs, whose tokens it serves, and how many it has served. A click leads to the rest. */
export class EndpointStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('tokenEndpoint', vscode.StatusBarAlignment.Left, 9);
  private readonly contextKeys = new ContextKeyService();
  private readonly disposables: readonly { dispose(): unknown }[];

  constructor(
    private readonly endpoint: LocalTokenEndpoint,
    private readonly language: Language,
  ) {
    const update = () => {
      this.update();
    };
    this.disposables = [this.item, endpoint.onDidChange(update), language.onDidChange(update)];
    this.item.command = COMMANDS.showTokenEndpoint;
    this.update();
  }

  private update(): void {
    const { running } = this.endpoint;
    this.contextKeys.set('maskinporten.endpointRunning', running !== undefined);
    if (!running) {
      this.item.hide();
      return;
    }
    const { t } = this.language;
    const { served } = this.endpoint.counts;
    const isProd = running.environment.kind === 'prod';
    this.item.name = t('Local token endpoint');
    this.item.text = `$(plug) ${running.environment.label} → ${running.label}: ${served}`;
    this.item.tooltip = this.tooltipFor(running);
    this.item.backgroundColor = isProd ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.accessibilityInformation = { label: this.tooltipFor(running) };
    this.item.show();
  }

  private tooltipFor({ environment, label, tokenEndpoint }: RunningEndpoint): string {
    const { t } = this.language;
    const { served, refused } = this.endpoint.counts;
    return [
      t('The local token endpoint runs on {host}.', { host: new URL(tokenEndpoint).host }),
      t('Tokens of {environment} for {workload}.', { environment: environment.label, workload: label }),
      t('Tokens served: {served}, refused: {refused}.', { served, refused }),
      t('Click to stop it, for its addresses and for its log.'),
    ].join('\n');
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
