#!/usr/bin/env node
// Opens VS Code on examples/ with the extension, after all the set-up that a fresh clone needs:
//   node scripts/start.mjs [--browser] [--port N]
// A desktop VS Code where there is one to open, else (or with --browser) a VS Code in the browser.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { askVersion, chooseVsCode, thisMachine } from './lib/desktop.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { openDesktop } from './lib/desktop-window.mjs';
import { inRoot, readPackage, ROOT, STATE } from './lib/places.mjs';
import { exitOnSignals } from './lib/processes.mjs';
import { fail, say, step, Trouble } from './lib/progress.mjs';
import { foldersIn, installVsix, prepareFolders, serveVsCode } from './lib/served-vscode.mjs';

const DEFAULT_PORT = 8765;

/** For a VS Code that is there to try one extension. Whoever changes them keeps the change. */
const SETTINGS = {
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
};

/** In the browser, VS Code would announce each port that the sandbox opens, and offer what the server does not have. */
const BROWSER_SETTINGS = { ...SETTINGS, 'chat.disableAIFeatures': true, 'remote.autoForwardPorts': false };

const REASONS = {
  asked: 'as you asked',
  remote: 'since this shell belongs to a VS Code on another machine',
  wsl: 'since this is WSL',
  root: 'since a desktop VS Code does not run as root',
  'no-display': 'since there is no display',
  none: 'since no VS Code was found',
  'too-old': 'since the VS Code that was found is too old',
};

function readArguments() {
  try {
    const { values } = parseArgs({ options: { browser: { type: 'boolean' }, port: { type: 'string' } } });
    const port = Number(values.port ?? DEFAULT_PORT);
    if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Trouble(`${values.port} is not a port.`);
    return { browser: values.browser ?? values.port !== undefined, port };
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble('Usage: npm start -- [--browser] [--port N]');
  }
}

async function startDesktop({ command, version }) {
  const folders = foldersIn(path.join(STATE, 'desktop'));
  await prepareFolders(folders, SETTINGS);
  say(`Opening VS Code ${version} (${command}) on examples/. Ctrl-C or closing its window ends it.`);
  return openDesktop(command, { folders, extension: ROOT, workspace: inRoot('examples') });
}

/** Packages and installs the extension unless what is installed already was packaged from the same files. */
async function ensureInstalled(host, folders) {
  const { packageHash, packageVsix } = await import('./lib/vsix.mjs');
  const stamp = path.join(folders.state, 'installed.sha256');
  const hash = await packageHash();
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash) return;
  const file = await step('Packaging the extension', packageVsix);
  await step('Installing the extension', () => installVsix(host, folders, file));
  await writeFile(stamp, hash);
}

async function startInBrowser({ reason, found }, port) {
  const { installHost, isServable } = await import('./lib/code-server.mjs');
  const why = found ? `${REASONS[reason]} (${found})` : REASONS[reason];
  if (!isServable()) {
    const floor = readPackage().engines.vscode.replace('^', '');
    throw new Trouble(
      `A VS Code in the browser does not run on this system: please install VS Code ${floor} or newer.`,
    );
  }
  const { ensureMachine } = await import('./lib/machine.mjs');
  await ensureMachine({ browser: false });
  const host = await installHost();
  const folders = foldersIn(path.join(STATE, 'browser'));
  await prepareFolders(folders, BROWSER_SETTINGS);
  await ensureInstalled(host, folders);
  const served = await serveVsCode(host, { folders, port, open: inRoot('examples') });
  say(`VS Code runs in the browser, ${why}. Only this machine can reach it. Ctrl-C ends it.`);
  process.stdout.write(`http://${served.authority}/\n`);
  return served;
}

async function main() {
  let opened;
  exitOnSignals(async () => opened?.stop());
  const { browser, port } = readArguments();
  await ensureDependencies();
  const { buildAll } = await import('./build.mjs');
  await step('Building', () => buildAll());
  const floor = readPackage().engines.vscode;
  const choice = await chooseVsCode({ machine: thisMachine(), browserAsked: browser, floor, versionOf: askVersion });
  opened = choice.kind === 'desktop' ? await startDesktop(choice) : await startInBrowser(choice, port);
  const code = await opened.ended;
  await opened.stop();
  return code;
}

main().then((code) => process.exit(code), fail);
