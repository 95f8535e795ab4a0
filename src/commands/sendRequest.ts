import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { TokenAsk } from '../state/tokens';
import { asksFromArguments, joinedAsk } from './ask';

/** Opens the request panel: for a scope, or for none in particular. */
export function registerSendRequest(openPanel: (ask: TokenAsk | undefined) => void): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.sendRequest, (first: unknown, selected: unknown) => {
    const asks = asksFromArguments(first, selected);
    openPanel(joinedAsk(asks) ?? asks[0]);
  });
}
