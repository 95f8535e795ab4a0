import * as vscode from 'vscode';
import type { Language } from '../platform/language';
import type { TokenAsk } from '../state/tokens';
import { workloadKey } from '../shared/workload';
import { isNamed, type WorkloadReadings } from '../workspace/workloadReadings';

/** A row of the tree, as the view hands it to a command. */
interface AskingNode {
  readonly ask: TokenAsk;
}

function isAskingNode(value: unknown): value is AskingNode {
  return typeof value === 'object' && value !== null && 'ask' in value && isAsk(value.ask);
}

/** Command links of hovers and CodeLenses come from a document's text: they are believed only in this shape. */
export function isAsk(value: unknown): value is TokenAsk {
  if (typeof value !== 'object' || value === null || !('scopes' in value) || !Array.isArray(value.scopes)) return false;
  const { manifestUri, workload } = value as Record<string, unknown>;
  const isText = (member: unknown) => member === undefined || typeof member === 'string';
  return value.scopes.every((scope) => typeof scope === 'string') && isText(manifestUri) && isText(workload);
}

/** Takes what a command was called with: a link's ask, a row, or several selected rows, each with an ask of its own. */
export function asksFromArguments(first: unknown, selected: unknown): readonly TokenAsk[] {
  const nodes = (Array.isArray(selected) ? selected : [first]).filter(isAskingNode);
  if (nodes.length > 0) return nodes.map(({ ask }) => onlyAsk(ask));
  return isAsk(first) ? [onlyAsk(first)] : [];
}

/** One ask for the scopes of all; undefined where they are of several workloads, which are clients of their own. */
export function joinedAsk(asks: readonly TokenAsk[]): TokenAsk | undefined {
  const [head] = asks;
  const isOne = head && asks.every((ask) => workloadKey(ask) === workloadKey(head));
  return isOne ? { ...head, scopes: [...new Set(asks.flatMap(({ scopes }) => scopes))] } : undefined;
}

/** A link may name a scope and a workload, and nothing else: no resource, no organisation, no skipped cache. */
function onlyAsk({ manifestUri, workload, scopes }: TokenAsk): TokenAsk {
  return { manifestUri, workload, scopes };
}

interface ScopeItem extends vscode.QuickPickItem {
  readonly ask: TokenAsk;
}

/** Lets the user choose among the scopes that the manifests consume. Undefined when they change their mind. */
export async function pickAsk(
  readings: WorkloadReadings,
  { t }: Language,
  title = t('Get Maskinporten Token'),
): Promise<TokenAsk | undefined> {
  const asks = readings.atHand.flatMap(({ source: { uri }, manifest, workload, label }) =>
    manifest.consumes.filter(isNamed).map(({ name }): [string, ScopeItem] => {
      const ask = { manifestUri: uri.toString(), workload, scopes: [name.value] };
      const item = { label: name.value, description: label, detail: vscode.workspace.asRelativePath(uri), ask };
      return [JSON.stringify(ask), item];
    }),
  );
  const items = [...new Map(asks).values()]; // a loop may give the same scope to a workload several times
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      t(
        'No manifest here consumes a Maskinporten scope. Open a nais.yaml that lists one under maskinporten.scopes.consumes.',
      ),
    );
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: t('Which scope?'),
    matchOnDescription: true,
  });
  return picked?.ask;
}
