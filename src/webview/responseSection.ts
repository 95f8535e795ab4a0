import type {
  ResponseChanges,
  ResponseCommand,
  ResponseNote,
  ResponseView,
  SavingState,
} from '../shared/responseMessages';
import { wordCountdown } from '../shared/time';
import type { Clock } from './clock';
import type { Words } from './connect';
import { button, el, icon, redraw, section } from './dom';
import { ResponseBody } from './responseBody';
import { timing } from './timing';

export interface ResponseEvents {
  onCommand(command: ResponseCommand): void;
  onNote(id: string): void;
}

/** What came back: status and its meaning first, then what deserves a word, then numbers, then the body. */
export class ResponseSection {
  readonly element: HTMLElement;
  private readonly body: ResponseBody;
  private readonly notes = el('ul', { class: 'notes' });
  private readonly saving = el('div', { class: 'saving' });

  constructor(
    response: ResponseView,
    private readonly words: Words,
    private readonly clock: Clock,
    private readonly events: ResponseEvents,
  ) {
    const { t } = words;
    this.body = new ResponseBody(response, words, (command) => {
      events.onCommand(command);
    });
    this.element = section(
      'response',
      t('Response'),
      el(
        'div',
        { class: `status status-${statusClass(response.status)}` },
        icon(statusIcon(response.status)),
        el('strong', { class: 'mono' }, `${response.status} ${response.statusText}`.trim()),
        el('span', {}, response.meaning),
      ),
      this.notes,
      timing(response, words),
      this.saving,
      this.body.element,
      sentLine(response),
    );
    this.update(response);
  }

  /** Draws what may change while a response is shown, and leaves the body, with its place and its selection, alone. */
  update({ notes, saving }: ResponseChanges): void {
    this.notes.hidden = notes.length === 0;
    redraw(this.notes, ...notes.map((note) => this.noteLine(note)));
    this.saving.hidden = saving === undefined;
    // What becomes of a body is read out, and not each of its bytes.
    this.saving.setAttribute('aria-live', saving?.kind === 'saving' ? 'off' : 'polite');
    redraw(this.saving, ...(saving ? this.savingLine(saving) : []));
  }

  /** Opens the find box of the body; false where there is no text to find in. */
  find(): boolean {
    return this.body.find();
  }

  private noteLine({ text, actions, untilMs }: ResponseNote): HTMLElement {
    return el(
      'li',
      {},
      icon('info'),
      el(
        'span',
        {},
        text,
        untilMs !== undefined && ' ',
        untilMs !== undefined && this.countdown(untilMs),
        actions.length > 0 &&
          el(
            'span',
            { class: 'note-buttons' },
            ...actions.map(({ id, label }) =>
              button(
                label,
                () => {
                  this.events.onNote(id);
                },
                { secondary: true, focusKey: `note ${id}` },
              ),
            ),
          ),
      ),
    );
  }

  /** Not read out at each second: it stands in no live region. */
  private countdown(untilMs: number): HTMLElement {
    const { t } = this.words;
    const element = el('strong', { class: 'countdown' });
    this.clock.tick(element, (nowMs) => {
      element.textContent =
        nowMs >= untilMs
          ? t('You may try again now.')
          : t('{duration} left.', { duration: wordCountdown(untilMs - nowMs, t) });
    });
    return element;
  }

  private savingLine(saving: SavingState): (HTMLElement | undefined)[] {
    const { t } = this.words;
    const act = (label: string, command: ResponseCommand, secondary = true) =>
      button(
        label,
        () => {
          this.events.onCommand(command);
        },
        { secondary, focusKey: command },
      );
    const line = (iconName: string, ...buttons: readonly HTMLElement[]) => [
      el('div', { class: 'saving-line' }, icon(iconName), el('span', {}, saving.text), ...buttons),
    ];
    switch (saving.kind) {
      case 'waiting':
        return line('debug-pause', act(t('Save All to File…'), 'save-rest', false), act(t('Stop'), 'stop-rest'));
      case 'saving':
        return [...line('cloud-download', act(t('Cancel'), 'cancel-saving')), savingBar(saving, t)];
      case 'saved':
        return line('pass', act(t('Open File'), 'open-saved'));
      case 'stopped':
        return line('debug-stop');
      case 'failed':
        return [
          ...line('warning'),
          saving.detail === undefined ? undefined : el('p', { class: 'saving-detail' }, saving.detail),
        ];
    }
  }
}

function savingBar({ part }: Extract<SavingState, { kind: 'saving' }>, t: Words['t']): HTMLElement {
  return progressBar(part, t('Saving'));
}

/** A bar that fills; without `part`, which goes from 0 to 1, it only moves. */
export function progressBar(part: number | undefined, label: string): HTMLElement {
  return el('vscode-progress-bar', {
    attrs: { 'aria-label': label },
    props: part === undefined ? {} : { value: Math.round(part * 100), max: 100 },
  });
}

/** The first digit of the status tells what kind of answer it is (RFC 9110 section 15). */
function statusClass(status: number): 'ok' | 'redirect' | 'refused' | 'failed' {
  if (status >= 500) return 'failed';
  if (status >= 400) return 'refused';
  return status >= 300 ? 'redirect' : 'ok';
}

function statusIcon(status: number): string {
  const icons = { ok: 'pass-filled', redirect: 'arrow-right', refused: 'circle-slash', failed: 'error' };
  return icons[statusClass(status)];
}

function sentLine({ method, url, authorization }: ResponseView): HTMLElement {
  return el(
    'p',
    { class: 'quiet sent' },
    icon('arrow-right'),
    el('span', {}, el('span', { class: 'mono' }, `${method} ${url}`), ' · ', authorization),
  );
}
