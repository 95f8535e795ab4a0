import type { EnvironmentBadge } from '../shared/messages';
import type { Words } from './connect';
import { el, icon } from './dom';

/** "Sandbox · client 1234": whose tokens these are, where the eye is when it sends. */
export function environmentLine(environment: EnvironmentBadge, { t }: Words): HTMLElement {
  return el(
    'span',
    { class: 'environment', attrs: { title: environment.issuer } },
    el('span', { class: `badge badge-${environment.kind}` }, environment.label),
    environment.clientId !== undefined &&
      el('span', { class: 'muted' }, t('client {id}', { id: environment.clientId })),
  );
}

/** What the sandbox is, and what it is not. */
export function sandboxNote({ onPurpose }: EnvironmentBadge, { t }: Words): HTMLElement {
  return el(
    'p',
    { class: 'quiet' },
    icon('beaker'),
    el(
      'span',
      {},
      t('The sandbox runs on this machine: nothing leaves it.'),
      ' ',
      onPurpose
        ? t('On purpose, in the sandbox: {scenarios}.', { scenarios: onPurpose.join(', ') })
        : t(
            'It grants what the manifest declares. The real Maskinporten also needs the owner of the scope to grant it to your organisation.',
          ),
    ),
  );
}
