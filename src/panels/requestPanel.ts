import * as vscode from 'vscode';
import { prettyJson } from '../http/prettyJson';
import { problemOf } from '../maskinporten/problem';
import { COMMANDS } from '../platform/ids';
import type { RequestHostSays, RequestPanelStart, RequestWebviewRequest, RequestWebviewSays } from '../shared/messages';
import type { Exchange } from '../shared/responseMessages';
import type { Remedy } from '../shared/remedy';
import { workloadKey, type WorkloadReference } from '../shared/workload';
import { parseRequestPanelEvent, parseRequestPanelRequest } from '../shared/parse';
import type { ProvisioningReadings } from '../state/provisioning';
import { composedRequest } from '../shared/composedRequest';
import type { RequestForm, RequestOrigin } from '../shared/requestForm';
import type { RequestTool } from '../shared/requestTools';
import type { RequestWish } from '../state/requests';
import type { TokenAsk } from '../state/tokens';
import { problemContextOf } from '../words/problemContext';
import { Page, type PageServices } from './page';
import { failureCard, problemCard } from './problemCard';
import type { Remedies } from './remedies';
import { ComposeActions } from './composeActions';
import { RequestContexts, type RequestContextServices } from './requestContext';
import { requestTitle } from './requestTitle';
import { RequestWishes } from './requestWishes';
import { responseView } from './responseView';

const TOOL_COMMANDS: Readonly<Record<RequestTool, string>> = {
  save: COMMANDS.saveRequest,
  'open-saved': COMMANDS.openSavedRequest,
  history: COMMANDS.showRequestHistory,
};

export interface RequestPanelServices extends PageServices, RequestContextServices {
  readonly provisioning: ProvisioningReadings;
  readonly remedies: Remedies;
}

/** What a request panel begins with. */
export interface RequestPanelBeginning {
  /** The workload that it was opened for, and what is asked for besides the scopes of the form. */
  readonly ask: TokenAsk;
  readonly form: RequestForm;
  readonly sampleSuffix?: string | undefined;
}

/** What a request panel leaves to others. */
export interface RequestPanelWishes {
  wantToken(ask: TokenAsk): void;
  wantOptions(ask: TokenAsk): void;
}

/**
 * One request panel. VS Code ends a webview whose tab is hidden, so the form and the last exchange live here, in memory.
 */
export class RequestPanel {
  private readonly page: Page<RequestHostSays, RequestWebviewSays>;
  private readonly origin: RequestOrigin;
  private readonly tokenWishes: RequestWishes;
  private readonly contexts: RequestContexts;
  private readonly actions: ComposeActions;
  private form: RequestForm;
  private exchange: Exchange = { kind: 'idle' };
  private sending: AbortController | undefined;
  private offered: ReadonlyMap<string, Remedy> = new Map();

  constructor(
    private readonly panel: vscode.WebviewPanel,
    { ask, form, sampleSuffix = '' }: RequestPanelBeginning,
    private readonly services: RequestPanelServices,
    private readonly wishes: RequestPanelWishes,
  ) {
    const refresh = (): void => {
      this.refresh();
    };
    const { manifestUri, workload } = ask;
    this.origin = { manifestUri, workload };
    this.form = form;
    this.tokenWishes = new RequestWishes(this.origin);
    this.tokenWishes.adopt(ask);
    this.contexts = new RequestContexts(this.origin, this.tokenWishes, sampleSuffix, services, refresh);
    this.actions = new ComposeActions(this.contexts, this.tokenWishes, services, {
      chooseOptions: (wish) => {
        wishes.wantOptions(wish);
      },
      refresh,
    });
    panel.onDidDispose(() => {
      this.contexts.dispose();
      this.sending?.abort();
    });
    this.page = new Page(panel, 'request', services, {
      parseRequest: parseRequestPanelRequest,
      parseEvent: parseRequestPanelEvent,
      onRequest: (request) => this.answer(request),
      onEvent: ({ form: edited }) => {
        this.form = edited;
        this.refresh();
      },
    });
    this.entitle();
  }

