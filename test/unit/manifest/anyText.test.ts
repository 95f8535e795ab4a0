import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding, SourceFile, Range } from '../../../src/manifest';
import { findingsOf, nodeAt, readFile } from '../../../src/manifest';
import { mutatedManifest as mutated } from '../../fuzz/manifests';
import { applyFix } from './helpers';

function rangesIn(value: unknown): Range[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const own = 'start' in value && 'end' in value ? [value as Range] : [];
  return [...own, ...Object.values(value).flatMap(rangesIn)];
}

function assertSound(file: SourceFile, findings: readonly Finding[]): void {
  for (const range of rangesIn([file.documents.map(({ manifest }) => manifest), findings])) {
    assert.ok(0 <= range.start && range.start <= range.end && range.end <= file.text.length, JSON.stringify(range));
  }
  for (const { fixes } of findings) {
    for (const fix of fixes) {
      assert.notEqual(applyFix(file.text, fix), file.text);
    }
  }
}

describe('any text', () => {
  it('is read without a throw, with all ranges within it and fixes that can be applied', () => {
    fc.assert(
      fc.property(mutated, fc.nat(), (text, offset) => {
        const file = readFile(text);
        assertSound(file, findingsOf(file));
        nodeAt(file, offset % (text.length + 1));
      }),
      { numRuns: 300 },
    );
  });

  it('is read after another as if it were the first', () => {
    fc.assert(
      fc.property(mutated, mutated, (before, after) => {
        const again = readFile(after, readFile(before));
        const fresh = readFile(after);
        assert.equal(again.kind, fresh.kind);
        assert.deepEqual(
          again.documents.map(({ manifest }) => manifest),
          fresh.documents.map(({ manifest }) => manifest),
        );
        assert.deepEqual(findingsOf(again), findingsOf(fresh));
      }),
      { numRuns: 300 },
    );
  });

  it('has safe fixes that end what they are for and lose no manifest', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const file = readFile(text);
        for (const finding of findingsOf(file)) {
          for (const fix of finding.fixes.filter(({ safe }) => safe)) {
            const after = readFile(applyFix(text, fix));
            assert.equal(after.documents.length, file.documents.length);
            assert.equal(countAlike(after, finding), countAlike(file, finding) - 1, JSON.stringify(finding));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The findings that say the same, wherever they are: a fix may move what stands behind it. */
function countAlike(file: SourceFile, { code, data }: Finding): number {
  const said = (each: Finding['data']): string => JSON.stringify({ ...each, first: undefined });
  return findingsOf(file).filter((other) => other.code === code && said(other.data) === said(data)).length;
}
