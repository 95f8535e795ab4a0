import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { SANDBOX_ID, type Environments } from '../state/environments';

interface EnvironmentItem extends vscode.QuickPickItem {
  readonly id?: string;
}

/** Chooses where tokens come from: the sandbox, or one of the credentials. */
export function registerSelectEnvironment(environments: Environments, { t }: Language): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.selectEnvironment, async () => {
    const current = environments.current.id;
    const items: EnvironmentItem[] = environments.all.map(({ id, label, kind, issuer, clientId, texasEndpoint }) => ({
      id,
      label: `$(${id === current ? 'check' : 'blank'}) ${label}`,
      description: id === SANDBOX_ID ? t('a Maskinporten on this machine, no account needed') : (issuer ?? ''),
      detail: clientId
        ? t('client {clientId}', { clientId })
        : texasEndpoint
          ? t('Texas at {endpoint}', { endpoint: texasEndpoint })
          : '',
      ...(kind === 'prod' ? { iconPath: new vscode.ThemeIcon('warning') } : {}),
    }));
    const add: EnvironmentItem = { label: `$(add) ${t('Add Credential…')}` };
    const manage: EnvironmentItem = { label: `$(settings-gear) ${t('Manage Credentials…')}` };
    const picked = await vscode.window.showQuickPick(
      [...items, { label: '', kind: vscode.QuickPickItemKind.Separator }, add, manage],
      { title: t('Maskinporten environment'), placeHolder: t('Where do tokens come from?'), matchOnDescription: true },
    );
    if (picked === add) await vscode.commands.executeCommand(COMMANDS.addCredential);
    else if (picked === manage) await vscode.commands.executeCommand(COMMANDS.manageCredentials);
    else if (picked?.id) await environments.select(picked.id);
  });
}
