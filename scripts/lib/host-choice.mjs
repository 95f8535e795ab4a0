import { desktopObstacle } from './desktop.mjs';

/**
 * Which VS Code runs the host tests: the one that VSCODE_EXECUTABLE names; a desktop's own, downloaded by
 * @vscode/test-electron, where there is a desktop that can reach it; else the served one.
 *
 * @param {{machine: import('./desktop.mjs').Machine, servable: boolean, canDownload: () => Promise<boolean>}} choice
 * @returns {Promise<{kind: 'named', executable: string} | {kind: 'download'} | {kind: 'served'} | {kind: 'none'}>}
 */
export async function chooseHost({ machine, servable, canDownload }) {
  if (machine.env.VSCODE_EXECUTABLE) return { kind: 'named', executable: machine.env.VSCODE_EXECUTABLE };
  // A download runs on this machine, so the `code` of a remote shell is no obstacle to it.
  const obstacle = desktopObstacle({ ...machine, env: { ...machine.env, VSCODE_IPC_HOOK_CLI: undefined } });
  if (obstacle === undefined && (await canDownload())) return { kind: 'download' };
  return { kind: servable ? 'served' : 'none' };
}
