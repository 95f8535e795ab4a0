import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { isHostInstalled } from './code-server.mjs';
import { inRoot } from './places.mjs';
import { run } from './processes.mjs';
import { step, Trouble } from './progress.mjs';
import { isReachable } from './reach.mjs';

/** The commands that build the served VS Code's native logger, and the Debian packages that have them. */
const BUILD_TOOLS = ['g++', 'make', 'python3'];

const PLAYWRIGHT_DOWNLOADS = 'https://cdn.playwright.dev';

/** Whether a command is on the path. */
function isOnPath(command) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, command)));
}

/** The distribution's id in /etc/os-release (os-release(5)), such as `debian`. */
function distribution() {
  if (!existsSync('/etc/os-release')) return undefined;
  return /^ID="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
}

/**
 * The packages for the one call of apt, none where apt is not ours to call. Ubuntu's chromium package only hands over
 * to snap, which a container has not; its browser is Playwright's.
 *
 * @param {{distribution?: string, uid?: number, missingTools: readonly string[], hasBrowser: boolean}} machine
 * @returns {string[]}
 */
export function packagesToInstall({ distribution: id, uid, missingTools, hasBrowser }) {
  if (uid !== 0 || !['debian', 'ubuntu'].includes(id)) return [];
  return [...missingTools, ...(hasBrowser || id === 'ubuntu' ? [] : ['chromium'])];
}

async function callApt(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step(`Installing ${packages.join(', ')} with apt`, async () => {
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
  });
}

async function downloadBrowser() {
  if (!(await isReachable(PLAYWRIGHT_DOWNLOADS))) return;
  const cli = inRoot('node_modules', 'playwright-core', 'cli.js');
  await step('Downloading Chromium with Playwright', () => run(process.execPath, [cli, 'install', 'chromium']));
}

/**
 * Makes sure of what it takes to install the served VS Code, and of a browser to drive unless `browser` is false; or stops
 * with a word on what to install.
 */
export async function ensureMachine({ browser = true } = {}) {
  const missingTools = () => (isHostInstalled() ? [] : BUILD_TOOLS.filter((command) => !isOnPath(command)));
  const hasBrowser = async () => !browser || (await findBrowser()) !== undefined;
  const machine = { distribution: distribution(), uid: process.getuid?.() };
  const packages = packagesToInstall({ ...machine, missingTools: missingTools(), hasBrowser: await hasBrowser() });
  if (packages.length > 0) await callApt(packages);
  if (!(await hasBrowser())) await downloadBrowser();
  const lacking = missingTools();
  if (!(await hasBrowser())) lacking.unshift('a Chromium, Chrome or Edge (or its path in CHROMIUM_PATH)');
  if (lacking.length > 0) throw new Trouble(`This needs ${lacking.join(', ')}: please install it and try again.`);
}
