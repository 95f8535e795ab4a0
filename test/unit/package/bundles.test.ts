import assert from 'node:assert/strict';
import { LAZY_PARTS, measureBundles } from '../../../scripts/build.mjs';

describe('the bundles', function () {
  this.timeout(60_000);
  let inputs: ReadonlyMap<string, readonly string[]>;
  let sizes: ReadonlyMap<string, number>;

  before(async () => {
    const bundles = [...(await measureBundles())];
    inputs = new Map(bundles.map(([name, { files }]) => [name, files]));
    sizes = new Map(bundles.map(([name, { bytes }]) => [name, bytes]));
  });

  function packagesIn(bundle: string): string[] {
    const files = inputs.get(bundle);
    assert.ok(files, `${bundle} is not built`);
    const names = files.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
    return [...new Set(names.filter((name) => name !== undefined))].sort();
  }

  function roomsIn(bundle: string): string[] {
    const rooms = inputs.get(bundle)!.map((file) => /^src\/([^/]+)\//.exec(file)?.[1]);
    return [...new Set(rooms.filter((room) => room !== undefined))].sort();
  }

  it('keep out of activation all but what the rest is reached through', () => {
    assert.deepEqual(packagesIn('extension'), []);
    assert.deepEqual(roomsIn('extension'), [
      'assistant',
      'commands',
      'explorer',
      'manifest',
      'panels',
      'platform',
      'workspace',
    ]);
    assert.ok(sizes.get('extension')! < 20_000, `${sizes.get('extension')} bytes`);
  });

  it('keep jose, undici, Handlebars and the sandbox out of what a manifest needs', () => {
    assert.deepEqual(packagesIn('main'), []);
    assert.ok(!inputs.get('main')!.some((file) => file.startsWith('src/sandbox/')));
    assert.deepEqual(packagesIn('jose'), ['jose']);
    assert.deepEqual(packagesIn('undici'), ['undici']);
    assert.deepEqual(packagesIn('sandbox'), []);
    assert.deepEqual(packagesIn('handlebars'), ['handlebars']);
  });

  it('give the thread that reads manifests the manifest room alone', () => {
    assert.deepEqual(roomsIn('manifestWorker'), ['manifest']);
    assert.deepEqual(packagesIn('manifestWorker'), []);
  });

  it('have the parser of YAML in one file, which main and the thread read', () => {
    assert.deepEqual(packagesIn('yaml'), ['yaml']);
  });

  it("leave out the part of undici that replaces the host's dispatcher", () => {
    for (const bundle of ['undici', 'cli']) {
      const undici = inputs.get(bundle)!;
      assert.ok(undici.some((file) => file.endsWith('undici/lib/dispatcher/client.js')));
      assert.deepEqual(
        undici.filter((file) => file.endsWith('undici/lib/global.js') || file.endsWith('undici/index.js')),
        [],
      );
    }
  });

  it('take the parser of Handlebars alone: its index changes `require` for the whole process', () => {
    const handlebars = inputs.get('handlebars')!;
    assert.ok(handlebars.some((file) => file.endsWith('compiler/parser.js')));
    assert.deepEqual(
      handlebars.filter((file) =>
        /handlebars\/(?:lib\/index|dist\/cjs\/handlebars)\.js$|javascript-compiler/.test(file),
      ),
      [],
    );
  });

  it('give the webviews nothing but the shared room and their controls', () => {
    for (const page of ['token', 'request', 'decode']) {
      assert.deepEqual(roomsIn(page), ['shared', 'webview']);
      assert.ok(!packagesIn(page).includes('jose'));
    }
  });

  it('give the command line what it takes to judge manifests, to be a sandbox and to get a token', () => {
    assert.deepEqual(roomsIn('cli'), ['cli', 'http', 'manifest', 'maskinporten', 'sandbox', 'shared', 'words']);
    const forGlobs = ['@isaacs/nonrecursive-glob-match', 'balanced-match', 'brace-expansion', 'minimatch'];
    assert.deepEqual(packagesIn('cli'), [...forGlobs, 'handlebars', 'jose', 'undici', 'yaml'].sort());
  });

  it('leave nothing of the command line for later: its package holds no other bundle', () => {
    const files = inputs.get('cli')!;
    for (const [, part] of Object.entries(LAZY_PARTS).filter(([name]) => name !== 'main')) {
      assert.ok(files.includes(part), part);
    }
  });
});
