import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildAll } from '../../scripts/build.mjs';
import { ensureMachine } from '../../scripts/lib/machine.mjs';
import { extensionId, inRoot, readPackage } from '../../scripts/lib/places.mjs';
import { exitOnSignals } from '../../scripts/lib/processes.mjs';
import { step } from '../../scripts/lib/progress.mjs';
import { temporaryFolder } from '../../scripts/lib/temporary.mjs';
import { packageVsix } from '../../scripts/lib/vsix.mjs';
import { openWorkbench } from '../../scripts/lib/workbench.mjs';
import { readZip } from '../../scripts/lib/zip.mjs';
import type { BenchTable } from './bench';
import { median } from './bench';

const COLD_STARTS = 3;
/** Each cold start is followed by as many new windows of the same VS Code. */
const RELOADS = 7;
const EMPTY = 'nais-maskinporten.empty';
const POLL_MS = 50;
const LIMIT_MS = 120_000;
const MB = 2 ** 20;

/** Where it is measured: in a workspace that has nothing to do with Nais, and with a manifest open. */
const WORKSPACES = {
  'without a manifest': { folder: inRoot('test', 'host', 'workspaces', 'empty'), manifest: undefined },
  'with a manifest open': { folder: inRoot('examples'), manifest: path.join('.nais', 'nais.yaml') },
} as const;

type Setting = keyof typeof WORKSPACES;

/** What scripts/lib/bench-suite.cjs tells of one extension in one window. Memory is in bytes. */
interface Measured {
  readonly activationMs: number;
  readonly memory: { readonly heap: number; readonly resident: number };
  /** Of ours alone: until what a manifest needs was loaded, and which bundles were, at each point. */
  readonly loadedMs?: number;
  readonly atActivation?: readonly string[];
  readonly idle?: readonly string[];
  readonly afterGrant?: readonly string[];
}

interface Window {
  readonly setting: Setting;
  readonly start: 'cold' | 'warm';
  readonly own: Measured;
  readonly empty: Measured;
}

export const name = 'activation';

/**
 * What the extension costs those who have it: the time to activate and the memory of the extension host, beside an
 * extension that does nothing, what is loaded when, and the size of the package.
 */
export async function measure(): Promise<readonly BenchTable[]> {
  await step('Building', () => buildAll());
  await ensureMachine();
  const { folder: temporary, remove } = await temporaryFolder('bench');
  try {
    const own = path.join(temporary, 'own');
    await writeSleepyCopy(own);
    await writeEmptyExtension(path.join(temporary, 'empty'));
    const windows: Window[] = [];
    for (const setting of Object.keys(WORKSPACES) as Setting[]) {
      for (let run = 0; run < COLD_STARTS; run++) {
        const title = `VS Code ${setting}, ${run + 1} of ${COLD_STARTS}`;
        windows.push(...(await step(title, () => measureStart(temporary, setting, run))));
      }
    }
    return [timesOf(windows), memoryOf(windows), await partsOf(windows), await packageSize()];
  } finally {
    await remove();
  }
}

/** The extension as it ships, but for its activation events: it shall be activated by the bench, and not before. */
async function writeSleepyCopy(folder: string): Promise<void> {
  for (const part of ['dist', 'media', 'l10n', 'package.nls.json']) {
    await cp(inRoot(part), path.join(folder, part), { recursive: true });
  }
  const description = { ...(readPackage() as Record<string, unknown>), activationEvents: [] };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(description));
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

/** One VS Code, and some new windows of it after the first. Which extension comes first changes: the first warms the host. */
async function measureStart(temporary: string, setting: Setting, run: number): Promise<readonly Window[]> {
  const { folder, manifest } = WORKSPACES[setting];
  const [planFile, result] = [path.join(temporary, 'plan.json'), path.join(temporary, 'result.json')];
  const prepare = async (window: number) => {
    const order = (run + window) % 2 === 0 ? [EMPTY, extensionId()] : [extensionId(), EMPTY];
    const file = manifest && path.join(folder, manifest);
    await rm(result, { force: true });
    await writeFile(planFile, JSON.stringify({ order, own: extensionId(), manifest: file, result }));
  };
  await prepare(0);
  const workbench = await openWorkbench({
    extensions: [path.join(temporary, 'own'), path.join(temporary, 'empty')],
    testsPath: inRoot('scripts', 'lib', 'bench-suite.cjs'),
    workspace: folder,
    env: { BENCH_PLAN: planFile },
  });
  exitOnSignals(workbench.close);
  try {
    const windows: Window[] = [{ setting, start: 'cold', ...(await resultOf(result)) }];
    for (let window = 1; window <= RELOADS; window++) {
      await prepare(window);
      await workbench.reload();
      windows.push({ setting, start: 'warm', ...(await resultOf(result)) });
    }
    return windows;
  } finally {
    await workbench.close();
  }
}

