import type { Translate } from '../../shared/localize';

/** Characters in a row; those that nobody could see by themselves are named. */
export function characterList(characters: readonly string[], t: Translate): string {
  return characters.map((character) => characterName(character, t)).join(', ');
}

export function characterName(character: string, t: Translate): string {
  switch (character) {
    case ' ':
      return t('a space');
    case '\t':
      return t('a tab');
    case '\n':
    case '\r':
      return t('a line break');
    default:
      return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? character : codePoint(character);
  }
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
