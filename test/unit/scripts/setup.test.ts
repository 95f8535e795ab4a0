import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browserPlaces } from '../../../scripts/lib/browser.mjs';
import { closingLine, gatherCounts, leaveCounts, settle, sum } from '../../../scripts/lib/counts.mjs';
import { isInstalled } from '../../../scripts/lib/dependencies.mjs';
import { packagesToInstall } from '../../../scripts/lib/machine.mjs';
import { cacheFolder } from '../../../scripts/lib/places.mjs';

describe('the dependencies', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/yaml': { version: '2.9.1' },
      'node_modules/esbuild-of-another-system': { version: '1.0.0', optional: true },
    },
  };

  it('are installed when npm recorded what the lock file asks for', () => {
    assert.equal(isInstalled(lock, { packages: { 'node_modules/yaml': { version: '2.9.1' } } }), true);
  });

  it('are not when a version differs, one is missing, or npm was broken off', () => {
    assert.equal(isInstalled(lock, { packages: { 'node_modules/yaml': { version: '2.9.0' } } }), false);
    assert.equal(isInstalled(lock, { packages: {} }), false);
    assert.equal(isInstalled(lock, undefined), false);
  });
});

describe('the one call of apt', () => {
  const missingTools = ['g++', 'make'];

  it('names what is missing on Debian as root', () => {
    const machine = { distribution: 'debian', uid: 0, missingTools, hasBrowser: false };
    assert.deepEqual(packagesToInstall(machine), ['g++', 'make', 'chromium']);
  });

  it('is not made where nothing is missing', () => {
    assert.deepEqual(packagesToInstall({ distribution: 'debian', uid: 0, missingTools: [], hasBrowser: true }), []);
  });

  it("leaves out Ubuntu's chromium, which is only a door to snap", () => {
    const machine = { distribution: 'ubuntu', uid: 0, missingTools, hasBrowser: false };
    assert.deepEqual(packagesToInstall(machine), ['g++', 'make']);
  });

  it('is not made by a user, nor on another system', () => {
    assert.deepEqual(packagesToInstall({ distribution: 'debian', uid: 1000, missingTools, hasBrowser: false }), []);
    assert.deepEqual(packagesToInstall({ distribution: 'fedora', uid: 0, missingTools, hasBrowser: false }), []);
    assert.deepEqual(packagesToInstall({ missingTools, hasBrowser: false }), []);
  });
});

describe('the cache that clones share', () => {
  it('is where each system keeps caches', () => {
    const home = '/home/kari';
    assert.equal(cacheFolder({ platform: 'linux', env: {}, home }), '/home/kari/.cache/nais-maskinporten');
    assert.equal(cacheFolder({ platform: 'linux', env: { XDG_CACHE_HOME: '/big' }, home }), '/big/nais-maskinporten');
    assert.equal(cacheFolder({ platform: 'darwin', env: {}, home }), '/home/kari/Library/Caches/nais-maskinporten');
  });

  it('heeds no relative XDG_CACHE_HOME, as its specification asks', () => {
    const env = { XDG_CACHE_HOME: 'relative' };
    assert.equal(cacheFolder({ platform: 'linux', env, home: '/home/kari' }), '/home/kari/.cache/nais-maskinporten');
  });

  it('is where MASKINPORTEN_CACHE says, before all', () => {
    const env = { XDG_CACHE_HOME: '/big', MASKINPORTEN_CACHE: '/mine' };
    assert.equal(cacheFolder({ platform: 'linux', env, home: '/home/kari' }), path.resolve('/mine'));
  });
});

describe('the browser to drive', () => {
  it('is first the one that CHROMIUM_PATH names', () => {
    for (const platform of ['linux', 'darwin', 'win32']) {
      assert.equal(browserPlaces({ platform, env: { CHROMIUM_PATH: '/my/chromium' } })[0], '/my/chromium');
    }
  });

  it('may be Chrome or Edge of macOS and Windows', () => {
    const windows = browserPlaces({ platform: 'win32', env: { PROGRAMFILES: 'C:\\Program Files' } });
    assert.ok(windows.includes('C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe'));
    const mac = browserPlaces({ platform: 'darwin', env: {} });
    assert.ok(mac.includes('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'));
  });
});

describe('the counts of a layer', () => {
  it('are what its tests came to', () => {
    assert.deepEqual(settle(0, { passed: 3, failed: 0, pending: 1 }), { passed: 3, failed: 0, pending: 1 });
    assert.deepEqual(settle(2, { passed: 3, failed: 2 }), { passed: 3, failed: 2, pending: 0 });
  });

  it('have a failure when it ended badly without counting one', () => {
    assert.deepEqual(settle(1, { passed: 3, failed: 0 }), { passed: 3, failed: 1, pending: 0 });
    assert.deepEqual(settle(1, undefined), { passed: 0, failed: 1, pending: 0 });
  });

  it('have a failure when nothing ran', () => {
    assert.deepEqual(settle(0, { passed: 0, failed: 0 }), { passed: 0, failed: 1, pending: 0 });
    assert.deepEqual(settle(0, undefined), { passed: 0, failed: 1, pending: 0 });
  });

  it('are gathered from what parts left, a part that left nothing being a failure', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'nm-counts-'));
    try {
      leaveCounts(folder, 'tests', { passed: 5, failed: 0 });
      assert.deepEqual(gatherCounts(folder, ['tests']), { passed: 5, failed: 0, pending: 0 });
      assert.deepEqual(gatherCounts(folder, ['tests', 'clone']), { passed: 5, failed: 1, pending: 0 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('add up to the closing line', () => {
    assert.equal(
      closingLine(
        sum([
          { passed: 3, failed: 0 },
          { passed: 2, failed: 1, pending: 4 },
        ]),
      ),
      '5 passed, 1 failed',
    );
  });
});
