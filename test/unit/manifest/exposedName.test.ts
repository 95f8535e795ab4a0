import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exposedNameFault } from '../../../src/manifest';

/** `exposes[].name` in the Nais CRD, to the letter. Exponential on what it refuses, so for short texts only. */
const CRD = /^([a-zæøå0-9]+\/?)+(:[a-zæøå0-9]+)*[a-zæøå0-9]+(\.[a-zæøå0-9]+)*$/;

describe('an exposed name', () => {
  it('is right when the CRD’s pattern takes it, for every text of up to seven signs', () => {
    const signs = ['a', '/', ':', '.', '-'];
    let texts = [''];
    for (let length = 0; length <= 7; length++) {
      for (const text of texts) {
        assert.equal(exposedNameFault(text) === undefined, CRD.test(text), text);
      }
      texts = texts.flatMap((text) => signs.map((sign) => text + sign));
    }
  });
  it('is right when the CRD’s pattern takes it, with any letters', () => {
    const sign = fc.constantFrom(...'azæøå09/:.-_A {}é\n'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: sign, maxLength: 14 }), (text) => {
        assert.equal(exposedNameFault(text) === undefined, CRD.test(text));
      }),
      { numRuns: 5000 },
    );
  });
  it('is wrong where no text that begins like it can be right', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab/:.-'.split('')), maxLength: 12 }), (text) => {
        const at = exposedNameFault(text);
        const start = text.slice(0, at);
        const canGoOn = ['', 'a', 'aa', ':aa'].some((rest) => exposedNameFault(start + rest) === undefined);
        assert.ok(canGoOn, text);
        if (at !== undefined && at < text.length) {
          const upTo = text.slice(0, at + 1);
          assert.ok(
            ['', 'a', 'aa', ':aa'].every((rest) => exposedNameFault(upTo + rest) !== undefined),
            text,
          );
        }
      }),
      { numRuns: 2000 },
    );
  });
  it('is read in one go, however long it is', () => {
    assert.equal(exposedNameFault(`${'a'.repeat(1_000_000)}-`), 1_000_000);
  });
});
