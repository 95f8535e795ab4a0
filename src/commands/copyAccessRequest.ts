import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Organisation } from '../platform/organisation';
import { accessRequestText, type RequestedEnvironment } from '../words/accessRequest';
import type { Targets } from '../workspace/targets';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { asksFromArguments, pickAsk } from './ask';

/** Characters of a scope-token (RFC 6749 section 3.3): nothing else goes into a text that is to be sent. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** "Copy Access Request": puts the text that asks a scope's owner for access on the clipboard, in both languages. */
export function registerCopyAccessRequest(
  readings: WorkloadReadings,
  targets: Targets,
  organisation: Organisation,
  language: Language,
): vscode.Disposable {
  const { t } = language;
  return vscode.commands.registerCommand(COMMANDS.copyAccessRequest, async (first: unknown, selected: unknown) => {
    const asks = asksFromArguments(first, selected);
    const ask = asks[0] ?? (await pickAsk(readings, language, t('Copy Access Request')));
    // Access is granted to the organisation: which workload wants it makes no difference.
    const wanted = new Set([...asks, ...(ask ? [ask] : [])].flatMap((each) => each.scopes));
    const scopes = [...wanted].filter((scope) => SCOPE.test(scope));
    if (!ask || scopes.length === 0) return;
    const environment = await pickEnvironment(language, ask.manifestUri, targets);
    if (environment === undefined) return;
    const { number, name, scopePrefix } = organisation;
    const text = accessRequestText(
      { scopes, environment, organisation: { number, name, scopePrefix } },
      { nb: language.in('nb'), en: language.in('en') },
    );
    await vscode.env.clipboard.writeText(text);
    const open = t('Open');
    const answer = await vscode.window.showInformationMessage(
      t('The request is on the clipboard, in Norwegian and English. Fill in the purpose before you send it.'),
      open,
    );
    if (answer !== open) return;
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: text });
    await vscode.window.showTextDocument(document);
  });
}

/** The environment that the manifest is for comes first. */
async function pickEnvironment(
  { t }: Language,
  manifestUri: string | undefined,
  targets: Targets,
): Promise<RequestedEnvironment | undefined> {
  const items: (vscode.QuickPickItem & { readonly value: RequestedEnvironment })[] = [
    { label: t('Test and production'), value: 'both' },
    { label: t('Test'), description: 'test.maskinporten.no', value: 'test' },
    { label: t('Production'), description: 'maskinporten.no', value: 'prod' },
  ];
  const offered = manifestUri === undefined ? undefined : targets.offeredEnvironment(vscode.Uri.parse(manifestUri));
  const likely = offered ?? 'both';
  const picked = await vscode.window.showQuickPick(
    [...items.filter(({ value }) => value === likely), ...items.filter(({ value }) => value !== likely)],
    { title: t('Copy Access Request'), placeHolder: t('For which environment? Each has grants of its own.') },
  );
  return picked?.value;
}
