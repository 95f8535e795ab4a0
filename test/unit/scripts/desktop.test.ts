import assert from 'node:assert/strict';
import {
  chooseVsCode,
  desktopPlaces,
  isNewEnough,
  processesNaming,
  spawnable,
  versionIn,
} from '../../../scripts/lib/desktop.mjs';
import { chooseHost } from '../../../scripts/lib/host-choice.mjs';

const FLOOR = '^1.101.0';
const LINUX = { platform: 'linux', env: { PATH: '/opt/bin:/usr/bin', DISPLAY: ':0' }, uid: 1000, home: '/home/kari' };
const MAC = { platform: 'darwin', env: { PATH: '/usr/bin' }, uid: 501, home: '/Users/kari' };
const WINDOWS = {
  platform: 'win32',
  env: { Path: 'C:\\tools', LOCALAPPDATA: 'C:\\Users\\kari\\AppData\\Local', PROGRAMFILES: 'C:\\Program Files' },
  home: 'C:\\Users\\kari',
};
const MAC_CODE = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';

/** Where each of `versions` is installed, by the path of its command. */
function having(versions: Record<string, string>) {
  return (command: string) => Promise.resolve(versions[command]);
}

function choose(
  machine: typeof LINUX | typeof MAC | typeof WINDOWS,
  versions: Record<string, string>,
  browserAsked = false,
) {
  return chooseVsCode({ machine, browserAsked, floor: FLOOR, versionOf: having(versions) });
}

