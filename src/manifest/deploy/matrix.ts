import type { DeployText } from './text';
import { known, UNKNOWN } from './text';

/** GitHub runs no more jobs than these for one matrix. */
const MOST_JOBS = 256;

type Row = ReadonlyMap<string, unknown>;

/**
 * The rows of a job's `strategy.matrix`, each with its values by their dotted names (GitHub, "Running variations of jobs in
 * a workflow": `include` and `exclude`). A matrix that an expression makes is one row without values.
 */
export function matrixRows(matrix: unknown): readonly ReadonlyMap<string, DeployText>[] {
  if (!isRecord(matrix)) {
    return [new Map()];
  }
  const { include, exclude, ...axes } = matrix;
  const excluded = recordsOf(exclude);
  const base = productOf(Object.entries(axes)).filter(
    (row) => !excluded.some((each) => Object.entries(each).every(([key, value]) => isSame(row.get(key), value))),
  );
  return included(base, Object.keys(axes), recordsOf(include)).slice(0, MOST_JOBS).map(flattened);
}

function productOf(axes: readonly (readonly [string, unknown])[]): readonly Row[] {
  let rows: readonly Row[] = axes.length === 0 ? [] : [new Map()];
  for (const [name, values] of axes) {
    // What is no list is an expression, whose values only the run knows.
    const known = Array.isArray(values) ? (values as readonly unknown[]) : [undefined];
    rows = rows.flatMap((row) => known.map((value) => new Map([...row, [name, value]]))).slice(0, MOST_JOBS);
  }
  return rows;
}

/** An item joins each row whose values of the axes it does not change, and else is a row of its own. */
function included(
  base: readonly Row[],
  axes: readonly string[],
  items: readonly Readonly<Record<string, unknown>>[],
): readonly Row[] {
  let rows = [...base];
  const own: Row[] = [];
  for (const item of items) {
    const entries = Object.entries(item);
    const fits = (row: Row): boolean =>
      entries.every(([key, value]) => !axes.includes(key) || row.get(key) === undefined || isSame(row.get(key), value));
    if (rows.some(fits)) {
      rows = rows.map((row) => (fits(row) ? new Map([...row, ...entries]) : row));
    } else {
      own.push(new Map(entries));
    }
  }
  const all = [...rows, ...own];
  return all.length === 0 ? [new Map()] : all;
}

function flattened(row: Row): ReadonlyMap<string, DeployText> {
  const values = new Map<string, DeployText>();
  const add = (name: string, value: unknown): void => {
    if (isRecord(value)) {
      for (const [key, member] of Object.entries(value)) {
        add(`${name}.${key}`, member);
      }
    } else {
      values.set(name.toLowerCase(), textOf(value));
    }
  };
  for (const [name, value] of row) {
    add(name, value);
  }
  return values;
}

function textOf(value: unknown): DeployText {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain && !String(value).includes('${{') ? known(String(value)) : UNKNOWN;
}

function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
