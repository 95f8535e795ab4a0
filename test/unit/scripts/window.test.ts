import assert from 'node:assert/strict';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDesktop } from '../../../scripts/lib/desktop-window.mjs';

/**
 * A `code` as VS Code's is: it leaves the window to a process of a session of its own, and waits for it. The window
 * writes its arguments and its process id into the user-data folder, under a name that appears when it is whole.
 */
const FAKE_CODE = `#!${process.execPath}
const { spawn } = require('node:child_process');
const window = \`const { renameSync, writeFileSync } = require('node:fs');
const user = process.argv[process.argv.indexOf('--user-data-dir') + 1];
writeFileSync(user + '/draft', JSON.stringify({ pid: process.pid, args: process.argv.slice(1) }));
renameSync(user + '/draft', user + '/window');
setInterval(() => {}, 1000);\`;
const child = spawn(process.execPath, ['-e', window, '--', ...process.argv.slice(2)], { detached: true, stdio: 'ignore' });
child.on('exit', () => process.exit(0));
`;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function appearanceOf(folder: string, name: string): Promise<void> {
  const watcher = watch(folder);
  for (;;) {
    const [, changed] = (await once(watcher, 'change')) as [string, string];
    if (changed === name) break;
  }
  watcher.close();
}

describe('the window of a desktop VS Code', function () {
  // VS Code's command is a .cmd file on Windows, which cannot be played by a script of Node.js.
  if (process.platform === 'win32') return;

  it('opens with folders of its own and ends with Ctrl-C, though it left the process group', async () => {
    const user = await mkdtemp(path.join(tmpdir(), 'nm-window-'));
    try {
      const code = path.join(user, 'code');
      await writeFile(code, FAKE_CODE);
      await chmod(code, 0o755);
      const appeared = appearanceOf(user, 'window');
      const folders = { user, extensions: path.join(user, 'extensions') };
      const opened = openDesktop(code, { folders, extension: '/the/extension', workspace: '/the/example' });
      await appeared;
      const { pid, args } = JSON.parse(await readFile(path.join(user, 'window'), 'utf8')) as {
        pid: number;
        args: string[];
      };
      assert.ok(args.includes('--wait') && args.includes('--new-window') && args.includes('--disable-workspace-trust'));
      assert.ok(args.includes('--extensionDevelopmentPath=/the/extension'));
      assert.equal(args.at(-1), '/the/example');
      assert.equal(isRunning(pid), true);
      await opened.stop();
      assert.equal(isRunning(pid), false);
    } finally {
      await rm(user, { recursive: true, force: true });
    }
  });
});
