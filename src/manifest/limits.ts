/** Longer texts, in UTF-16 units, are read in a thread of their own. */
export const LARGE_LENGTH = 100_000;

/** Longer texts, in UTF-16 units, and larger files, in bytes, are not read in the editor. */
export const MOST_LENGTH = 1024 * 1024;
