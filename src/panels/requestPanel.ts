import * as vscode from 'vscode';
import { problemOf } from '../maskinporten/problem';
import { COMMANDS, PANELS } from '../platform/ids';
import type { RequestHostSays, RequestPanelStart, RequestWebviewRequest, RequestWebviewSays } from '../shared/messages';
import type { Exchange } from '../shared/responseMessages';
import type { Remedy } from '../shared/remedy';
import type { WorkloadReference } from '../shared/workload';
import { parseRequestPanelEvent, parseRequestPanelRequest } from '../shared/parse';
import type { RequestTool } from '../shared/requestTools';
import { parseRequestPanelState, type RequestForm, type RequestOrigin } from '../shared/requestForm';
import type { Environments } from '../state/environments';
import type { ProvisioningReadings } from '../state/provisioning';
import type { RequestWish, Requests } from '../state/requests';
import type { TokenAsk, Tokens } from '../state/tokens';
import { problemContextOf } from '../words/problemContext';
import type { Manifests } from '../workspace/manifests';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { Page, type PageServices } from './page';
import { failureCard, problemCard } from './problemCard';
import type { Remedies } from './remedies';
import { RequestContexts } from './requestContext';
import { formOfWish, wishOfForm } from './requestForms';
import { responseView } from './responseView';

const TOOL_COMMANDS: Readonly<Record<RequestTool, string>> = {
  save: COMMANDS.saveRequest,
  'open-saved': COMMANDS.openSavedRequest,
  history: COMMANDS.showRequestHistory,
};

export interface RequestPanelServices extends PageServices {
  readonly tokens: Tokens;
  readonly requests: Requests;
  readonly environments: Environments;
  readonly manifests: Manifests;
  readonly provisioning: ProvisioningReadings;
  readonly readings: WorkloadReadings;
  readonly remedies: Remedies;
}

/** The request panels: as many as the user opens. */
export class RequestPanels implements vscode.Disposable {
  private readonly panels = new Map<vscode.WebviewPanel, RequestPanel>();
  private readonly wanted = new vscode.EventEmitter<TokenAsk>();
  /** The user wants to see the token that a request would carry. */
  readonly onDidWantToken = this.wanted.event;

  constructor(private readonly services: RequestPanelServices) {}

  /** Takes back a panel of before a restart. */
  restore(panel: vscode.WebviewPanel, kept: unknown): void {
    const state = parseRequestPanelState(kept);
    if (state) this.adopt(panel, state, { ...state, body: '' });
    else panel.dispose();
  }

  /** Opens a new panel for a wish; without one, for the workload of the active manifest and no token. */
  open(ask: TokenAsk | undefined): void {
    const { t } = this.services.language;
    const title = ask ? t('Request: {scopes}', { scopes: ask.scopes.join(' ') }) : t('Test Request');
    const panel = vscode.window.createWebviewPanel(PANELS.request, title, vscode.ViewColumn.Active);
    const headers = [{ name: 'Accept', value: 'application/json' }];
    this.adopt(panel, ask ?? this.activeWorkload(), {
      method: 'GET',
      url: '',
      headers,
      body: '',
      scopes: ask?.scopes ?? [],
    });
  }

  /** The request of the panel that the user looks at. */
  get atHand(): RequestWish | undefined {
    const active = [...this.panels].find(([panel]) => panel.active);
    return active?.[1].wish;
  }

  /** Opens a new panel with a request that was kept. */
  openFilled(wish: RequestWish): void {
    const { t } = this.services.language;
    const panel = vscode.window.createWebviewPanel(PANELS.request, t('Test Request'), vscode.ViewColumn.Active);
    const origin = wish.ask?.manifestUri === undefined ? this.activeWorkload() : wish.ask;
    this.adopt(panel, origin, formOfWish(wish));
  }

  private activeWorkload(): RequestOrigin {
    const { manifests, readings } = this.services;
    const { active } = manifests;
    const reading = active && readings.in(active).find(({ manifest }) => manifest.consumes.length > 0);
    return { manifestUri: active?.uri.toString(), workload: reading?.workload };
  }

  private adopt(panel: vscode.WebviewPanel, { manifestUri, workload }: WorkloadReference, form: RequestForm): void {
    const own = new RequestPanel(panel, { manifestUri, workload }, form, this.services, (ask) => {
      this.wanted.fire(ask);
    });
    this.panels.set(panel, own);
    panel.onDidDispose(() => {
      this.panels.delete(panel);
    });
  }

