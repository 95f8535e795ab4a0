import assert from 'node:assert/strict';
import { systemUserDetails } from '../../../src/maskinporten/authorizationDetails';
import { preflightHints } from '../../../src/maskinporten/preflight';
import { createTranslate } from '../../../src/shared/localize';
import { wordHint } from '../../../src/words/hints';

describe('The words for a doubt', () => {
  it('are a sentence of its own for each', () => {
    const request = {
      scopes: ['a:b', 'c:d', 'a:b'],
      consumerOrg: '889640783',
      authorizationDetails: [systemUserDetails('310702641')],
    };
    const texts = preflightHints({ clientId: 'x' }, request, true).map((hint) => wordHint(hint, createTranslate({})));
    assert.equal(new Set(texts).size, 5);
    assert.ok(texts.includes('a:b is there twice. It is sent once.'));
    for (const text of texts) assert.match(text, /^\S[^{}!]*\.$/);
  });
});
