import { METHODS } from '../shared/requestForm';
import { Combobox, matching } from './combobox';
import type { Words } from './connect';
import { el } from './dom';
import { FaultLine } from './faultLine';

/** The method: one of the usual ones, or any other that is typed (RFC 9110 section 9.1: it is case-sensitive). */
export class MethodField {
  readonly element: HTMLElement;
  private readonly box: Combobox;
  private readonly fault: FaultLine;
  /** The host takes no form without one, so an empty field stands for the last. */
  private last: string;

  constructor(method: string, words: Words, onChange: () => void) {
    this.last = method;
    this.box = new Combobox({
      label: words.t('Method'),
      value: method,
      suggest: (typed) =>
        matching(
          METHODS.map((value) => ({ value })),
          typed,
        ),
      onInput: onChange,
      hasChevron: true,
      class: 'method mono',
    });
    this.box.input.maxLength = 40;
    this.box.input.addEventListener('blur', () => {
      this.box.value = this.value;
    });
    this.fault = new FaultLine(this.box.input);
    this.element = el('div', {}, this.box.element, this.fault.element);
  }

  get value(): string {
    const typed = this.box.value.trim();
    const usual = METHODS.find((method) => method === typed.toUpperCase());
    if (typed !== '') this.last = usual ?? typed;
    return this.last;
  }

  set value(method: string) {
    this.last = method;
    this.box.value = method;
  }

  showFault(text: string | undefined): void {
    this.fault.show(text);
  }

  focus(): void {
    this.box.input.focus();
  }
}
