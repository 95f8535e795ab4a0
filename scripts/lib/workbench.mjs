import { realpathSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { requireBrowser } from './browser.mjs';
import { installHost } from './code-server.mjs';
import { foldersIn, installVsix, prepareFolders, serveVsCode } from './served-vscode.mjs';
import { temporaryFolder } from './temporary.mjs';

/** Stills what would pop up over a test, call out, or start processes that nobody asked for. */
const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off', // as on a desktop; in the browser it is on
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Only Playwright may decide when the browser ends; its own signal handlers would keep a runner alive. */
const BROWSER_OPTIONS = {
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
  args: [
    ...['--disable-gpu', '--disable-quic', '--no-first-run'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ],
};

/**
 * Runs in the page. Adds the extension under development, and the suite, to the page's configuration before the
 * workbench reads it, as VS Code's own test pages do. Answering the request with a changed page instead would make
 * Chromium take the page for a remote site and forbid it web sockets to loopback.
 */
/* c8 ignore start -- no Node.js code */
function addDevelopmentOptions(added) {
  const { document, MutationObserver, window } = globalThis;
  if (window !== window.top) return;
  new MutationObserver((_, observer) => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    if (!meta) return;
    observer.disconnect();
    const configuration = JSON.parse(meta.dataset.settings);
    configuration.developmentOptions = { ...configuration.developmentOptions, ...added };
    meta.dataset.settings = JSON.stringify(configuration);
  }).observe(document, { childList: true, subtree: true });
}
/* c8 ignore stop */

function developmentOptions({ authority, extensions, testsPath }) {
  const remote = (file) => ({ scheme: 'vscode-remote', authority, path: file });
  const suite = testsPath ? { extensionTestsPath: remote(path.resolve(testsPath)) } : {};
  return { extensions: extensions.map((folder) => remote(realpathSync(folder))), ...suite };
}

/** The suite's exit code, once `finish` is called with it; rejects where the page or the server ends before. */
function suiteEnd(page, server) {
  let finish;
  const exitCode = new Promise((resolve, reject) => {
    finish = resolve;
    page.once('close', () => reject(new Error('The page of VS Code was closed.')));
    page.once('crash', () => reject(new Error('The page of VS Code crashed.')));
    server.ended.then((code) => reject(new Error(`VS Code's server ended with ${code}.`)), reject);
  });
  exitCode.catch(() => {}); // not everyone waits for it
  return { exitCode, finish };
}

function addressOf(authority, workspace) {
  if (!workspace) return `http://${authority}/?ew=true`;
  const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return `http://${authority}/?${kind}=${encodeURIComponent(realpathSync(workspace))}`;
}

/**
 * Starts a VS Code of its own and opens it in a headless browser, with the `extensions` (folders) under development.
 * `stateDir` together with `port` keeps the user's data, secrets and window state from one start to the next: the
 * browser keeps them by address. With `testsPath`, `exitCode` settles once that module's run() has ended.
 *
 * `vsix` is a packaged extension to install first.
 *
 * @param {{extensions?: string[], vsix?: string, testsPath?: string, workspace?: string, settings?: Record<string, unknown>,
 *   env?: Record<string, string | undefined>, port?: number, stateDir?: string, userDataDir?: string, extensionsDir?: string,
 *   viewport?: {width: number, height: number}, workspaceTrust?: boolean, onLog?: (type: string, args: unknown[]) => void}} [options]
 * @returns {Promise<{page: import('playwright-core').Page, context: import('playwright-core').BrowserContext, authority: string,
 *   port: number, folders: ReturnType<typeof foldersIn>, exitCode: Promise<number>, reload: () => Promise<void>, close: () => Promise<void>}>}
 */
export async function openWorkbench(options = {}) {
  const {
    extensions = [],
    vsix,
    testsPath,
    workspace,
    settings = {},
    env,
    port,
    stateDir,
    workspaceTrust,
    onLog = () => {},
  } = options;
  const executablePath = await requireBrowser();
  const installed = await installHost();
  const temporary = stateDir === undefined ? await temporaryFolder('vscode') : undefined;
  const folders = foldersIn(stateDir ?? temporary.folder, options);
  let server, context;
  const close = async () => {
    await context?.close().catch(() => {});
    await server?.stop();
    await temporary?.remove();
  };
  try {
    await prepareFolders(folders, { ...QUIET_SETTINGS, ...settings });
    if (vsix) await installVsix(installed, folders, vsix);
    server = await serveVsCode(installed, { folders, port, workspaceTrust, env, idleTimeoutSeconds: 120 });
    const viewport = options.viewport ?? { width: 1400, height: 900 };
    context = await chromium.launchPersistentContext(folders.browser, { executablePath, viewport, ...BROWSER_OPTIONS });
    const page = context.pages()[0] ?? (await context.newPage());
    const { authority } = server;
    await page.addInitScript(addDevelopmentOptions, developmentOptions({ authority, extensions, testsPath }));
    // VS Code calls these two, where a page has them, with all that is logged and with the suite's exit code.
    const { exitCode, finish } = suiteEnd(page, server);
    await page.exposeFunction('codeAutomationLog', (type, args) => onLog(type, args));
    await page.exposeFunction('codeAutomationExit', (code) => finish(code));
    const reload = async () => {
      await page.goto(addressOf(authority, workspace));
      await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 });
    };
    await reload();
    const usedPort = Number(authority.split(':')[1]);
    return { page, context, authority, port: usedPort, folders, exitCode, reload, close };
  } catch (error) {
    await close();
    throw error;
  }
}
