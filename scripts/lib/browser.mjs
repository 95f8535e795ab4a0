import { existsSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './places.mjs';
import { Trouble } from './progress.mjs';

const WINDOWS_BROWSERS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/**
 * Where a browser that Playwright can drive may be on this system, best first. `CHROMIUM_PATH` wins over all.
 *
 * @param {{platform: string, env: Record<string, string | undefined>}} machine
 * @returns {string[]}
 */
export function browserPlaces({ platform, env }) {
  const named = env.CHROMIUM_PATH ? [env.CHROMIUM_PATH] : [];
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(Boolean);
    return [...named, ...WINDOWS_BROWSERS.flatMap((file) => roots.map((root) => path.win32.join(root, file)))];
  }
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Microsoft Edge', 'Chromium'];
    return [...named, ...apps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`)];
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ];
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
  return [...named, ...folders.flatMap((folder) => names.map((name) => path.posix.join(folder, name)))];
}

/** Playwright's own Chromium, where it has been downloaded. */
async function playwrightBrowser() {
  if (!existsSync(inRoot('node_modules', 'playwright-core'))) return undefined;
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}

/**
 * The browser to drive: CHROMIUM_PATH, else one that the system has, else Playwright's own; undefined where there is none.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findBrowser() {
  if (process.env.CHROMIUM_PATH && !existsSync(process.env.CHROMIUM_PATH)) {
    throw new Trouble(`CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which is not there.`);
  }
  const places = [...browserPlaces({ platform: process.platform, env: process.env }), await playwrightBrowser()];
  return places.find((file) => file && existsSync(file));
}

/** As findBrowser, with a word on what to install where there is none. */
export async function requireBrowser() {
  const found = await findBrowser();
  if (!found) throw new Trouble('No Chromium, Chrome or Edge found: install one, or name it in CHROMIUM_PATH.');
  return found;
}
