const LETTERS: Readonly<Record<string, string>> = { æ: 'ae', ø: 'o', å: 'a' };

/** Writes the Norwegian letters as names of applications and addresses usually do. */
export function transliterated(text: string): string {
  return text.replace(/[æøå]/g, (letter) => LETTERS[letter] ?? letter);
}
