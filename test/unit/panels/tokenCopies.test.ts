import assert from 'node:assert/strict';
import type { Token } from '../../../src/maskinporten/model';
import { copyOf, memberCopy } from '../../../src/panels/tokenCopies';
import { createTranslate } from '../../../src/shared/localize';

const t = createTranslate({});
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.c2ln`;

const tokens = {
  maskinporten: { accessToken: jwt({ iss: 'maskinporten' }), grant: undefined } as Token,
  altinn: { accessToken: jwt({ iss: 'altinn' }) },
};

describe('what a button of the token view copies', () => {
  it('is of the token that it stands beside', () => {
    assert.equal(copyOf('token', 'maskinporten', tokens, t).text, tokens.maskinporten.accessToken);
    assert.equal(copyOf('token', 'altinn', tokens, t).text, tokens.altinn.accessToken);
    assert.equal(memberCopy('claims', 'iss', tokens, t).text, 'maskinporten');
    assert.equal(memberCopy('altinn-claims', 'iss', tokens, t).text, 'altinn');
    assert.equal(memberCopy('altinn-header', 'kid', tokens, t).text, 'k');
  });

  it('is the claims alone, or a line for the shell, where it says so', () => {
    assert.deepEqual(JSON.parse(copyOf('payload', 'altinn', tokens, t).text ?? ''), { iss: 'altinn' });
    assert.match(copyOf('export', 'maskinporten', tokens, t).text ?? '', /^export MASKINPORTEN_TOKEN=eyJ/);
  });

  it('is nothing once the token is gone', () => {
    const gone = { maskinporten: undefined, altinn: undefined };
    for (const what of ['token', 'payload', 'export'] as const) {
      assert.equal(copyOf(what, 'maskinporten', gone, t).text, undefined);
    }
    assert.equal(memberCopy('altinn-claims', 'iss', gone, t).text, undefined);
    assert.equal(memberCopy('grant-claims', 'iss', gone, t).text, undefined);
  });
});
