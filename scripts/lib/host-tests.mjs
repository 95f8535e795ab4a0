import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { isServable } from './code-server.mjs';
import { readCounts, settle, sum } from './counts.mjs';
import { desktopObstacle, thisMachine } from './desktop.mjs';
import { inRoot, ROOT } from './places.mjs';
import { isReachable } from './reach.mjs';
import { say } from './progress.mjs';

/** Where @vscode/test-electron asks for the desktop VS Code. */
const DOWNLOADS = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * Which VS Code runs the host tests: the one that VSCODE_EXECUTABLE names; a desktop's own, downloaded by
 * @vscode/test-electron, where there is a desktop that can reach it; else the served one.
 *
 * @param {{machine: import('./desktop.mjs').Machine, servable: boolean, canDownload: () => Promise<boolean>}} choice
 * @returns {Promise<{kind: 'named', executable: string} | {kind: 'download'} | {kind: 'served'} | {kind: 'none'}>}
 */
export async function chooseHost({ machine, servable, canDownload }) {
  if (machine.env.VSCODE_EXECUTABLE) return { kind: 'named', executable: machine.env.VSCODE_EXECUTABLE };
  const obstacle = desktopObstacle(machine);
  // Unlike the `code` of a remote shell, a download runs right here: only what keeps any desktop program away counts.
  const hasDesktop = obstacle === undefined || obstacle === 'remote';
  if (hasDesktop && (await canDownload())) return { kind: 'download' };
  return { kind: servable ? 'served' : 'none' };
}

function executableFor(choice) {
  if (choice.kind === 'named') return choice.executable;
  if (choice.kind === 'download') return undefined;
  return inRoot('test', 'host', 'host.mjs');
}

/** The folders of suites: those in test/host itself run in the empty workspace, each folder beside in that of its name. */
async function suiteFolders() {
  const entries = await readdir(inRoot('out', 'test', 'host'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => ({ folder: name, workspace: name }));
  return [{ folder: '.', workspace: 'empty' }, ...folders];
}

/** A copy, so that a suite may write in it: `examples` is the project's own example, others lie in test/host/workspaces. */
async function copyWorkspace(name, target) {
  const source = name === 'examples' ? inRoot('examples') : inRoot('test', 'host', 'workspaces', name);
  await cp(source, target, { recursive: true });
}

async function runFolder({ folder, workspace }, vscodeExecutablePath) {
  const temporary = await mkdtemp(path.join(tmpdir(), 'nm-host-'));
  const opened = path.join(temporary, workspace);
  const countsFile = path.join(temporary, 'counts.json');
  try {
    await copyWorkspace(workspace, opened);
    const exitCode = await runTests({
      ...(vscodeExecutablePath ? { vscodeExecutablePath } : {}),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: inRoot('out', 'test', 'host', 'index.js'),
      // The folder to open comes first. A desktop's socket path has room for about 100 characters.
      launchArgs: [opened, `--user-data-dir=${path.join(temporary, 'user')}`, `--extensions-dir=${path.join(temporary, 'extensions')}`],
      extensionTestsEnv: {
        TEST_COUNTS_FILE: countsFile,
        TEST_HOST_FOLDER: folder,
        TEST_REPORTER: inRoot('scripts', 'lib', 'counting-reporter.cjs'),
      },
    }).catch((error) => error.code ?? 1);
    return settle(exitCode, readCounts(countsFile));
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/**
 * Runs the built host tests in a real extension host, one start for each folder of suites.
 *
 * @returns {Promise<import('./counts.mjs').Counts | undefined>} undefined, and a word why, where no VS Code can run
 */
export async function runHostTests() {
  const choice = await chooseHost({ machine: thisMachine(), servable: isServable(), canDownload: () => isReachable(DOWNLOADS) });
  if (choice.kind === 'none') {
    say(`Host tests: not run. VS Code cannot be downloaded, and its server does not run on ${process.platform} ${process.arch}.`);
    return undefined;
  }
  const executable = executableFor(choice);
  const results = [];
  for (const suites of await suiteFolders()) results.push(await runFolder(suites, executable));
  return sum(results);
}
