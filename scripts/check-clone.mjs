#!/usr/bin/env node
// Checks what a newcomer gets: clones HEAD into a temporary folder and runs `npm start -- --browser` there, twice.
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { requireBrowser } from './lib/browser.mjs';
import { closingLine, leaveCounts } from './lib/counts.mjs';
import { freePort } from './lib/ports.mjs';
import { ROOT } from './lib/places.mjs';
import { exitOnSignals, npmCommand, run, startGroup } from './lib/processes.mjs';
import { fail, say } from './lib/progress.mjs';
import { temporaryFolder } from './lib/temporary.mjs';

/** From a cold cache: dependencies, the served VS Code, the build. */
const START_LIMIT_MS = 8 * 60_000;
const SHOWN_LIMIT_MS = 60_000;
const END_LIMIT_MS = 15_000;

/** `metadata.name`, in a manifest as people write it; a YAML parser would not read the templates in it. */
const METADATA_NAME = /^metadata:\n(?: {2}.*\n)*? {2}name: *(\S+)/gm;

/** Rejects after `limitMs`, for what must not wait for ever. */
function within(limitMs, what, promise) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${limitMs / 1000} s.`)), limitMs);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** Starts `npm start -- --browser` in the clone; gives its group and what it printed, once it has printed its address. */
async function startIn(clone, port) {
  const { command, prefix, shell } = npmCommand();
  const args = [...prefix, 'start', '--', '--browser', '--port', String(port)];
  const group = startGroup(command, args, { cwd: clone, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const served = new Promise((resolve, reject) => {
    for (const stream of [group.child.stdout, group.child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        printed += text;
        process.stderr.write(text);
        if (printed.includes(`http://127.0.0.1:${port}/\n`)) resolve();
      });
    }
    group.ended.then((code) => reject(new Error(`npm start ended with ${code}.`)), reject);
  });
  try {
    await within(START_LIMIT_MS, 'npm start', served);
  } catch (error) {
    await group.stop();
    throw error;
  }
  return { group, printed: () => printed };
}

/** The status that a request with this Host header gets; an upgrade as a web socket's where asked for. */
function statusFor(port, { host, path: asked = '/', upgrade = false }) {
  const headers = upgrade ? { Host: host, Connection: 'Upgrade', Upgrade: 'websocket' } : { Host: host };
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path: asked, headers, agent: false });
    call.once('response', (answer) => resolve(answer.resume().statusCode));
    call.once('upgrade', (answer, socket) => resolve((socket.destroy(), answer.statusCode)));
    call.once('error', reject).end();
  });
}

/** The names of the workloads in the clone's examples, as their manifests' metadata has them. */
async function exampleWorkloads(clone) {
  const folder = path.join(clone, 'examples');
  const files = (await readdir(folder, { recursive: true })).filter((name) => /\.ya?ml$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(METADATA_NAME)].map((match) => match[1]));
}

/** Opens the served workbench in a headless browser and waits for the example's workload in the extension's tree. */
async function seesWorkload(port, names) {
  const browser = await chromium.launch({ executablePath: await requireBrowser() });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(SHOWN_LIMIT_MS);
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.locator('.part.activitybar .action-label[aria-label^="Maskinporten"]').click();
    const labels = page.locator('.part.sidebar .monaco-list-row .label-name');
    await labels
      .filter({ hasText: new RegExp(`^(${names.join('|')})$`) })
      .first()
      .waitFor();
  } finally {
    await browser.close();
  }
}

/** Ctrl-C: what npm start has started must be gone, so nothing answers on its port. */
async function endsOnInterrupt(started, port) {
  if (!started) throw new Error('npm start is not running.');
  const { group } = started;
  process.kill(-group.child.pid, 'SIGINT');
  await within(END_LIMIT_MS, 'Ctrl-C', group.ended);
  const status = await statusFor(port, { host: `127.0.0.1:${port}` }).catch(() => undefined);
  if (status !== undefined) throw new Error(`Port ${port} still answers, with ${status}.`);
}

function expectStatus(wanted, got) {
  if (got !== wanted) throw new Error(`Expected ${wanted}, got ${got}.`);
}

/** The checks in their order; `runs` gathers what they start. */
function checksOf(clone, port, runs) {
  const authority = `127.0.0.1:${port}`;
  return [
    ['npm start -- --browser serves VS Code from a fresh clone', async () => (runs.first = await startIn(clone, port))],
    [
      "the workbench shows the example's workload in the extension's tree",
      async () => seesWorkload(port, await exampleWorkloads(clone)),
    ],
    [
      'a foreign Host gets 403',
      async () => expectStatus(403, await statusFor(port, { host: `rebound.example:${port}` })),
    ],
    [
      'a foreign Host gets 403 on an upgrade',
      async () => expectStatus(403, await statusFor(port, { host: `rebound.example:${port}`, upgrade: true })),
    ],
    [
      'there is no port proxy',
      async () => expectStatus(404, await statusFor(port, { host: authority, path: `/proxy/${port}/` })),
    ],
    ['Ctrl-C ends what it started', () => endsOnInterrupt(runs.first, port)],
    [
      'a second run installs nothing',
      async () => {
        runs.second = await startIn(clone, port);
        if (/Installing|Packaging/.test(runs.second.printed())) throw new Error('It installed again.');
      },
    ],
    ['Ctrl-C ends the second run, too', () => endsOnInterrupt(runs.second, port)],
  ];
}

/** Lets each npm start end what it has started; killed, it could not. */
async function stopAll(runs) {
  for (const { group } of Object.values(runs)) await group.stop();
}

async function main(runs) {
  const temporary = await temporaryFolder('clone');
  const clone = path.join(temporary.folder, 'clone');
  const counts = { passed: 0, failed: 0 };
  try {
    await run('git', ['clone', '--quiet', ROOT, clone]);
    for (const [name, check] of checksOf(clone, await freePort(), runs)) {
      try {
        await check();
        counts.passed += 1;
        say(`  ✔ ${name}`);
      } catch (error) {
        counts.failed += 1;
        say(`  ✖ ${name}\n    ${error.message}`);
      }
    }
  } finally {
    await stopAll(runs);
    await temporary.remove();
  }
  if (process.env.TEST_COUNTS_FOLDER) leaveCounts(process.env.TEST_COUNTS_FOLDER, 'clone', counts);
  process.stdout.write(`${closingLine(counts)}\n`);
  return counts.failed === 0 ? 0 : 1;
}

const runs = {};
exitOnSignals(() => stopAll(runs));
main(runs).then((code) => process.exit(code), fail);
