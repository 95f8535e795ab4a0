import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { Speech } from '../shared/messages';
import { Rpc, type RpcHandlers, type Vocabulary } from '../shared/rpc';
import { webviewHtml, type PanelName } from './webviewHtml';

/** What every page needs of the extension. */
export interface PageServices {
  readonly extensionUri: vscode.Uri;
  readonly language: Language;
  readonly log: Log;
}

/** The part of a panel's handlers that is its own. */
export type PageHandlers<Hears extends Vocabulary> = Omit<RpcHandlers<Hears>, 'onRefused' | 'onError'>;

/** The page in a webview panel: its shell, and the channel to its script. Ends with the panel. */
export class Page<Says extends Vocabulary, Hears extends Vocabulary> {
  private readonly rpc: Rpc<Says, Hears>;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly name: PanelName,
    private readonly services: PageServices,
    handlers: PageHandlers<Hears>,
  ) {
    const { webview } = panel;
    const { language, log } = services;
    this.rpc = new Rpc(randomUUID(), (message) => void webview.postMessage(message), {
      ...handlers,
      onRefused: () => {
        log.warn(`The ${name} panel sent a message that was refused.`);
      },
      onError: (error) => {
        log.error(`The ${name} panel asked for something that failed.`, error);
      },
    });
    const subscriptions = [
      webview.onDidReceiveMessage((message: unknown) => {
        this.rpc.receive(message);
      }),
      language.onDidChange(() => {
        this.load();
      }),
    ];
    panel.onDidDispose(() => {
      this.rpc.dispose();
      vscode.Disposable.from(...subscriptions).dispose();
    });
    this.load();
  }

  get speech(): Speech {
    const { locale, texts } = this.services.language;
    return { locale, texts };
  }

  notify(event: Says['event']): void {
    this.rpc.notify(event);
  }

  /** Loads the page, anew where it was there: it asks for its words and its data itself. */
  private load(): void {
    const { webview } = this.panel;
    const { extensionUri, language } = this.services;
    webview.options = {
      enableScripts: true,
      localResourceRoots: [
        vscode.Uri.joinPath(extensionUri, 'dist', 'webview'),
        vscode.Uri.joinPath(extensionUri, 'media'),
      ],
    };
    webview.html = webviewHtml({
      name: this.name,
      locale: language.locale,
      title: this.panel.title,
      cspSource: webview.cspSource,
      nonce: randomUUID(),
      resource: (path) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, path)).toString(),
    });
  }
}
