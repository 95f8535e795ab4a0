import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildAll } from '../../scripts/build.mjs';
import { ensureMachine } from '../../scripts/lib/machine.mjs';
import { extensionId, inRoot, readPackage, ROOT } from '../../scripts/lib/places.mjs';
import { exitOnSignals } from '../../scripts/lib/processes.mjs';
import { step } from '../../scripts/lib/progress.mjs';
import { temporaryFolder } from '../../scripts/lib/temporary.mjs';
import { openWorkbench } from '../../scripts/lib/workbench.mjs';
import type { BenchTable } from './bench';
import { median } from './bench';

const RUNS = 6;
const EMPTY = 'nais-maskinporten.empty';

/** What an extension took to activate, in milliseconds, by its identifier. */
type Times = Readonly<Record<string, number>>;

export const name = 'activation';

/**
 * How long the extension takes to activate in a cold extension host, beside an extension that does nothing. Each run is
 * a VS Code of its own; the order changes from run to run, since whatever comes first warms the host up.
 */
export async function measure(): Promise<readonly BenchTable[]> {
  await step('Building', () => buildAll());
  await ensureMachine();
  const { folder: temporary, remove } = await temporaryFolder('bench');
  try {
    await writeEmptyExtension(path.join(temporary, 'empty'));
    const times: Times[] = [];
    for (let run = 1; run <= RUNS; run++) {
      const order = run % 2 === 1 ? [EMPTY, extensionId()] : [extensionId(), EMPTY];
      times.push(await step(`Cold start ${run} of ${RUNS}`, () => measureOnce(temporary, order)));
    }
    return [tableOf(times)];
  } finally {
    await remove();
  }
}

/** An extension with the least that VS Code activates. */
async function writeEmptyExtension(folder: string): Promise<void> {
  const [publisher, own] = EMPTY.split('.');
  const { engines, extensionKind } = readPackage() as Record<string, unknown>;
  const description = {
    publisher,
    name: own,
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

async function measureOnce(temporary: string, order: readonly string[]): Promise<Times> {
  const result = path.join(temporary, 'times.json');
  const workbench = await openWorkbench({
    extensions: [ROOT, path.join(temporary, 'empty')],
    testsPath: inRoot('scripts', 'lib', 'bench-suite.cjs'),
    workspace: inRoot('test', 'host', 'workspaces', 'empty'),
    env: { BENCH_EXTENSIONS: JSON.stringify(order), BENCH_RESULT: result },
  });
  exitOnSignals(workbench.close);
  try {
    const code = await workbench.exitCode;
    if (code !== 0) {
      throw new Error(`The extension host ended with ${code}.`);
    }
    return JSON.parse(await readFile(result, 'utf8')) as Times;
  } finally {
    await workbench.close();
  }
}

function tableOf(times: readonly Times[]): BenchTable {
  const timesOf = (id: string): readonly number[] => times.map((run) => run[id] ?? Number.NaN);
  const row = (id: string, title: string): (string | number)[] => {
    const own = timesOf(id);
    return [title, median(own), Math.min(...own), Math.max(...own), median(own) / median(timesOf(EMPTY))];
  };
  return {
    title: 'Activation in a cold extension host',
    note: `Milliseconds over ${RUNS} cold starts of VS Code, each with both extensions; which is activated first changes from start to start.`,
    columns: ['extension', 'median', 'least', 'most', 'ratio'],
    rows: [row(extensionId(), extensionId()), row(EMPTY, 'one that does nothing')],
  };
}
