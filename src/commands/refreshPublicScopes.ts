import * as vscode from 'vscode';
import { problemOf } from '../maskinporten/problem';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import { withCancellableProgress } from '../platform/progress';
import type { Translate } from '../shared/localize';
import type { RegistryOfScopes, RegistryOutcome } from '../state/publicScopes';
import { wordProblem } from '../words/problems';
import { wordRegistries, wordRegistryFault } from '../words/publicScopes';

/** "Refresh Public Scopes": fetches Digdir's registry, in test and in production, and says what came of it. */
export function registerRefreshPublicScopes(registry: RegistryOfScopes, { t }: Language, log: Log): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.refreshPublicScopes, async () => {
    const outcomes = await fetchAll(registry, t);
    if (!outcomes) return;
    const failed = outcomes.filter(({ result }) => result.kind !== 'fetched');
    for (const { host, result } of failed) {
      if (result.kind === 'failed' && !problemOf(result.error))
        log.error(`No public scopes from ${host}.`, result.error);
    }
    const text = outcomes.map((outcome) => wordOutcome(outcome, t)).join(' ');
    if (failed.length === 0) {
      void vscode.window.showInformationMessage(text);
      return;
    }
    const showLog = t('Show Log');
    if ((await vscode.window.showWarningMessage(text, showLog)) === showLog) log.show();
  });
}

/** Undefined where the user cancelled, or was told why nothing is fetched here. */
async function fetchAll(registry: RegistryOfScopes, t: Translate): Promise<readonly RegistryOutcome[] | undefined> {
  try {
    return await withCancellableProgress(t('Fetching Digdir’s list of public scopes'), (signal) =>
      registry.refresh(signal),
    );
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    const { title, cure } = wordProblem(problem, t);
    void vscode.window.showWarningMessage(`${title} ${cure}`);
    return undefined;
  }
}

function wordOutcome({ environment, host, result }: RegistryOutcome, t: Translate): string {
  switch (result.kind) {
    case 'fetched':
      return t('{count} public scopes {where}.', { count: result.count, where: wordRegistries([environment], t) });
    case 'fault':
      return wordRegistryFault(result.fault, host, t);
    case 'failed': {
      const problem = problemOf(result.error);
      if (!problem) return t('The list of {host} could not be fetched.', { host });
      const { title, cure } = wordProblem(problem, t);
      return `${title} ${cure}`;
    }
  }
}
