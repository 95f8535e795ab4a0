import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type { RequestHostSays, RequestPanelStart, RequestWebviewRequest, RequestWebviewSays } from '../shared/messages';
import type { ComposeAction, RequestContext } from '../shared/composeMessages';
import type { RequestForm } from '../shared/requestForm';
import type { Exchange } from '../shared/responseMessages';
import { wordMilliseconds } from '../shared/time';
import { Clock } from './clock';
import { Composer } from './composer';
import { reportError, wordsOf, type Connection, type Words } from './connect';
import { Announcer, el, icon, redraw } from './dom';
import { sandboxNote } from './environmentLine';
import { failureCard, problemCard } from './problemCard';
import { requestToolbar } from './requestToolbar';
import { responseSection } from './responseSection';
import { SendLine } from './sendLine';

/** The request panel: the form is the webview's, the exchange and the tokens are the host's. */
export class RequestPage {
  private readonly words: Words;
  private readonly announcer = new Announcer();
  private readonly composer: Composer;
  private readonly subtitle = el('div', { class: 'subtitle' });
  private readonly sendLine: SendLine;
  private readonly note = el('div');
  private readonly result = el('div', { class: 'result' });
  private context: RequestContext;
  private exchange: Exchange;
  /** Until the host has taken the request: a key pressed twice must not send twice. */
  private isSending = false;

  constructor(
    private readonly connection: Connection<RequestWebviewSays, RequestHostSays>,
    start: RequestPanelStart,
  ) {
    this.words = wordsOf(start.speech);
    this.context = start.context;
    this.exchange = start.exchange;
    this.composer = new Composer(start.form, start.context, this.words, {
      onChange: () => {
        this.edited();
      },
      onSubmit: this.onSend,
      onAction: this.onAction,
      format: (text) => this.format(text),
    });
    this.sendLine = new SendLine(this.words, new Clock(), {
      onSend: this.onSend,
      onCancel: this.cancel,
      onShowToken: () => {
        this.ask({ type: 'show-token', scopes: this.composer.value.scopes });
      },
      onAction: this.onAction,
    });
    const { t } = this.words;
    document.body.replaceChildren(
      el(
        'main',
        { class: 'page' },
        el(
          'header',
          { class: 'page-header' },
          el('h1', {}, t('Test Request')),
          this.subtitle,
          requestToolbar(this.words, (tool) => {
            this.ask({ type: 'tool', tool });
          }),
        ),
        this.composer.element,
        this.sendLine.element,
        this.note,
        this.result,
      ),
      this.announcer.element,
    );
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.onSend();
    });
    this.drawContext();
    this.drawExchange();
    if (start.exchange.kind === 'idle') this.composer.focus();
    // What was filled in is part of the form: the host judges it, and sends it.
    if (start.form.url === '' && start.context.prefill !== undefined) this.edited();
  }

  hear(event: RequestHostSays['event']): void {
    switch (event.type) {
      case 'context':
        this.setContext(event.context);
        break;
      case 'form':
        this.composer.value = event.form;
        this.setContext(event.context);
        break;
      case 'exchange':
        this.exchange = event.exchange;
        this.drawExchange();
        this.announce();
        break;
    }
  }

  private setContext(context: RequestContext): void {
    this.context = context;
    const isFilled = this.composer.setContext(context);
    this.drawContext();
    if (isFilled) this.edited();
  }

  /** Sends what the form holds, unless something in it would be refused: then that is where the user is led. */
  private async send(form: RequestForm): Promise<void> {
    this.setContext(await this.connection.rpc.request({ type: 'check', form }));
    const refusal = this.composer.showRefusal();
    if (refusal) this.announcer.say(refusal.text);
    else await this.connection.rpc.request({ type: 'send', form });
  }

  private async format(text: string): Promise<string | undefined> {
    const reply = await this.connection.rpc.request({ type: 'format-json', text });
    return reply.text;
  }

  private edited(): void {
    this.connection.rpc.notify({ type: 'edited', form: this.composer.value });
  }

  private drawContext(): void {
    const { workload, environment, kept } = this.context;
    this.connection.keep(kept);
    this.subtitle.replaceChildren(...(workload === undefined ? [] : [el('span', {}, workload)]));
    this.note.replaceChildren(...(environment.kind === 'sandbox' ? [sandboxNote(this.words)] : []));
    this.drawSendLine();
  }

  private drawSendLine(): void {
    this.sendLine.show(this.context, this.composer.value.asAltinn, this.exchange.kind === 'sending');
  }

  private drawExchange(): void {
    this.drawSendLine();
    this.result.setAttribute('aria-busy', String(this.exchange.kind === 'sending'));
    redraw(this.result, this.exchangeElement());
  }

  private exchangeElement(): HTMLElement | undefined {
    const { exchange, words } = this;
    switch (exchange.kind) {
      case 'idle':
        return undefined;
      case 'sending':
        return el('vscode-progress-bar', { attrs: { 'aria-label': words.t('Sending') } });
      case 'cancelled':
        return el('p', { class: 'quiet' }, icon('circle-slash'), words.t('Cancelled.'));
      case 'problem':
        return problemCard(exchange.problem, words, (id) => {
          this.ask({ type: 'problem-action', id });
        });
      case 'response':
        return responseSection(exchange.response, words);
    }
  }

  private announce(): void {
    const { exchange } = this;
    const { t } = this.words;
    switch (exchange.kind) {
      case 'idle':
        break;
      case 'sending':
        this.announcer.say(t('Sending'));
        break;
      case 'cancelled':
        this.announcer.say(t('Cancelled.'));
        break;
      case 'problem':
        this.announcer.say(exchange.problem.title);
        break;
      case 'response': {
        const { status, statusText, totalMs } = exchange.response;
        this.announcer.say(
          t('{status} after {duration}', {
            status: `${status} ${statusText}`.trim(),
            duration: wordMilliseconds(totalMs, t),
          }),
        );
      }
    }
  }

  private readonly onSend = (): void => {
    if (this.isSending || this.exchange.kind === 'sending') return;
    this.isSending = true;
    this.send(this.composer.value)
      .catch(this.fail)
      .finally(() => {
        this.isSending = false;
      });
  };

  private readonly onAction = (action: ComposeAction): void => {
    this.ask({ type: 'compose', action });
  };

  private readonly cancel = (): void => {
    this.ask({ type: 'cancel' });
  };

  private ask(request: RequestWebviewRequest): void {
    this.connection.rpc.request(request).catch(this.fail);
  }

  private readonly fail = (error: unknown): void => {
    reportError(error);
    this.exchange = { kind: 'problem', problem: failureCard(this.words) };
    this.drawExchange();
  };
}
