import type { ComposeAction, RequestContext } from '../shared/composeMessages';
import { wordValidity } from '../shared/time';
import type { Clock } from './clock';
import type { Words } from './connect';
import { button, el, icon, iconButton, link, redraw } from './dom';
import { environmentLine } from './environmentLine';

export interface SendLineEvents {
  onSend(): void;
  onSendToFile(): void;
  onCancel(): void;
  onShowToken(): void;
  onAction(action: ComposeAction): void;
}

/** The button, and beside it whose token goes along: environment, client, and whether the token is there already. */
export class SendLine {
  readonly element = el('div', { class: 'send-line' });
  /** What the line says now: typing in the form must not draw it anew. */
  private shown = '';

  constructor(
    private readonly words: Words,
    private readonly clock: Clock,
    private readonly events: SendLineEvents,
  ) {}

  show({ environment, chosen, faults }: RequestContext, asAltinn: boolean, isSending: boolean): void {
    const { t } = this.words;
    const { events } = this;
    const workspace = faults.find(({ field }) => field.kind === 'workspace');
    const token = faults.find(({ field }) => field.kind === 'token');
    const shown = JSON.stringify([isSending, environment, chosen, asAltinn, workspace, token]);
    if (shown === this.shown) return;
    this.shown = shown;
    redraw(
      this.element,
      isSending
        ? button(t('Cancel'), events.onCancel.bind(events), { secondary: true, focusKey: 'send' })
        : button(t('Send'), events.onSend.bind(events), { icon: 'send', focusKey: 'send' }),
      !isSending && iconButton('save', t('Send and Save to File…'), events.onSendToFile.bind(events), 'send-to-file'),
      environmentLine(environment, this.words),
      this.action(t('Select Environment…'), 'select-environment'),
      this.action(t('Credentials…'), 'manage-credentials'),
      this.tokenState(chosen, asAltinn),
      el('span', { class: 'muted shortcut' }, isMac() ? t('Cmd+Enter sends') : t('Ctrl+Enter sends')),
      token && this.refusal(token.text),
      workspace && this.refusal(workspace.text, this.action(t('Manage Workspace Trust'), 'manage-trust')),
    );
  }

  /** Whether the token is there already, where the hand is about to send it. */
  private tokenState(chosen: RequestContext['chosen'], asAltinn: boolean): HTMLElement {
    const { t } = this.words;
    if (!chosen) return el('span', { class: 'token-line' }, icon('unlock'), t('Without token'));
    const { expiresAtMs } = chosen;
    if (expiresAtMs === undefined) {
      return el(
        'span',
        { class: 'token-line' },
        icon('key'),
        asAltinn ? t('No Altinn token yet: Send gets one') : t('No token yet: Send gets one'),
      );
    }
    const state = el('span', {});
    this.clock.tick(state, (nowMs) => {
      const validity = wordValidity({ notBeforeMs: undefined, expiresAtMs }, nowMs, t);
      state.textContent = asAltinn
        ? t('Altinn token: {state}', { state: validity })
        : t('Token: {state}', { state: validity });
    });
    const { events } = this;
    return el(
      'span',
      { class: 'token-line' },
      icon('key'),
      state,
      link(t('Show Token'), events.onShowToken.bind(events), 'show-token'),
    );
  }

  private refusal(text: string, ...more: readonly HTMLElement[]): HTMLElement {
    return el('div', { class: 'field-fault send-fault' }, icon('error'), el('span', {}, text), ...more);
  }

  private action(text: string, action: ComposeAction): HTMLElement {
    return link(
      text,
      () => {
        this.events.onAction(action);
      },
      action,
    );
  }
}

function isMac(): boolean {
  return navigator.userAgent.includes('Macintosh');
}