  reveal(): void {
    this.panel.reveal();
  }

  isFor(reference: WorkloadReference): boolean {
    return workloadKey(this.origin) === workloadKey(reference);
  }

  /** Has the form send another token, and all else as it is. */
  take(ask: TokenAsk, asAltinn: boolean): void {
    this.tokenWishes.adopt(ask);
    this.form = { ...this.form, scopes: ask.scopes, asAltinn: this.form.asAltinn || asAltinn };
    this.page.notify({ type: 'form', form: this.form, context: this.contexts.of(this.form) });
  }

  private async answer(
    request: RequestWebviewRequest,
  ): Promise<RequestWebviewSays['replies'][keyof RequestWebviewSays['replies']]> {
    switch (request.type) {
      case 'ready':
        return this.start();
      case 'check':
        this.form = request.form;
        this.entitle();
        return this.contexts.of(this.form);
      case 'format-json':
        return { text: prettyJson(request.text) };
      case 'compose':
        return this.actions.do(request.action, this.form);
      case 'send':
        return this.send(request.form);
      case 'cancel':
        this.sending?.abort();
        return undefined;
      case 'show-token':
        this.wishes.wantToken(this.tokenWishes.askOf(request.scopes));
        return undefined;
      case 'problem-action':
        return this.act(request.id);
      case 'tool':
        await vscode.commands.executeCommand(TOOL_COMMANDS[request.tool]);
        return undefined;
    }
  }

  /** What the form stands for: the request, and the token that it is to carry. */
  get wish(): RequestWish {
    const { form } = this;
    return { request: composedRequest(form), ask: this.tokenWishes.askFor(form), asAltinn: form.asAltinn };
  }

  private start(): RequestPanelStart {
    const { form, exchange } = this;
    return { speech: this.page.speech, form, context: this.contexts.of(form), exchange };
  }

  /** The tab says what is sent where, once that is more than what was filled in. */
  private entitle(): void {
    const title = requestTitle(this.form, this.contexts.sampleAddress, this.services.language.t);
    if (this.panel.title !== title) this.panel.title = title;
  }

  private refresh(): void {
    this.page.notify({ type: 'context', context: this.contexts.of(this.form) });
  }

  private async send(form: RequestForm): Promise<undefined> {
    this.form = form;
    this.entitle();
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
    const { requests, environments, language, log } = this.services;
    const { scopes, asAltinn } = form;
    const request = composedRequest(form);
    const { method } = request;
    const ask = this.tokenWishes.askFor(form);
    const environment = environments.current.label;
    try {
      const result = await requests.send({ request, ask, asAltinn }, signal);
      const accessToken = ask && this.sentToken(ask, asAltinn);
      return {
        kind: 'response',
        response: responseView(result, { method, scopes, environment, accessToken }, language.t),
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

  /** To be hidden should it come back. */
  private sentToken(ask: TokenAsk, asAltinn: boolean): string | undefined {
    const { tokens, altinnTokens } = this.services;
    const token = tokens.peek(ask);
    return (asAltinn ? token && altinnTokens.peek(token) : token)?.accessToken;
  }

  private show(exchange: Exchange): void {
    this.exchange = exchange;
    this.page.notify({ type: 'exchange', exchange });
  }

  private async act(id: string): Promise<undefined> {
    const remedy = this.offered.get(id);
    if (!remedy) return;
    const ask = this.tokenWishes.askFor(this.form);
    await this.services.remedies.apply(remedy, {
      ask,
      retry: () => this.send(this.form),
      // Options belong to a token, so they are chosen where tokens are shown.
      askInstead: (wish) => vscode.commands.executeCommand(COMMANDS.getToken, wish),
      editOptions: (claim) => vscode.commands.executeCommand(COMMANDS.getTokenWithOptions, ask, undefined, claim),
      showToken: (wish) => {
        this.wishes.wantToken(wish);
      },
    });
  }
}
