#!/usr/bin/env node
// Measures what test/bench holds, one bench after the other, and writes the figures to docs/benchmarks.md:
//   node scripts/bench.mjs [NAME…]
// Without a name it runs all. Each bench keeps its own section there: a run of some leaves the others' figures as they are.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot, ROOT } from './lib/places.mjs';
import { exitOnSignals, startGroup } from './lib/processes.mjs';
import { fail, say, Trouble } from './lib/progress.mjs';
import { temporaryFolder } from './lib/temporary.mjs';

const SUFFIX = '.bench.ts';

/** What a bench that was broken off may take to close what it started. */
const END_LIMIT_MS = 20_000;

async function namesAskedFor(asked) {
  const names = (await readdir(inRoot('test', 'bench')))
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Trouble(`No bench named ${unknown}. There are: ${names.join(', ')}.`);
  return asked.length > 0 ? asked : names;
}

/** Scripts find the project by their own place, so they stay where they are. */
const scriptsStay = {
  name: 'scripts-stay',
  setup({ onResolve }) {
    onResolve({ filter: /\/scripts\/.*\.mjs$/ }, ({ path: specifier, resolveDir }) => ({
      path: pathToFileURL(path.resolve(resolveDir, specifier)).href,
      external: true,
    }));
  },
};

/** Bundles a bench as the extension is bundled: what is measured is what ships, not what a loader makes of it. */
async function bundle(name, outfile) {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: ROOT,
    entryPoints: [`test/bench/${name}${SUFFIX}`],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    // CommonJS packages in the bundle ask for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [scriptsStay],
    logLevel: 'warning',
  });
}

async function measure(name, temporary, current) {
  const file = path.join(temporary, `${name}.mjs`);
  const result = path.join(temporary, `${name}.json`);
  await bundle(name, file);
  current.group = startGroup(process.execPath, [inRoot('scripts', 'lib', 'bench-child.mjs'), file, result], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await current.group.ended;
  current.group = undefined;
  if (code !== 0) throw new Trouble(`The bench ${name} ended with ${code}.`);
  return JSON.parse(await readFile(result, 'utf8'));
}

async function main(current) {
  await ensureDependencies();
  const { sectionOf, updateReport } = await import('./lib/bench-report.mjs');
  const { folder: temporary, remove } = await temporaryFolder('bench');
  try {
    for (const name of await namesAskedFor(process.argv.slice(2))) {
      say(`\n${name}`);
      const section = await sectionOf(name, await measure(name, temporary, current));
      process.stdout.write(`${section}\n`);
      await updateReport(name, section);
    }
  } finally {
    await remove();
  }
}

const current = { group: undefined };
exitOnSignals(async () => current.group?.stop(END_LIMIT_MS));
main(current).then(() => process.exit(0), fail);
