/** A variable whose value is known only when the workflow runs: its tags stay as they are. */
export class Unknown {
  constructor(readonly name: string) {}
}

/** What a variables file can hold. A Map has no inherited keys, so that no name reaches anything but the file. */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | Variables;

/** Variables by their names. */
export type Variables = ReadonlyMap<string, Value>;

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether `{{#if}}` takes its first branch: an empty list and an empty map count as false, too (raymond, utils.go). */
export function isTrue(value: Value | undefined): boolean {
  if (value instanceof Map) {
    return value.size > 0;
  }
  return isList(value) ? value.length > 0 : Boolean(value);
}

/** The text of a value: the items of a list follow each other without a comma (raymond, string.go). */
export function textOf(value: Value | undefined): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (isList(value)) {
    return value.map(textOf).join('');
  }
  if (value instanceof Unknown) {
    return `{{${value.name}}}`;
  }
  switch (typeof value) {
    case 'object':
      return goText(value);
    case 'number':
      return decimal(value);
    default:
      return String(value);
  }
}

/** JSON numbers become `float64` and are printed without an exponent (strconv.FormatFloat with 'f'). */
function decimal(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) {
    return mantissa;
  }
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.');
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  return point <= 0
    ? `${sign}0.${'0'.repeat(-point)}${digits}`
    : `${sign}${digits.slice(0, point).padEnd(point, '0')}${digits.length > point ? `.${digits.slice(point)}` : ''}`;
}

/** A map is printed as Go does with `%s`, where all that is no text shows that it should not be there (package fmt). */
function goText(value: Value): string {
  if (value instanceof Map) {
    const entries = [...(value as Variables)].sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([key, each]) => `${key}:${goText(each)}`).join(' ')}]`;
  }
  if (isList(value)) {
    return `[${value.map((item) => goText(item)).join(' ')}]`;
  }
  switch (typeof value) {
    case 'number':
      return `%!s(float64=${String(value).replace(/e([+-])(\d)$/, 'e$10$2')})`;
    case 'boolean':
      return `%!s(bool=${value})`;
    default:
      return value === null ? '<nil>' : textOf(value);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  "'": '&apos;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** As `{{x}}` escapes: `=` and the backtick, which Handlebars.js escapes, stay (raymond, escape.go). */
export function escaped(text: string): string {
  return text.replace(/[&'<>"]/g, (character) => ESCAPES[character] ?? character);
}
