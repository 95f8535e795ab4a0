import assert from 'node:assert/strict';
import { tokensIn } from '../../../src/http/bodyTokens';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (id: number) => `${part({ alg: 'RS256' })}.${part({ sub: `number ${id}` })}.c2ln`;

describe('the tokens in a body', () => {
  it('have the name of their member', () => {
    const body = JSON.stringify({ access_token: jwt(1), id_token: jwt(2), token_type: 'Bearer' });
    assert.deepEqual(tokensIn(body), [
      { name: 'access_token', token: jwt(1) },
      { name: 'id_token', token: jwt(2) },
    ]);
  });

  it('are found by themselves, once each', () => {
    assert.deepEqual(tokensIn(`${jwt(1)}\n${jwt(1)}`), [{ name: undefined, token: jwt(1) }]);
  });

  it('are a few of many', () => {
    assert.equal(tokensIn([1, 2, 3, 4, 5].map(jwt).join(' ')).length, 3);
  });

  it('are not words that begin like one', () => {
    assert.deepEqual(tokensIn('eyJ eyJhbGciOiJSUzI1NiJ9 eyJhbGciOiJSUzI1NiJ9.x.y'), []);
  });
});
