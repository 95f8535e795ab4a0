import type { FormRow } from '../shared/requestForm';
import { Combobox, matching, type Suggestion } from './combobox';
import type { Words } from './connect';
import { button, el, iconButton } from './dom';
import { FaultLine } from './faultLine';

/** What the rows of a table are called, and what may be meant in them. */
export interface RowsOptions {
  readonly label: string;
  readonly add: string;
  readonly remove: string;
  readonly nameLabel: string;
  readonly valueLabel: string;
  /** On the box that switches a row off. */
  readonly switchLabel: string;
  readonly names?: readonly Suggestion[] | undefined;
  readonly valuesOf?: ((name: string) => readonly Suggestion[]) | undefined;
}

interface Row {
  readonly element: HTMLElement;
  readonly box: HTMLInputElement;
  readonly name: Combobox;
  readonly value: Combobox;
  readonly fault: FaultLine;
}

/** Rows of names and values that can be added, removed and switched off. */
export class RowsEditor {
  readonly element: HTMLElement;
  private readonly list = el('div', { class: 'rows' });
  private readonly addButton: HTMLElement;
  private rows: Row[] = [];

  /** `onChange` hears which row was edited, or undefined when rows came or went or were switched. */
  constructor(
    rows: readonly FormRow[],
    private readonly options: RowsOptions,
    private readonly words: Words,
    private readonly onChange: (edited: number | undefined) => void,
    private readonly onRemove: (at: number) => void = () => undefined,
  ) {
    this.addButton = button(
      options.add,
      () => {
        const row = this.append({ name: '', value: '', enabled: true });
        this.onChange(undefined);
        row.name.input.focus();
      },
      { icon: 'add', secondary: true },
    );
    this.element = el(
      'div',
      { class: 'table', attrs: { role: 'group', 'aria-label': options.label } },
      this.list,
      el('div', { class: 'buttons' }, this.addButton),
    );
    for (const row of rows) this.append(row);
  }

  get value(): readonly FormRow[] {
    return this.rows.map(({ box, name, value }) => ({ name: name.value, value: value.value, enabled: box.checked }));
  }

  /** Shows other rows. Those that stay keep their controls, and so the focus. */
  set value(rows: readonly FormRow[]) {
    while (this.rows.length > rows.length) this.rows.pop()?.element.remove();
    for (const [at, { name, value, enabled }] of rows.entries()) {
      const row = this.rows[at];
      if (!row) {
        this.append({ name, value, enabled });
        continue;
      }
      row.name.value = name;
      row.value.value = value;
      row.box.checked = enabled;
      this.drawSwitch(row);
    }
  }

  /** What is wrong with which row. */
  showFaults(faults: ReadonlyMap<number, string>): void {
    for (const [at, { fault }] of this.rows.entries()) fault.show(faults.get(at));
  }

  focusOn(at: number): void {
    this.rows[at]?.name.input.focus();
  }

  private append({ name: nameText, value: valueText, enabled }: FormRow): Row {
    const { options } = this;
    const { names = [], valuesOf } = options;
    const edited = () => {
      this.onChange(this.rows.indexOf(row));
    };
    const name = new Combobox({
      label: options.nameLabel,
      placeholder: this.words.t('Name'),
      value: nameText,
      suggest: (typed) => matching(names, typed),
      onInput: () => {
        this.drawSwitch(row);
        edited();
      },
      class: 'row-name',
    });
    const value = new Combobox({
      label: options.valueLabel,
      placeholder: this.words.t('Value'),
      value: valueText,
      suggest: (typed) => matching(valuesOf?.(name.value.trim().toLowerCase()) ?? [], typed),
      onInput: edited,
      class: 'row-value',
    });
    // Without a label beside it, which the element of VS Code's look cannot do without.
    const box = el('input', {
      class: 'row-switch',
      attrs: { type: 'checkbox', title: options.switchLabel },
      props: { checked: enabled },
      on: {
        change: () => {
          this.drawSwitch(row);
          this.onChange(undefined);
        },
      },
    });
    const remove = iconButton('close', options.remove, () => {
      this.remove(row);
    });
    const fault = new FaultLine(value.input);
    const line = el('div', { class: 'row-line' }, box, name.element, value.element, remove);
    const row: Row = { element: el('div', { class: 'row' }, line, fault.element), box, name, value, fault };
    this.rows.push(row);
    this.list.append(row.element);
    this.drawSwitch(row);
    return row;
  }

  /** Its name is part of what the box is called, so that several of them are told apart. */
  private drawSwitch({ element, box, name }: Row): void {
    element.classList.toggle('row-off', !box.checked);
    const { switchLabel } = this.options;
    box.setAttribute('aria-label', name.value === '' ? switchLabel : `${switchLabel}: ${name.value}`);
  }

  private remove(row: Row): void {
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    row.element.remove();
    const next = this.rows[at];
    if (next) next.name.input.focus();
    else this.addButton.focus();
    this.onRemove(at);
    this.onChange(undefined);
  }
}
