import type { PodAction, PodLine } from '../shared/composeMessages';
import type { Words } from './connect';
import { button, el, icon, redraw } from './dom';

const ICONS: Readonly<Record<PodLine['answer'], readonly [name: string, className: string]>> = {
  yes: ['pass', 'success-icon'],
  no: ['warning', 'warning-icon'],
  unknown: ['question', ''],
  aside: ['info', ''],
};

/** Says whether the workload's pod gets where the request goes, and has the button for what can be done about it. */
export class PodLineView {
  readonly element = el('div', { class: 'pod-line' });
  private shown = '';

  constructor(
    private readonly words: Words,
    private readonly onAction: (action: PodAction) => void,
  ) {}

  /** Undefined where there is no pod, or no URL yet. */
  show(line: PodLine | undefined): void {
    const shown = JSON.stringify(line) as string | undefined;
    if (shown === this.shown) return;
    this.shown = shown ?? '';
    this.element.hidden = line === undefined;
    if (!line) return;
    const { answer, text, command, action } = line;
    const [name, className] = ICONS[answer];
    redraw(
      this.element,
      el('div', { class: 'pod-text' }, icon(name, className), el('span', {}, text)),
      command !== undefined && el('code', { class: 'pod-command' }, command),
      action !== undefined &&
        button(
          this.actionWords(action),
          () => {
            this.onAction(action);
          },
          { secondary: true, focusKey: action },
        ),
    );
  }

  private actionWords(action: PodAction): string {
    const { t } = this.words;
    switch (action) {
      case 'open-outbound':
        return t('Add Outbound Rule');
      case 'choose-variables':
        return t('Resolve Variables With…');
      case 'put-in-terminal':
        return t('Put in Terminal');
    }
  }
}
