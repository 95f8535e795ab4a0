import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text as textOf } from 'node:stream/consumers';
import { version } from '../../package.json';
import { runNpm, startGroup } from '../../scripts/lib/processes.mjs';
import { temporaryFolder } from '../../scripts/lib/temporary.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** All that the command line needs; whoever adds to it should see how the package grows. */
const CONTENT = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/cli.js',
  'docs/check.schema.json',
  'docs/diagnostics.md',
  'docs/sandbox.schema.json',
  'docs/third-party-notices.md',
  'l10n/nb.json',
  'package.json',
];

const GOOD = `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: app
spec:
  maskinporten:
    enabled: true
    scopes:
      consumes:
        - name: ks:fiks
`;

/** What `npm pack` makes of the build in dist/, installed as its users would, with nothing to download from. */
describe('the npm package', () => {
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
  let packed: readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[];
  let user: string;

  function command(...args: string[]): Promise<string> {
    return runNpm(['exec', '--offline', '--no', '--', 'nais-maskinporten', ...args], { cwd: user });
  }

  before(async () => {
    temporary = await temporaryFolder('package');
    user = path.join(temporary.folder, 'user');
    mkdirSync(user);
    writeFileSync(path.join(user, 'package.json'), '{}');
    const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', temporary.folder];
    packed = JSON.parse(await runNpm(pack, { cwd: ROOT })) as typeof packed;
    const tarball = path.join(temporary.folder, packed[0]?.filename ?? '');
    const cache = path.join(temporary.folder, 'cache');
    await runNpm(['install', '--offline', '--ignore-scripts', '--cache', cache, tarball], { cwd: user });
    writeFileSync(path.join(user, 'nais.yaml'), GOOD);
    writeFileSync(path.join(user, 'broken.yaml'), GOOD.replace('consumes', 'consume'));
  });
  after(() => temporary.remove());

  it('holds what the command line needs, and nothing else', () => {
    assert.deepEqual(packed[0]?.files.map((file) => file.path).sort(), CONTENT);
  });

  it('needs no other package', () => {
    const installed = readdirSync(path.join(user, 'node_modules')).filter((name) => !name.startsWith('.'));
    assert.deepEqual(installed, ['nais-maskinporten']);
  });

  it('asks for no modules but those of Node.js', () => {
    const bundle = readFileSync(path.join(user, 'node_modules/nais-maskinporten/dist/cli.js'), 'utf8');
    const required = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
    assert.ok(required.length > 0);
    assert.deepEqual(
      // Node 20 does not have all of them yet, and whoever asks for one of those knows that.
      required.filter((name = '') => !isBuiltin(name) && !name.startsWith('node:')),
      [],
    );
  });

  it('inspects', async () => {
    const files = JSON.parse(await command('inspect', 'nais.yaml', '--json')) as {
      readonly documents: readonly { readonly name: string }[];
    }[];
    assert.deepEqual(
      files.flatMap(({ documents }) => documents.map(({ name }) => name)),
      ['app'],
    );
  });

  it('checks, with the exit code that stops a build', async () => {
    assert.match(await command('check', 'nais.yaml'), /errors: 0/);
    await assert.rejects(command('check', 'broken.yaml'), /ended with 1\./);
    await assert.rejects(command('check', 'no.yaml'), /ended with 2\./);
  });

  it('is a sandbox that says where, gets a token of it, and ends when it is asked to', async () => {
    const file = path.join('node_modules', 'nais-maskinporten', 'dist', 'cli.js');
    const sandbox = ['sandbox', 'nais.yaml', '--texas', '--dotenv', '.env.sandbox'];
    const stdio: StdioOptions = ['ignore', 'pipe', 'inherit'];
    const { child, ended, stop } = startGroup(process.execPath, [file, ...sandbox], { cwd: user, stdio });
    try {
      const line = await createInterface({ input: child.stdout! })[Symbol.asyncIterator]().next();
      const ready = JSON.parse(String(line.value)) as { readonly clients: readonly object[] };
      assert.deepEqual(Object.keys(ready), [
        'issuer',
        'metadata',
        'tokenEndpoint',
        'jwksUri',
        'sampleApi',
        'texas',
        'clients',
      ]);
      assert.deepEqual(
        ready.clients.map((client) => Object.keys(client)),
        [['clientId', 'name', 'jwk', 'scopes', 'texas']],
      );
      const token = await command('token', '--dotenv', '.env.sandbox', '--scope', 'ks:fiks');
      assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      await assert.rejects(command('token', '--dotenv', '.env.sandbox', '--scope', 'ks:fisk'), /ended with 1\./);
      child.kill('SIGTERM');
      // Windows knows no signals: there a process is ended at once.
      if (process.platform !== 'win32') assert.equal(await ended, 0);
    } finally {
      await stop();
    }
  });

  it('reads a client from standard input', async () => {
    const file = path.join('node_modules', 'nais-maskinporten', 'dist', 'cli.js');
    const child = spawn(process.execPath, [file, 'token', '--dotenv', '-', '--scope', 'ks:fiks'], { cwd: user });
    child.stdin.end('MASKINPORTEN_CLIENT_ID=x\n');
    const [complaints, [code]] = await Promise.all([textOf(child.stderr), once(child, 'close') as Promise<[number]>]);
    assert.deepEqual([code, complaints.startsWith('standard input: There is no private key here.')], [2, true]);
  });

  it('speaks Norwegian, and knows its version', async () => {
    assert.match(await command('check', 'nais.yaml', '--language', 'nb'), /^Filer: 1, manifester: 1, /m);
    assert.equal(await command('--version'), `${version}\n`);
  });
});
