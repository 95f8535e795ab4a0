import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** A command that did not end well. `output` is what it printed, for the person at the terminal. */
export class CommandFailed extends Error {
  constructor(command, code, output) {
    super(`${command} ended with ${code}.`);
    this.output = output;
  }
}

/** Ends the process and all that it started; a process that is gone already is no error. */
function killGroup(child, signal) {
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // Nothing is left of it.
  }
}

/**
 * Starts a process in a group of its own, so that nothing it starts can outlive this one: when this process exits,
 * for whatever reason, the group is killed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {{child: import('node:child_process').ChildProcess, ended: Promise<number>, stop: (graceMs?: number) => Promise<void>}}
 *   `ended` settles with the exit code (128 + signal number for a signal), or rejects when it could not be started.
 */
export function startGroup(command, args, options = {}) {
  // Windows has no process groups, and a detached process there would open a console window.
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  const onExit = () => killGroup(child, 'SIGKILL');
  process.once('exit', onExit);
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
  ended.catch(() => {}).finally(() => process.off('exit', onExit));
  const stop = async (graceMs = 5000) => {
    if (child.exitCode === null && child.signalCode === null) killGroup(child, 'SIGTERM');
    const slow = setTimeout(() => killGroup(child, 'SIGKILL'), graceMs);
    await ended.catch(() => {});
    clearTimeout(slow);
    killGroup(child, 'SIGKILL');
  };
  return { child, ended, stop };
}

/**
 * Runs a command to its end and gives what it printed to stdout; throws CommandFailed on any other code than 0.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>}
 */
export async function run(command, args, options = {}) {
  const { child, ended } = startGroup(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let output = '';
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.stdout.setEncoding('utf8').on('data', (text) => ((stdout += text), (output += text)));
  child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await ended;
  await closed;
  if (code !== 0) throw new CommandFailed([command, ...args].join(' '), code, output);
  return stdout;
}

/**
 * How to start npm: through the running npm's own file where there is one, which needs no shell on Windows.
 *
 * @param {string} [node] the Node.js that npm shall run on
 */
export function npmCommand(node = process.execPath) {
  const file = process.env.npm_execpath;
  if (file?.endsWith('.js')) return { command: node, prefix: [file], shell: false };
  return { command: 'npm', prefix: [], shell: process.platform === 'win32' };
}

/**
 * Runs npm with `args`.
 *
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & {node?: string}} [options]
 * @returns {Promise<string>}
 */
export function runNpm(args, { node, ...options } = {}) {
  const { command, prefix, shell } = npmCommand(node);
  return run(command, [...prefix, ...args], { shell, ...options });
}

/** Ends this process on Ctrl-C and its kin, after `cleanUp`; a second signal does not wait for it. */
export function exitOnSignals(cleanUp = async () => {}) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    let asked = false;
    process.on(signal, () => {
      const exit = () => process.exit(128 + constants.signals[signal]);
      if (asked) exit();
      asked = true;
      cleanUp().then(exit, exit);
    });
  }
}
