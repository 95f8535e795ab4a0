import assert from 'node:assert/strict';
import { homedir, hostname } from 'node:os';
import { sectionOf, withSection } from '../../../scripts/lib/bench-report.mjs';
import { median, mediansMs } from '../../bench/bench';

describe('the report of the benches', () => {
  it('keeps the sections of the benches that were not run', () => {
    const first = withSection(withSection('', 'b', '## b\n\nold'), 'a', '## a\n\nof a');
    const second = withSection(first, 'b', '## b\n\nnew');
    assert.match(second, /^# Benchmarks\n/);
    assert.ok(second.endsWith('\n\n## a\n\nof a\n\n## b\n\nnew\n'), second);
    assert.ok(!second.includes('old'));
  });
  it('has no trace of whose machine it was', async () => {
    const section = await sectionOf('x', [{ title: 'T', columns: ['c'], rows: [[1]] }]);
    assert.match(section, /^## x\n\nMeasured \d{4}-\d\d-\d\d on .* cores, \d+ GB; Node v\d+/);
    assert.ok(![hostname(), homedir(), process.cwd()].some((own) => section.includes(own)), section);
  });
  it('prints numbers with three digits, and texts and their bars as they are', async () => {
    const rows = [['a|b', 1234.5, 0.012_345, 99.96, Number.NaN]];
    const section = await sectionOf('x', [{ title: 'T', columns: ['t', 'a', 'b', 'c', 'd'], rows }]);
    assert.match(section, /\| a\\\|b\s+\| 1235 \|\s+0.0123 \|\s+100 \|\s+– \|/);
  });
});

describe('the times of a bench', () => {
  it('are medians', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
  });
  it('are of runs in turn, after those that warm up', async () => {
    const order: string[] = [];
    const works = { a: () => order.push('a'), b: () => order.push('b') };
    const medians = await mediansMs(works, { runs: 2, warmUps: 1 });
    assert.deepEqual(order, ['a', 'b', 'a', 'b', 'a', 'b']);
    assert.ok(medians.a >= 0 && medians.b >= 0);
  });
});