describe('the VS Code that npm start opens', () => {
  it('is the desktop one on the path', async () => {
    const versions = { '/opt/bin/code': '1.110.2', '/usr/share/code/bin/code': '1.120.0' };
    assert.deepEqual(await choose(LINUX, versions), { kind: 'desktop', command: '/opt/bin/code', version: '1.110.2' });
  });

  it('is VSCodium where there is no VS Code', async () => {
    const versions = { '/usr/bin/codium': '1.101.0' };
    assert.deepEqual(await choose(LINUX, versions), {
      kind: 'desktop',
      command: '/usr/bin/codium',
      version: '1.101.0',
    });
  });

  it('is found where macOS and Windows install it', async () => {
    assert.deepEqual(await choose(MAC, { [MAC_CODE]: '1.120.0' }), {
      kind: 'desktop',
      command: MAC_CODE,
      version: '1.120.0',
    });
    const command = 'C:\\Users\\kari\\AppData\\Local\\Programs\\Microsoft VS Code\\bin\\code.cmd';
    assert.deepEqual(await choose(WINDOWS, { [command]: '1.120.0' }), { kind: 'desktop', command, version: '1.120.0' });
  });

  it('passes by one that is too old for a newer one further on', async () => {
    const versions = { '/opt/bin/code': '1.100.3', '/usr/bin/code': '1.101.0' };
    assert.deepEqual(await choose(LINUX, versions), { kind: 'desktop', command: '/usr/bin/code', version: '1.101.0' });
  });

  it('runs in the browser where the only one is too old, and names it', async () => {
    const expected = { kind: 'browser', reason: 'too-old', found: '1.100.3' };
    assert.deepEqual(await choose(LINUX, { '/opt/bin/code': '1.100.3' }), expected);
  });

  it('runs in the browser where there is none', async () => {
    assert.deepEqual(await choose(LINUX, {}), { kind: 'browser', reason: 'none' });
  });

  it('runs in the browser where that was asked for', async () => {
    assert.deepEqual(await choose(LINUX, { '/opt/bin/code': '1.120.0' }, true), { kind: 'browser', reason: 'asked' });
  });

  const obstacles = [
    ['in a remote shell', { ...LINUX, env: { ...LINUX.env, VSCODE_IPC_HOOK_CLI: '/run/vscode.sock' } }, 'remote'],
    ['in WSL', { ...LINUX, env: { ...LINUX.env, WSL_DISTRO_NAME: 'Debian' } }, 'wsl'],
    ['for root', { ...LINUX, uid: 0 }, 'root'],
    ['without a display', { ...LINUX, env: { ...LINUX.env, DISPLAY: '' } }, 'no-display'],
  ] as const;
  for (const [where, machine, reason] of obstacles) {
    it(`runs in the browser ${where}, and asks no command for its version`, async () => {
      const versionOf = (command: string) => Promise.reject(new Error(`asked ${command}`));
      const choice = await chooseVsCode({ machine, browserAsked: false, floor: FLOOR, versionOf });
      assert.deepEqual(choice, { kind: 'browser', reason });
    });
  }

  it('needs no X11 display where there is Wayland', async () => {
    const machine = { ...LINUX, env: { PATH: '/opt/bin', DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' } };
    assert.equal((await choose(machine, { '/opt/bin/code': '1.120.0' })).kind, 'desktop');
  });
});

describe('what is known of a VS Code command', () => {
  it('is looked for on the path before the known places, each place once', () => {
    const places = desktopPlaces(LINUX);
    assert.deepEqual(places.slice(0, 4), ['/opt/bin/code', '/usr/bin/code', '/opt/bin/codium', '/usr/bin/codium']);
    assert.equal(new Set(places).size, places.length);
  });

  it('has its version in the first line', () => {
    assert.equal(versionIn('1.101.2\n2901c5ac6db8a986a5666c3af51ff804d05af0d4\nx64\n'), '1.101.2');
    assert.equal(versionIn('command not found'), undefined);
  });

  it('is compared number by number', () => {
    assert.equal(isNewEnough('1.101.0', FLOOR), true);
    assert.equal(isNewEnough('2.0.0', FLOOR), true);
    assert.equal(isNewEnough('1.99.9', FLOOR), false);
    assert.equal(isNewEnough('0.200.0', FLOOR), false);
  });

  it('goes through cmd.exe, quoted, on Windows alone', () => {
    const command = 'C:\\Program Files\\code.cmd';
    assert.deepEqual(spawnable(command, ['a b'], 'win32'), { command: `"${command}"`, args: ['"a b"'], shell: true });
    assert.deepEqual(spawnable('/usr/bin/code', ['a b'], 'linux'), {
      command: '/usr/bin/code',
      args: ['a b'],
      shell: false,
    });
  });

  it('has its processes known by the user-data folder', () => {
    const listing =
      '    1 /sbin/init\n  211 code --user-data-dir /p/user --wait\n  212 code --user-data-dir /other/user\n';
    assert.deepEqual(processesNaming('/p/user', listing), [211]);
  });
});

describe('the VS Code that runs the host tests', () => {
  const reachable = () => Promise.resolve(true);
  const unreachable = () => Promise.resolve(false);

  it('is the one that VSCODE_EXECUTABLE names, before all', async () => {
    const machine = { ...LINUX, env: { ...LINUX.env, VSCODE_EXECUTABLE: '/opt/code' } };
    const choice = await chooseHost({ machine, servable: true, canDownload: reachable });
    assert.deepEqual(choice, { kind: 'named', executable: '/opt/code' });
  });

  it('is downloaded on a desktop that reaches it, in a remote shell too', async () => {
    const remote = { ...MAC, env: { VSCODE_IPC_HOOK_CLI: '/run/vscode.sock' } };
    for (const machine of [LINUX, MAC, WINDOWS, remote]) {
      assert.deepEqual(await chooseHost({ machine, servable: true, canDownload: reachable }), { kind: 'download' });
    }
  });

  it('is the served one for root, without a display, and where the download is out of reach', async () => {
    const served = { kind: 'served' };
    const root = { ...LINUX, uid: 0 };
    const dark = { ...LINUX, env: {} };
    assert.deepEqual(await chooseHost({ machine: root, servable: true, canDownload: reachable }), served);
    assert.deepEqual(await chooseHost({ machine: dark, servable: true, canDownload: reachable }), served);
    assert.deepEqual(await chooseHost({ machine: LINUX, servable: true, canDownload: unreachable }), served);
  });

  it('is none where neither can be had', async () => {
    assert.deepEqual(await chooseHost({ machine: WINDOWS, servable: false, canDownload: unreachable }), {
      kind: 'none',
    });
  });
});
