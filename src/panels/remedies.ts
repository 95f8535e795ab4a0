import * as vscode from 'vscode';
import { addConsumedScope } from '../manifest';
import { annotateCommand, type ClientAnnotation } from '../maskinporten/annotate';
import { isDnsLabel } from '../maskinporten/names';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import { toRange } from '../platform/positions';
import { putInTerminal } from '../platform/terminal';
import type { Remedy } from '../shared/remedy';
import type { WorkloadReference } from '../shared/workload';
import type { TokenAsk } from '../state/tokens';
import type { Manifests } from '../workspace/manifests';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import type { TokenWaits } from './tokenWaits';

/** The panel that shows a problem, and what only it can do about it. */
export interface RemedySubject {
  /** The wish that failed; undefined where it was none for a token. */
  readonly ask: TokenAsk | undefined;
  readonly retry: () => unknown;
  /** Asks for something else in place of the wish that failed. */
  readonly askInstead: (ask: TokenAsk) => unknown;
  readonly editOptions: (claim: string) => unknown;
  readonly showToken: (ask: TokenAsk) => void;
}

/** Does what the buttons of a problem say. Nothing here sends anything to a cluster or a scope's owner by itself. */
export class Remedies {
  constructor(
    private readonly manifests: Manifests,
    private readonly readings: WorkloadReadings,
    private readonly waits: TokenWaits,
    private readonly language: Language,
    private readonly log: Log,
  ) {}

  async apply(remedy: Remedy, subject: RemedySubject): Promise<void> {
    const { ask } = subject;
    switch (remedy.kind) {
      case 'retry':
        await subject.retry();
        return;
      case 'wait-and-retry':
        if (ask) void this.waits.wait(ask, subject.showToken);
        else await subject.retry();
        return;
      case 'add-scope-to-manifest':
        await this.addScope(remedy.scope, ask);
        return;
      case 'replace-scope':
        if (ask) await subject.askInstead({ ...ask, scopes: replaced(ask.scopes, remedy) });
        return;
      case 'copy-access-request':
        await vscode.commands.executeCommand(COMMANDS.copyAccessRequest, {
          ...referenceOf(ask),
          scopes: remedy.scopes,
        });
        return;
      case 'switch-environment':
        await vscode.commands.executeCommand(COMMANDS.selectEnvironment);
        return;
      case 'rotate-key':
      case 'resync':
        await this.annotate(remedy.kind === 'resync' ? 'resync' : 'rotate', remedy.command, ask);
        return;
      case 'check-provisioning':
        await vscode.commands.executeCommand(COMMANDS.checkProvisioning, referenceOf(ask));
        return;
      case 'import-credential-again':
        await vscode.commands.executeCommand(COMMANDS.importCredentialAgain);
        return;
      case 'set-consumer-org':
        await subject.editOptions('consumer_org');
        return;
      case 'drop-consumer-org':
        if (ask) await subject.askInstead({ ...ask, consumerOrg: undefined });
        return;
      case 'edit-options':
        await subject.editOptions(remedy.claim);
        return;
      case 'open-page':
        if (remedy.url.startsWith('https://')) await vscode.env.openExternal(vscode.Uri.parse(remedy.url, true));
        return;
      case 'show-log':
        this.log.show();
    }
  }

  /** Leaves the file unsaved, with the new scope in sight: deploying it is the author's decision. */
  async addScope(scope: string, ask: TokenAsk | undefined): Promise<void> {
    const { t } = this.language;
    const reference = referenceOf(ask);
    if (reference.manifestUri === undefined) return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(reference.manifestUri));
    await this.manifests.whenRead(document);
    const manifest = this.manifests.documentFor(reference);
    const edit = manifest && addConsumedScope(document.getText(), manifest, scope);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    if (!edit) {
      const block = manifest?.manifest.maskinporten?.keyRange;
      if (block) editor.revealRange(toRange(document, block), vscode.TextEditorRevealType.InCenter);
      void vscode.window.showWarningMessage(
        t('{scope} cannot be added for you here: only you can say where it goes among what the templates make.', {
          scope,
        }),
      );
      return;
    }
    const changes = new vscode.WorkspaceEdit();
    changes.replace(document.uri, toRange(document, edit.range), edit.newText);
    if (!(await vscode.workspace.applyEdit(changes))) return;
    const at = document.getText().indexOf(scope, edit.range.start);
    if (at < 0) return;
    editor.selection = new vscode.Selection(document.positionAt(at), document.positionAt(at + scope.length));
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    vscode.window.setStatusBarMessage(t('{scope} added. Deploy, and give it up to 15 minutes.', { scope }), STATUS_MS);
  }

  private async annotate(
    annotation: ClientAnnotation,
    known: string | undefined,
    ask: TokenAsk | undefined,
  ): Promise<void> {
    const line = known ?? (await this.askForAnnotation(annotation, ask));
    if (line !== undefined) putInTerminal(line);
  }

  /** The manifest leaves name or team to a template or to the deploy. */
  private async askForAnnotation(annotation: ClientAnnotation, ask: TokenAsk | undefined): Promise<string | undefined> {
    const { t } = this.language;
    const manifest = ask && this.readings.manifestFor(ask);
    const askFor = (prompt: string, value: string | undefined) =>
      vscode.window.showInputBox({
        prompt,
        ...(value !== undefined && { value }),
        ignoreFocusOut: true,
        validateInput: (text) =>
          isDnsLabel(text.trim()) ? undefined : t('Lower case letters, digits and hyphens, as Kubernetes has it.'),
      });
    const workload = await askFor(t('What is the workload called in the cluster?'), literal(manifest?.name));
    if (workload === undefined) return undefined;
    const team = await askFor(t('Which team (namespace) is it in?'), literal(manifest?.namespace));
    if (team === undefined) return undefined;
    const command = annotateCommand({ workload: workload.trim(), team: team.trim() }, annotation);
    return command.ok ? command.line : undefined;
  }
}

const STATUS_MS = 8000;

function referenceOf(ask: TokenAsk | undefined): WorkloadReference {
  return { manifestUri: ask?.manifestUri, workload: ask?.workload };
}

function replaced(scopes: readonly string[], { from, to }: { readonly from: string; readonly to: string }): string[] {
  return [...new Set(scopes.map((scope) => (scope === from ? to : scope)))];
}

function literal(value: { readonly value: string; readonly templated: boolean } | undefined): string | undefined {
  return value && !value.templated ? value.value : undefined;
}
