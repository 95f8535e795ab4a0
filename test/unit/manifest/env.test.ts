import assert from 'node:assert/strict';
import { findingsOf, readFile } from '../../../src/manifest';
import { setting } from './cases/env';

describe('a variable of another environment', () => {
  const text = setting('MASKINPORTEN_TOKEN_ENDPOINT', 'https://test.maskinporten.no/token');
  for (const [target, severity] of [
    ['dev', 'hint'],
    ['prod', 'warning'],
    ['unknown', 'hint'],
  ] as const) {
    it(`is a ${severity} where the target is ${target}`, () => {
      assert.equal(findingsOf(readFile(text), { target }).find(({ code }) => code === 'NM030')?.severity, severity);
    });
  }
  it('is never repeated in the finding, as it may be a secret', () => {
    const secret = setting('MASKINPORTEN_CLIENT_JWK', '"do-not-tell"');
    const finding = findingsOf(readFile(secret)).find(({ code }) => code === 'NM030');
    assert.ok(finding);
    assert.ok(!JSON.stringify(finding).includes('do-not-tell'));
  });
});
