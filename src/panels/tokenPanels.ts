import * as vscode from 'vscode';
import { PANELS } from '../platform/ids';
import { parseTokenPanelState } from '../shared/parseToken';
import type { TokenAsk } from '../state/tokens';
import { TokenPanel, type RequestedToken, type TokenPanelServices } from './tokenPanel';
import { wishOf, wishTitle } from './tokenWish';

/** The token views: one for each wish, so that several scopes can be compared side by side. */
export class TokenPanels implements vscode.Disposable {
  private readonly panels = new Set<TokenPanel>();
  private readonly wanted = new vscode.EventEmitter<RequestedToken>();
  /** The user wants to send a request with this token. */
  readonly onDidWantRequest = this.wanted.event;

  constructor(private readonly services: TokenPanelServices) {}

  /** Takes back a panel of before a restart. */
  restore(panel: vscode.WebviewPanel, kept: unknown): void {
    const state = parseTokenPanelState(kept);
    // VS Code restores a tab when it is looked at: its wish may have got another tab since.
    const open = state && this.panelOf(state);
    if (state && !open) this.adopt(panel, state);
    else panel.dispose();
    open?.reveal();
  }

  /** Shows the token that is in memory for this wish, or why there is none. Asks for nothing. */
  show(ask: TokenAsk): void {
    this.open(ask).reveal();
  }

  /** The same with the form of its options, at the claim that is to be changed. */
  showOptions(ask: TokenAsk, claim: string | undefined): void {
    const panel = this.open(ask);
    panel.reveal();
    panel.openOptions(claim);
  }

  private open(ask: TokenAsk): TokenPanel {
    const open = this.panelOf(ask);
    if (open) return open;
    const title = wishTitle(ask, this.services.language.t);
    this.closeUnseen(title);
    return this.adopt(vscode.window.createWebviewPanel(PANELS.token, title, vscode.ViewColumn.Active), ask);
  }

  private panelOf(ask: TokenAsk): TokenPanel | undefined {
    const wish = wishOf(ask);
    return [...this.panels].find((panel) => panel.wish === wish);
  }

  /**
   * After a restart VS Code shows a tab for each panel of before, and gives us the panel only when it is looked at.
   * Beside the new panel it would be a second one for the same wish.
   */
  private closeUnseen(title: string): void {
    const seen = new Set([...this.panels].map((panel) => panel.title));
    if (seen.has(title)) return;
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const unseen = tabs.filter(
      ({ label, input }) =>
        label === title && input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANELS.token),
    );
    if (unseen.length > 0) void vscode.window.tabGroups.close(unseen, true);
  }

  private adopt(webviewPanel: vscode.WebviewPanel, ask: TokenAsk): TokenPanel {
    const panel = new TokenPanel(webviewPanel, ask, this.services, {
      wantRequest: (wish) => {
        this.wanted.fire(wish);
      },
      // The tab of this wish may have been closed since, as after a long wait.
      show: (wish) => {
        this.show(wish);
      },
      moved: () => {
        for (const other of this.panels) if (other !== panel && other.wish === panel.wish) other.dispose();
      },
    });
    this.panels.add(panel);
    webviewPanel.onDidDispose(() => {
      this.panels.delete(panel);
    });
    return panel;
  }

  dispose(): void {
    this.wanted.dispose();
    for (const panel of this.panels) panel.dispose();
  }
}
