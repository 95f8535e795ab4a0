import { editedRow, queryRows, withQuery, type QueryRow, type UrlAndQuery } from '../shared/query';
import type { Words } from './connect';
import { RowsEditor } from './rowsEditor';

/** The query of the URL as a table. Both are the same: what is changed in one is changed in the other. */
export class QueryEditor {
  readonly element: HTMLElement;
  private readonly table: RowsEditor;
  private rows: readonly QueryRow[];

  constructor(query: UrlAndQuery, words: Words, onChange: () => void) {
    const { t } = words;
    this.rows = queryRows(query);
    this.table = new RowsEditor(
      this.rows,
      {
        label: t('Query parameters'),
        add: t('Add Parameter'),
        remove: t('Remove Parameter'),
        nameLabel: t('Parameter name'),
        valueLabel: t('Parameter value'),
        switchLabel: t('Send this parameter'),
      },
      words,
      (edited) => {
        this.read(edited);
        onChange();
      },
      (at) => {
        this.rows = this.rows.filter((_, index) => index !== at);
      },
    );
    this.element = this.table.element;
  }

  /** The URL with what the table shows. */
  applied(url: string): UrlAndQuery {
    return withQuery(url, this.rows);
  }

  /** How many parameters are sent. */
  get count(): number {
    return this.rows.filter(({ enabled, raw }) => enabled && raw !== undefined).length;
  }

  /** The pairs that are switched off. */
  get unsent(): UrlAndQuery['unsentQuery'] {
    return withQuery('', this.rows).unsentQuery;
  }

  /** Shows the query of a URL that was typed. */
  show(query: UrlAndQuery): void {
    const rows = queryRows(query);
    const isSame =
      rows.length === this.rows.length &&
      rows.every(({ raw, enabled }, at) => this.rows[at]?.raw === raw && this.rows[at]?.enabled === enabled);
    if (isSame) return;
    this.rows = rows;
    this.table.value = rows;
  }

  /** Only the row that was edited is written anew. */
  private read(edited: number | undefined): void {
    this.rows = this.table.value.map(({ name, value, enabled }, at) => {
      const row = this.rows[at] ?? { name: '', value: '', enabled, raw: undefined };
      return at === edited ? editedRow({ ...row, enabled }, name, value) : { ...row, enabled };
    });
  }
}
