import assert from 'node:assert/strict';
import { createTranslate } from '../../../src/shared/localize';
import { wordNote, wordRedirect, wordRetry } from '../../../src/words/responseNotes';

const t = createTranslate({});

describe('the words for a redirect', () => {
  const to = (sameOrigin: boolean) =>
    ({ kind: 'followable', location: 'https://b/', method: 'GET', keepsBody: false, sameOrigin }) as const;

  it('say whether the token goes along, before anybody follows', () => {
    assert.match(wordRedirect(to(true), true, t), /the token goes along/);
    assert.match(wordRedirect(to(false), true, t), /the token stays here/);
    assert.doesNotMatch(wordRedirect(to(false), false, t), /token/);
  });

  for (const [reason, words] of [
    ['insecure', /not https/],
    ['not-http', /no web address/],
    ['credentials', /user name or password/],
    ['unreadable', /which is no address/],
  ] as const) {
    it(`say why it cannot be followed: ${reason}`, () => {
      assert.match(wordRedirect({ kind: 'refused', location: 'x', reason }, true, t), words);
    });
  }
});

describe('the words for one more try', () => {
  it('say that it was made, or why it was not', () => {
    assert.match(wordRetry({ retry: true }, t) ?? '', /sent once more/);
    assert.match(wordRetry({ retry: false, because: 'retried' }, t) ?? '', /not taken either/);
    assert.match(wordRetry({ retry: false, because: 'token-is-new' }, t) ?? '', /would not help/);
    assert.match(wordRetry({ retry: false, because: 'other-reason' }, t) ?? '', /another reason/);
  });

  it('say nothing where there was nothing to try', () => {
    assert.equal(wordRetry({ retry: false, because: 'not-401' }, t), undefined);
    assert.equal(wordRetry({ retry: false, because: 'no-token' }, t), undefined);
  });
});

describe('the words for problem details', () => {
  const details = {
    kind: 'problem-details',
    title: undefined,
    detail: undefined,
    type: undefined,
    status: undefined,
  } as const;

  it('quote what the API says, and do without where it says nothing', () => {
    assert.equal(wordNote({ ...details, title: 'No' }, t), 'The API explains: “No” (RFC 9457).');
    assert.match(
      wordNote({ ...details, type: 'https://a.no/b' }, t),
      /without words \(RFC 9457\)\. The kind of problem: https:\/\/a\.no\/b\./,
    );
  });

  it('say at once where there is no wait', () => {
    assert.match(wordNote({ kind: 'retry-after', seconds: 0 }, t), /at once/);
  });
});
