import * as vscode from 'vscode';
import { suggestedFileName } from '../http/fileName';
import { following } from '../http/redirect';
import { problemOf } from '../maskinporten/problem';
import { COMMANDS } from '../platform/ids';
import type { Remedy } from '../shared/remedy';
import type { Exchange, ExchangeEvent, ResponseRequest } from '../shared/responseMessages';
import type { Environments } from '../state/environments';
import type { ProvisioningReadings } from '../state/provisioning';
import type { Requests, RequestWish } from '../state/requests';
import type { TokenAsk } from '../state/tokens';
import { problemContextOf } from '../words/problemContext';
import type { FoundToken } from './decodePanel';
import { failureCard, problemCard } from './problemCard';
import { ReceivedResponse, type ReceivedResponseServices } from './receivedResponse';
import type { Remedies } from './remedies';
import type { ResponseOffer } from './responseOffers';
import { askForFile } from './saveResponse';
import { SendProgresses } from './sendProgress';

export interface ExchangeServices extends ReceivedResponseServices {
  readonly requests: Requests;
  readonly environments: Environments;
  readonly provisioning: ProvisioningReadings;
  readonly remedies: Remedies;
}

/** The panel around an exchange. */
export interface ExchangePanel {
  /** What its form says now. */
  wish(): RequestWish;
  /** Has the form send a token for other scopes, and all else as it is. */
  take(scopes: readonly string[]): void;
  notify(event: ExchangeEvent): void;
  showToken(ask: TokenAsk): void;
  decode(found: FoundToken): void;
}

/** From Send on: the exchange of one panel with an API. It has one request on its way, or one answer, at a time. */
export class Exchanges implements vscode.Disposable {
  private exchange: Exchange = { kind: 'idle' };
  private sending: AbortController | undefined;
  private received: ReceivedResponse | undefined;
  /** Their saves still run. */
  private readonly left = new Set<ReceivedResponse>();
  private remedies: ReadonlyMap<string, Remedy> = new Map();
  /** What `Try Again` sends: of a redirect that was followed the same again, else what the form says by then. */
  private again: () => RequestWish;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly services: ExchangeServices,
    private readonly panel: ExchangePanel,
  ) {
    this.again = () => panel.wish();
    this.subscription = services.readings.onDidChange(() => {
      this.refresh();
    });
  }

  get current(): Exchange {
    return this.received ? { kind: 'response', response: this.received.view() } : this.exchange;
  }

  /** Sends what the form says. Never rejects. */
  async send(): Promise<undefined> {
    this.again = () => this.panel.wish();
    await this.sendWish(this.panel.wish());
  }

  /** A request from Send on. Its replies come by way of `notify`. */
  async answer(request: Exclude<ResponseRequest, { type: 'send-to-file' }>): Promise<undefined> {
    switch (request.type) {
      case 'cancel':
        this.sending?.abort();
        return;
      case 'response':
        await this.received?.do(request.command);
        return;
      case 'note-action': {
        const offer = this.received?.offer(request.id);
        if (offer) await this.take(offer);
      }
    }
  }

  /** Asks for the file first: an answer that waits for a dialog may not be there any more when it closes. */
  async sendToFile(): Promise<undefined> {
    const wish = this.panel.wish();
    const file = await askForFile(suggestedFileName([], wish.request.url), this.services.language.t);
    if (!file) return;
    this.again = () => this.panel.wish();
    await this.sendWish(wish, file);
  }

  /** A button of a problem. */
  async act(id: string): Promise<undefined> {
    const remedy = this.remedies.get(id);
    if (!remedy) return;
    const { ask } = this.again();
    await this.services.remedies.apply(remedy, {
      ask,
      retry: () => this.sendWish(this.again()),
      // Options belong to a token, so they are chosen where tokens are shown.
      askInstead: (wish) => vscode.commands.executeCommand(COMMANDS.getToken, wish),
      editOptions: (claim) => vscode.commands.executeCommand(COMMANDS.getTokenWithOptions, ask, undefined, claim),
      showToken: (wish) => {
        this.panel.showToken(wish);
      },
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.sending?.abort();
    this.received?.dispose();
    for (const left of this.left) left.dispose();
    this.services.documents.forget(this);
  }

  /** What a note says may depend on the manifest. */
  private refresh(): void {
    if (this.received) this.panel.notify({ type: 'response-changed', changes: this.received.changes() });
  }

  private async sendWish(wish: RequestWish, file?: vscode.Uri): Promise<void> {
    const { requests, environments, language } = this.services;
    this.sending?.abort();
    void this.leaveReceived();
    const sending = new AbortController();
    this.sending = sending;
    const progresses = new SendProgresses(wish.ask !== undefined, language.t, (progress) => {
      if (this.sending !== sending) return;
      this.exchange = { kind: 'sending', progress };
      this.panel.notify({ type: 'progress', progress });
    });
    this.show({ kind: 'sending', progress: progresses.current });
    const environment = environments.current.label;
    try {
      const answered = await requests.send(
        { ...wish, request: { ...wish.request, keepRest: true } },
        sending.signal,
        progresses.hear,
      );
      if (this.sending !== sending) {
        answered.result.rest?.stop();
        return;
      }
      this.sending = undefined;
      const received = new ReceivedResponse({ wish, answered, environment }, this, this.services, () => {
        if (this.received === received) this.refresh();
      });
      this.received = received;
      this.show(this.current);
      if (file) await received.saveIfGood(file);
    } catch (error) {
      if (this.sending !== sending) return;
      this.sending = undefined;
      this.show(
        sending.signal.aborted
          ? { kind: 'cancelled', step: progresses.current.step }
          : { kind: 'problem', problem: this.wordFailure(error, wish.ask) },
      );
    }
  }

  /** The user asked for the file, and sending again takes nothing of that back. */
  private async leaveReceived(): Promise<void> {
    const { received } = this;
    if (!received) return;
    this.received = undefined;
    this.left.add(received);
    await received.goOn();
    this.left.delete(received);
  }

  private wordFailure(error: unknown, ask: TokenAsk | undefined) {
    const { language, log, readings, provisioning } = this.services;
    const problem = problemOf(error);
    if (!problem) log.error('A request failed.', error);
    const context = ask ? problemContextOf(readings.manifestFor(ask), provisioning.factsFor(ask)) : {};
    const { card, remedies } = problem ? problemCard(problem, language.t, context) : failureCard(language.t);
    this.remedies = remedies;
    return card;
  }

  private show(exchange: Exchange): void {
    this.exchange = exchange;
    this.panel.notify({ type: 'exchange', exchange });
  }

  private async take(offer: ResponseOffer): Promise<void> {
    if (!this.received) return;
    const { wish, sentUrl } = this.received;
    const { t } = this.services.language;
    switch (offer.kind) {
      case 'follow': {
        const next = {
          request: { ...wish.request, ...following(wish.request, sentUrl, offer.redirect) },
          ask: offer.redirect.sameOrigin ? wish.ask : undefined,
          asAltinn: wish.asAltinn,
        };
        this.again = () => next;
        await this.sendWish(next);
        return;
      }
      case 'send-with-scope':
        this.panel.take([offer.scope]);
        await this.send();
        return;
      case 'add-scope':
        await this.services.remedies.addScope(offer.scope, wish.ask);
        return;
      case 'decode':
        this.panel.decode({
          accessToken: offer.token,
          origin: t('From the answer of {host}', { host: new URL(sentUrl).host }),
        });
    }
  }
}
