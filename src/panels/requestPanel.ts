import type * as vscode from 'vscode';
import { isJson, prettyJson } from '../http/prettyJson';
import type { RequestHostSays, RequestPanelStart, RequestWebviewRequest, RequestWebviewSays } from '../shared/messages';
import { workloadKey, type WorkloadReference } from '../shared/workload';
import { parseRequestPanelEvent, parseRequestPanelRequest } from '../shared/parse';
import { composedRequest } from '../shared/composedRequest';
import type { RequestForm, RequestOrigin } from '../shared/requestForm';
import type { RequestWish } from '../state/requests';
import type { TokenAsk } from '../state/tokens';
import type { FoundToken } from './decodePanel';
import { Exchanges, type ExchangeServices } from './exchanges';
import { Page, type PageServices } from './page';
import { ComposeActions } from './composeActions';
import { RequestContexts, type RequestContextServices } from './requestContext';
import { requestTitle } from './requestTitle';
import { RequestWishes } from './requestWishes';

export type RequestPanelServices = PageServices & RequestContextServices & ExchangeServices;

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
  decode(found: FoundToken): void;
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
  private readonly exchanges: Exchanges;

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
    this.exchanges = new Exchanges(services, {
      wish: () => this.wish(),
      take: (scopes) => {
        this.take(this.tokenWishes.askOf(scopes), false);
      },
      notify: (event) => {
        this.page.notify(event);
      },
      showToken: (wish) => {
        wishes.wantToken(wish);
      },
      decode: (found) => {
        wishes.decode(found);
      },
    });
    panel.onDidDispose(() => {
      this.contexts.dispose();
      this.exchanges.dispose();
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
        return { text: isJson(request.text) ? prettyJson(request.text) : undefined };
      case 'compose':
        return this.actions.do(request.action, this.form);
      case 'send':
        return this.send(request.form);
      case 'show-token':
        this.wishes.wantToken(this.tokenWishes.askOf(request.scopes));
        return undefined;
      case 'problem-action':
        return this.exchanges.act(request.id);
      case 'send-to-file':
        this.form = request.form;
        this.entitle();
        return this.exchanges.sendToFile();
      default:
        return this.exchanges.answer(request);
    }
  }

  private start(): RequestPanelStart {
    const { form } = this;
    return { speech: this.page.speech, form, context: this.contexts.of(form), exchange: this.exchanges.current };
  }

  /** The tab says what is sent where, once that is more than what was filled in. */
  private entitle(): void {
    const title = requestTitle(this.form, this.contexts.sampleAddress, this.services.language.t);
    if (this.panel.title !== title) this.panel.title = title;
  }

  private refresh(): void {
    this.page.notify({ type: 'context', context: this.contexts.of(this.form) });
  }

  private send(form: RequestForm): Promise<undefined> {
    this.form = form;
    this.entitle();
    return this.exchanges.send();
  }

  private wish(): RequestWish {
    const { form } = this;
    return { request: composedRequest(form), ask: this.tokenWishes.askFor(form), asAltinn: form.asAltinn };
  }
}
