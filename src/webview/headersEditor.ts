import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { NamedText } from '../shared/messages';
import type { Words } from './connect';
import { button, el, iconButton } from './dom';

interface Row {
  readonly element: HTMLElement;
  readonly name: VscodeTextfield;
  readonly value: VscodeTextfield;
}

/** Rows of header names and values, added and removed by the user. */
export class HeadersEditor {
  readonly element: HTMLElement;
  private readonly list = el('div', { class: 'header-rows' });
  private readonly addButton: HTMLElement;
  private rows: Row[] = [];

  constructor(
    headers: readonly NamedText[],
    private readonly words: Words,
    private readonly onChange: () => void,
  ) {
    const { t } = words;
    this.addButton = button(
      t('Add Header'),
      () => {
        const row = this.add('', '');
        void row.name.updateComplete.then(() => {
          row.name.focus();
        });
      },
      { icon: 'add', secondary: true },
    );
    this.element = el(
      'div',
      { class: 'field', attrs: { role: 'group', 'aria-labelledby': 'headers-label' } },
      el('div', { class: 'label', attrs: { id: 'headers-label' } }, t('Headers')),
      this.list,
      el('div', { class: 'buttons' }, this.addButton),
    );
    for (const { name, value } of headers) this.add(name, value);
  }

  /** Rows without a name and a value are left out: they say nothing. */
  get value(): NamedText[] {
    return this.rows
      .map(({ name, value }) => ({ name: name.value.trim(), value: value.value }))
      .filter(({ name, value }) => name !== '' || value !== '');
  }

  private add(nameText: string, valueText: string): Row {
    const { t } = this.words;
    const name = el('vscode-textfield', {
      props: { value: nameText, label: t('Header name'), placeholder: t('Name') },
    });
    const value = el('vscode-textfield', {
      props: { value: valueText, label: t('Header value'), placeholder: t('Value') },
    });
    const remove = iconButton('close', t('Remove Header'), () => {
      this.remove(row);
    });
    const row: Row = { element: el('div', { class: 'header-row' }, name, value, remove), name, value };
    for (const field of [name, value]) field.addEventListener('input', this.onChange);
    this.rows.push(row);
    this.list.append(row.element);
    return row;
  }

  private remove(row: Row): void {
    this.rows = this.rows.filter((other) => other !== row);
    row.element.remove();
    this.addButton.focus();
    this.onChange();
  }
}
