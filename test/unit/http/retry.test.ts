import assert from 'node:assert/strict';
import { mayRetryWithNewToken, missingScopes, type RefusedToken } from '../../../src/http/retry';

const CACHED: RefusedToken = { fromCache: true, retried: false };
const refused = (challenge?: string, status = 401) => ({
  status,
  headers: challenge === undefined ? [] : ([['WWW-Authenticate', challenge]] as const),
});

describe('one more try with a new token', () => {
  for (const challenge of [undefined, 'Bearer', 'Bearer error="invalid_token"', 'Basic, Bearer realm="x"']) {
    it(`after a 401 to a token from the cache with ${challenge ?? 'no challenge'}`, () => {
      assert.deepEqual(mayRetryWithNewToken(refused(challenge), CACHED), { retry: true });
    });
  }

  for (const [what, answer, token, because] of [
    ['after another status', refused('Bearer error="invalid_token"', 403), CACHED, 'not-401'],
    ['when no token was sent', refused(), undefined, 'no-token'],
    ['a second time', refused(), { fromCache: true, retried: true }, 'retried'],
    ['when the token is new', refused(), { fromCache: false, retried: false }, 'token-is-new'],
    ['when a scope is missing', refused('Bearer error="insufficient_scope"'), CACHED, 'other-reason'],
    ['when the request is wrong', refused('Bearer error="invalid_request"'), CACHED, 'other-reason'],
    ['when it wants no Bearer', refused('Basic realm="x"'), CACHED, 'other-reason'],
  ] as const) {
    it(`not ${what}`, () => {
      assert.deepEqual(mayRetryWithNewToken(answer, token), { retry: false, because });
    });
  }
});

describe('the scopes that an API misses', () => {
  it('are those of insufficient_scope, once each', () => {
    assert.deepEqual(missingScopes(refused('Bearer error="insufficient_scope", scope="a:b  c:d a:b"', 403)), [
      'a:b',
      'c:d',
    ]);
  });

  it('are not those of another error, another scheme or another status', () => {
    assert.deepEqual(missingScopes(refused('Bearer error="invalid_token", scope="a:b"', 403)), []);
    assert.deepEqual(missingScopes(refused('Other error="insufficient_scope", scope="a:b"', 403)), []);
    assert.deepEqual(missingScopes(refused('Bearer error="insufficient_scope", scope="a:b"', 200)), []);
    assert.deepEqual(missingScopes(refused('Bearer error="insufficient_scope"', 403)), []);
  });
});
