import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { Environments } from '../state/environments';
import type { Manifests } from '../workspace/manifests';
import { issueReport } from './issueReport';

const SECTION = 'maskinporten';

interface ReportServices {
  readonly version: string;
  readonly environments: Environments;
  readonly manifests: Manifests;
  readonly language: Language;
  readonly log: Log;
}

/** "Report Issue…": opens what would be reported, to be read and completed. It goes nowhere unless its writer copies it. */
export function registerReportIssue(services: ReportServices): vscode.Disposable {
  const { t } = services.language;
  return vscode.commands.registerCommand(COMMANDS.reportIssue, async () => {
    const content = issueReport(factsOf(services), t);
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document);
    const copy = t('Copy');
    const question = t('Complete the report and read it through. Nothing has been sent.');
    if ((await vscode.window.showInformationMessage(question, copy)) !== copy) return;
    await vscode.env.clipboard.writeText(document.getText());
    vscode.window.setStatusBarMessage(t('The report is copied.'), 5000);
  });
}

function factsOf({ version, environments, manifests, language, log }: ReportServices) {
  return {
    version,
    editor: `${vscode.env.appName} ${vscode.version}`,
    machine: `${process.platform} ${process.arch}, Node.js ${process.versions.node}`,
    remote: vscode.env.remoteName ?? (vscode.env.uiKind === vscode.UIKind.Web ? 'web' : undefined),
    language: `${language.locale} (${vscode.env.language})`,
    isTrusted: vscode.workspace.isTrusted,
    environment: environments.current.kind,
    manifests: manifests.all.length,
    settings: changedSettings(),
    logLines: log.recent,
  };
}

/** The extension's settings that are not as they come, by their full names. */
function changedSettings(): Readonly<Record<string, unknown>> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const changed: Record<string, unknown> = {};
  const visit = (value: unknown, key: string): void => {
    const inspected = key === '' ? undefined : configuration.inspect(key);
    if (inspected?.defaultValue !== undefined) {
      const current = configuration.get(key);
      if (JSON.stringify(current) !== JSON.stringify(inspected.defaultValue)) changed[`${SECTION}.${key}`] = current;
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) visit(inner, key === '' ? name : `${key}.${name}`);
    }
  };
  visit(configuration, '');
  return changed;
}
