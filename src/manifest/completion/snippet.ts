import { isPlainString } from '../rules/write';

/** A place that is filled in after the snippet stands: free, with a text to overwrite, or one of a few. */
export interface Stop {
  readonly text?: string;
  readonly choices?: readonly string[];
  /** The place is within quotes, whatever is typed: YAML would read it as something else. */
  readonly quoted?: boolean;
}

/** Text to insert, with the places to fill in, in their order. */
export type Snippet = readonly (string | Stop)[];

/** YAML with places to fill in. */
export type Template = string | boolean | number | TemplateStop | readonly Template[] | TemplateMap;

/** Entries in order. A Map, so that it is never taken for a stop. */
export type TemplateMap = ReadonlyMap<string, Template>;

export class TemplateStop {
  constructor(readonly stop: Stop) {}
}

/** How new YAML is to look, so that it fits what is there. */
export interface Style {
  /** All on one line, with braces and brackets. */
  readonly flow: boolean;
  /** JSON: quotes around every key and text. */
  readonly json: boolean;
  readonly lineBreak: string;
  /** The column in which the entries stand. */
  readonly column: number;
  /** How far the dashes of a list stand to the right of its key. */
  readonly dashIndent: number;
}

/** The entry `key: value`. The first line begins where it is inserted, the others in their columns. */
export function entrySnippet(key: string, value: Template, style: Style): Snippet {
  return style.flow || style.json
    ? [`${style.json ? JSON.stringify(key) : key}: `, ...flowOf(value, style)]
    : blockEntry(key, value, style, style.column);
}

/** The entries of a map, with dash for an item of a list that has none yet. */
export function entriesSnippet(entries: TemplateMap, style: Style, needsDash: boolean): Snippet {
  if (style.flow || style.json) {
    const inner = joined(
      [...entries].map(([key, value]) => entrySnippet(key, value, style)),
      ', ',
    );
    return needsDash ? ['{', ...inner, '}'] : inner;
  }
  const column = style.column + (needsDash ? 2 : 0);
  return [...(needsDash ? ['- '] : []), ...blockMap(entries, style, column)];
}

/** A value on one line. */
export function valueSnippet(value: Template, style: Style): Snippet {
  return flowOf(value, style);
}

function blockMap(entries: TemplateMap, style: Style, column: number): Snippet {
  return joined(
    [...entries].map(([key, value]) => blockEntry(key, value, style, column)),
    margin(style, column),
  );
}

function blockEntry(key: string, value: Template, style: Style, column: number): Snippet {
  if (isMap(value)) {
    return [`${key}:${margin(style, column + 2)}`, ...blockMap(value, style, column + 2)];
  }
  if (!isList(value)) {
    return [`${key}: `, ...flowOf(value, style)];
  }
  const dashColumn = column + style.dashIndent;
  const items = value.map((item): Snippet => [
    '- ',
    ...(isMap(item) ? blockMap(item, style, dashColumn + 2) : flowOf(item, style)),
  ]);
  return [`${key}:${margin(style, dashColumn)}`, ...joined(items, margin(style, dashColumn))];
}

function flowOf(value: Template, style: Style): Snippet {
  if (value instanceof TemplateStop) {
    const { stop } = value;
    return stop.quoted === true || (style.json && !isBare(stop)) ? ['"', stop, '"'] : [stop];
  }
  if (isMap(value)) {
    return ['{', ...entriesSnippet(value, { ...style, flow: true }, false), '}'];
  }
  if (isList(value)) {
    return [
      '[',
      ...joined(
        value.map((item) => flowOf(item, style)),
        ', ',
      ),
      ']',
    ];
  }
  return [typeof value === 'string' && (style.json || !isPlainString(value)) ? JSON.stringify(value) : String(value)];
}

/** A stop for a number or a boolean, which has no quotes in JSON either. */
function isBare({ text, choices = [] }: Stop): boolean {
  return (text !== undefined && /^\d+$/.test(text)) || choices.includes('true');
}

function margin({ lineBreak }: Style, column: number): string {
  return `${lineBreak}${' '.repeat(column)}`;
}

function joined(parts: readonly Snippet[], separator: string): Snippet {
  return parts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
}

function isMap(value: Template): value is TemplateMap {
  return value instanceof Map;
}

function isList(value: Template): value is readonly Template[] {
  return Array.isArray(value);
}
