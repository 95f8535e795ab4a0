import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { run } from './processes.mjs';

/**
 * What the choice of a VS Code hangs on.
 * @typedef {{platform: string, env: Record<string, string | undefined>, uid?: number, home: string}} Machine
 */

/** @returns {Machine} this machine */
export function thisMachine() {
  return { platform: process.platform, env: process.env, uid: process.getuid?.(), home: homedir() };
}

/**
 * Why a desktop program cannot be opened here, or undefined where it can. VS Code refuses to run as root, and the `code`
 * of a remote shell or of WSL speaks to a window on another machine, which knows nothing of this one's folders.
 *
 * @param {Machine} machine
 * @returns {'remote' | 'wsl' | 'root' | 'no-display' | undefined}
 */
export function desktopObstacle({ platform, env, uid }) {
  if (env.VSCODE_IPC_HOOK_CLI) return 'remote';
  if (env.WSL_DISTRO_NAME) return 'wsl';
  if (platform === 'win32' || platform === 'darwin') return uid === 0 ? 'root' : undefined;
  if (uid === 0) return 'root';
  return env.DISPLAY || env.WAYLAND_DISPLAY ? undefined : 'no-display';
}

function onPath({ platform, env }) {
  const { delimiter, join } = platform === 'win32' ? path.win32 : path.posix;
  const names = platform === 'win32' ? ['code.cmd', 'codium.cmd'] : ['code', 'codium'];
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function knownPlaces({ platform, env, home }) {
  if (platform === 'win32') {
    const roots = [env.LOCALAPPDATA && path.win32.join(env.LOCALAPPDATA, 'Programs'), env.PROGRAMFILES].filter(Boolean);
    const commands = ['Microsoft VS Code\\bin\\code.cmd', 'VSCodium\\bin\\codium.cmd'];
    return commands.flatMap((command) => roots.map((root) => path.win32.join(root, command)));
  }
  if (platform === 'darwin') {
    const commands = [
      'Visual Studio Code.app/Contents/Resources/app/bin/code',
      'VSCodium.app/Contents/Resources/app/bin/codium',
    ];
    const roots = ['/Applications', path.posix.join(home, 'Applications')];
    return commands.flatMap((command) => roots.map((root) => path.posix.join(root, command)));
  }
  return [
    '/usr/bin/code',
    '/usr/share/code/bin/code',
    '/snap/bin/code',
    '/usr/bin/codium',
    '/usr/share/codium/bin/codium',
    '/snap/bin/codium',
  ];
}

/**
 * Where the command of VS Code or VSCodium may be, best first: on the path, then where each system installs it.
 *
 * @param {Machine} machine
 * @returns {string[]}
 */
export function desktopPlaces(machine) {
  return [...new Set([...onPath(machine), ...knownPlaces(machine)])];
}

/** The version in what `code --version` prints: its first line. */
export function versionIn(output) {
  return /^\d+\.\d+\.\d+/.exec(output.trim())?.[0];
}

/** Whether `version` is at least the `floor` of an `engines.vscode` such as `^1.101.0`. */
export function isNewEnough(version, floor) {
  const numbers = (text) => /(\d+)\.(\d+)\.(\d+)/.exec(text).slice(1).map(Number);
  const [have, want] = [numbers(version), numbers(floor)];
  const at = have.findIndex((number, index) => number !== want[index]);
  return at === -1 || have[at] > want[at];
}

/**
 * Which VS Code `npm start` opens.
 *
 * @param {{machine: Machine, browserAsked: boolean, floor: string, versionOf: (command: string) => Promise<string | undefined>}} choice
 *   `versionOf` gives undefined for a command that is not there or does not answer
 * @returns {Promise<{kind: 'desktop', command: string, version: string}
 *   | {kind: 'browser', reason: 'asked' | 'remote' | 'wsl' | 'root' | 'no-display' | 'none' | 'too-old', found?: string}>}
 */
export async function chooseVsCode({ machine, browserAsked, floor, versionOf }) {
  if (browserAsked) return { kind: 'browser', reason: 'asked' };
  const obstacle = desktopObstacle(machine);
  if (obstacle) return { kind: 'browser', reason: obstacle };
  let tooOld;
  for (const command of desktopPlaces(machine)) {
    const version = await versionOf(command);
    if (version && isNewEnough(version, floor)) return { kind: 'desktop', command, version };
    tooOld ??= version;
  }
  return tooOld ? { kind: 'browser', reason: 'too-old', found: tooOld } : { kind: 'browser', reason: 'none' };
}

/** Quotes one argument for cmd.exe, which runs the `.cmd` files. */
function quoted(argument) {
  return `"${argument.replaceAll('"', '""')}"`;
}

/** How to start a VS Code command: Node.js runs `.cmd` files only through a shell. */
export function spawnable(command, args, platform = process.platform) {
  if (platform !== 'win32') return { command, args, shell: false };
  return { command: quoted(command), args: args.map(quoted), shell: true };
}

/** The version of a VS Code command on this machine, undefined where it is not there or does not answer within 10 s. */
export async function askVersion(command) {
  if (!existsSync(command)) return undefined;
  const call = spawnable(command, ['--version']);
  try {
    return versionIn(await run(call.command, call.args, { shell: call.shell, timeout: 10_000 }));
  } catch {
    return undefined;
  }
}

/**
 * The ids of the processes whose command line names `folder`, out of what `ps -axww -o pid=,args=` prints. `code --wait`
 * leaves the window to processes outside its own group; they are known by the user-data folder, which only ours have.
 */
export function processesNaming(folder, psOutput) {
  return psOutput
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match?.[2].includes(folder))
    .map((match) => Number(match[1]));
}
