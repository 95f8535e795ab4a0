import assert from 'node:assert/strict';
import { createTranslate } from '../../../src/shared/localize';
import { wordBytes, wordChallenge, wordStatus } from '../../../src/words/responses';

const t = createTranslate({});
const bearer = (params: Record<string, string>, tokenSent = true) =>
  wordChallenge({ scheme: 'Bearer', params }, tokenSent, t);

describe('the meaning of a status', () => {
  it('of 401 depends on whether a token was sent', () => {
    assert.equal(wordStatus(401, true, t), 'The API does not accept the request with this token.');
    assert.equal(wordStatus(401, false, t), 'The API wants a token.');
  });

  it('is that of its class where the code has none of its own', () => {
    assert.equal(wordStatus(299, true, t), 'The API accepted the request.');
    assert.equal(wordStatus(399, true, t), 'The API points to another address.');
    assert.equal(wordStatus(499, true, t), 'The API refuses the request.');
    assert.equal(wordStatus(599, true, t), 'The API failed.');
  });
});

describe('the words for a challenge', () => {
  it('say that a token is asked for when none was sent', () => {
    assert.equal(bearer({ realm: 'api' }, false), 'The API asks for a Bearer token (WWW-Authenticate).');
  });

  it('do not blame a missing token when one was sent', () => {
    assert.match(bearer({ realm: 'api' }), /no reason/);
  });

  it('name the error code of RFC 6750 and quote what the API says', () => {
    assert.equal(
      bearer({ error: 'invalid_token', error_description: 'The token expired' }),
      'The API considers the token invalid: expired, damaged, or from an issuer that it does not trust (invalid_token). It says: “The token expired”',
    );
  });

  it('name the scope that is missing, when the API does', () => {
    assert.match(bearer({ error: 'insufficient_scope', scope: 'nav:a/b' }), /asks for nav:a\/b \(insufficient_scope\)/);
    assert.match(bearer({ error: 'insufficient_scope' }), /lacks a scope that the API asks for/);
  });

  it('give a code that is not known as it came', () => {
    assert.equal(bearer({ error: 'teapot' }), 'The API refuses the token (teapot).');
  });

  it('know Bearer in any case, and say that another scheme wants something else', () => {
    assert.equal(wordChallenge({ scheme: 'bearer', params: {} }, false, t), bearer({}, false));
    assert.match(wordChallenge({ scheme: 'Negotiate', params: {} }, true, t), /asks for Negotiate/);
  });
});

describe('a number of bytes', () => {
  for (const [bytes, words] of [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1540, '1.5 kB'],
    [99_600, '100 kB'],
    [1_250_000, '1.3 MB'],
  ] as const) {
    it(`of ${bytes} is ${words}`, () => {
      assert.equal(wordBytes(bytes, t), words);
    });
  }
});
