import type { RequestHostSays, RequestPanelStart, RequestWebviewRequest, RequestWebviewSays } from '../shared/messages';
import type { RequestContext } from '../shared/requestForm';
import { keepableState } from '../shared/requestState';
import { wordValidity } from '../shared/time';
import { Clock } from './clock';
import { Composer } from './composer';
import { reportError, wordsOf, type Connection, type Words } from './connect';
import { Announcer, button, el, icon, iconButton, redraw } from './dom';
import { environmentLine, sandboxNote } from './environmentLine';
import { ExchangeView } from './exchangeView';

/** The request panel: the form is the webview's, the exchange and the tokens are the host's. */
export class RequestPage {
  private readonly words: Words;
  private readonly clock = new Clock();
  private readonly announcer = new Announcer();
  private readonly composer: Composer;
  private readonly subtitle = el('div', { class: 'subtitle' });
  private readonly sendLine = el('div', { class: 'send-line' });
  private readonly note = el('div');
  private readonly exchange: ExchangeView;
  private context: RequestContext;
  /** What the line says now: typing in the form must not draw it anew. */
  private sendLineShows = '';

  constructor(
    private readonly connection: Connection<RequestWebviewSays, RequestHostSays>,
    private readonly start: RequestPanelStart,
  ) {
    this.words = wordsOf(start.speech);
    this.context = start.context;
    this.exchange = new ExchangeView(this.words, this.clock, this.announcer, {
      onProblem: (id) => {
        this.ask({ type: 'problem-action', id });
      },
      onCommand: (command) => {
        this.ask({ type: 'response', command });
      },
      onNote: (id) => {
        this.ask({ type: 'note-action', id });
      },
    });
    this.composer = new Composer(start, this.words, {
      onChange: () => {
        this.edited();
        this.drawSendLine();
      },
      onSubmit: () => {
        this.send();
      },
    });
    const { t } = this.words;
    document.body.replaceChildren(
      el(
        'main',
        { class: 'page' },
        el('header', { class: 'page-header' }, el('h1', {}, t('Test Request')), this.subtitle),
        this.composer.element,
        this.sendLine,
        this.note,
        this.exchange.element,
      ),
      this.announcer.element,
    );
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.send();
    });
    this.exchange.show(start.exchange);
    this.drawContext();
    this.keep();
  }

  hear(event: RequestHostSays['event']): void {
    switch (event.type) {
      case 'context':
        this.context = event.context;
        this.composer.setContext(event.context);
        this.drawContext();
        this.keep();
        break;
      case 'form':
        this.composer.setForm(event.form);
        this.drawSendLine();
        this.keep();
        break;
      default:
        this.exchange.hear(event);
        this.drawSendLine();
    }
  }

  private send(): void {
    if (this.exchange.isSending) return;
    this.ask({ type: 'send', form: this.composer.value });
  }

  private edited(): void {
    this.connection.rpc.notify({ type: 'edited', form: this.composer.value });
    this.keep();
  }

  private keep(): void {
    this.connection.keep(keepableState(this.composer.value, this.start.origin, this.context.sampleUrl));
  }

  private drawContext(): void {
    const { workload, environment } = this.context;
    this.subtitle.replaceChildren(...(workload === undefined ? [] : [el('span', {}, workload)]));
    this.note.replaceChildren(...(environment.kind === 'sandbox' ? [sandboxNote(this.words)] : []));
    this.drawSendLine();
  }

  private drawSendLine(): void {
    const { t } = this.words;
    const sending = this.exchange.isSending;
    const shows = JSON.stringify([sending, this.context.environment, this.composer.scopes, this.tokenExpiresAtMs]);
    if (shows === this.sendLineShows) return;
    this.sendLineShows = shows;
    redraw(
      this.sendLine,
      sending
        ? button(t('Cancel'), this.cancel, { secondary: true, focusKey: 'send' })
        : button(t('Send'), this.onSend, { icon: 'send', focusKey: 'send' }),
      !sending && iconButton('save', t('Send and Save to File…'), this.onSendToFile, 'send-to-file'),
      environmentLine(this.context.environment, this.words),
      this.tokenLine(),
      el('span', { class: 'muted shortcut' }, isMac() ? t('Cmd+Enter sends') : t('Ctrl+Enter sends')),
    );
  }

  /** Whether the token is there already, where the hand is about to send it. */
  private tokenLine(): HTMLElement {
    const { t } = this.words;
    const { scopes } = this.composer;
    if (scopes.length === 0) return el('span', { class: 'token-line' }, icon('unlock'), t('Without token'));
    const expiresAtMs = this.tokenExpiresAtMs;
    if (expiresAtMs === undefined) {
      return el('span', { class: 'token-line' }, icon('key'), t('No token yet: Send gets one'));
    }
    const words = el('span', {});
    this.clock.tick(words, (nowMs) => {
      words.textContent = t('Token: {state}', {
        state: wordValidity({ notBeforeMs: undefined, expiresAtMs }, nowMs, t),
      });
    });
    return el(
      'span',
      { class: 'token-line' },
      icon('key'),
      words,
      el(
        'a',
        {
          attrs: { href: '#', 'data-focus': 'show-token' },
          on: {
            click: (event) => {
              event.preventDefault();
              this.ask({ type: 'show-token', scopes });
            },
          },
        },
        t('Show Token'),
      ),
    );
  }

  private get tokenExpiresAtMs(): number | undefined {
    const chosen = this.composer.scopes.join(' ');
    return this.context.options.find(({ scopes }) => scopes.join(' ') === chosen)?.expiresAtMs;
  }

  private readonly onSend = (): void => {
    this.send();
  };

  private readonly onSendToFile = (): void => {
    this.ask({ type: 'send-to-file', form: this.composer.value });
  };

  private readonly cancel = (): void => {
    this.ask({ type: 'cancel' });
  };

  private ask(request: RequestWebviewRequest): void {
    this.connection.rpc.request(request).catch((error: unknown) => {
      reportError(error);
      this.exchange.fail(request.type === 'response' || request.type === 'note-action');
      this.drawSendLine();
    });
  }
}

function isMac(): boolean {
  return navigator.userAgent.includes('Macintosh');
}
