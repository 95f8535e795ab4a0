import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundledPackages, installed, noticesFor } from '../../../scripts/lib/notices.mjs';

const ROOT = path.resolve(import.meta.dirname, '../../..');

interface PackageJson {
  readonly dependencies?: object;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly integrity?: string; readonly dev?: boolean; readonly hasInstallScript?: boolean }>
  >;
}

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** Licences that let what is shipped be shipped under MIT, with their notices. */
const FINE = ['MIT', 'ISC', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC-BY-4.0', 'Apache-2.0'];

describe('the dependencies', function () {
  this.timeout(60_000);
  const page = textOf('docs/dependencies.md');
  const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as PackageJson;
  const [shipped = '', building = ''] = page.split('## For building and testing');
  let bundled: ReadonlyMap<string, number>;

  before(async () => {
    bundled = await bundledPackages();
  });

  function rowsOf(text: string): Map<string, readonly string[]> {
    const rows = [...text.matchAll(/^\| `([^`]+)` +\|(.*)\|$/gm)];
    return new Map(rows.map(([, name = '', cells = '']) => [name, cells.split('|').map((cell) => cell.trim())]));
  }

  it('have a line each: what for, and what else was weighed; and there is no line for another', () => {
    const rows = [...rowsOf(shipped).keys(), ...rowsOf(building).keys()];
    assert.deepEqual(rows.sort(), [...new Set([...Object.keys(devDependencies), ...bundled.keys()])].sort());
    for (const [name, cells] of rowsOf(page))
      assert.ok(
        cells.every((cell) => cell !== ''),
        name,
      );
  });

  it('that are shipped stand as such, with what they weigh', () => {
    const rows = rowsOf(shipped);
    assert.deepEqual([...rows.keys()].sort(), [...bundled.keys()].sort());
    for (const [name, bytes] of bundled) {
      const said = Number(rows.get(name)?.[0]);
      assert.ok(Math.abs(said - bytes / 1000) <= Math.max(2, bytes / 5000), `${name}: ${said} kB, and is ${bytes}`);
    }
  });

  it('that are shipped have licences that allow it, and their notices go along', () => {
    for (const name of bundled.keys()) assert.ok(FINE.includes((installed(name) as { license: string }).license), name);
    assert.equal(textOf('docs/third-party-notices.md'), noticesFor(bundled.keys()), 'run node scripts/notices.mjs');
    for (const ignore of ['.vscodeignore', '.npmignore']) assert.match(textOf(ignore), /docs\/third-party-notices\.md/);
  });

  it('are installed with nothing: who installs a package gets no other', () => {
    assert.equal(dependencies, undefined);
  });

  for (const file of ['package-lock.json', 'test/interop/package-lock.json']) {
    it(`are in ${file} with their integrity`, () => {
      const { packages } = JSON.parse(textOf(file)) as LockFile;
      const entries = Object.entries(packages).filter(([name]) => name !== '');
      assert.ok(entries.length > 10);
      assert.deepEqual(
        entries.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-')).map(([name]) => name),
        [],
      );
    });
  }

  it('that are shipped have no install script, and no installation here runs one', () => {
    const { packages } = JSON.parse(textOf('package-lock.json')) as LockFile;
    for (const name of bundled.keys()) assert.ok(!packages[`node_modules/${name}`]?.hasInstallScript, name);
    assert.match(textOf('scripts/lib/dependencies.mjs'), /'--ignore-scripts'/);
    for (const workflow of ['ci', 'release']) {
      const installs = [...textOf(`.github/workflows/${workflow}.yml`).matchAll(/npm (?:ci|install)\b.*/g)];
      assert.ok(installs.length > 0);
      for (const [install] of installs) assert.match(install, /--ignore-scripts/);
    }
  });
});
