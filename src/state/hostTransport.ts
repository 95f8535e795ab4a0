import * as vscode from 'vscode';
import { readCaFile } from '../http/caFile';
import { FetchTransport } from '../http/fetchTransport';
import { PROXY_SETTINGS, proxySettingsOf } from '../http/hostSettings';
import { ReplaceableTransport, type ClosableTransport } from '../http/replaceable';
import { UndiciTransport } from '../http/transport';
import { trustedCertificates } from '../http/trust';
import type { Transport, TransportRequest, TransportResponse } from '../maskinporten/transport';
import { ConfigValue } from '../platform/config';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import { wordCaFileFault } from '../words/caFile';

/** Sends as the settings of VS Code and our own have it at the time; made anew when one of them changes. */
export class HostTransport implements Transport, vscode.Disposable {
  private readonly client = new ConfigValue<'undici' | 'vscode'>('http.client', 'undici');
  private readonly caFile = new ConfigValue('http.caFile', '');
  private readonly replaceable = new ReplaceableTransport(() => this.make());
  private readonly subscriptions: vscode.Disposable[];
  /** The CA file did not serve, and its user has been told. */
  private lacksCaFile = false;

  constructor(
    private readonly language: Language,
    private readonly log: Log,
  ) {
    const renew = () => {
      this.lacksCaFile = false;
      this.replaceable.replace();
    };
    this.subscriptions = [
      this.client.onDidChange(renew),
      this.caFile.onDidChange(renew),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (PROXY_SETTINGS.some((setting) => event.affectsConfiguration(`http.${setting}`))) renew();
      }),
    ];
  }

  send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse> {
    // The file may have been mended since, and nothing would tell.
    if (this.lacksCaFile) this.replaceable.replace();
    return this.replaceable.send(request, signal);
  }

  dispose(): void {
    for (const subscription of [...this.subscriptions, this.client, this.caFile]) subscription.dispose();
    this.replaceable.close();
  }

  private async make(): Promise<ClosableTransport> {
    // Looked up at each call, so that it is the one that the host has in place by then.
    if (this.client.value === 'vscode') return new FetchTransport({ fetch: (...given) => globalThis.fetch(...given) });
    // By level: `get` would let the workspace's settings choose the proxy.
    const http = vscode.workspace.getConfiguration('http');
    const proxy = proxySettingsOf((setting) => http.inspect(setting), process.env);
    return new UndiciTransport({ proxy, ca: trustedCertificates(await this.givenCertificates()) });
  }

  /** Without the file, fewer are trusted and not more: the requests go on, and fail where it was needed. */
  private async givenCertificates(): Promise<readonly string[]> {
    const file = this.caFile.value.trim();
    if (file === '') return [];
    const read = await readCaFile(file);
    if (read.ok) {
      this.lacksCaFile = false;
      return read.certificates;
    }
    if (!this.lacksCaFile) {
      this.lacksCaFile = true;
      this.log.warn(`The CA file ${file} is not used: ${read.reason}.`);
      void this.warn(wordCaFileFault(read.reason, file, this.language.t));
    }
    return [];
  }

  private async warn(text: string): Promise<void> {
    const settings = this.language.t('Open Settings');
    if ((await vscode.window.showWarningMessage(text, settings)) !== settings) return;
    await vscode.commands.executeCommand('workbench.action.openSettings', 'maskinporten.http.caFile');
  }
}
