import type { VerificationLine } from '../shared/messages';
import { validityAt, wordAbsolute, wordValidity, type Validity, type ValiditySpan } from '../shared/time';
import type { Clock } from './clock';
import type { Words } from './connect';
import { el, icon, type Announcer } from './dom';

const STATE_ICONS: Readonly<Record<Validity, readonly [name: string, className: string]>> = {
  valid: ['pass-filled', 'success-icon'],
  expired: ['error', 'error-icon'],
  'not-yet-valid': ['watch', 'warning-icon'],
  unknown: ['question', 'warning-icon'],
};

/** The last minutes are worth a word to those who cannot see the countdown. */
const MILESTONES_SECONDS = [300, 60];

/** "Valid, 54 min left" with the moment it ends, counting down by the user's own clock. */
export function stateLine(token: ValiditySpan, { locale, t }: Words, clock: Clock, announcer: Announcer): HTMLElement {
  const line = el('div', { class: 'state' });
  const words = el('strong', {});
  let shown: Validity | undefined;
  let milestone: number | undefined;
  clock.tick(line, (nowMs) => {
    const validity = validityAt(token, nowMs);
    const text = wordValidity(token, nowMs, t);
    words.textContent = text;
    const reached = milestoneAt(token, nowMs);
    if (validity !== shown || reached !== milestone) announcer.say(text);
    milestone = reached;
    if (validity === shown) return;
    shown = validity;
    const [name, className] = STATE_ICONS[validity];
    line.replaceChildren(icon(name, className), el('span', {}, words, ' ', ...untilWords(token, validity, locale, t)));
  });
  return line;
}

function milestoneAt({ expiresAtMs }: ValiditySpan, nowMs: number): number | undefined {
  const left = expiresAtMs === undefined ? Infinity : (expiresAtMs - nowMs) / 1000;
  return MILESTONES_SECONDS.findLast((seconds) => left <= seconds);
}

function untilWords(token: ValiditySpan, validity: Validity, locale: string, t: Words['t']): HTMLElement[] {
  if (token.expiresAtMs === undefined) return [];
  const time = wordAbsolute(token.expiresAtMs, locale);
  return [
    el('span', { class: 'muted' }, validity === 'expired' ? t('at {time}', { time }) : t('until {time}', { time })),
  ];
}

/** Whether the signature was checked, and against what. "Not verified" never looks like "verified". */
export function verificationLine(verification: VerificationLine, { t }: Words): HTMLElement {
  switch (verification.kind) {
    case 'checking':
      return el('div', { class: 'state' }, icon('loading', 'spin'), t('Checking the signature'));
    case 'verified':
      return el('div', { class: 'state' }, icon('verified-filled', 'success-icon'), el('span', {}, verification.text));
    case 'not-verified':
      return el(
        'div',
        { class: 'state' },
        icon('unverified', 'warning-icon'),
        el('span', {}, el('strong', {}, verification.text), ' ', verification.reason),
      );
  }
}
