import { el, icon } from './dom';

/** What is wrong with a control, below it and in its description: in words, for every eye and ear. */
export class FaultLine {
  readonly element = el('div', { class: 'field-fault', attrs: { id: crypto.randomUUID() }, props: { hidden: true } });

  constructor(private readonly control: HTMLElement) {}

  /** Undefined where nothing is wrong. */
  show(text: string | undefined): void {
    const isFaulty = text !== undefined;
    if (isFaulty === !this.element.hidden && this.element.textContent === (text ?? '')) return;
    this.element.hidden = !isFaulty;
    this.element.replaceChildren(...(isFaulty ? [icon('error'), el('span', {}, text)] : []));
    if (isFaulty) {
      this.control.setAttribute('aria-invalid', 'true');
      this.control.setAttribute('aria-describedby', this.element.id);
    } else {
      this.control.removeAttribute('aria-invalid');
      this.control.removeAttribute('aria-describedby');
    }
  }
}
