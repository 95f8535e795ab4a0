import * as vscode from 'vscode';
import { ConfigValue } from '../platform/config';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { toRange } from '../platform/positions';
import type { Tokens } from '../state/tokens';
import { workloadName, type Manifests } from '../workspace/manifests';
import { MANIFEST_SELECTOR } from './selector';

/** `Get token · Send request` over each consumed scope whose name is known. */
export class ScopeCodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly enabled = new ConfigValue('codeLens.enabled', true);
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: readonly { dispose(): unknown }[];
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly manifests: Manifests,
    tokens: Tokens,
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
      language.onDidChange(announce),
      vscode.languages.registerCodeLensProvider(MANIFEST_SELECTOR, this),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const file = this.enabled.value ? await this.manifests.whenRead(document) : undefined;
    const t = this.language.t;
    return (file?.documents ?? []).flatMap((read, index) =>
      read.manifest.consumes
        .filter(({ name }) => !name.templated && name.value !== '')
        .flatMap(({ name }) => {
          const range = toRange(document, name.range);
          const ask = {
            manifestUri: document.uri.toString(),
            workload: workloadName(read, index),
            scopes: [name.value],
          };
          return [
            new vscode.CodeLens(range, { title: t('Get token'), command: COMMANDS.getToken, arguments: [ask] }),
            new vscode.CodeLens(range, { title: t('Send request'), command: COMMANDS.sendRequest, arguments: [ask] }),
          ];
        }),
    );
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
