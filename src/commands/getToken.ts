import * as vscode from 'vscode';
import { problemOf } from '../maskinporten/problem';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { withCancellableProgress } from '../platform/progress';
import type { TokenAsk, Tokens } from '../state/tokens';
import type { Manifests } from '../workspace/manifests';
import { askFromArguments, pickAsk } from './ask';

/** "Get Maskinporten Token": from a row, a CodeLens, a hover, or the palette. A refusal is shown where the token would be. */
export function registerGetToken(
  manifests: Manifests,
  tokens: Tokens,
  language: Language,
  showToken: (ask: TokenAsk) => void,
): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.getToken, async (first: unknown, selected: unknown) => {
    const ask = askFromArguments(first, selected) ?? (await pickAsk(manifests, language));
    if (!ask) return;
    const title = language.t('Getting a token for {scopes}', { scopes: ask.scopes.join(' ') });
    try {
      const token = await withCancellableProgress(title, (signal) => tokens.get(ask, signal));
      if (token) showToken(ask);
    } catch (error) {
      if (!problemOf(error)) throw error;
      showToken(ask);
    }
  });
}
