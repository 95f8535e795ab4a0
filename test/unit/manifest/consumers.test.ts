import assert from 'node:assert/strict';
import { hasCheckDigit, isNineDigits } from '../../../src/manifest';

describe('an organisation number', () => {
  for (const orgno of ['889640782', '991825827', '974761076', '123456785', '917422575', '111111111', '970000070']) {
    it(`${orgno} has the check digit of its other digits`, () => {
      assert.equal(hasCheckDigit(orgno), true);
    });
  }
  for (const orgno of ['123456789', '999888777', '889640783', '', '88964078', '8896407820', '88964078x']) {
    it(`“${orgno}” has not`, () => {
      assert.equal(hasCheckDigit(orgno), false);
    });
  }
  it('of which the check digit would be ten does not exist', () => {
    // The fourth weight is 6: 2 · 6 = 12 leaves 1, and 11 − 1 = 10 is no digit.
    const withoutDigit = '00020000';
    assert.ok(
      Array.from({ length: 10 }, (_, digit) => `${withoutDigit}${digit}`).every((orgno) => !hasCheckDigit(orgno)),
    );
  });
  it('has nine digits of ASCII', () => {
    assert.equal(isNineDigits('889640782'), true);
    assert.equal(isNineDigits('٨٨٩٦٤٠٧٨٢'), false);
    assert.equal(isNineDigits('889640782\n'), false);
  });
});
