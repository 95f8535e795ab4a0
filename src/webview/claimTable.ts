import type { ClaimRow, ClaimValue } from '../shared/messages';
import { wordAbsolute, wordRelative } from '../shared/time';
import type { Clock } from './clock';
import type { Words } from './connect';
import { el, iconButton } from './dom';

export interface ClaimTableOptions<P extends string> {
  /** Names the table's members to the host. */
  readonly part: P;
  /** The table's name for screen readers. */
  readonly label: string;
  readonly rows: readonly ClaimRow[];
  readonly words: Words;
  readonly clock: Clock;
  readonly onCopy: (part: P, name: string) => void;
}

/** Names, values and what they mean, one claim a row, each with its copy button. */
export function claimTable<P extends string>({
  part,
  label,
  rows,
  words,
  clock,
  onCopy,
}: ClaimTableOptions<P>): HTMLElement {
  const { t } = words;
  return el(
    'table',
    { class: 'claims', attrs: { 'aria-label': label } },
    el(
      'thead',
      { class: 'visually-hidden' },
      el(
        'tr',
        {},
        el('th', { attrs: { scope: 'col' } }, t('Name')),
        el('th', { attrs: { scope: 'col' } }, t('Value')),
        el('th', { attrs: { scope: 'col' } }, t('Copy')),
      ),
    ),
    el(
      'tbody',
      {},
      ...rows.map(({ name, value, explanation }) =>
        el(
          'tr',
          {},
          el('th', { class: 'mono', attrs: { scope: 'row' } }, ...breakable(name)),
          el(
            'td',
            {},
            claimValue(value, words, clock),
            explanation !== undefined && el('div', { class: 'explanation' }, explanation),
          ),
          el(
            'td',
            { class: 'copy' },
            iconButton(
              'copy',
              t('Copy {name}', { name }),
              () => {
                onCopy(part, name);
              },
              `copy-${part}-${name}`,
            ),
          ),
        ),
      ),
    ),
  );
}

/** A long name breaks where its words do, and so reads as one. */
function breakable(name: string): (string | HTMLElement)[] {
  return name.split(/(?<=_)/).flatMap((part, index) => (index === 0 ? [part] : [el('wbr'), part]));
}

function claimValue(value: ClaimValue, { locale, t }: Words, clock: Clock): HTMLElement {
  switch (value.kind) {
    case 'text':
      return el('div', { class: 'mono value' }, value.text);
    case 'list':
      return el('ul', { class: 'mono value plain' }, ...value.items.map((item) => el('li', {}, item)));
    case 'json':
      return el('pre', { class: 'value' }, value.text);
    case 'organisation':
      return el(
        'div',
        { class: 'value' },
        el('span', {}, t('Organisation number'), ' '),
        el('strong', { class: 'mono' }, value.number),
        value.text !== value.number && el('div', { class: 'mono muted' }, value.text),
      );
    case 'time': {
      const relative = el('span', { class: 'muted' });
      clock.tick(relative, (nowMs) => {
        relative.textContent = wordRelative(value.atMs, nowMs, t);
      });
      return el(
        'div',
        { class: 'value' },
        el('span', {}, wordAbsolute(value.atMs, locale)),
        relative,
        el('span', { class: 'mono muted' }, value.text),
      );
    }
  }
}
