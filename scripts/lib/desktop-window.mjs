import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { spawnable, processesNaming } from './desktop.mjs';
import { run, startGroup } from './processes.mjs';

const POLITE_MS = 5000;
const POLL_MS = 100;

/** The command lines of all processes, one a line, each after its id. */
function listProcesses() {
  if (process.platform !== 'win32') return run('ps', ['-axww', '-o', 'pid=,args=']);
  const query = 'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.CommandLine)" }';
  return run('powershell', ['-NoProfile', '-Command', query]);
}

function signal(ids, name) {
  for (const id of ids) {
    try {
      process.kill(id, name);
    } catch {
      // It ended together with another one.
    }
  }
}

/** Ends the window's processes: politely, so that VS Code may store what it holds, then for good. */
async function endWindow(folders, launcher) {
  const left = async () => processesNaming(folders.user, await listProcesses()).filter((id) => id !== launcher);
  signal(await left(), 'SIGTERM');
  const deadline = performance.now() + POLITE_MS;
  while ((await left()).length > 0 && performance.now() < deadline) await setTimeout(POLL_MS);
  signal(await left(), 'SIGKILL');
}

/**
 * Opens a desktop VS Code with the extension under development, in folders of its own, so that the user's VS Code and
 * its settings stay as they are.
 *
 * @param {string} command the `code` or `codium` command
 * @param {{folders: {user: string, extensions: string}, extension: string, workspace: string}} options
 * @returns {{ended: Promise<number>, stop: () => Promise<void>}} `ended` settles when the user closes the window
 */
export function openDesktop(command, { folders, extension, workspace }) {
  const call = spawnable(command, [
    ...['--wait', '--new-window', '--disable-workspace-trust'],
    ...['--user-data-dir', folders.user, '--extensions-dir', folders.extensions],
    ...[`--extensionDevelopmentPath=${extension}`, workspace],
  ]);
  const group = startGroup(call.command, call.args, { shell: call.shell, stdio: ['ignore', 'ignore', 'inherit'] });
  const stop = async () => {
    await endWindow(folders, group.child.pid); // the command itself ends with its window
    await group.stop();
  };
  return { ended: group.ended, stop };
}
