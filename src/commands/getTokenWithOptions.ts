import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { TokenAsk } from '../state/tokens';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { asksFromArguments, joinedAsk } from './ask';

/**
 * "Get Maskinporten Token With Options…": opens the form in the token view. Its third argument names the claim that is to
 * be changed.
 */
export function registerGetTokenWithOptions(
  readings: WorkloadReadings,
  language: Language,
  showOptions: (ask: TokenAsk, claim: string | undefined) => void,
): vscode.Disposable {
  return vscode.commands.registerCommand(
    COMMANDS.getTokenWithOptions,
    async (first: unknown, selected: unknown, claim: unknown) => {
      const asks = asksFromArguments(first, selected);
      const ask = joinedAsk(asks) ?? asks[0] ?? (await pickWorkloadsAsk(readings, language));
      if (ask) showOptions(ask, typeof claim === 'string' ? claim : undefined);
    },
  );
}

/** A wish without scopes yet: the form has those of the workload on offer. Without a manifest they are typed in. */
async function pickWorkloadsAsk(readings: WorkloadReadings, { t }: Language): Promise<TokenAsk | undefined> {
  const wishes = readings.atHand.flatMap(({ source: { uri }, manifest, workload, label }) => {
    const ask: TokenAsk = { manifestUri: uri.toString(), workload, scopes: [] };
    const item = { label, description: vscode.workspace.asRelativePath(uri), ask };
    return manifest.consumes.length > 0 ? [[JSON.stringify(ask), item] as const] : [];
  });
  const items = [...new Map(wishes).values()]; // a template may make several of one workload
  const [only, other] = items;
  if (!other) return only?.ask ?? { scopes: [] };
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Get Maskinporten Token With Options'),
    placeHolder: t('For which workload?'),
    matchOnDescription: true,
  });
  return picked?.ask;
}
