import assert from 'node:assert/strict';
import { createTranslate } from '../../../src/shared/localize';
import { wordVerification } from '../../../src/words/verification';

const t = createTranslate({});

describe('the words for a verification', () => {
  it('name the key and the issuer of a signature that is right', () => {
    assert.deepEqual(wordVerification({ verified: true, kid: 'k1', issuer: 'https://test.maskinporten.no/' }, t), {
      verified: true,
      text: 'Signature verified with key k1 of https://test.maskinporten.no/',
    });
  });

  for (const reason of ['not-a-jwt', 'issuer', 'algorithm', 'no-kid', 'unknown-key', 'signature'] as const) {
    it(`never say verified for ${reason}`, () => {
      const { verified, text } = wordVerification({ verified: false, reason }, t);
      assert.equal(verified, false);
      assert.ok(text.length > 0);
      assert.doesNotMatch(text, /verified/i);
    });
  }

  it('explain why the keys could not be fetched', () => {
    const problem = { code: 'network/refused', step: 'jwks', sent: [], host: 'issuer.example' } as const;
    const { text } = wordVerification({ verified: false, reason: 'keys-unavailable', problem }, t);
    assert.match(text, /^The keys of the issuer could not be fetched\. .*issuer\.example/);
  });
});
