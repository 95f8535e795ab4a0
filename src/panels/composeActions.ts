import * as vscode from 'vscode';
import { openOutbound } from '../manifest';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { toRange } from '../platform/positions';
import { putInTerminal } from '../platform/terminal';
import type { ComposeAction } from '../shared/composeMessages';
import type { RequestForm } from '../shared/requestForm';
import type { TokenAsk } from '../state/tokens';
import type { Manifests } from '../workspace/manifests';
import { closedTarget, podLine, type ClosedTarget } from './podLine';
import type { RequestContexts } from './requestContext';
import type { RequestWishes } from './requestWishes';

export interface ComposeActionServices {
  readonly manifests: Manifests;
  readonly language: Language;
}

/** What a panel leaves to others, and what it shows anew. */
export interface ComposeActionWishes {
  /** Options belong to a token, so they are chosen where tokens are shown. */
  chooseOptions(ask: TokenAsk): void;
  refresh(): void;
}

const STATUS_MS = 8000;

/** Does what the links and buttons of the form say. */
export class ComposeActions {
  constructor(
    private readonly contexts: RequestContexts,
    private readonly wishes: RequestWishes,
    private readonly services: ComposeActionServices,
    private readonly then: ComposeActionWishes,
  ) {}

  async do(action: ComposeAction, form: RequestForm): Promise<undefined> {
    switch (action) {
      case 'select-environment':
        await vscode.commands.executeCommand(COMMANDS.selectEnvironment);
        return;
      case 'manage-credentials':
        await vscode.commands.executeCommand(COMMANDS.manageCredentials);
        return;
      case 'manage-trust':
        await vscode.commands.executeCommand(COMMANDS.manageTrust);
        return;
      case 'token-options':
        this.then.chooseOptions(this.wishes.askOf(form.scopes));
        return;
      case 'drop-token-options':
        this.wishes.drop(form.scopes);
        this.then.refresh();
        return;
      case 'choose-variables':
        await vscode.commands.executeCommand(COMMANDS.resolveVariables, this.contexts.reading?.source.uri);
        return;
      case 'put-in-terminal':
        this.putInTerminal(form);
        return;
      case 'open-outbound':
        await this.openOutbound(form);
    }
  }

  private putInTerminal({ url }: RequestForm): void {
    const subject = this.contexts.podSubject();
    const command = subject && podLine(url.trim(), subject, this.services.language.t)?.command;
    if (command !== undefined) putInTerminal(command);
  }

  /** Leaves the manifest unsaved, with the new rule in sight: deploying it is the author's decision. */
  private async openOutbound({ url }: RequestForm): Promise<void> {
    const { reading } = this.contexts;
    if (!reading) return;
    const document = await vscode.workspace.openTextDocument(reading.source.uri);
    await this.services.manifests.whenRead(document);
    // The manifest may have changed since the line was drawn.
    const subject = this.contexts.podSubject();
    const target = subject && closedTarget(url.trim(), subject);
    const start = this.contexts.reading?.document.range.start;
    if (!target || start === undefined) return;
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    const editor = await vscode.window.showTextDocument(document, {
      preview: false,
      ...(shown?.viewColumn !== undefined && { viewColumn: shown.viewColumn }),
    });
    const edit = openOutbound(document.getText(), start, target);
    if (!edit) {
      void vscode.window.showWarningMessage(this.refusal(target));
      return;
    }
    const changes = new vscode.WorkspaceEdit();
    changes.replace(document.uri, toRange(document, edit.range), edit.newText);
    if (!(await vscode.workspace.applyEdit(changes))) return;
    const added = { start: edit.range.start, end: edit.range.start + edit.newText.length };
    const range = toRange(document, added);
    editor.selection = new vscode.Selection(range.end, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    vscode.window.setStatusBarMessage(this.confirmation(target), STATUS_MS);
  }

  private confirmation({ host, port }: ClosedTarget): string {
    const { t } = this.services.language;
    return t('{host} is open on port {port} once this is deployed.', { host, port });
  }

  private refusal({ host }: ClosedTarget): string {
    const { t } = this.services.language;
    return t(
      'A rule for {host} cannot be added for you here: only you can say where it goes among what the templates make.',
      {
        host,
      },
    );
  }
}
