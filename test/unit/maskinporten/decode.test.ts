import assert from 'node:assert/strict';
import { decodeToken, tokenState } from '../../../src/maskinporten/decode';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const header = part({ alg: 'RS256', kid: 'a' });

describe('decodeToken', () => {
  it('gives header, claims and parts of a JWT', () => {
    const payload = part({ scope: 'nav:å', exp: 1 });
    assert.deepEqual(decodeToken(` ${header}.${payload}.c2ln\n`), {
      kind: 'jwt',
      header: { alg: 'RS256', kid: 'a' },
      claims: { scope: 'nav:å', exp: 1 },
      parts: [header, payload, 'c2ln'],
    });
  });

  it('an unsigned JWT is a JWT: its state is for others to judge', () => {
    assert.equal(decodeToken(`${part({ alg: 'none' })}.${part({})}.`).kind, 'jwt');
  });

  for (const [text, what] of [
    ['abc123', 'one word'],
    ['a.b', 'two parts'],
    ['a.b.c', 'three parts that are no JSON'],
    ['1.2.3.4', 'four parts'],
    ['1.2.3.4.5.6', 'six parts'],
  ] as const) {
    it(`${what} is an opaque token, which is no fault`, () => {
      assert.deepEqual(decodeToken(text), { kind: 'opaque' });
    });
  }

  it('five parts with a JOSE header are encrypted', () => {
    assert.deepEqual(decodeToken(`${part({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`), {
      kind: 'jwe',
      header: { alg: 'RSA-OAEP', enc: 'A256GCM' },
    });
  });

  for (const [text, reason] of [
    ['', 'empty'],
    ['  \n', 'empty'],
    ['x'.repeat(1024 * 1024 + 1), 'too-large'],
    ['abc def', 'characters'],
    ['abc\u0000', 'characters'],
    ['æøå', 'characters'],
    ['eyJhbGciOi.e30.x', 'header'],
    [`${header}.not+base64url.x`, 'payload'],
    [`${header}.${part([1])}.x`, 'payload'],
    [`${header}.${part('text')}.x`, 'payload'],
    [`${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.x`, 'payload'],
    [`${header}..x`, 'payload'],
  ] as const) {
    it(`${JSON.stringify(text.slice(0, 30))} is malformed: ${reason}`, () => {
      assert.deepEqual(decodeToken(text), { kind: 'malformed', reason });
    });
  }
});

describe('tokenState', () => {
  const nowMs = 1_000_000;

  it('is valid up to the very millisecond of exp', () => {
    assert.equal(tokenState({ exp: 1001 }, nowMs), 'valid');
    assert.equal(tokenState({ exp: 1000.001 }, nowMs), 'valid');
    assert.equal(tokenState({ exp: 1000 }, nowMs), 'expired');
  });

  it('is not valid before nbf', () => {
    assert.equal(tokenState({ exp: 2000, nbf: 1001 }, nowMs), 'not-yet-valid');
    assert.equal(tokenState({ exp: 2000, nbf: 1000 }, nowMs), 'valid');
  });

  it('is expired rather than not yet valid, when it is both', () => {
    assert.equal(tokenState({ exp: 900, nbf: 2000 }, nowMs), 'expired');
  });

  for (const claims of [
    {},
    { exp: '2000' },
    { exp: NaN },
    { exp: null },
    { exp: 2000, nbf: 'now' },
    { exp: Infinity },
  ]) {
    it(`is unknown for ${JSON.stringify(claims)}, never valid`, () => {
      assert.equal(tokenState(claims, nowMs), 'unknown');
    });
  }
});
