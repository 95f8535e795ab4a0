import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type { Exchange, ExchangeEvent, ResponseCommand, SendProgress, SendStep } from '../shared/responseMessages';
import { wordElapsed, wordMilliseconds } from '../shared/time';
import type { Clock } from './clock';
import type { Words } from './connect';
import { el, icon, type Announcer } from './dom';
import { failureCard, problemCard } from './problemCard';
import { progressBar, ResponseSection } from './responseSection';

/** What the user asks for from within an exchange. */
export interface ExchangeActions {
  onProblem(id: string): void;
  onCommand(command: ResponseCommand): void;
  onNote(id: string): void;
}

/** A wait that is shorter than this needs no clock. */
const PATIENCE_MS = 2000;

/** The part of the page below the form: a request on its way, or what came of it. */
export class ExchangeView {
  readonly element = el('div', { class: 'result' });
  private exchange: Exchange = { kind: 'idle' };
  private response: ResponseSection | undefined;

  constructor(
    private readonly words: Words,
    private readonly clock: Clock,
    private readonly announcer: Announcer,
    private readonly actions: ExchangeActions,
  ) {}

  get isSending(): boolean {
    return this.exchange.kind === 'sending';
  }

  show(exchange: Exchange): void {
    this.exchange = exchange;
    this.response =
      exchange.kind === 'response'
        ? new ResponseSection(exchange.response, this.words, this.clock, this.actions)
        : undefined;
    this.element.setAttribute('aria-busy', String(this.isSending));
    this.element.replaceChildren(...this.parts());
  }

  /** Opens the find box of the response; false where there is no text to find in. */
  find(): boolean {
    return this.response?.find() ?? false;
  }

  /** The extension failed to send. */
  fail(): void {
    this.show({ kind: 'problem', problem: failureCard(this.words) });
  }

  /** The extension failed at something else: the response that is shown is not worse for it. */
  failBeside(): void {
    this.element.prepend(problemCard(failureCard(this.words), this.words, () => undefined, 'failure'));
  }

  hear(event: ExchangeEvent): void {
    switch (event.type) {
      case 'exchange':
        this.show(event.exchange);
        this.announce();
        break;
      case 'progress':
        if (this.exchange.kind === 'sending') this.show({ kind: 'sending', progress: event.progress });
        break;
      case 'response-changed':
        this.response?.update(event.changes);
    }
  }

  private parts(): Node[] {
    const { exchange, words, actions } = this;
    switch (exchange.kind) {
      case 'idle':
        return [];
      case 'sending':
        return this.sending(exchange.progress);
      case 'cancelled':
        return [
          el(
            'p',
            { class: 'quiet' },
            icon('circle-slash'),
            words.t('Cancelled at: {step}.', { step: stepWords(exchange.step, words.t) }),
          ),
        ];
      case 'problem':
        return [
          problemCard(exchange.problem, words, (id) => {
            actions.onProblem(id);
          }),
        ];
      case 'response':
        return this.response ? [this.response.element] : [];
    }
  }

  private sending({ step, beganAtMs, received, part }: SendProgress): Node[] {
    const { t } = this.words;
    const elapsed = el('span', { class: 'muted' });
    this.clock.tick(elapsed, (nowMs) => {
      const passedMs = nowMs - beganAtMs;
      elapsed.textContent = passedMs < PATIENCE_MS ? '' : wordElapsed(passedMs, t);
    });
    return [
      progressBar(part, t('Sending')),
      el(
        'p',
        { class: 'sending' },
        el('span', {}, stepWords(step, t)),
        received !== undefined && el('span', { class: 'received' }, received),
        elapsed,
      ),
    ];
  }

  private announce(): void {
    const { exchange, announcer } = this;
    const { t } = this.words;
    switch (exchange.kind) {
      case 'idle':
        break;
      case 'sending':
        announcer.say(t('Sending'));
        break;
      case 'cancelled':
        announcer.say(t('Cancelled.'));
        break;
      case 'problem':
        announcer.say(exchange.problem.title);
        break;
      case 'response': {
        const { status, statusText, totalMs } = exchange.response;
        announcer.say(
          t('{status} after {duration}', {
            status: `${status} ${statusText}`.trim(),
            duration: wordMilliseconds(totalMs, t),
          }),
        );
      }
    }
  }
}

function stepWords(step: SendStep, t: Words['t']): string {
  switch (step) {
    case 'token':
      return t('Getting the token');
    case 'lookup':
      return t('Looking up the name');
    case 'connect':
      return t('Connecting');
    case 'tls':
      return t('TLS handshake');
    case 'wait':
      return t('Waiting for the answer');
    case 'download':
      return t('Downloading');
  }
}
