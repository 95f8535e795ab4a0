import { say } from '../scripts/lib/progress.mjs';

/** Skips a test, or from a hook those that it is for, and says why: a test that silently does not run looks like one that passed. */
export function skipSince(obstacle: string, context: Mocha.Context): never {
  say(`      not run, since ${obstacle}`);
  return context.skip();
}
