import type { AltinnSection, CopyPart, CopyWhat } from '../shared/tokenMessages';
import type { Clock } from './clock';
import type { Words } from './connect';
import { button, el, icon, type Announcer } from './dom';
import { problemCard } from './problemCard';
import { claimSections, tokenNotes } from './readableToken';
import { stateLine, verificationLine } from './tokenState';

export interface AltinnSectionOptions {
  readonly section: AltinnSection;
  readonly words: Words;
  readonly clock: Clock;
  readonly announcer: Announcer;
  /** The reader folded it out. */
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly onExchange: () => void;
  readonly onCopy: (label: string, what: CopyWhat) => void;
  readonly onCopyClaim: (part: CopyPart, name: string) => void;
  readonly onAction: (id: string) => void;
}

/** The exchange for Altinn's own token: in sight for Altinn's scopes, folded in for others. */
export function altinnSection(options: AltinnSectionOptions): HTMLElement {
  const { section, words, open, onToggle, onAction } = options;
  const { t } = words;
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
    el('summary', { attrs: { 'data-focus': 'altinn' } }, el('h2', {}, t('Altinn token'))),
    el(
      'p',
      { class: 'muted' },
      section.isLikely
        ? t('Most of Altinn’s APIs want an Altinn token, which Altinn gives for this one.')
        : t('Altinn’s APIs may want an Altinn token, which Altinn gives for this one.'),
    ),
    section.token &&
      el('div', { class: 'altinn-state' }, stateLine(section.token, words, options.clock, options.announcer)),
    section.token && verificationLine(section.token.verification, words),
    el('div', { class: 'buttons' }, ...buttons(options)),
    section.problem && problemCard(section.problem, words, onAction, 'altinn-problem'),
    section.token && el('div', {}, ...tokenNotes(section.token.notes)),
    section.token &&
      el(
        'div',
        {},
        ...claimSections<CopyPart>({
          token: section.token,
          words,
          clock: options.clock,
          parts: { claims: 'altinn-claims', header: 'altinn-header' },
          onCopy: options.onCopyClaim,
        }),
      ),
  );
}

function buttons({ section, words, onExchange, onCopy }: AltinnSectionOptions): HTMLElement[] {
  const { t } = words;
  if (section.busy) return [el('span', { class: 'state' }, icon('loading', 'spin'), t('Asking Altinn for its token'))];
  const exchange = section.token ? t('Exchange Again') : t('Exchange for Altinn Token');
  const label = t('Copy Altinn Token');
  return [
    button(exchange, onExchange, { icon: 'arrow-swap', secondary: true, focusKey: 'exchange' }),
    ...(section.token
      ? [
          button(
            label,
            () => {
              onCopy(label, 'token');
            },
            { icon: 'copy', secondary: true, focusKey: 'copy-altinn' },
          ),
        ]
      : []),
  ];
}
