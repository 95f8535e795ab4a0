import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { existsSync, watch } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from '../../scripts/lib/places.mjs';
import { FOUND_FILE, KINDS, STEPS_FILE, type Found, type Kind, type Step } from './crashWriter/steps';
import { Workbench } from './driver';

const CRASHES = Number(process.env['CRASHES'] ?? 5);

/** How long after its first acknowledged step a host lives at most: it is in the middle of many by then. */
const MOST_LIFE_MS = 400;

/** The history has no more than 100; those that nothing may have pushed out, with room for what was not acknowledged. */
const SURE_OF_HISTORY = 90;

/**
 * The extension host of a real VS Code is killed (SIGKILL) at random moments, while the product's own classes write
 * credentials (global state and SecretStorage), the history and saved requests, all three at one time; the next host
 * compares. What is shown: what was acknowledged to the extension outlives its process, and nothing is half there. The
 * window is loaded anew at once, and VS Code stores the index some 100 ms late: so a row may be there again whose key is
 * deleted, as the normal state of a row without a key; a row that is lost is made again from its entry. An extension beside
 * the product drives the classes, in stores of its own, since no user is as fast. What is not shown: a
 * machine that loses its power, a keyring of a desktop (here the browser keeps the secrets), and a browser that dies.
 */
describe('what was kept', function () {
  this.timeout(120_000 + CRASHES * 30_000);

  let folder: string;
  let workbench: Workbench;
  const known = new Map<Kind, Map</* name */ string, string>>(KINDS.map((kind) => [kind, new Map<string, string>()]));

  /** What was deleted, each as kind and name. */
  const deleted = new Set<string>();

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-crashes-'));
    const workspace = path.join(folder, 'inntektsvarsel');
    await cp(inRoot('examples'), workspace, { recursive: true });
    workbench = await Workbench.start({
      workspace,
      stateDir: path.join(folder, 'state'),
      extensions: [await buildWriter(path.join(folder, 'writer'))],
      env: { CRASH_FOLDER: folder },
      settings: { 'maskinporten.request.history': 'withBodies' },
    });
  });

  after(async () => {
    // `before` may have failed on the way.
    await (workbench as Workbench | undefined)?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  it(`is whole, and has all that was acknowledged, after the extension host was killed ${CRASHES} times`, async () => {
    let { pid } = await nextFound(undefined);
    let acknowledged = 0;
    for (let crash = 1; crash <= CRASHES; crash += 1) {
      await workbench.command('Crash Writer: Write');
      await changeOf(STEPS_FILE, async () => (await stepsOf(pid)).some(({ done }) => done) || undefined);
      const lifeMs = Math.random() * MOST_LIFE_MS;
      await new Promise((resolve) => setTimeout(resolve, lifeMs));
      process.kill(pid, 'SIGKILL');
      await workbench.reload(); // a window with an extension under development does not get another host by itself
      const moment = `crash ${crash}, ${lifeMs.toFixed()} ms after the first step`;
      const found = await nextFound(pid);
      const steps = await stepsOf(pid);
      acknowledged += steps.filter(({ done }) => done).length;
      compare(found, steps, moment);
      pid = found.pid;
    }
    assert.ok(acknowledged > CRASHES * KINDS.length, `${acknowledged} steps were acknowledged`);
  });

  /** Everything is as its last acknowledged step has it, or as the step has it that was under way. */
  function compare(found: Found, steps: readonly Step[], moment: string): void {
    assert.deepEqual(found.faults, [], moment);
    for (const kind of KINDS) {
      const before = known.get(kind)!;
      const under = new Map</* name */ string, string | undefined>();
      for (const { name, value, done } of steps.filter((step) => step.kind === kind)) {
        if (!done) under.set(name, value);
        else {
          under.delete(name);
          if (value === undefined) {
            before.delete(name);
            deleted.add(`${kind} ${name}`);
          } else before.set(name, value);
        }
      }
      assert.ok(under.size <= 1, `${moment}: one step of a kind at a time`);
      const now = new Map(found[kind]);
      assert.equal(now.size, found[kind].length, `${moment}: no ${kind} is there twice`);
      const sure = kind === 'history' ? [...before].slice(-SURE_OF_HISTORY) : [...before];
      for (const [name, value] of sure) {
        if (!under.has(name)) assert.equal(now.get(name), value, `${moment}: ${kind} ${name}`);
      }
      for (const [name, value] of now) {
        const isGoing = deleted.has(`${kind} ${name}`) || (under.has(name) && under.get(name) === undefined);
        const allowed = [before.get(name), under.get(name), ...(isGoing && kind === 'credential' ? ['missing'] : [])];
        assert.ok(allowed.includes(value), `${moment}: ${kind} ${name} is ${value}, not one of ${allowed.join(', ')}`);
      }
      for (const [name, value] of under) {
        if (!now.has(name)) assert.ok(value === undefined || !before.has(name), `${moment}: ${kind} ${name} is gone`);
      }
      known.set(kind, kind === 'history' ? new Map([...now].reverse()) : now);
    }
  }

  async function stepsOf(pid: number): Promise<readonly Step[]> {
    const file = path.join(folder, STEPS_FILE);
    const lines = existsSync(file) ? (await readFile(file, 'utf8')).split('\n').slice(0, -1) : [];
    return lines.map((line) => JSON.parse(line) as Step).filter((step) => step.pid === pid);
  }

  /** What a host finds that is another than the one before. */
  function nextFound(before: number | undefined): Promise<Found> {
    return changeOf(FOUND_FILE, async () => {
      const file = path.join(folder, FOUND_FILE);
      const found = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Found) : undefined;
      return found?.pid === before ? undefined : found;
    });
  }

  /** What `look` sees once it sees something; it looks now, and each time that the file changes. */
  async function changeOf<T>(file: string, look: () => Promise<T | undefined>): Promise<T> {
    let changed: () => void = () => undefined;
    const watcher = watch(folder, (_, name) => {
      if (name === file) changed();
    });
    try {
      for (;;) {
        const change = new Promise<void>((resolve) => (changed = resolve));
        const seen = await look();
        if (seen !== undefined) return seen;
        await change;
      }
    } finally {
      watcher.close();
    }
  }
});

/** Makes an extension of the writer in a folder, and gives the folder. */
async function buildWriter(folder: string): Promise<string> {
  const manifest = {
    name: 'crash-writer',
    publisher: 'test',
    version: '0.0.0',
    engines: { vscode: '^1.90.0' },
    main: './extension.js',
    extensionKind: ['workspace'],
    activationEvents: ['onStartupFinished'],
    contributes: { commands: [{ command: 'crashWriter.write', title: 'Write', category: 'Crash Writer' }] },
  };
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await build({
    entryPoints: [inRoot('test', 'ui', 'crashWriter', 'extension.ts')],
    outfile: path.join(folder, 'extension.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return folder;
}
