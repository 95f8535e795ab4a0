import * as vscode from 'vscode';
import { ConfigValue } from '../platform/config';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { toRange } from '../platform/positions';
import type { Environments } from '../state/environments';
import type { TokenAsk, Tokens } from '../state/tokens';
import { untilFewerMinutesMs, wordMinutesLeft } from '../words/tokenState';
import { workloadName, type Manifests } from '../workspace/manifests';
import { MANIFEST_SELECTOR } from './selector';

/** `Get token · Send request · 54 min left` over each consumed scope whose name is known. */
export class ScopeCodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly enabled = new ConfigValue('codeLens.enabled', true);
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: readonly { dispose(): unknown }[];
  private wake: { readonly timer: NodeJS.Timeout; readonly atMs: number } | undefined;
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly manifests: Manifests,
    private readonly tokens: Tokens,
    environments: Environments,
    private readonly language: Language,
  ) {
    const announce = () => {
      this.changed.fire();
    };
    this.disposables = [
      this.enabled,
      this.changed,
      this.enabled.onDidChange(announce),
      tokens.onDidChange(announce),
      environments.onDidChange(announce),
      language.onDidChange(announce),
      vscode.languages.registerCodeLensProvider(MANIFEST_SELECTOR, this),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const file = this.enabled.value ? await this.manifests.whenRead(document) : undefined;
    return (file?.documents ?? []).flatMap((read, index) =>
      read.manifest.consumes
        .filter(({ name }) => !name.templated && name.value !== '')
        .flatMap(({ name }) => {
          const workload = workloadName(read, index);
          const ask = { manifestUri: document.uri.toString(), workload, scopes: [name.value] };
          return this.lensesOf(ask, toRange(document, name.range));
        }),
    );
  }

  private lensesOf(ask: TokenAsk, range: vscode.Range): vscode.CodeLens[] {
    const t = this.language.t;
    const lens = (title: string, command: string) => new vscode.CodeLens(range, { title, command, arguments: [ask] });
    const state = this.stateOf(ask);
    return [
      lens(t('Get token'), COMMANDS.getToken),
      lens(t('Send request'), COMMANDS.sendRequest),
      ...(state === undefined ? [] : [lens(state, COMMANDS.getToken)]), // a token that is still good is only shown
    ];
  }

  /** What became of the scope in the current environment; nothing where no token was asked for, or it is over. */
  private stateOf(ask: TokenAsk): string | undefined {
    const t = this.language.t;
    if (this.tokens.lastProblem(ask)) return t('refused');
    const now = Date.now();
    const expiresAtMs = this.tokens.peek(ask)?.expiresAtMs ?? 0;
    if (expiresAtMs <= now) return undefined;
    this.wakeAt(now + untilFewerMinutesMs(expiresAtMs, now));
    return wordMinutesLeft(expiresAtMs, now, t);
  }

  /** The editor asks again for what it shows, which sets the next time; where it shows none, nothing ticks. */
  private wakeAt(atMs: number): void {
    if (this.wake && this.wake.atMs <= atMs) return;
    clearTimeout(this.wake?.timer);
    const timer = setTimeout(() => {
      this.wake = undefined;
      this.changed.fire();
    }, atMs - Date.now());
    this.wake = { timer, atMs };
  }

  dispose(): void {
    clearTimeout(this.wake?.timer);
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
