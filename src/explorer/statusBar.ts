import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { wordCountdown } from '../shared/time';
import type { Environments } from '../state/environments';
import type { SandboxScenarios } from '../state/sandboxScenarios';
import type { Tokens } from '../state/tokens';
import { wordScenarioWithTarget } from '../words/scenarios';
import type { Manifests } from '../workspace/manifests';

const SECOND_MS = 1000;

/** The environment, and the countdown of the newest token. Shown only where there is a manifest. */
export class EnvironmentStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('environment', vscode.StatusBarAlignment.Left, 10);
  private readonly disposables: readonly { dispose(): unknown }[];
  private ticker: NodeJS.Timeout | undefined;

  constructor(
    private readonly manifests: Manifests,
    private readonly environments: Environments,
    private readonly tokens: Tokens,
    private readonly scenarios: SandboxScenarios,
    private readonly language: Language,
  ) {
    const update = () => {
      this.update();
    };
    this.disposables = [
      this.item,
      manifests.onDidChange(update),
      environments.onDidChange(update),
      tokens.onDidChange(update),
      scenarios.onDidChange(update),
      language.onDidChange(update),
    ];
    this.item.command = COMMANDS.selectEnvironment;
    this.update();
  }

  private update(): void {
    const t = this.language.t;
    const { label, kind, issuer } = this.environments.current;
    const token = this.tokens.newest;
    const leftMs = (token?.expiresAtMs ?? 0) - Date.now();
    const countdown = token && leftMs > 0 ? ` · ${wordCountdown(leftMs, t)}` : '';
    this.item.name = t('Maskinporten environment');
    const scenarios = kind === 'sandbox' ? this.scenarios.active : [];
    const onPurpose = scenarios.length > 0 ? ' $(beaker)' : '';
    this.item.text = `$(key) ${label}${onPurpose}${countdown}`;
    this.item.backgroundColor = kind === 'prod' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.tooltip = [
      t('Maskinporten environment: {label}', { label }),
      issuer ?? t('A Maskinporten on this machine. Nothing leaves it.'),
      ...scenarios.map((scenario) =>
        t('On purpose: {what}', { what: wordScenarioWithTarget(scenario, this.language.locale, t) }),
      ),
      ...(token && leftMs > 0 ? [t('Newest token: {scopes}', { scopes: token.requestedScopes.join(' ') })] : []),
    ].join('\n');
    this.item.accessibilityInformation = { label: t('Maskinporten environment: {label}', { label }) };
    if (this.manifests.all.length > 0) this.item.show();
    else this.item.hide();
    this.tick(leftMs > 0);
  }

  private tick(counting: boolean): void {
    if (!counting) {
      clearInterval(this.ticker);
      this.ticker = undefined;
    } else {
      this.ticker ??= setInterval(() => {
        this.update();
      }, SECOND_MS);
    }
  }

  dispose(): void {
    clearInterval(this.ticker);
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
