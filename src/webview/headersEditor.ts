import type { FormFault } from '../shared/composeMessages';
import type { FormRow } from '../shared/requestForm';
import type { Words } from './connect';
import { el } from './dom';
import { HEADER_NAMES, headerValues } from './headerNames';
import { RowsEditor } from './rowsEditor';

/** The headers of a request, and the one that follows from its body. */
export class HeadersEditor {
  readonly element: HTMLElement;
  private readonly table: RowsEditor;
  private readonly implied = el('p', { class: 'muted implied' });

  constructor(
    headers: readonly FormRow[],
    private readonly words: Words,
    onChange: () => void,
  ) {
    const { t } = words;
    this.table = new RowsEditor(
      headers,
      {
        label: t('Headers'),
        add: t('Add Header'),
        remove: t('Remove Header'),
        nameLabel: t('Header name'),
        valueLabel: t('Header value'),
        switchLabel: t('Send this header'),
        names: HEADER_NAMES,
        valuesOf: headerValues,
      },
      words,
      onChange,
    );
    this.element = el('div', {}, this.table.element, this.implied);
  }

  get value(): readonly FormRow[] {
    return this.table.value;
  }

  set value(rows: readonly FormRow[]) {
    this.table.value = rows;
  }

  /** Undefined where none follows from the body. */
  showImplied(contentType: string | undefined): void {
    this.implied.hidden = contentType === undefined;
    if (contentType === undefined) return;
    this.implied.textContent = this.words.t('The body adds Content-Type: {type}.', { type: contentType });
  }

  /** Gives how many rows are at fault. */
  showFaults(faults: readonly FormFault[]): number {
    const byRow = new Map(faults.flatMap(({ field, text }) => (field.kind === 'header' ? [[field.at, text]] : [])));
    this.table.showFaults(byRow);
    return byRow.size;
  }

  focusOn(at: number): void {
    this.table.focusOn(at);
  }
}
