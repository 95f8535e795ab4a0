import type { ReadableToken } from '../shared/tokenMessages';
import { claimTable } from './claimTable';
import type { Clock } from './clock';
import type { Words } from './connect';
import { el, icon, section } from './dom';

export interface ReadableTokenOptions<P extends string> {
  readonly token: ReadableToken;
  readonly words: Words;
  readonly clock: Clock;
  /** How the host knows the members of claims and header. */
  readonly parts: { readonly claims: P; readonly header: P };
  readonly onCopy: (part: P, name: string) => void;
}

/** What the form of a token means, where it does not speak for itself. */
export function tokenNotes(notes: readonly string[]): HTMLElement[] {
  return notes.map((note) => el('p', { class: 'quiet' }, icon('info'), el('span', {}, note)));
}

/** A token's claims and header, as far as there are any. */
export function claimSections<P extends string>({
  token,
  words,
  clock,
  parts,
  onCopy,
}: ReadableTokenOptions<P>): HTMLElement[] {
  const { t } = words;
  const table = (part: P, label: string, rows: ReadableToken['claims']): HTMLElement[] =>
    rows.length === 0 ? [] : [section(part, label, claimTable({ part, label, rows, words, clock, onCopy }))];
  return [...table(parts.claims, t('Claims'), token.claims), ...table(parts.header, t('Header'), token.header)];
}
