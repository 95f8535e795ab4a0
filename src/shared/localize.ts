/**
 * Gives `message` in the user's language, with each `{name}` replaced by `values.name`.
 * Messages are written in English in the code; l10n/ has the translations by the English text.
 */
export type Translate = (message: string, values?: Readonly<Record<string, string | number>>) => string;

/** Makes a Translate over one language's texts; a text that is missing there stays English. */
export function createTranslate(texts: Readonly<Record<string, string>>): Translate {
  return (message, values) =>
    (texts[message] ?? message).replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = values?.[name];
      return value === undefined ? placeholder : String(value);
    });
}
