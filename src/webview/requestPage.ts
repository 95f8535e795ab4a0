import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type { RequestHostSays, RequestPanelStart, RequestWebviewRequest, RequestWebviewSays } from '../shared/messages';
import type { RequestContext } from '../shared/requestForm';
import type { Exchange } from '../shared/responseMessages';
import { keepableState } from '../shared/requestState';
import { wordMilliseconds, wordValidity } from '../shared/time';
import { Clock } from './clock';
import { Composer } from './composer';
import { reportError, wordsOf, type Connection, type Words } from './connect';
import { Announcer, button, el, icon, redraw } from './dom';
import { environmentLine, sandboxNote } from './environmentLine';
import { failureCard, problemCard } from './problemCard';
import { requestToolbar } from './requestToolbar';
import { responseSection } from './responseSection';

/** The request panel: the form is the webview's, the exchange and the tokens are the host's. */
export class RequestPage {
  private readonly words: Words;
  private readonly clock = new Clock();
  private readonly announcer = new Announcer();
  private readonly composer: Composer;
  private readonly subtitle = el('div', { class: 'subtitle' });
  private readonly sendLine = el('div', { class: 'send-line' });
  private readonly note = el('div');
  private readonly result = el('div', { class: 'result' });
  private context: RequestContext;
  /** What the line says now: typing in the form must not draw it anew. */
  private sendLineShows = '';
  private exchange: Exchange;

  constructor(
    private readonly connection: Connection<RequestWebviewSays, RequestHostSays>,
    private readonly start: RequestPanelStart,
  ) {
    this.words = wordsOf(start.speech);
    this.context = start.context;
    this.exchange = start.exchange;
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
        this.sendLine,
        this.note,
        this.result,
      ),
      this.announcer.element,
    );
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.send();
    });
    this.drawContext();
    this.drawExchange();
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
      case 'exchange':
        this.exchange = event.exchange;
        this.drawExchange();
        this.announce();
        break;
    }
  }

  private send(): void {
    if (this.exchange.kind === 'sending') return;
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
    const sending = this.exchange.kind === 'sending';
    const shows = JSON.stringify([sending, this.context.environment, this.composer.scopes, this.tokenExpiresAtMs]);
    if (shows === this.sendLineShows) return;
    this.sendLineShows = shows;
    redraw(
      this.sendLine,
      sending
        ? button(t('Cancel'), this.cancel, { secondary: true, focusKey: 'send' })
        : button(t('Send'), this.onSend, { icon: 'send', focusKey: 'send' }),
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
    this.send();
  };

  private readonly cancel = (): void => {
    this.ask({ type: 'cancel' });
  };

  private ask(request: RequestWebviewRequest): void {
    this.connection.rpc.request(request).catch((error: unknown) => {
      reportError(error);
      this.exchange = { kind: 'problem', problem: failureCard(this.words) };
      this.drawExchange();
    });
  }
}

function isMac(): boolean {
  return navigator.userAgent.includes('Macintosh');
}
