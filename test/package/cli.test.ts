import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../package.json';
import { runNpm } from '../../scripts/lib/processes.mjs';
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
    const builtIn = (name = '') => name.startsWith('node:') || name === 'process' || name === 'buffer';
    assert.deepEqual(
      required.filter((name) => !builtIn(name)),
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

  it('speaks Norwegian, and knows its version', async () => {
    assert.match(await command('check', 'nais.yaml', '--language', 'nb'), /^Filer: 1, manifester: 1, /m);
    assert.equal(await command('--version'), `${version}\n`);
  });
});
