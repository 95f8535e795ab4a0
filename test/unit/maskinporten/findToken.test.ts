import assert from 'node:assert/strict';
import { findToken } from '../../../src/maskinporten/findToken';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const JWT = `${part({ alg: 'RS256' })}.${part({ scope: 'a:b' })}.c2ln`;
const JWE = `${part({ alg: 'RSA-OAEP' })}.a.b.c.d`;

describe('the token in a text', () => {
  for (const [what, text, token = JWT] of [
    ['alone', JWT],
    ['with white space around it', `\n ${JWT} \n`],
    ['in a token response', JSON.stringify({ access_token: JWT, token_type: 'Bearer', expires_in: 119 })],
    ['in a header', `Authorization: Bearer ${JWT}`],
    ['in a line of .env', `export TOKEN="${JWT}"`],
    ['in a command', `curl -H 'Authorization: Bearer ${JWT}' https://api.example.no`],
    ['broken into lines by a terminal', `${JWT.slice(0, 10)}\n${JWT.slice(10, 20)}\r\n  ${JWT.slice(20)}`],
    ['encrypted', `Bearer ${JWE}`, JWE],
    ['without a signature', `${part({ alg: 'none' })}.${part({})}.`, `${part({ alg: 'none' })}.${part({})}.`],
    ['opaque', 'Bearer b3BhcXVl', 'b3BhcXVl'],
    ['opaque, in a line of .env', "TOKEN='b3BhcXVl'", 'b3BhcXVl'],
    ['opaque, in a token response', '{"access_token":"b3BhcXVl"}', 'b3BhcXVl'],
    ['that is no token', 'hello there', 'hello there'],
    ['that is empty', ' ', ''],
  ] as const) {
    it(`is found ${what}`, () => {
      assert.equal(findToken(text), token);
    });
  }

  it('is not looked for in megabytes', () => {
    const large = `${'x '.repeat(1_100_000)}${JWT}`;
    assert.equal(findToken(large), large);
  });
});
