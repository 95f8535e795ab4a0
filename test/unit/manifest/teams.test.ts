import assert from 'node:assert/strict';
import { findingsOf, guessTarget, readFile } from '../../../src/manifest';
import { cut } from './helpers';
import { TEAM_MANIFESTS } from './teams';

describe('a manifest with nothing wrong in it', () => {
  for (const { path, style, text, remarks = [] } of TEAM_MANIFESTS) {
    it(`gives no false alarm: ${style}`, () => {
      const file = readFile(text);
      assert.equal(file.kind, 'manifest');
      const told = findingsOf(file, guessTarget(path));
      assert.deepEqual(
        told
          .map(({ code, range }) => [code, cut(text, range)])
          .filter(([code = '']) => !remarks.some((c) => c === code)),
        [],
      );
      assert.deepEqual([...new Set(told.map(({ code }) => code))].sort(), [...remarks].sort());
      assert.ok(told.every(({ severity }) => severity === 'information' || severity === 'hint'));
    });

    it(`nor for another environment: ${style}`, () => {
      for (const target of ['dev', 'prod', 'unknown'] as const) {
        const loud = findingsOf(readFile(text), { target }).filter(({ severity }) => /error|warning/.test(severity));
        assert.deepEqual(loud, [], target);
      }
    });
  }
});