/** The suite's own process writes it when it is done. */
async function resultOf(file: string): Promise<{ own: Measured; empty: Measured }> {
  for (let waitedMs = 0; waitedMs < LIMIT_MS; waitedMs += POLL_MS) {
    const isThere = await stat(file).then(
      () => true,
      () => false,
    );
    if (isThere) {
      const results = JSON.parse(await readFile(file, 'utf8')) as Record<string, Measured | undefined>;
      const { [extensionId()]: own, [EMPTY]: empty } = results;
      if (!own || !empty) throw new Error(`The extension host could not measure: ${JSON.stringify(results)}`);
      return { own, empty };
    }
    await wait(POLL_MS);
  }
  throw new Error('The extension host did not measure in time.');
}

function timesOf(windows: readonly Window[]): BenchTable {
  const rows = (Object.keys(WORKSPACES) as Setting[]).flatMap((setting) =>
    (['cold', 'warm'] as const).map((start) => {
      const those = windows.filter((window) => window.setting === setting && window.start === start);
      const own = median(those.map((window) => window.own.activationMs));
      const empty = median(those.map((window) => window.empty.activationMs));
      const loaded = median(those.map((window) => window.own.loadedMs ?? Number.NaN));
      const until = setting === 'without a manifest' ? '–' : loaded;
      return [setting, start, those.length, own, empty, own - empty, until];
    }),
  );
  return {
    title: 'Activation',
    aim: 'less than 10 ms more than an extension that does nothing.',
    note: 'Milliseconds, medians. Cold is the first window of a VS Code that was just started, warm a new window of the same: each has an extension host of its own. Both extensions are activated in each, and which comes first changes from window to window. The last column is the time from then until all that a manifest needs is loaded, while the host does other things too.',
    columns: ['workspace', 'start', 'windows', 'activation', 'an empty extension', 'more', 'then loaded after'],
    rows,
  };
}

function memoryOf(windows: readonly Window[]): BenchTable {
  const rows = (Object.keys(WORKSPACES) as Setting[]).map((setting) => {
    const those = windows.filter((window) => window.setting === setting);
    const of = (which: 'own' | 'empty', kind: keyof Measured['memory']) =>
      median(those.map((window) => window[which].memory[kind])) / MB;
    const [own, empty] = [of('own', 'heap'), of('empty', 'heap')];
    return [setting, own, empty, own - empty, of('own', 'resident'), of('empty', 'resident')];
  });
  return {
    title: 'Memory of the idle extension host',
    aim: 'less than 5 MB more than with an extension that does nothing.',
    note: 'MB that the host grew by, medians. The heap is counted after garbage collection, with what lies outside of V8’s own; resident memory is what the system gave the process, in whole pages and with what V8 holds ready.',
    columns: ['workspace', 'heap', 'an empty extension', 'more', 'resident', 'an empty extension'],
    rows,
  };
}

async function partsOf(windows: readonly Window[]): Promise<BenchTable> {
  const { own: without } = windows.find(({ setting }) => setting === 'without a manifest')!;
  const { own: withOne } = windows.find(({ setting }) => setting === 'with a manifest open')!;
  const stages = [
    { when: 'activation', parts: without.idle },
    { when: 'a manifest is opened, or a command is run', parts: withOne.idle },
    { when: 'a token of the sandbox is asked for', parts: withOne.afterGrant },
  ];
  const seen = new Set<string>();
  const rows: (string | number)[][] = [];
  for (const { when, parts = [] } of stages) {
    const fresh = parts.filter((part) => !seen.has(part));
    fresh.forEach((part) => seen.add(part));
    const sizes = await Promise.all(fresh.map(async (part) => (await stat(inRoot('dist', part))).size));
    rows.push([when, fresh.join(', '), sizes.reduce((sum, size) => sum + size, 0) / 1000]);
  }
  return {
    title: 'What is loaded when',
    aim: 'less than 100 kB at activation, and nothing before it is needed.',
    columns: ['when', 'bundles', 'kB'],
    rows,
  };
}

async function packageSize(): Promise<BenchTable> {
  const file = await packageVsix();
  const archive = await readFile(file);
  return {
    title: 'The package',
    aim: 'less than 800 kB.',
    columns: ['kB', 'files', 'kB unpacked'],
    rows: [
      [
        archive.length / 1000,
        readZip(archive).size,
        [...readZip(archive).values()].reduce((sum, content) => sum + content.length, 0) / 1000,
      ],
    ],
  };
}
