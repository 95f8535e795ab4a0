import type { FormRow, UnsentPair } from './requestForm';

/** A row of the query table. */
export interface QueryRow extends FormRow {
  /** The pair as it stands in the URL; undefined in a row that was added and is not filled in yet. */
  readonly raw: string | undefined;
}

/** A URL and the pairs that are switched off: together they hold what the table shows. */
export interface UrlAndQuery {
  readonly url: string;
  readonly unsentQuery: readonly UnsentPair[];
}

/** The query of a URL as rows, with those that are switched off in their places. */
export function queryRows({ url, unsentQuery }: UrlAndQuery): readonly QueryRow[] {
  const { query } = split(url);
  const rows = (query === undefined || query === '' ? [] : query.split('&')).map((raw) => rowOf(raw, true));
  for (const { raw, at } of [...unsentQuery].sort((a, b) => a.at - b.at)) rows.splice(at, 0, rowOf(raw, false));
  return rows;
}

/** The URL with the rows as its query: a pair that was not edited stays as it was written. */
export function withQuery(url: string, rows: readonly QueryRow[]): UrlAndQuery {
  const { base, fragment } = split(url);
  const raws = rows.filter(({ enabled }) => enabled).flatMap(({ raw }) => raw ?? []);
  const unsentQuery = rows.flatMap(({ raw, enabled }, at) => (enabled || raw === undefined ? [] : [{ raw, at }]));
  return { url: `${base}${raws.length === 0 ? '' : `?${raws.join('&')}`}${fragment}`, unsentQuery };
}

/** The row with another name or value. Without either it is no pair; one that had no `=` gets none. */
export function editedRow({ raw, enabled }: QueryRow, name: string, value: string): QueryRow {
  const isBare = raw !== undefined && raw !== '' && !raw.includes('=') && value === '';
  const pair = isBare ? encodePart(name) : `${encodePart(name)}=${encodePart(value)}`;
  return { name, value, enabled, raw: name === '' && value === '' ? undefined : pair };
}

function rowOf(raw: string, enabled: boolean): QueryRow {
  const at = raw.indexOf('=');
  const [name, value] = at < 0 ? [raw, ''] : [raw.slice(0, at), raw.slice(at + 1)];
  return { name: decodePart(name), value: decodePart(value), enabled, raw };
}

/** The query stands between the first `?` and the first `#` (RFC 3986 section 3.4). */
function split(url: string): { base: string; query: string | undefined; fragment: string } {
  const hash = url.indexOf('#');
  const [rest, fragment] = hash < 0 ? [url, ''] : [url.slice(0, hash), url.slice(hash)];
  const mark = rest.indexOf('?');
  return mark < 0
    ? { base: rest, query: undefined, fragment }
    : { base: rest.slice(0, mark), query: rest.slice(mark + 1), fragment };
}

/** Forms write a space as `+` (WHATWG URL, application/x-www-form-urlencoded). What cannot be decoded is shown as it is. */
function decodePart(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}

/** A query may have these as they are (RFC 3986 section 3.4), and people read them better so. */
const LEGIBLE = /%(?:3A|2F|3F|40|2C|3B|24)/g;

/** Half of a surrogate pair, as it stands for a moment while an emoji is deleted, cannot be encoded. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** `%` and what follows stays where it is an escape that could not be decoded. */
function encodePart(text: string): string {
  const isEscaped = decodePart(text) === text && /%[\dA-F]{2}/i.test(text);
  const encoded = encodeURIComponent(wellFormed(text)).replace(LEGIBLE, (escape) => decodeURIComponent(escape));
  return isEscaped ? encoded.replace(/%25([\dA-F]{2})/gi, '%$1') : encoded;
}
