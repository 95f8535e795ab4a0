import * as vscode from 'vscode';
import { problemOf } from '../maskinporten/problem';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { withCancellableProgress } from '../platform/progress';
import type { TokenAsk, Tokens } from '../state/tokens';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { asksFromArguments, joinedAsk, pickAsk } from './ask';

/** "Get Maskinporten Token": from a row, a CodeLens, a hover, or the palette. A refusal is shown where the token would be. */
export function registerGetToken(
  readings: WorkloadReadings,
  tokens: Tokens,
  language: Language,
  showToken: (ask: TokenAsk) => void,
): vscode.Disposable {
  const run = async (first: unknown, selected: unknown) => {
    const asks = await chooseAsks(asksFromArguments(first, selected), readings, language);
    for (const ask of asks) {
      if (!(await getOne(ask, tokens, language, showToken))) return;
    }
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.getToken, run),
    vscode.commands.registerCommand(COMMANDS.getTokens, run),
  );
}

/** False when the user gave up. */
async function getOne(
  ask: TokenAsk,
  tokens: Tokens,
  language: Language,
  showToken: (ask: TokenAsk) => void,
): Promise<boolean> {
  const title = language.t('Getting a token for {scopes}', { scopes: ask.scopes.join(' ') });
  try {
    const token = await withCancellableProgress(title, (signal) => tokens.get(ask, signal));
    if (token) showToken(ask);
    return token !== undefined;
  } catch (error) {
    if (!problemOf(error)) throw error;
    showToken(ask);
    return true;
  }
}

/** Which tokens to get; none when the user changed their mind. */
async function chooseAsks(
  asks: readonly TokenAsk[],
  readings: WorkloadReadings,
  language: Language,
): Promise<readonly TokenAsk[]> {
  if (asks.length === 0) {
    const picked = await pickAsk(readings, language);
    return picked ? [picked] : [];
  }
  const joined = joinedAsk(asks);
  return joined && joined.scopes.length > 1 ? chooseNumber(asks, joined, language) : asks;
}

/** Digdir advises one scope per token (its guide for API consumers), so that is what comes first. */
async function chooseNumber(
  asks: readonly TokenAsk[],
  joined: TokenAsk,
  { t }: Language,
): Promise<readonly TokenAsk[]> {
  const items = [
    {
      label: t('One token for each scope'),
      detail: t('As Digdir advises: an API then gets a token that is good for nothing else.'),
      asks,
    },
    {
      label: t('One token with {count} scopes', { count: joined.scopes.length }),
      detail: t('For an API that wants several at once. If one is refused, there is no token.'),
      asks: [joined],
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Get Token for {count} Scopes', { count: joined.scopes.length }),
    placeHolder: joined.scopes.join(' '),
  });
  return picked?.asks ?? [];
}
