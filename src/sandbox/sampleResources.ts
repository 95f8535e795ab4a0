import { pause } from './disruption';
import { jsonAnswer, problemAnswer } from './http';
import type { Answer, Request } from './http';

/** A number in the query: what it is when it is left out, and how far it may go. */
interface Parameter {
  readonly name: string;
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
}

const DELAY_MS: Parameter = { name: 'ms', fallback: 3_000, least: 0, most: 60_000 };
const LARGE_BYTES: Parameter = { name: 'bytes', fallback: 1_048_576, least: 100, most: 16_777_216 };
const PAGE_SIZE: Parameter = { name: 'size', fallback: 20, least: 1, most: 100 };

/** What the paged resource holds: enough for some pages, not divided evenly. */
const ITEM_COUNT = 95;

/** Answers after `?ms=`, three seconds unless it is given. */
export async function slowAnswer({ query, signal }: Request): Promise<Answer> {
  const delayMs = read(query, DELAY_MS);
  if (delayMs === undefined) return outOfRange(DELAY_MS);
  await pause(delayMs, signal);
  return jsonAnswer(200, { delayedMs: delayMs });
}

/** A list of objects, as JSON of just `?bytes=` bytes, one MiB unless it is given. */
export function largeAnswer({ query }: Request): Answer {
  const bytes = read(query, LARGE_BYTES);
  if (bytes === undefined) return outOfRange(LARGE_BYTES);
  const [head, tail] = ['{"items":[', ']}'];
  const items: string[] = [];
  let left = bytes - head.length - tail.length;
  for (let id = 1; ; id += 1) {
    const item = JSON.stringify({ id, name: `Item ${id}`, padding: '' });
    const next = JSON.stringify({ id: id + 1, name: `Item ${id + 1}`, padding: '' }).length + 1;
    // The last one takes up what would be too little for another.
    if (left - item.length < next) {
      items.push(JSON.stringify({ id, name: `Item ${id}`, padding: 'x'.repeat(Math.max(left - item.length, 0)) }));
      break;
    }
    items.push(item);
    left -= item.length + 1;
  }
  return { status: 200, headers: { 'content-type': 'application/json' }, body: head + items.join(',') + tail };
}

/** Page `?page=` of a list, `?size=` items at a time, with links to its neighbours (RFC 8288). */
export function pagedAnswer({ query }: Request, url: string): Answer {
  const size = read(query, PAGE_SIZE);
  if (size === undefined) return outOfRange(PAGE_SIZE);
  const last = Math.ceil(ITEM_COUNT / size);
  const parameter: Parameter = { name: 'page', fallback: 1, least: 1, most: last };
  const page = read(query, parameter);
  if (page === undefined) return outOfRange(parameter);
  const first = (page - 1) * size + 1;
  const items = Array.from({ length: Math.min(size, ITEM_COUNT - first + 1) }, (_, index) => ({
    id: first + index,
    name: `Item ${first + index}`,
  }));
  const neighbours = [
    ['prev', page - 1],
    ['next', page + 1],
  ] as const;
  const links = neighbours
    .filter(([, number]) => number >= 1 && number <= last)
    .map(([relation, number]) => `<${url}?page=${number}&size=${size}>; rel="${relation}"`);
  const body = { items, page, pages: last, total: ITEM_COUNT };
  return jsonAnswer(200, body, links.length > 0 ? { link: links.join(', ') } : {});
}

function read(query: URLSearchParams, { name, fallback, least, most }: Parameter): number | undefined {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
}

function outOfRange({ name, least, most }: Parameter): Answer {
  return problemAnswer(400, 'Bad Request', `The parameter ${name} must be a whole number from ${least} to ${most}.`);
}
