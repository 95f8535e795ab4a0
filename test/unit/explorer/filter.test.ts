import assert from 'node:assert/strict';
import { rowFilter } from '../../../src/explorer/filter';

describe('the filter of the tree', () => {
  it('is none where nothing but spaces was typed', () => {
    assert.equal(rowFilter(''), undefined);
    assert.equal(rowFilter('  '), undefined);
  });

  it('finds a part of any text, whatever the case', () => {
    const filter = rowFilter('INNT')!;
    assert.ok(filter(['app', 'skatteetaten:inntekt']));
    assert.ok(!filter(['app', 'krr:global/kontaktinformasjon.read', undefined]));
  });

  it('wants every word, each in a text of its own if need be', () => {
    const filter = rowFilter('skatt aap')!;
    assert.ok(filter(['aap-fordeling', 'skatteetaten:inntekt']));
    assert.ok(!filter(['aap-fordeling', 'ks:fiks']));
    assert.ok(!filter(['pensjon', 'skatteetaten:inntekt']));
  });

  it('takes what was typed as text, not as a pattern', () => {
    assert.ok(!rowFilter('a.c')!(['abc']));
    assert.ok(rowFilter('{{x}}')!(['{{x}}.no']));
  });
});
