import type { RequestHostSays, RequestPanelStart, RequestWebviewRequest, RequestWebviewSays } from '../shared/messages';
import type { ComposeAction, RequestContext } from '../shared/composeMessages';
import type { RequestForm } from '../shared/requestForm';
import { Clock } from './clock';
import { Composer } from './composer';
import { reportError, wordsOf, type Connection, type Words } from './connect';
import { Announcer, el } from './dom';
import { sandboxNote } from './environmentLine';
import { requestToolbar } from './requestToolbar';
import { ExchangeView } from './exchangeView';
import { SendLine } from './sendLine';

/** The request panel: the form is the webview's, the exchange and the tokens are the host's. */
export class RequestPage {
  private readonly words: Words;
  private readonly announcer = new Announcer();
  private readonly composer: Composer;
  private readonly subtitle = el('div', { class: 'subtitle' });
  private readonly sendLine: SendLine;
  private readonly note = el('div');
  private readonly exchange: ExchangeView;
  private context: RequestContext;
  /** Until the host has taken the request: a key pressed twice must not send twice. */
  private isSending = false;

  constructor(
    private readonly connection: Connection<RequestWebviewSays, RequestHostSays>,
    start: RequestPanelStart,
  ) {
    this.words = wordsOf(start.speech);
    this.context = start.context;
    const clock = new Clock();
    this.exchange = new ExchangeView(this.words, clock, this.announcer, {
      onProblem: (id) => {
        this.ask({ type: 'problem-action', id });
      },
      onCommand: (command) => {
        this.askBeside({ type: 'response', command });
      },
      onNote: (id) => {
        this.askBeside({ type: 'note-action', id });
      },
    });
    this.composer = new Composer(start.form, start.context, this.words, {
      onChange: () => {
        this.edited();
      },
      onSubmit: this.onSend,
      onAction: this.onAction,
      format: (text) => this.format(text),
    });
    this.sendLine = new SendLine(this.words, clock, {
      onSend: this.onSend,
      onSendToFile: this.onSendToFile,
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
        this.exchange.element,
      ),
      this.announcer.element,
    );
    document.addEventListener('keydown', this.onKey);
    this.exchange.show(start.exchange);
    this.drawContext();
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
      default:
        this.exchange.hear(event);
        this.drawSendLine();
    }
  }

  private setContext(context: RequestContext): void {
    this.context = context;
    const isFilled = this.composer.setContext(context);
    this.drawContext();
    if (isFilled) this.edited();
  }

  /** Sends what the form holds, unless something in it would be refused: then that is where the user is led. */
  private async send(type: 'send' | 'send-to-file', form: RequestForm): Promise<void> {
    this.setContext(await this.connection.rpc.request({ type: 'check', form }));
    const refusal = this.composer.showRefusal();
    if (refusal) this.announcer.say(refusal.text);
    else await this.connection.rpc.request({ type, form });
  }

  private async format(text: string): Promise<string | undefined> {
    const reply = await this.connection.rpc.request({ type: 'format-json', text });
    return reply.text;
  }

  private edited(): void {
    if (!this.composer.isTooLong) this.connection.rpc.notify({ type: 'edited', form: this.composer.value });
  }

  private drawContext(): void {
    const { workload, environment, kept } = this.context;
    this.connection.keep(kept);
    this.subtitle.replaceChildren(...(workload === undefined ? [] : [el('span', {}, workload)]));
    this.note.replaceChildren(...(environment.kind === 'sandbox' ? [sandboxNote(environment, this.words)] : []));
    this.drawSendLine();
  }

  private drawSendLine(): void {
    this.sendLine.show(this.context, this.composer.value.asAltinn, this.exchange.isSending);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey)) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.onSend();
    } else if (event.key === 'f' && !event.shiftKey && !event.altKey && this.exchange.find()) {
      // VS Code's own find box, which opens where this does not, would lie over this one.
      event.preventDefault();
      event.stopPropagation();
    }
  };

  private readonly onSend = (): void => {
    this.begin('send');
  };

  private readonly onSendToFile = (): void => {
    this.begin('send-to-file');
  };

  private begin(type: 'send' | 'send-to-file'): void {
    if (this.isSending || this.exchange.isSending) return;
    if (this.composer.isTooLong) {
      this.composer.focusBody();
      return;
    }
    this.isSending = true;
    this.send(type, this.composer.value)
      .catch(this.fail)
      .finally(() => {
        this.isSending = false;
      });
  }

  private readonly onAction = (action: ComposeAction): void => {
    this.ask({ type: 'compose', action });
  };

  private readonly cancel = (): void => {
    this.ask({ type: 'cancel' });
  };

  private ask(request: RequestWebviewRequest): void {
    this.connection.rpc.request(request).catch(this.fail);
  }

  /** What fails beside a response takes nothing from it. */
  private askBeside(request: RequestWebviewRequest): void {
    this.connection.rpc.request(request).catch((error: unknown) => {
      reportError(error);
      this.exchange.failBeside();
    });
  }

  private readonly fail = (error: unknown): void => {
    reportError(error);
    this.exchange.fail();
    this.drawSendLine();
  };
}
