import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What one layer of tests came to.
 * @typedef {{passed: number, failed: number, pending?: number}} Counts
 */

/** The numbers that mocha's reporter left in `file`; undefined where it did not come that far. */
export function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * What a layer counts as. One that ended badly has failed at least once, whatever it counted, and so has one that ran
 * nothing: green must mean that something was seen to hold.
 *
 * @param {number} exitCode
 * @param {Counts | undefined} counted
 * @returns {Counts}
 */
export function settle(exitCode, counted) {
  const { passed = 0, failed = 0, pending = 0 } = counted ?? {};
  const isBad = exitCode !== 0 || passed + failed === 0;
  return { passed, failed: isBad ? Math.max(failed, 1) : failed, pending };
}

/** @param {readonly Counts[]} all */
export function sum(all) {
  const total = (key) => all.reduce((before, counts) => before + (counts[key] ?? 0), 0);
  return { passed: total('passed'), failed: total('failed'), pending: total('pending') };
}

/** The line that ends every run of the tests. */
export function closingLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}

/** Leaves a part's counts in `folder`, for a caller that sums several parts. */
export function leaveCounts(folder, part, counts) {
  writeFileSync(path.join(folder, `${part}.json`), JSON.stringify(counts));
}

/** The sum of what `parts` have left in `folder`; one that left nothing did not come to its end, and has failed. */
export function gatherCounts(folder, parts) {
  return sum(parts.map((part) => readCounts(path.join(folder, `${part}.json`)) ?? { passed: 0, failed: 1 }));
}
