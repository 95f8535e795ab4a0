/**
 * Text of a manifest or a file's name as it may reach a terminal: control characters, line breaks and marks that turn
 * the direction of writing come out as `\u{1b}`, so that they neither steer the terminal nor feign other lines.
 */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
