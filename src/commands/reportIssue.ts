import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { Environments } from '../state/environments';
import type { Manifests } from '../workspace/manifests';
import { issueReport } from './issueReport';

/** What package.json says of the extension itself. */
export interface Described {
  readonly packageJSON: {
    readonly version: string;
    readonly contributes: {
      readonly configuration: { readonly properties: Readonly<Record<string, { readonly default?: unknown }>> };
    };
  };
}

interface ReportServices {
  readonly extension: Described;
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

function factsOf({ extension, environments, manifests, language, log }: ReportServices) {
  return {
    version: extension.packageJSON.version,
    editor: `${vscode.env.appName} ${vscode.version}`,
    machine: `${process.platform} ${process.arch}, Node.js ${process.versions.node}`,
    remote: vscode.env.remoteName ?? (vscode.env.uiKind === vscode.UIKind.Web ? 'web' : undefined),
    language: `${language.locale} (${vscode.env.language})`,
    isTrusted: vscode.workspace.isTrusted,
    environment: environments.current.kind,
    manifests: manifests.all.length,
    settings: changedSettings(extension),
    logLines: log.recent,
  };
}

/** The extension's settings that are not as they come, by their full names. */
function changedSettings({ packageJSON }: Described): Readonly<Record<string, unknown>> {
  const { properties } = packageJSON.contributes.configuration;
  const configuration = vscode.workspace.getConfiguration();
  const values = Object.entries(properties).map(([name, { default: usual }]) => {
    const value: unknown = configuration.get(name);
    return { name, value, isUsual: JSON.stringify(value) === JSON.stringify(usual) };
  });
  return Object.fromEntries(values.flatMap(({ name, value, isUsual }) => (isUsual ? [] : [[name, value]])));
}
