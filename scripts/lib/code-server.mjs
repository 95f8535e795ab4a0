import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './places.mjs';
import { runNpm } from './processes.mjs';
import { step, Trouble } from './progress.mjs';

/** code-server 4.139.1 is VS Code 1.139.1: its server, workbench and Node extension host, as an npm package. */
const CODE_SERVER = '4.139.1';
/** The Node.js that this code-server asks for. */
const NODE = '24.21.0';

const SYSTEMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/** Whether code-server runs on this system at all; there is none for Windows. */
export function isServable({ platform = process.platform, arch = process.arch } = {}) {
  return SYSTEMS.includes(`${platform}-${arch}`);
}

function layout(folder) {
  const modules = path.join(folder, 'node_modules');
  return {
    folder,
    node: path.join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node'),
    entry: path.join(modules, 'code-server', 'out', 'node', 'entry.js'),
    vscode: path.join(modules, 'code-server', 'lib', 'vscode'),
  };
}

function hostFolder() {
  return path.join(cacheFolder(), `vscode-${CODE_SERVER}-node-${NODE}-${process.platform}-${process.arch}`);
}

/** Whether the served VS Code is in the cache already. */
export function isHostInstalled() {
  return existsSync(hostFolder());
}

/** Removes what an installation that was killed left behind: its draft bears the number of a process that is gone. */
async function removeAbandonedDrafts(folder) {
  const prefix = `${path.basename(folder)}.draft-`;
  for (const name of await readdir(path.dirname(folder))) {
    if (!name.startsWith(prefix)) continue;
    try {
      process.kill(Number(name.slice(prefix.length)), 0);
    } catch (error) {
      if (error.code === 'ESRCH') await rm(path.join(path.dirname(folder), name), { recursive: true, force: true });
    }
  }
}

async function fill(draft) {
  const bin = path.dirname(draft.node);
  await mkdir(draft.folder, { recursive: true });
  await writeFile(path.join(draft.folder, 'package.json'), '{"private":true}\n');
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', '--ignore-scripts'];
  // No install scripts: some download from outside the registry, and code-server's own refuses any other Node.js.
  const packages = [`code-server@${CODE_SERVER}`, `node-${process.platform}-${process.arch}@${NODE}`];
  await runNpm(['install', ...quiet, ...packages], { cwd: draft.folder });
  await runNpm(['install', ...quiet, '--omit=dev'], { cwd: draft.vscode });
  // Without its native logger VS Code's output channels stay empty, and npm has no prebuilt one.
  await runNpm(['rebuild', '--loglevel=error', '@vscode/spdlog', '@vscode/native-watchdog'], {
    cwd: draft.vscode,
    node: draft.node,
    env: {
      ...process.env,
      PATH: [bin, process.env.PATH].join(path.delimiter),
      npm_config_nodedir: path.dirname(bin),
      npm_config_ignore_scripts: 'false',
    },
  });
}

/**
 * Puts the served VS Code into the cache folder unless it is there, and says where its parts are. Two processes may
 * do so at the same time: each fills a draft of its own, the first to finish names it.
 *
 * @returns {Promise<{folder: string, node: string, entry: string, vscode: string}>}
 */
export async function installHost() {
  if (!isServable()) throw new Trouble(`VS Code's server does not run on ${process.platform} ${process.arch}.`);
  const folder = hostFolder();
  if (isHostInstalled()) return layout(folder);
  await mkdir(path.dirname(folder), { recursive: true });
  await removeAbandonedDrafts(folder);
  const draft = layout(`${folder}.draft-${process.pid}`);
  await step(`Installing VS Code's server (code-server ${CODE_SERVER}) into ${folder}, once`, async () => {
    try {
      await fill(draft);
      await rename(draft.folder, folder);
    } catch (error) {
      await rm(draft.folder, { recursive: true, force: true });
      if (!isHostInstalled()) throw error;
    }
  });
  return layout(folder);
}
