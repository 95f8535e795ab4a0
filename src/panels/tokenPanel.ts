import * as vscode from 'vscode';
import type { Token } from '../maskinporten/model';
import { problemOf } from '../maskinporten/problem';
import type {
  ClaimPart,
  CopyReply,
  ProblemAction,
  TokenHostSays,
  TokenPanelStart,
  TokenView,
  TokenWebviewRequest,
  TokenWebviewSays,
  VerificationLine,
} from '../shared/messages';
import { parseTokenPanelState, parseTokenRequest } from '../shared/parse';
import type { Environments } from '../state/environments';
import type { TokenAsk, Tokens } from '../state/tokens';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { environmentBadge } from './environmentBadge';
import { Page, type PageServices } from './page';
import { failureCard, problemCard, type WordedProblem } from './problemCard';
import { memberText, payloadText, tokenDetails, verificationLine } from './tokenView';

const VIEW_TYPE = 'maskinporten.token';
const MESSAGE_MS = 4000;

export interface TokenPanelServices extends PageServices {
  readonly tokens: Tokens;
  readonly environments: Environments;
  readonly readings: WorkloadReadings;
}

/** The token views: one for each wish, so that several scopes can be compared side by side. */
export class TokenPanels implements vscode.Disposable {
  private readonly panels = new Map</* wish */ string, TokenPanel>();
  private readonly wanted = new vscode.EventEmitter<TokenAsk>();
  private readonly serializer: vscode.Disposable;
  /** The user wants to send a request with this token. */
  readonly onDidWantRequest = this.wanted.event;

  constructor(private readonly services: TokenPanelServices) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: (panel, kept: unknown) => {
        const state = parseTokenPanelState(kept);
        // VS Code restores a tab when it is looked at: its wish may have got another tab since.
        const open = state && this.panels.get(wishKey(state));
        if (state && !open) this.adopt(panel, state);
        else panel.dispose();
        open?.reveal();
        return Promise.resolve();
      },
    });
  }

  /** Shows the token that is in memory for this wish, or why there is none. Asks for nothing. */
  show({ manifestUri, workload, scopes }: TokenAsk): void {
    const ask = { manifestUri, workload, scopes };
    const open = this.panels.get(wishKey(ask));
    if (open) {
      open.reveal();
      return;
    }
    const title = this.services.language.t('Token: {scopes}', { scopes: scopes.join(' ') });
    this.closeUnseen(title);
    this.adopt(vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active), ask);
  }

  /**
   * After a restart VS Code shows a tab for each panel of before, and gives us the panel only when it is looked at.
   * Beside the new panel it would be a second one for the same wish.
   */
  private closeUnseen(title: string): void {
    const seen = new Set([...this.panels.values()].map((panel) => panel.title));
    if (seen.has(title)) return;
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const unseen = tabs.filter(
      ({ label, input }) =>
        label === title && input instanceof vscode.TabInputWebview && input.viewType.endsWith(VIEW_TYPE),
    );
    if (unseen.length > 0) void vscode.window.tabGroups.close(unseen, true);
  }

  private adopt(webviewPanel: vscode.WebviewPanel, ask: TokenAsk): void {
    const key = wishKey(ask);
    const panel = new TokenPanel(webviewPanel, ask, this.services, () => {
      this.wanted.fire(ask);
    });
    this.panels.set(key, panel);
    webviewPanel.onDidDispose(() => {
      if (this.panels.get(key) === panel) this.panels.delete(key);
    });
  }

  dispose(): void {
    this.serializer.dispose();
    this.wanted.dispose();
    for (const panel of this.panels.values()) panel.dispose();
  }
}

function wishKey({ manifestUri, workload, scopes }: TokenAsk): string {
  return JSON.stringify([manifestUri, workload, [...scopes].sort()]);
}

