import * as vscode from 'vscode';
import { searchHistory, type HistoryEntry } from '../http/history';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { RequestHistory } from '../state/requestHistory';
import type { RequestWish } from '../state/requests';
import { outcomeWords } from '../words/requestHistory';
import { wordMilliseconds, wordRelative } from '../shared/time';
import { wordBytes } from '../words/responses';

interface HistoryItem extends vscode.QuickPickItem {
  readonly entry: HistoryEntry;
}

/** "Show Request History…": what was sent from this workspace, to be looked at, opened again and deleted. */
export class ShowRequestHistory {
  constructor(
    private readonly history: RequestHistory,
    private readonly language: Language,
    /** Opens a panel with a request filled in; `missing` tells that parts of it were not kept. */
    private readonly open: (wish: RequestWish) => void,
  ) {}

  register(): vscode.Disposable {
    return vscode.commands.registerCommand(COMMANDS.showRequestHistory, () => this.show());
  }

  private async show(): Promise<void> {
    await this.history.ready;
    const { t } = this.language;
    const pick = vscode.window.createQuickPick<HistoryItem>();
    const remove: vscode.QuickInputButton = {
      iconPath: new vscode.ThemeIcon('trash'),
      tooltip: t('Delete From History'),
    };
    const clear: vscode.QuickInputButton = {
      iconPath: new vscode.ThemeIcon('clear-all'),
      tooltip: t('Clear History…'),
    };
    const settings: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('gear'), tooltip: t('Settings') };
    const draw = (): void => {
      const { entries, isOff } = this.history;
      const nowMs = Date.now();
      pick.items = searchHistory(entries, pick.value).map((entry) => ({
        ...this.item(entry, nowMs),
        buttons: [remove],
      }));
      pick.buttons = entries.length === 0 ? [settings] : [clear, settings];
      pick.placeholder =
        entries.length > 0
          ? t('Search by method, address, status or header')
          : isOff
            ? t('The history is switched off in the settings.')
            : t('Nothing was sent from here yet.');
    };
    pick.title = t('Request History');
    draw();
    const changes = this.history.onDidChange(draw);
    pick.onDidChangeValue(draw);
    pick.onDidTriggerButton((button) => {
      if (button === settings) void this.showSettings();
      else void this.clear();
    });
    pick.onDidTriggerItemButton(({ item }) => this.history.delete(item.entry.id));
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      pick.hide();
      if (item) this.openAgain(item.entry);
    });
    pick.onDidHide(() => {
      changes.dispose();
      pick.dispose();
    });
    pick.show();
  }

  private item(entry: HistoryEntry, nowMs: number): HistoryItem {
    const { t } = this.language;
    const { method, url, outcome, tookMs, bytes, sentAtMs, wish } = entry;
    const facts = [
      outcomeWords(outcome, t),
      tookMs === undefined ? '' : wordMilliseconds(tookMs, t),
      bytes === undefined ? '' : wordBytes(bytes, t),
      wordRelative(sentAtMs, nowMs, t),
    ];
    return {
      entry,
      label: `${method} ${shortUrl(url)}`,
      description: facts.filter((fact) => fact !== '').join(' · '),
      detail: [hostOf(url), ...(wish?.scopes ?? [])].join(' · '),
      // The search is ours: VS Code would find in the label alone, and only what stands together.
      alwaysShow: true,
    };
  }

  private openAgain({ method, url, headers, body, wish }: HistoryEntry): void {
    const { t } = this.language;
    const { asAltinn = false, ...kept } = wish ?? { scopes: [] };
    const ask = kept.scopes.length > 0 ? kept : undefined;
    this.open({ request: { method, url, headers, body }, ask, asAltinn });
    const shown = [url, body ?? '', ...headers.map(([, value]) => value)];
    if (shown.some((part) => part.includes('•'))) {
      void vscode.window.showInformationMessage(
        t('What was secret or about a person was not kept: it shows as •••. Fill it in before you send.'),
      );
    }
  }

  private async clear(): Promise<void> {
    const { t } = this.language;
    const yes = t('Clear');
    const question = t('Clear the history of requests of this workspace?');
    const detail = t('The values of sensitive headers that only it refers to are deleted with it.');
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes)
      await this.history.clear();
  }

  private async showSettings(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'maskinporten.request.history');
  }
}

function shortUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin } = new URL(url);
  return url.startsWith(origin) && url.length > origin.length ? url.slice(origin.length) : url;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
