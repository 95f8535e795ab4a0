import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RowKeys } from '../../../src/explorer/keys';

describe('the keys of rows', () => {
  it('are the same for the same names, whatever comes in between', () => {
    const before = new RowKeys('app');
    const after = new RowKeys('app');
    const [a, b] = [before.keyFor('a'), before.keyFor('b')];
    assert.equal(after.keyFor('new'), new RowKeys('app').keyFor('new'));
    assert.equal(after.keyFor('a'), a);
    assert.equal(after.keyFor('b'), b);
  });

  it('are never equal, whatever the names hold', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('a', 'a#2', '1"a"', 'consumes', 'a/1"b"', ''));
    const paths = fc.array(fc.tuple(name, fc.constantFrom('consumes', 'exposes'), fc.array(name)));
    fc.assert(
      fc.property(paths, (workloads) => {
        const tops = new RowKeys('file:///nais.yaml');
        const keys = workloads.flatMap(([workload, group, scopes]) => {
          const top = tops.keyFor(workload);
          const rows = new RowKeys(`${top}/${group}`);
          return [top, `${top}/${group}`, ...scopes.map((scope) => rows.keyFor(scope))];
        });
        assert.equal(new Set(keys).size, keys.length);
      }),
    );
  });
});
