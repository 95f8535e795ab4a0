import assert from 'node:assert/strict';
import {
  clipboardTool,
  portForwardCommand,
  readSecretCommand,
  unlockCommand,
  type CommandLine,
} from '../../../src/maskinporten/commands';
import { maskinportenSecretName } from '../../../src/maskinporten/secretName';

/** What a manifest, a Secret or a Nais answer could hold where a name belongs. */
const HOSTILE = [
  '',
  ' ',
  'app; rm -rf ~',
  'app\nrm -rf ~',
  'app\rrm',
  'app\u2028rm',
  'app\u0000',
  'app\u001b[2J',
  'app && curl evil.example',
  'app | sh',
  '$(id)',
  '`id`',
  '${HOME}',
  '%PATH%',
  '"app"',
  "'app'",
  'app\\',
  '../app',
  'app/other',
  'app other',
  '-n',
  '--kubeconfig=evil',
  'app-',
  'App',
  'æøå',
  'аpp',
  'a'.repeat(64),
  '{{ app }}',
  'app\n',
];

describe('Show Me the Command', () => {
  function assertRefused(command: CommandLine, field: string) {
    assert.deepEqual(command, { ok: false, field });
  }

  it('forwards the port of the workload’s Texas', () => {
    assert.deepEqual(portForwardCommand({ workload: 'my-app', team: 'my-team' }), {
      ok: true,
      line: 'kubectl port-forward -n my-team deploy/my-app 7164:7164',
    });
    assert.deepEqual(portForwardCommand({ workload: 'my-app', team: 'my-team', localPort: 17164 }), {
      ok: true,
      line: 'kubectl port-forward -n my-team deploy/my-app 17164:7164',
    });
  });

  it('reads the workload’s Secret straight onto the clipboard, with a reason for the audit log', () => {
    const secret = maskinportenSecretName('my-app');
    const command = readSecretCommand({ secret, team: 'my-team', environment: 'dev-gcp' }, 'pbcopy');
    assert.deepEqual(command, {
      ok: true,
      line:
        `nais secret get ${secret} --team my-team --environment dev-gcp --with-values ` +
        '--reason "Test Maskinporten access from a development machine" --output json | pbcopy',
    });
  });

  it('leaves the team to the Nais CLI where it is not known', () => {
    const command = readSecretCommand({ secret: 'a', environment: 'dev', reason: 'Feilsøking av sak #12' }, 'clip');
    assert.deepEqual(command, {
      ok: true,
      line: 'nais secret get a --environment dev --with-values --reason "Feilsøking av sak #12" --output json | clip',
    });
  });

  for (const name of HOSTILE) {
    it(`lets nothing but a name into a terminal: ${JSON.stringify(name).slice(0, 40)}`, () => {
      assertRefused(portForwardCommand({ workload: name, team: 'team' }), 'workload');
      assertRefused(portForwardCommand({ workload: 'app', team: name }), 'team');
      assertRefused(readSecretCommand({ secret: name, team: 'team', environment: 'dev' }, 'clip'), 'secret');
      assertRefused(readSecretCommand({ secret: 'a', team: name, environment: 'dev' }, 'clip'), 'team');
      assertRefused(readSecretCommand({ secret: 'a', team: 'team', environment: name }, 'clip'), 'environment');
    });
  }

  for (const reason of [
    'too short',
    'ends the quote" ; id "',
    'expands $HOME in the shell',
    'expands `id` in the shell',
    'expands %PATH% in cmd.exe',
    'repeats history!! in bash',
    'ends with a backslash\\',
    'has a line\nbreak in it',
    'has an escape \u001b[2J in it',
    'x'.repeat(201),
  ]) {
    it(`lets no reason into a terminal that a shell could read otherwise: ${JSON.stringify(reason).slice(0, 40)}`, () => {
      assertRefused(readSecretCommand({ secret: 'a', environment: 'dev', reason }, 'clip'), 'reason');
    });
  }

  for (const port of [0, -1, 65_536, 1.5, NaN, Infinity]) {
    it(`${port} is no port`, () => {
      assertRefused(portForwardCommand({ workload: 'app', team: 'team', localPort: port }), 'port');
    });
  }

  it('a Secret may have dots in its name, as Kubernetes has it, and 253 characters', () => {
    const read = (secret: string) => readSecretCommand({ secret, environment: 'dev' }, 'clip');
    assert.ok(read('a.b-c.d').ok);
    assert.ok(read(`${'a.'.repeat(126)}b`).ok);
    for (const secret of [`${'a.'.repeat(126)}bc`, 'a..b', '.a', 'a.', 'a.-b']) assertRefused(read(secret), 'secret');
  });

  for (const [what, platform, env, tool] of [
    ['macOS', 'darwin', {}, 'pbcopy'],
    ['Windows', 'win32', {}, 'clip'],
    ['X11', 'linux', { DISPLAY: ':0' }, 'xclip -selection clipboard'],
    ['Wayland', 'linux', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' }, 'wl-copy'],
    ['Linux in Windows', 'linux', { WSL_DISTRO_NAME: 'Ubuntu', WAYLAND_DISPLAY: 'wayland-0' }, 'clip.exe'],
  ] as const) {
    it(`knows the clipboard of ${what}`, () => {
      assert.equal(clipboardTool(platform, env), tool);
    });
  }

  it('unlocks a file onto the clipboard, and never onto the disk or the screen', () => {
    assert.equal(unlockCommand('pkcs12', 'wl-copy'), 'openssl pkcs12 -in client.p12 -nocerts -nodes | wl-copy');
    assert.equal(unlockCommand('encrypted-pem', 'clip'), 'openssl pkey -in key.pem | clip');
  });
});
