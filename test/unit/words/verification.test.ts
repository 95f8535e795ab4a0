import assert from 'node:assert/strict';
import { createTranslate } from '../../../src/shared/localize';
import { wordKeysVerification, wordVerification } from '../../../src/words/verification';

const t = createTranslate({});

describe('the words for a verification', () => {
  it('name the key and the issuer of a signature that is right', () => {
    assert.deepEqual(wordVerification({ verified: true, kid: 'k1', issuer: 'https://test.maskinporten.no/' }, t), {
      verified: true,
      text: 'Signature verified with key k1 of https://test.maskinporten.no/',
    });
  });

  for (const reason of [
    'not-a-jwt',
    'unsigned',
    'issuer',
    'algorithm',
    'no-kid',
    'unknown-key',
    'signature',
  ] as const) {
    it(`never say verified for ${reason}`, () => {
      const { verified, text } = wordVerification({ verified: false, reason }, t);
      assert.equal(verified, false);
      assert.ok(text.length > 0);
      assert.doesNotMatch(text, /verified/i);
    });
  }

  it('say whose keys they are not, where keys were pasted', () => {
    assert.deepEqual(wordKeysVerification({ verified: true, kid: 'k1' }, t), {
      verified: true,
      text: 'Signature verified with key k1 of the pasted key set',
    });
    const reasons = [
      'not-a-jwt',
      'unsigned',
      'algorithm',
      'no-kid',
      'unknown-key',
      'signature',
      'keys-unreadable',
    ] as const;
    const texts = reasons.map((reason) => wordKeysVerification({ verified: false, reason }, t));
    assert.ok(
      texts.every(({ verified, text }) => !verified && text !== '' && !/verified|issuer publishes/i.test(text)),
    );
    assert.equal(new Set(texts.map(({ text }) => text)).size, reasons.length);
  });

  it('explain why the keys could not be fetched', () => {
    const problem = { code: 'network/refused', step: 'jwks', sent: [], host: 'issuer.example' } as const;
    const { text } = wordVerification({ verified: false, reason: 'keys-unavailable', problem }, t);
    assert.match(text, /^The keys of the issuer could not be fetched\. .*issuer\.example/);
  });
});
