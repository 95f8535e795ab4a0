import * as vscode from 'vscode';
import { PANELS } from '../platform/ids';
import { emptyForm, type RequestForm } from '../shared/requestForm';
import { parseRequestPanelState } from '../shared/requestState';
import type { WorkloadReference } from '../shared/workload';
import type { RequestWish } from '../state/requests';
import type { TokenAsk } from '../state/tokens';
import type { FoundToken } from './decodePanel';
import { formOfWish } from './requestForms';
import { RequestPanel, type RequestPanelBeginning, type RequestPanelServices } from './requestPanel';
import type { WorkloadReading } from '../workspace/workloadReadings';
import { requestTitle } from './requestTitle';
import type { RequestedToken } from './tokenPanel';

/** The request panels: as many as the user opens. */
export class RequestPanels implements vscode.Disposable {
  private readonly panels = new Map<vscode.WebviewPanel, RequestPanel>();
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

  /** The request of the panel that the user looks at. */
  get atHand(): RequestWish | undefined {
    const active = [...this.panels].find(([panel]) => panel.active);
    return active?.[1].wish();
  }

  /** Opens a new panel with a request that was kept. */
  openFilled(wish: RequestWish): void {
    const { ask } = wish;
    const origin = ask?.manifestUri === undefined ? this.workloadFor(ask?.scopes ?? []) : undefined;
    this.openForm({ ...ask, ...origin }, formOfWish(wish));
  }

  /**
   * The workload that a request without one is for: what is kept of a request names none. It is the one that consumes
   * these scopes, of the manifest that the user works with rather than of another.
   */
  private workloadFor(scopes: readonly string[]): WorkloadReference {
    const { readings } = this.services;
    const consumesThem = ({ manifest }: WorkloadReading) => {
      const consumed = new Set(manifest.consumes.map(({ name }) => name.value));
      return scopes.length > 0 && scopes.every((scope) => consumed.has(scope));
    };
    const reading = readings.atHand.find(consumesThem) ?? readings.all.find(consumesThem);
    return reading ? { manifestUri: reading.source.uri.toString(), workload: reading.workload } : this.activeWorkload();
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
    this.panels.set(webviewPanel, panel);
    webviewPanel.onDidDispose(() => {
      this.panels.delete(webviewPanel);
      if (this.choosing === panel) this.choosing = undefined;
    });
  }

  dispose(): void {
    this.wantedToken.dispose();
    this.wantedOptions.dispose();
    this.foundToken.dispose();
    for (const panel of this.panels.keys()) panel.dispose();
  }
}
