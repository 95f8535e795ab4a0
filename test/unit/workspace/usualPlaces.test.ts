import assert from 'node:assert/strict';
import { minimatch } from 'minimatch';
import { ANY_PLACE, isAnyPlace, isUsualPlace, PASSED_BY, USUAL_PLACES } from '../../../src/workspace/usualPlaces';

const PATHS = [
  'nais.yaml',
  'app.yml',
  'nais-dev.json',
  'package.json',
  '.nais/nais.yaml',
  '.nais/dev/app.yml',
  '.nais/vars/dev.json',
  'nais/app.yaml',
  '.deploy/app.yaml',
  'deploy/prod.json',
  'apps/one/config.yml',
  'apps/one/.nais/nais.yaml',
  'apps/one/nais.json',
  'src/main.ts',
  'snais/app.yaml',
  'node_modules/package/nais.yaml',
  'nais/node_modules/package/app.yaml',
  '.git/hooks/app.yaml',
  'nais.yaml.txt',
];

describe('the places of manifests', () => {
  // A search asks by pattern, an event by path: both must mean the same.
  for (const path of PATHS) {
    const isFound = (pattern: string) =>
      minimatch(path, pattern, { dot: true }) && !minimatch(path, PASSED_BY, { dot: true });

    it(`are the same for a search and for an event at ${path}`, () => {
      assert.equal(isUsualPlace(path), isFound(USUAL_PLACES));
      assert.equal(isAnyPlace(path), isFound(ANY_PLACE));
    });
  }

  it('are usual in the folders that most repositories have, and at the root', () => {
    assert.deepEqual(PATHS.filter(isUsualPlace), [
      'nais.yaml',
      'app.yml',
      'nais-dev.json',
      '.nais/nais.yaml',
      '.nais/dev/app.yml',
      '.nais/vars/dev.json',
      'nais/app.yaml',
      '.deploy/app.yaml',
      'deploy/prod.json',
    ]);
  });

  it('hold every usual one when it is any', () => {
    assert.ok(PATHS.filter(isUsualPlace).every(isAnyPlace));
    assert.ok(isAnyPlace('apps/one/config.yml'));
    assert.ok(!isUsualPlace('apps/one/config.yml'));
  });
});
