import type { CopyPart, TokenDetails } from '../shared/tokenMessages';
import { claimTable } from './claimTable';
import type { Clock } from './clock';
import type { Words } from './connect';
import { el } from './dom';

export interface GrantSectionOptions {
  readonly grant: NonNullable<TokenDetails['grant']>;
  readonly words: Words;
  readonly clock: Clock;
  /** The reader folded it out. */
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly onCopy: (part: CopyPart, name: string) => void;
}

/** What was sent for a token, folded in: most readers come for what came back. */
export function grantSection({ grant, words, clock, open, onToggle, onCopy }: GrantSectionOptions): HTMLElement {
  const { t } = words;
  const table = (part: CopyPart, label: string, rows: TokenDetails['claims']): HTMLElement =>
    claimTable({ part, label, rows, words, clock, onCopy });
  return el(
    'details',
    {
      class: 'section',
      props: { open },
      on: {
        toggle: (event) => {
          onToggle((event.currentTarget as HTMLDetailsElement).open);
        },
      },
    },
    el('summary', { attrs: { 'data-focus': 'grant' } }, el('h2', {}, t('Grant that was sent'))),
    el('p', { class: 'muted' }, t('The JWT grant that the token was exchanged for, without its signature.')),
    el('h3', {}, t('Claims')),
    table('grant-claims', t('Claims of the grant'), grant.claims),
    el('h3', {}, t('Header')),
    table('grant-header', t('Header of the grant'), grant.header),
  );
}
