/** YAML to put into a manifest: text, a number, a boolean, a list or a map of it. */
export type Writable = string | number | boolean | readonly Writable[] | { readonly [key: string]: Writable };

/** Words that YAML 1.1 reads as something else than text. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** Whether YAML reads `value` as this string without quotes, in a block and between brackets. */
export function isPlainString(value: string): boolean {
  return /^[\p{L}][\p{L}\p{N}_./:-]*$/u.test(value) && !value.endsWith(':') && !RESERVED.test(value);
}

/** `value` on one line. With `quote`, as JSON, where every key and text has quotes. */
export function flow(value: Writable, quote: boolean): string {
  if (typeof value === 'string') {
    return quote || !isPlainString(value) ? JSON.stringify(value) : value;
  }
  if (typeof value !== 'object') {
    return String(value);
  }
  return isList(value) ? `[${value.map((item) => flow(item, quote)).join(', ')}]` : `{${flowEntries(value, quote)}}`;
}

/** The entries of a map on one line, without its braces. */
export function flowEntries(map: Readonly<Record<string, Writable>>, quote: boolean): string {
  return Object.entries(map)
    .map(([key, value]) => `${quote ? JSON.stringify(key) : key}: ${flow(value, quote)}`)
    .join(', ');
}

/** The entries of a map as lines of their own. */
export function blockEntries(map: Readonly<Record<string, Writable>>, quote: boolean): readonly string[] {
  return Object.entries(map).flatMap(([name, value]) => {
    const key = quote ? JSON.stringify(name) : name;
    return typeof value !== 'object'
      ? [`${key}: ${flow(value, quote)}`]
      : [
          `${key}:`,
          ...indented(isList(value) ? value.flatMap((item) => blockItem(item, quote)) : blockEntries(value, quote)),
        ];
  });
}

/** An item of a list as lines, the first of which begins with a dash. */
export function blockItem(item: Writable, quote: boolean): readonly string[] {
  const isMap = typeof item === 'object' && !isList(item);
  const [first = '', ...others] = isMap ? blockEntries(item, quote) : [flow(item, quote)];
  return [`- ${first}`, ...indented(others)];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function isList(value: Writable): value is readonly Writable[] {
  return Array.isArray(value);
}
