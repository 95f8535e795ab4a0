import type { Range } from './model';

/** Whether a cursor at `offset` touches the range: its end counts, as that is where typing goes on. */
export function touches(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

/**
 * A copy of `value`, with every Range anywhere in it moved by `by` UTF-16 units.
 * For plain data only: what the manifest room makes of one document is kept relative to that document.
 */
export function shifted<T>(value: T, by: number): T {
  return by === 0 ? value : (shift(value, by) as T);
}

function shift(value: unknown, by: number): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => shift(item, by));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (isRange(value)) {
    return { start: value.start + by, end: value.end + by };
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shift(member, by)]));
}

function isRange(value: object): value is Range {
  return 'start' in value && typeof value.start === 'number' && 'end' in value && typeof value.end === 'number';
}
