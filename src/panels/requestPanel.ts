import * as vscode from 'vscode';
import type { RequestHostSays, RequestPanelStart, RequestWebviewRequest, RequestWebviewSays } from '../shared/messages';
import type { WorkloadReference } from '../shared/workload';
import { parseRequestPanelEvent, parseRequestPanelRequest } from '../shared/parse';
import { parseRequestPanelState, type RequestForm, type RequestOrigin } from '../shared/requestForm';
import type { Environments } from '../state/environments';
import type { RequestWish } from '../state/requests';
import type { TokenAsk, Tokens } from '../state/tokens';
import type { Manifests } from '../workspace/manifests';
import type { FoundToken } from './decodePanel';
import { Exchanges, type ExchangePanel, type ExchangeServices } from './exchanges';
import { Page, type PageServices } from './page';
import { RequestContexts } from './requestContext';

const VIEW_TYPE = 'maskinporten.request';

export interface RequestPanelServices extends PageServices, ExchangeServices {
  readonly tokens: Tokens;
  readonly environments: Environments;
  readonly manifests: Manifests;
}

/** The request panels: as many as the user opens. */
export class RequestPanels implements vscode.Disposable {
  private readonly panels = new Set<vscode.WebviewPanel>();
  private readonly wanted = new vscode.EventEmitter<TokenAsk>();
  private readonly serializer: vscode.Disposable;
  /** The user wants to see the token that a request would carry. */
  readonly onDidWantToken = this.wanted.event;
  private readonly found = new vscode.EventEmitter<FoundToken>();
  /** The user wants to read a token that an answer holds. */
  readonly onDidFindToken = this.found.event;

  constructor(private readonly services: RequestPanelServices) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: (panel, kept: unknown) => {
        const state = parseRequestPanelState(kept);
        if (state) this.adopt(panel, state, { ...state, body: '' });
        else panel.dispose();
        return Promise.resolve();
      },
    });
  }

  /** Opens a new panel for a wish; without one, for the workload of the active manifest and no token. */
  open(ask: TokenAsk | undefined): void {
    const { t } = this.services.language;
    const title = ask ? t('Request: {scopes}', { scopes: ask.scopes.join(' ') }) : t('Test Request');
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    const headers = [{ name: 'Accept', value: 'application/json' }];
    this.adopt(panel, ask ?? this.activeWorkload(), {
      method: 'GET',
      url: '',
      headers,
      body: '',
      scopes: ask?.scopes ?? [],
    });
  }

  private activeWorkload(): RequestOrigin {
    const { manifests, readings } = this.services;
    const { active } = manifests;
    const reading = active && readings.in(active).find(({ manifest }) => manifest.consumes.length > 0);
    return { manifestUri: active?.uri.toString(), workload: reading?.workload };
  }

  private adopt(panel: vscode.WebviewPanel, { manifestUri, workload }: WorkloadReference, form: RequestForm): void {
    new RequestPanel(panel, { manifestUri, workload }, form, this.services, {
      showToken: (ask) => {
        this.wanted.fire(ask);
      },
      decode: (found) => {
        this.found.fire(found);
      },
    });
    this.panels.add(panel);
    panel.onDidDispose(() => {
      this.panels.delete(panel);
    });
  }

  dispose(): void {
    this.serializer.dispose();
    this.wanted.dispose();
    this.found.dispose();
    for (const panel of this.panels) panel.dispose();
  }
}

/**
 * One request panel. VS Code ends a webview whose tab is hidden, so the form and the last exchange live here, in memory.
 */
class RequestPanel {
  private readonly page: Page<RequestHostSays, RequestWebviewSays>;
  private readonly exchanges: Exchanges;
  private readonly context: RequestContexts;

  constructor(
    panel: vscode.WebviewPanel,
    private readonly origin: RequestOrigin,
    private form: RequestForm,
    services: RequestPanelServices,
    private readonly wants: Pick<ExchangePanel, 'showToken' | 'decode'>,
  ) {
    this.context = new RequestContexts(origin, services, () => {
      this.refresh();
    });
    panel.onDidDispose(() => {
      this.context.dispose();
      this.exchanges.dispose();
    });
    this.exchanges = new Exchanges(services, {
      ...wants,
      wish: () => this.wish(),
      take: ({ scopes }) => {
        this.form = { ...this.form, scopes };
        this.page.notify({ type: 'form', form: this.form });
        this.refresh();
      },
      notify: (event) => {
        this.page.notify(event);
      },
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
      case 'show-token':
        this.wants.showToken({ ...this.origin, scopes: request.scopes });
        return undefined;
      case 'problem-action':
        return this.exchanges.act(request.id);
      case 'send-to-file':
        this.form = request.form;
        return this.exchanges.sendToFile();
      default:
        return this.exchanges.answer(request);
    }
  }

  private start(): RequestPanelStart {
    const { origin, form } = this;
    return {
      speech: this.page.speech,
      origin,
      form,
      context: this.context.of(this.form),
      exchange: this.exchanges.current,
    };
  }

  private refresh(): void {
    this.page.notify({ type: 'context', context: this.context.of(this.form) });
  }

  private send(form: RequestForm): Promise<undefined> {
    this.form = form;
    return this.exchanges.send();
  }

  private wish(): RequestWish {
    const { method, url, body, headers, scopes } = this.form;
    return {
      request: {
        method,
        url,
        headers: headers.map(({ name, value }): [string, string] => [name, value]),
        body: body === '' ? undefined : body,
      },
      ask: scopes.length > 0 ? { ...this.origin, scopes } : undefined,
    };
  }
}
