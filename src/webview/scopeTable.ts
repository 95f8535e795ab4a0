import type { ScopeRow } from '../shared/messages';
import type { Words } from './connect';
import { el, icon } from './dom';

interface Column {
  readonly heading: string;
  /** Undefined where nobody can tell. */
  readonly answer: (row: ScopeRow) => boolean | undefined;
}

/** What was asked for, granted and declared, side by side, and in words where they differ. */
export function scopeTable(rows: readonly ScopeRow[], { t }: Words): HTMLElement {
  const columns: Column[] = [
    { heading: t('Asked for'), answer: ({ requested }) => requested },
    { heading: t('Granted'), answer: ({ granted }) => granted },
  ];
  if (rows.some(({ declared }) => declared !== undefined)) {
    columns.push({ heading: t('In the manifest'), answer: ({ declared }) => declared });
  }
  return el(
    'table',
    { class: 'scopes' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        ...[t('Scope'), ...columns.map(({ heading }) => heading)].map((text) =>
          el('th', { attrs: { scope: 'col' } }, text),
        ),
      ),
    ),
    el(
      'tbody',
      {},
      ...rows.map((row) =>
        el('tr', {}, rowHeading(row), ...columns.map(({ heading, answer }) => cell(heading, answer(row), t))),
      ),
    ),
  );
}

function rowHeading({ name, difference }: ScopeRow): HTMLElement {
  return el(
    'th',
    { attrs: { scope: 'row' } },
    el('span', { class: 'mono' }, name),
    difference !== undefined && el('div', { class: 'difference' }, icon('warning', 'warning-icon'), difference),
  );
}

/** A narrow page has no room for headings, so each answer carries its own. */
function cell(heading: string, answer: boolean | undefined, t: Words['t']): HTMLElement {
  const attrs = { 'data-label': heading };
  if (answer === undefined) return el('td', { class: 'no', attrs }, icon('question'), t('Cannot tell'));
  return el(
    'td',
    { class: answer ? 'yes' : 'no', attrs },
    icon(answer ? 'check' : 'dash'),
    answer ? t('Yes') : t('No'),
  );
}
