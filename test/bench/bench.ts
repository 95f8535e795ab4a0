/** One table of figures, as it is printed and as it stands in docs/benchmarks.md. */
export interface BenchTable {
  readonly title: string;
  /** What the figures should be at most, and why. */
  readonly aim?: string;
  /** What a reader must know about these figures. */
  readonly note?: string;
  readonly columns: readonly string[];
  /** Numbers are printed with three significant digits; a text is printed as it is. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What a file `test/bench/NAME.bench.ts` exports; `npm run bench NAME` measures it, in a process of its own. */
export interface Bench {
  /** The file's name without `.bench.ts`, and the section's heading in docs/benchmarks.md. */
  readonly name: string;
  readonly measure: () => Promise<readonly BenchTable[]>;
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export interface Timing {
  /** How often each is timed. */
  readonly runs: number;
  /** How often each is run before the clock counts, so that V8 has compiled it. */
  readonly warmUps: number;
}

/**
 * The median time of each piece of work in milliseconds. They take turns, so that what else the machine does meets them
 * all alike.
 */
export async function mediansMs<K extends string>(
  works: Readonly<Record<K, () => unknown>>,
  { runs, warmUps }: Timing,
): Promise<Record<K, number>> {
  const names = Object.keys(works) as K[];
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let run = -warmUps; run < runs; run++) {
    for (const name of names) {
      const started = performance.now();
      await works[name]();
      const took = performance.now() - started;
      if (run >= 0) {
        times.get(name)?.push(took);
      }
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<K, number>;
}
