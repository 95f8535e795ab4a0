#!/usr/bin/env node
// Builds the extension and packages it into out/.
import path from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/places.mjs';
import { exitOnSignals } from './lib/processes.mjs';
import { fail, step } from './lib/progress.mjs';

async function main() {
  await ensureDependencies();
  const { buildAll } = await import('./build.mjs');
  const { packageVsix } = await import('./lib/vsix.mjs');
  await step('Building', () => buildAll());
  const file = await step('Packaging', packageVsix);
  process.stdout.write(`${path.relative(ROOT, file)}\n`);
}

exitOnSignals();
main().catch(fail);
