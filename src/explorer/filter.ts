/** Whether a row with these texts is to be shown. */
export type RowFilter = (texts: readonly (string | undefined)[]) => boolean;

/**
 * Makes the filter that the user typed: every word of it must be in one of a row's texts, whatever the case.
 * Undefined where nothing was typed.
 */
export function rowFilter(typed: string): RowFilter | undefined {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  return (texts) => {
    const lower = texts.flatMap((text) => text?.toLowerCase() ?? []);
    return words.every((word) => lower.some((text) => text.includes(word)));
  };
}
