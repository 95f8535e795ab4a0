import * as vscode from 'vscode';
import { ConfigValue } from '../platform/config';
import type { Translate } from '../shared/localize';

/** Takes a key off the clipboard once it was imported. Asks the first time, and does as was said from then on. */
export class ClipboardClearing implements vscode.Disposable {
  private readonly setting = new ConfigValue<'ask' | 'always' | 'never'>('clipboard.clearAfterImport', 'ask');

  /** `secret` is what was read from the clipboard. Whatever was copied since is left alone. */
  async after(secret: string, t: Translate): Promise<void> {
    if (this.setting.value === 'never') return;
    if (this.setting.value === 'ask' && !(await this.ask(t))) return;
    if ((await vscode.env.clipboard.readText()) === secret) await vscode.env.clipboard.writeText('');
  }

  private async ask(t: Translate): Promise<boolean> {
    const clear = t('Clear It, Now and Always');
    const leave = t('Leave It');
    const answer = await vscode.window.showInformationMessage(
      t('The private key is still on the clipboard. Clear it after an import?'),
      clear,
      leave,
    );
    if (answer === clear) await this.setting.write('always');
    if (answer === leave) await this.setting.write('never');
    return answer === clear;
  }

  dispose(): void {
    this.setting.dispose();
  }
}
