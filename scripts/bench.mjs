#!/usr/bin/env node
// Prints how long the extension takes to activate in a cold extension host, beside an extension that does nothing.
// Each run is a VS Code of its own; the order changes from run to run, since whatever comes first warms the host up.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureMachine } from './lib/machine.mjs';
import { extensionId, inRoot, readPackage, ROOT } from './lib/places.mjs';
import { exitOnSignals } from './lib/processes.mjs';
import { fail, step } from './lib/progress.mjs';
import { temporaryFolder } from './lib/temporary.mjs';

const RUNS = 6;
const EMPTY = 'nais-maskinporten.empty';

/** An extension with the least that VS Code activates. */
async function writeEmptyExtension(folder) {
  const [publisher, name] = EMPTY.split('.');
  const { engines, extensionKind } = readPackage();
  const description = {
    publisher,
    name,
    version: '1.0.0',
    engines,
    extensionKind,
    main: './main.js',
    activationEvents: [],
  };
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(description));
  await writeFile(path.join(folder, 'main.js'), 'exports.activate = () => {};\n');
}

async function measureOnce(temporary, order, current) {
  const { openWorkbench } = await import('./lib/workbench.mjs');
  const result = path.join(temporary, 'times.json');
  const workbench = await openWorkbench({
    extensions: [ROOT, path.join(temporary, 'empty')],
    testsPath: inRoot('scripts', 'lib', 'bench-suite.cjs'),
    workspace: inRoot('test', 'host', 'workspaces', 'empty'),
    env: { BENCH_EXTENSIONS: JSON.stringify(order), BENCH_RESULT: result },
  });
  current.workbench = workbench;
  try {
    const code = await workbench.exitCode;
    if (code !== 0) throw new Error(`The extension host ended with ${code}.`);
    return JSON.parse(await readFile(result, 'utf8'));
  } finally {
    await workbench.close();
  }
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function line(name, cells) {
  return [name.padEnd(36), ...cells.map((cell) => cell.padStart(8))].join('');
}

function table(times) {
  const row = (name, numbers) => {
    const figures = [median(numbers), Math.min(...numbers), Math.max(...numbers)];
    return line(
      name,
      figures.map((ms) => ms.toFixed(1)),
    );
  };
  const [own, empty] = [extensionId(), EMPTY].map((id) => times.map((run) => run[id]));
  return [
    line(`activation, ms, ${times.length} cold starts`, ['median', 'least', 'most']),
    row(extensionId(), own),
    row('an extension that does nothing', empty),
    `ratio of the medians: ${(median(own) / median(empty)).toFixed(1)}`,
  ].join('\n');
}

async function main(current) {
  await ensureDependencies();
  const { buildAll } = await import('./build.mjs');
  await step('Building', () => buildAll());
  await ensureMachine();
  const { folder: temporary, remove } = await temporaryFolder('bench');
  try {
    await writeEmptyExtension(path.join(temporary, 'empty'));
    const times = [];
    for (let run = 1; run <= RUNS; run += 1) {
      const order = run % 2 === 1 ? [EMPTY, extensionId()] : [extensionId(), EMPTY];
      times.push(await step(`Cold start ${run} of ${RUNS}`, () => measureOnce(temporary, order, current)));
    }
    process.stdout.write(`${table(times)}\n`);
  } finally {
    await remove();
  }
}

const current = { workbench: undefined };
exitOnSignals(async () => current.workbench?.close());
main(current).then(() => process.exit(0), fail);