/** One token view: follows the token, the environment and the manifest, and does what its buttons say. */
class TokenPanel implements vscode.Disposable {
  private readonly page: Page<TokenHostSays, TokenWebviewSays>;
  private readonly closed = new AbortController();
  private fetching: AbortController | undefined;
  private hasFailed = false;
  private checked: { readonly token: Token; readonly line: VerificationLine } | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly ask: TokenAsk,
    private readonly services: TokenPanelServices,
    private readonly wantRequest: () => void,
  ) {
    const { tokens, environments, readings } = services;
    const refresh = (): void => {
      this.refresh();
    };
    const subscriptions = [tokens, environments, readings].map((service) => service.onDidChange(refresh));
    panel.onDidDispose(() => {
      vscode.Disposable.from(...subscriptions).dispose();
      this.closed.abort();
      this.fetching?.abort();
    });
    this.page = new Page(panel, 'token', services, {
      parseRequest: parseTokenRequest,
      parseEvent: () => undefined,
      onRequest: (request) => this.answer(request),
      onEvent: () => undefined,
    });
  }

  get title(): string {
    return this.panel.title;
  }

  reveal(): void {
    this.panel.reveal();
    this.refresh();
  }

  dispose(): void {
    this.panel.dispose();
  }

  private async answer(request: TokenWebviewRequest): Promise<TokenPanelStart | CopyReply | undefined> {
    switch (request.type) {
      case 'ready':
        return this.start();
      case 'get-token':
        return this.getToken();
      case 'cancel':
        this.fetching?.abort();
        return undefined;
      case 'copy':
        return this.copy(request.what);
      case 'copy-claim':
        return this.copyMember(request.part, request.name);
      case 'send-request':
        this.wantRequest();
        return undefined;
      case 'problem-action':
        return this.act(request.action);
    }
  }

  private start(): TokenPanelStart {
    const { manifestUri, workload, scopes } = this.ask;
    const view = this.view();
    return { speech: this.page.speech, state: { version: 1, manifestUri, workload, scopes }, view };
  }

  private refresh(): void {
    this.page.notify({ type: 'view', view: this.view() });
  }

  private view(): TokenView {
    const { environments, language, readings } = this.services;
    const consumes = readings.consumesOf(this.ask);
    const { workload, scopes } = this.ask;
    const { token } = this;
    return {
      environment: environmentBadge(environments.current, token),
      workload,
      scopes,
      busy: this.fetching !== undefined,
      problem: this.fetching ? undefined : this.problem?.card,
      token: token && tokenDetails(token, this.verification(token), consumes && { consumes }, language.t),
    };
  }

  private get token(): Token | undefined {
    return this.services.tokens.peek(this.ask);
  }

  private get problem(): WordedProblem | undefined {
    const { t } = this.services.language;
    const problem = this.services.tokens.lastProblem(this.ask);
    if (problem) return problemCard(problem, t);
    return this.hasFailed ? failureCard(t) : undefined;
  }

  /** What is known of the signature now; the first question about a token starts the check. */
  private verification(token: Token): VerificationLine {
    if (this.checked?.token !== token) {
      this.checked = { token, line: { kind: 'checking' } };
      void this.verify(token);
    }
    return this.checked.line;
  }

  private async verify(token: Token): Promise<void> {
    const line = await this.checkSignature(token);
    if (this.checked?.token !== token || this.closed.signal.aborted) return;
    this.checked = { token, line };
    this.refresh();
  }

  private async checkSignature(token: Token): Promise<VerificationLine> {
    const { tokens, language, log } = this.services;
    try {
      return verificationLine(await tokens.verify(token, this.closed.signal), language.t);
    } catch (error) {
      const problem = problemOf(error);
      if (problem) return verificationLine({ verified: false, reason: 'keys-unavailable', problem }, language.t);
      if (!this.closed.signal.aborted) log.error('A signature could not be checked.', error);
      return {
        kind: 'not-verified',
        text: language.t('Not verified.'),
        reason: language.t('The check failed. The log has the details.'),
      };
    }
  }

  /** Asks the issuer, whatever is in memory: who presses the button wants a new token. */
  private async getToken(): Promise<undefined> {
    this.fetching?.abort();
    const fetching = new AbortController();
    this.fetching = fetching;
    this.hasFailed = false;
    this.refresh();
    try {
      await this.services.tokens.get({ ...this.ask, skipCache: true }, fetching.signal);
    } catch (error) {
      // Problems are kept by Tokens, and so is the log of everything else.
      this.hasFailed = !problemOf(error) && !fetching.signal.aborted;
    } finally {
      if (this.fetching === fetching) this.fetching = undefined;
      this.refresh();
    }
  }

  private copy(what: 'token' | 'payload'): Promise<CopyReply> {
    const { token } = this;
    const { t } = this.services.language;
    return what === 'token'
      ? this.toClipboard(token?.accessToken, t('Access token copied.'))
      : this.toClipboard(token && payloadText(token), t('Payload copied.'));
  }

  private copyMember(part: ClaimPart, name: string): Promise<CopyReply> {
    const { token } = this;
    return this.toClipboard(
      token && memberText(token, part, name),
      this.services.language.t('{name} copied.', { name }),
    );
  }

  private async toClipboard(text: string | undefined, message: string): Promise<CopyReply> {
    if (text === undefined) {
      this.refresh();
      return { copied: false };
    }
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(message, MESSAGE_MS);
    return { copied: true };
  }

  private async act(action: ProblemAction): Promise<undefined> {
    const link = this.problem?.link;
    if (action === 'show-log') this.services.log.show();
    else if (link !== undefined) await vscode.env.openExternal(vscode.Uri.parse(link, true));
  }
}
