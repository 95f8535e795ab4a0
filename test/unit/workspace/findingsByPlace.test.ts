import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding, Range } from '../../../src/manifest';
import { FindingsByPlace } from '../../../src/workspace/findingsByPlace';

const RANGE = fc.tuple(fc.nat(60), fc.nat(12)).map(([start, length]): Range => ({ start, end: start + length }));

function findingAt(range: Range): Finding {
  return { code: 'NM004', severity: 'information', alsoInSchema: false, range, data: {}, fixes: [] };
}

describe('the findings within a range', () => {
  it('are those that begin and end in it, in the order of the text', () => {
    fc.assert(
      fc.property(fc.array(RANGE, { maxLength: 30 }), RANGE, (ranges, outer) => {
        const findings = ranges.map(findingAt);
        const expected = findings.filter(({ range }) => outer.start <= range.start && range.end <= outer.end);
        const found = new FindingsByPlace(findings).within(outer);
        assert.deepEqual(new Set(found), new Set(expected));
        const starts = found.map(({ range }) => range.start);
        assert.deepEqual(
          starts,
          starts.toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it('leave the array that they are taken from as it was', () => {
    const findings = [findingAt({ start: 9, end: 10 }), findingAt({ start: 1, end: 2 })];
    const [last, first] = findings;
    assert.deepEqual(new FindingsByPlace(findings).within({ start: 0, end: 20 }), [first, last]);
    assert.equal(findings[0], last);
  });
});
