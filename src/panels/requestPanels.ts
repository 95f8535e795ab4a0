import * as vscode from 'vscode';
import { PANELS } from '../platform/ids';
import { emptyForm, type RequestForm } from '../shared/requestForm';
import { parseRequestPanelState } from '../shared/requestState';
import type { WorkloadReference } from '../shared/workload';
import type { TokenAsk } from '../state/tokens';
import type { FoundToken } from './decodePanel';
import { RequestPanel, type RequestPanelBeginning, type RequestPanelServices } from './requestPanel';
import { requestTitle } from './requestTitle';
import type { RequestedToken } from './tokenPanel';

/** The request panels: as many as the user opens. */
export class RequestPanels implements vscode.Disposable {
  private readonly panels = new Set<vscode.WebviewPanel>();
  private readonly wantedToken = new vscode.EventEmitter<TokenAsk>();
  private readonly wantedOptions = new vscode.EventEmitter<TokenAsk>();
  /** The panel whose user went to choose options for its token. */
  private choosing: RequestPanel | undefined;
  /** The user wants to see the token that a request would carry. */
  readonly onDidWantToken = this.wantedToken.event;
  /** The user wants to change what a token is asked for with. */
  readonly onDidWantOptions = this.wantedOptions.event;
  private readonly foundToken = new vscode.EventEmitter<FoundToken>();
  /** The user wants to read a token that an answer holds. */
  readonly onDidFindToken = this.foundToken.event;

  constructor(private readonly services: RequestPanelServices) {}

  /** Takes back a panel of before a restart; `kept` is what its page had kept. */
  restore(panel: vscode.WebviewPanel, kept: unknown): void {
    const state = parseRequestPanelState(kept);
    if (!state) {
      panel.dispose();
      return;
    }
    const { manifestUri, workload, form, sampleSuffix, resource, consumerOrg } = state;
    const ask = { manifestUri, workload, scopes: form.scopes, resource, consumerOrg };
    this.adopt(panel, { ask, form, sampleSuffix });
  }

  /** Opens a new panel for a wish; without one, for the workload of the active manifest and no token. */
  open(ask: TokenAsk | undefined, asAltinn = false): void {
    const { scopes } = ask ?? { scopes: [] };
    this.openForm(ask ?? this.activeWorkload(), { ...emptyForm(scopes), asAltinn });
  }

  /** Goes on with the panel that had the user choose options for its token; without one, opens a new panel. */
  goOn({ ask, asAltinn }: RequestedToken): void {
    const { choosing } = this;
    this.choosing = undefined;
    if (!choosing?.isFor(ask)) {
      this.open(ask, asAltinn);
      return;
    }
    choosing.take(ask, asAltinn);
    choosing.reveal();
  }

  /** Opens a new panel with a form that is filled in already. */
  openForm(wish: WorkloadReference & Partial<TokenAsk>, form: RequestForm): void {
    const title = requestTitle(form, undefined, this.services.language.t);
    const panel = vscode.window.createWebviewPanel(PANELS.request, title, vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    this.adopt(panel, { ask: { ...wish, scopes: form.scopes }, form });
  }

  private activeWorkload(): WorkloadReference {
    const { manifests, readings } = this.services;
    const { active } = manifests;
    const reading = active && readings.in(active).find(({ manifest }) => manifest.consumes.length > 0);
    return { manifestUri: active?.uri.toString(), workload: reading?.workload };
  }

  private adopt(webviewPanel: vscode.WebviewPanel, beginning: RequestPanelBeginning): void {
    const panel: RequestPanel = new RequestPanel(webviewPanel, beginning, this.services, {
      wantToken: (ask) => {
        this.wantedToken.fire(ask);
      },
      wantOptions: (ask) => {
        this.choosing = panel;
        this.wantedOptions.fire(ask);
      },
      decode: (found) => {
        this.foundToken.fire(found);
      },
    });
    this.panels.add(webviewPanel);
    webviewPanel.onDidDispose(() => {
      this.panels.delete(webviewPanel);
      if (this.choosing === panel) this.choosing = undefined;
    });
  }

  dispose(): void {
    this.wantedToken.dispose();
    this.wantedOptions.dispose();
    this.foundToken.dispose();
    for (const panel of this.panels) panel.dispose();
  }
}
