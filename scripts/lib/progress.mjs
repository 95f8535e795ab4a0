import { performance } from 'node:perf_hooks';

/** A fault with a sentence for the person at the terminal; printed as it is, without a stack. */
export class Trouble extends Error {}

/** Prints one line of progress. Progress goes to stderr: stdout is for results. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Runs one step of a set-up, naming it when it begins and the time that it took when it is done.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  say(`${name} …`);
  const started = performance.now();
  const result = await work();
  say(`${name}: done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

/** Ends the process with a word on what went wrong: the sentence of a Trouble, the output of a command, else the stack. */
export function fail(error) {
  if (error instanceof Trouble) say(error.message);
  else if (typeof error?.output === 'string') say(`${error.output.trimEnd()}\n${error.message}`);
  else console.error(error);
  process.exit(1);
}
