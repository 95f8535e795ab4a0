import type { ScopeRow } from '../shared/messages';
import type { Words } from './connect';
import { el, icon } from './dom';

/** What was asked for, granted and declared, side by side, and in words where they differ. */
export function scopeTable(rows: readonly ScopeRow[], { t }: Words): HTMLElement {
  const compared = rows.some(({ declared }) => declared !== undefined);
  const heading = (text: string): HTMLElement => el('th', { attrs: { scope: 'col' } }, text);
  return el(
    'table',
    { class: 'scopes' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        heading(t('Scope')),
        heading(t('Asked for')),
        heading(t('Granted')),
        compared && heading(t('In the manifest')),
      ),
    ),
    el(
      'tbody',
      {},
      ...rows.map(({ name, requested, granted, declared, difference }) =>
        el(
          'tr',
          {},
          el(
            'th',
            { attrs: { scope: 'row' } },
            el('span', { class: 'mono' }, name),
            difference !== undefined && el('div', { class: 'difference' }, icon('warning', 'warning-icon'), difference),
          ),
          answer(requested, t),
          answer(granted, t),
          compared &&
            (declared === undefined
              ? el('td', { class: 'no' }, icon('question'), t('Cannot tell'))
              : answer(declared, t)),
        ),
      ),
    ),
  );
}

function answer(yes: boolean, t: Words['t']): HTMLElement {
  return el('td', { class: yes ? 'yes' : 'no' }, icon(yes ? 'check' : 'dash'), yes ? t('Yes') : t('No'));
}
