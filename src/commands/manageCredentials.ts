import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Credentials } from '../state/credentials';
import type { Tokens } from '../state/tokens';

/** Removing what was kept: one credential, or every token in memory. */
export function registerManageCredentials(
  credentials: Credentials,
  tokens: Tokens,
  { t }: Language,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.deleteCredential, async () => {
      const items = credentials.profiles.map(({ id, name, environment, clientId }) => ({
        id,
        label: name,
        description: environment.issuer,
        detail: t('client {clientId}', { clientId }),
      }));
      if (items.length === 0) {
        void vscode.window.showInformationMessage(t('No credentials are kept.'));
        return;
      }
      const picked = await vscode.window.showQuickPick(items, { title: t('Delete Credential') });
      if (!picked) return;
      const remove = t('Delete');
      const answer = await vscode.window.showWarningMessage(
        t('Delete the credential {name}?', { name: picked.label }),
        { modal: true, detail: t('Its private key is removed from the secret store of this machine.') },
        remove,
      );
      if (answer === remove) await credentials.delete(picked.id);
    }),
    vscode.commands.registerCommand(COMMANDS.forgetTokens, () => {
      tokens.forgetAll();
    }),
  );
}
