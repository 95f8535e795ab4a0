#!/usr/bin/env node
// Runs the checks and tests, after all the set-up that a fresh clone needs:
//   node scripts/test.mjs [lint|typecheck|unit|fuzz|package|host|ui|vsix|interop]
// Without a name it runs all of them but the last, which needs packages of its own and, for some of it, Java and Maven.
// It shows what each prints, and ends with the line `N passed, N failed`.
import path from 'node:path';
import { closingLine, leaveCounts, readCounts, settle, sum } from './lib/counts.mjs';
import { ensureDependencies, ensureInteropDependencies } from './lib/dependencies.mjs';
import { inRoot, ROOT } from './lib/places.mjs';
import { exitOnSignals, npmCommand, startGroup } from './lib/processes.mjs';
import { fail, say, step, Trouble } from './lib/progress.mjs';
import { temporaryFolder } from './lib/temporary.mjs';

const REPORTER = ['--reporter', inRoot('scripts', 'lib', 'counting-reporter.cjs')];
const MINUTE_MS = 60_000;
/** What an interrupted layer may take to close its VS Code and remove its files. */
const END_LIMIT_MS = 20_000;

function node(file, ...args) {
  return { command: process.execPath, args: [inRoot(...file.split('/')), ...args], shell: false };
}

function npmScript(name) {
  const { command, prefix, shell } = npmCommand();
  return { command, args: [...prefix, 'run', '--silent', name], shell };
}

/**
 * What does a layer's work: `tests` layers count for themselves, a check counts as one; `built` ones need dist/, and
 * `onlyByName` ones do not belong to the run of all.
 */
const LAYERS = {
  lint: { start: () => npmScript('lint'), limitMs: 5 * MINUTE_MS },
  typecheck: { start: () => npmScript('typecheck'), limitMs: 5 * MINUTE_MS },
  unit: { tests: true, start: () => node('node_modules/mocha/bin/mocha.js', ...REPORTER), limitMs: 5 * MINUTE_MS },
  fuzz: { tests: true, start: () => mochaOn('test/fuzz/**/*.test.ts'), limitMs: 20 * MINUTE_MS },
  package: {
    tests: true,
    built: true,
    start: () => mochaOn('test/package/**/*.test.ts'),
    limitMs: 5 * MINUTE_MS,
  },
  host: { tests: true, built: true, start: () => node('test/host/run.mjs'), limitMs: 10 * MINUTE_MS },
  ui: {
    tests: true,
    built: true,
    obstacle: uiObstacle,
    prepare: async () => (await import('./lib/machine.mjs')).ensureMachine(),
    start: () => mochaOn('test/ui/**/*.test.ts'),
    limitMs: 18 * MINUTE_MS,
  },
  vsix: {
    tests: true,
    built: true,
    onlyByName: true,
    obstacle: uiObstacle,
    prepare: async () => {
      await (await import('./lib/machine.mjs')).ensureMachine();
      process.env.UI_FROM_VSIX = await (await import('./lib/vsix.mjs')).packageVsix();
    },
    start: () => mochaOn('test/ui/journey.test.ts'),
    limitMs: 10 * MINUTE_MS,
  },
  interop: {
    tests: true,
    onlyByName: true,
    prepare: ensureInteropDependencies,
    start: () => mochaOn('test/interop/*.test.ts'),
    limitMs: 10 * MINUTE_MS,
  },
};

/** Mocha on tests that take their time. Its configuration file names the unit tests, and mocha would add those. */
function mochaOn(spec) {
  const options = ['--no-config', '--node-option', 'import=tsx', '--timeout', String(2 * MINUTE_MS), '--spec', spec];
  const signals = ['--require', inRoot('scripts', 'lib', 'exit-on-signals.mjs')];
  return node('node_modules/mocha/bin/mocha.js', ...options, ...signals, ...REPORTER);
}

async function uiObstacle() {
  const { isServable } = await import('./lib/code-server.mjs');
  if (isServable()) return undefined;
  return `they drive VS Code's server, which does not run on ${process.platform} ${process.arch}`;
}

async function buildForTests() {
  try {
    const { buildAll } = await import('./build.mjs');
    await step('Building', () => buildAll({ tests: true }));
    return true;
  } catch (error) {
    say(String(error.message));
    return false;
  }
}

/** Runs one layer in a process group of its own and gives its counts. */
async function runLayer(name, current) {
  const { tests, start, limitMs } = LAYERS[name];
  const temporary = await temporaryFolder('test');
  const countsFile = path.join(temporary.folder, 'counts.json');
  const { command, args, shell } = start();
  const stdio = ['ignore', 'inherit', 'inherit'];
  const group = startGroup(command, args, {
    cwd: ROOT,
    shell,
    stdio,
    env: { ...process.env, TEST_COUNTS_FILE: countsFile },
  });
  current.group = group;
  const timer = setTimeout(() => {
    say(`${name}: stopped after ${limitMs / MINUTE_MS} minutes.`);
    void group.stop();
  }, limitMs);
  try {
    const exitCode = await group.ended;
    return settle(
      exitCode,
      tests ? readCounts(countsFile) : { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1 },
    );
  } finally {
    clearTimeout(timer);
    current.group = undefined;
    await temporary.remove();
  }
}

/** Prepares a layer and runs it; what stands in its way is a failure of this layer, and the others still run. */
async function prepared(name, work) {
  try {
    await LAYERS[name].prepare?.();
  } catch (error) {
    say(error instanceof Trouble ? error.message : `${error.output ?? ''}\n${error.stack}`);
    return { passed: 0, failed: 1 };
  }
  return work();
}

async function runLayers(names, current) {
  const results = [];
  const isBuilt = names.some((name) => LAYERS[name].built) ? await buildForTests() : true;
  if (!isBuilt) results.push({ passed: 0, failed: 1 });
  for (const name of names) {
    const obstacle = LAYERS[name].built && !isBuilt ? 'the build failed' : await LAYERS[name].obstacle?.();
    if (obstacle) {
      say(`\n${name}: not run, since ${obstacle}.`);
      continue;
    }
    say(`\n${name}`);
    results.push(await prepared(name, () => runLayer(name, current)));
  }
  return sum(results);
}

function layersAskedFor([name]) {
  if (name === undefined) return Object.keys(LAYERS).filter((layer) => !LAYERS[layer].onlyByName);
  if (!Object.hasOwn(LAYERS, name))
    throw new Trouble(`No tests named ${name}. There are: ${Object.keys(LAYERS).join(', ')}.`);
  return [name];
}

async function main() {
  const current = { group: undefined };
  exitOnSignals(async () => current.group?.stop(END_LIMIT_MS));
  const names = layersAskedFor(process.argv.slice(2));
  await ensureDependencies();
  const counts = await runLayers(names, current);
  if (process.env.TEST_COUNTS_FOLDER) leaveCounts(process.env.TEST_COUNTS_FOLDER, process.argv[2] ?? 'tests', counts);
  if (counts.pending > 0) say(`\n${counts.pending} not run; mocha's list above says which.`);
  process.stdout.write(`\n${closingLine(counts)}\n`);
  return counts.failed === 0 ? 0 : 1;
}

main().then((code) => process.exit(code), fail);