  dispose(): void {
    this.wanted.dispose();
    for (const panel of this.panels.keys()) panel.dispose();
  }
}

/**
 * One request panel. VS Code ends a webview whose tab is hidden, so the form and the last exchange live here, in memory.
 */
class RequestPanel {
  private readonly page: Page<RequestHostSays, RequestWebviewSays>;
  private exchange: Exchange = { kind: 'idle' };
  private sending: AbortController | undefined;
  private offered: ReadonlyMap<string, Remedy> = new Map();
  private readonly context: RequestContexts;

  constructor(
    panel: vscode.WebviewPanel,
    private readonly origin: RequestOrigin,
    private form: RequestForm,
    private readonly services: RequestPanelServices,
    private readonly wantToken: (ask: TokenAsk) => void,
  ) {
    this.context = new RequestContexts(origin, services, () => {
      this.refresh();
    });
    panel.onDidDispose(() => {
      this.context.dispose();
      this.sending?.abort();
    });
    this.page = new Page(panel, 'request', services, {
      parseRequest: parseRequestPanelRequest,
      parseEvent: parseRequestPanelEvent,
      onRequest: (request) => this.answer(request),
      onEvent: ({ form: edited }) => {
        this.form = edited;
      },
    });
  }

  private async answer(request: RequestWebviewRequest): Promise<RequestPanelStart | undefined> {
    switch (request.type) {
      case 'ready':
        return this.start();
      case 'send':
        return this.send(request.form);
      case 'cancel':
        this.sending?.abort();
        return undefined;
      case 'show-token':
        this.wantToken({ ...this.origin, scopes: request.scopes });
        return undefined;
      case 'problem-action':
        return this.act(request.id);
      case 'tool':
        await vscode.commands.executeCommand(TOOL_COMMANDS[request.tool]);
        return undefined;
    }
  }

  get wish(): RequestWish {
    return wishOfForm(this.form, this.origin);
  }

  private start(): RequestPanelStart {
    const { origin, form, exchange } = this;
    return { speech: this.page.speech, origin, form, context: this.context.of(this.form), exchange };
  }

  private refresh(): void {
    this.page.notify({ type: 'context', context: this.context.of(this.form) });
  }

  private async send(form: RequestForm): Promise<undefined> {
    this.form = form;
    this.sending?.abort();
    const sending = new AbortController();
    this.sending = sending;
    this.show({ kind: 'sending' });
    const exchange = await this.exchangeFor(form, sending.signal);
    if (this.sending !== sending) return;
    this.sending = undefined;
    this.show(exchange);
  }

  private async exchangeFor(form: RequestForm, signal: AbortSignal): Promise<Exchange> {
    const { requests, tokens, environments, language, log } = this.services;
    const { request, ask } = wishOfForm(form, this.origin);
    const { method } = request;
    const environment = environments.current.label;
    try {
      const result = await requests.send({ request, ask }, signal);
      const accessToken = ask && tokens.peek(ask)?.accessToken;
      return {
        kind: 'response',
        response: responseView(result, { method, scopes: form.scopes, environment, accessToken }, language.t),
      };
    } catch (error) {
      if (signal.aborted) return { kind: 'cancelled' };
      const problem = problemOf(error);
      if (!problem) log.error('A request failed.', error);
      const { readings, provisioning } = this.services;
      const context = problemContextOf(readings.manifestFor(this.origin), provisioning.factsFor(this.origin));
      const { card, remedies } = problem ? problemCard(problem, language.t, context) : failureCard(language.t);
      this.offered = remedies;
      return { kind: 'problem', problem: card };
    }
  }

  private show(exchange: Exchange): void {
    this.exchange = exchange;
    this.page.notify({ type: 'exchange', exchange });
  }

  private async act(id: string): Promise<undefined> {
    const remedy = this.offered.get(id);
    if (!remedy) return;
    const { scopes } = this.form;
    const ask = scopes.length > 0 ? { ...this.origin, scopes } : undefined;
    await this.services.remedies.apply(remedy, {
      ask,
      retry: () => this.send(this.form),
      // Options belong to a token, so they are chosen where tokens are shown.
      askInstead: (wish) => vscode.commands.executeCommand(COMMANDS.getToken, wish),
      editOptions: (claim) => vscode.commands.executeCommand(COMMANDS.getTokenWithOptions, ask, undefined, claim),
      showToken: this.wantToken,
    });
  }
}
