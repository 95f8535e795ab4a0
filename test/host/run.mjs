#!/usr/bin/env node
// Runs the built host tests in a real extension host, one start for each folder of suites.
import { cp, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { isServable } from '../../scripts/lib/code-server.mjs';
import { readCounts, settle, sum } from '../../scripts/lib/counts.mjs';
import { thisMachine } from '../../scripts/lib/desktop.mjs';
import { chooseHost } from '../../scripts/lib/host-choice.mjs';
import { ensureMachine } from '../../scripts/lib/machine.mjs';
import { inRoot, ROOT } from '../../scripts/lib/places.mjs';
import { exitOnSignals } from '../../scripts/lib/processes.mjs';
import { fail, Trouble } from '../../scripts/lib/progress.mjs';
import { isReachable } from '../../scripts/lib/reach.mjs';
import { temporaryFolder } from '../../scripts/lib/temporary.mjs';

/** Where @vscode/test-electron asks for the desktop VS Code. */
const DOWNLOADS = 'https://update.code.visualstudio.com/api/releases/stable';

/** The desktop's version to download: `stable`, `insiders` or a number; the newest unless given. */
const VERSION = process.env.VSCODE_VERSION;

/** The program for @vscode/test-electron to start; undefined leaves it to its own download. */
async function chooseExecutable() {
  const canDownload = () => isReachable(DOWNLOADS);
  const choice = await chooseHost({ machine: thisMachine(), servable: isServable(), canDownload });
  if (choice.kind === 'named') return choice.executable;
  if (choice.kind === 'download') return undefined;
  if (choice.kind === 'none') {
    throw new Trouble('Host tests: VS Code cannot be downloaded here. Name one in VSCODE_EXECUTABLE.');
  }
  await ensureMachine();
  return inRoot('test', 'host', 'host.mjs');
}

/** Suites in test/host itself run in the workspace `empty`, those in a folder beside it in the workspace of its name. */
async function suiteFolders() {
  const entries = await readdir(inRoot('out', 'test', 'host'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => ({ folder: name, workspace: name }));
  return [{ folder: '.', workspace: 'empty' }, ...folders];
}

/** `examples` is the project's own; the others lie in test/host/workspaces. */
function workspaceSource(name) {
  return name === 'examples' ? inRoot('examples') : inRoot('test', 'host', 'workspaces', name);
}

async function runFolder({ folder, workspace }, executable) {
  const { folder: own, remove } = await temporaryFolder('host');
  const opened = path.join(own, workspace);
  const countsFile = path.join(own, 'counts.json');
  try {
    await cp(workspaceSource(workspace), opened, { recursive: true }); // a suite may write in it
    const exitCode = await runTests({
      ...(executable ? { vscodeExecutablePath: executable } : VERSION ? { version: VERSION } : {}),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: inRoot('out', 'test', 'host', 'index.js'),
      launchArgs: [
        opened, // first, or VS Code takes a switch's value for it
        `--user-data-dir=${path.join(own, 'user')}`,
        `--extensions-dir=${path.join(own, 'extensions')}`,
      ],
      extensionTestsEnv: {
        TEST_COUNTS_FILE: countsFile,
        TEST_HOST_FOLDER: folder,
        TEST_REPORTER: inRoot('scripts', 'lib', 'counting-reporter.cjs'),
      },
    }).catch((error) => error.code ?? 1);
    return settle(exitCode, readCounts(countsFile));
  } finally {
    await remove();
  }
}

async function main(current) {
  const executable = await chooseExecutable();
  const results = [];
  for (const suites of await suiteFolders()) {
    current.folder = runFolder(suites, executable);
    results.push(await current.folder);
    if (current.isEnding) break;
  }
  const counts = sum(results);
  if (process.env.TEST_COUNTS_FILE) await writeFile(process.env.TEST_COUNTS_FILE, JSON.stringify(counts));
  return counts.failed === 0 ? 0 : 1;
}

// The VS Code of the current folder gets the same signal; it must be gone before its folder can go.
const current = { folder: undefined, isEnding: false };
exitOnSignals(async () => {
  current.isEnding = true;
  await current.folder;
});
main(current).then((code) => process.exit(code), fail);
