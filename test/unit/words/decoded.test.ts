import assert from 'node:assert/strict';
import { decodeToken, type MalformedReason } from '../../../src/maskinporten/decode';
import { createTranslate } from '../../../src/shared/localize';
import { wordDecoded } from '../../../src/words/decoded';

const t = createTranslate({});
const part = (json: string) => Buffer.from(json).toString('base64url');
const header = part('{"alg":"RS256","kid":"a"}');
const says = (token: string) => wordDecoded(decodeToken(token), t);

describe('What is said of a token', () => {
  it('is nothing for a signed JWT, which speaks for itself', () => {
    assert.deepEqual(says(`${header}.${part('{"exp":1}')}.c2ln`), []);
  });

  it('is that an unsigned one proves nothing', () => {
    assert.match(says(`${part('{"alg":"none"}')}.${part('{}')}.`).join(), /not signed: anyone could have written it/);
  });

  it('is which claims are there twice, five at most', () => {
    const twice = (name: string) => `"${name}":1,"${name}":2`;
    const [note] = says(`${header}.${part(`{${'abcdefg'.split('').map(twice).join()}}`)}.c2ln`);
    assert.equal(note, 'More than once in the token: a, b, c, d, e. The last value is shown; an API may read another.');
  });

  it('is that an opaque or an encrypted one is no fault', () => {
    assert.match(says('abc').join(), /opaque.*works like any other/);
    assert.match(
      says(`${part('{"alg":"RSA-OAEP","enc":"A256GCM"}')}.a.b.c.d`).join(),
      /encrypted.*works like any other/,
    );
  });

  it('is why one cannot be read, in words of its own for each reason', () => {
    const reasons: Record<MalformedReason, true> = {
      empty: true,
      'too-large': true,
      characters: true,
      header: true,
      payload: true,
      'not-utf8': true,
    };
    const texts = (Object.keys(reasons) as MalformedReason[]).map((reason) =>
      wordDecoded({ kind: 'malformed', reason }, t).join(),
    );
    assert.equal(new Set(texts).size, 6);
    for (const text of texts) assert.match(text, /^(There|This) .*\.$/);
  });
});
