import assert from 'node:assert/strict';
import { decodeToken, keySourceOf, tokenState } from '../../../src/maskinporten/decode';
import { PROD, TEST } from '../../../src/maskinporten/environments';

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
      unsigned: false,
      duplicates: [],
    });
  });

  for (const [what, text] of [
    ['alg none without a signature', `${part({ alg: 'none' })}.${part({})}.`],
    ['alg none with something in the place of a signature', `${part({ alg: 'nOnE' })}.${part({})}.c2ln`],
    ['a signature that was cut off', `${header}.${part({})}.`],
  ] as const) {
    it(`is unsigned: ${what}`, () => {
      const decoded = decodeToken(text);
      assert.ok(decoded.kind === 'jwt');
      assert.equal(decoded.unsigned, true);
    });
  }

  for (const [what, json, names] of [
    ['the claim that stands twice', '{"exp":1,"scope":"a","exp":2}', ['exp']],
    ['one that is spelt with an escape', '{"scope":"a","sc\\u006fpe":"b"}', ['scope']],
    ['one in an object inside a list', '{"a":[{"ID":1,"ID":2}]}', ['ID']],
    ['none where the names are in different objects', '{"a":{"ID":1},"b":{"ID":2},"c":[{"ID":3},{"ID":4}]}', []],
    ['none where a value has the text of a name', '{"a":"b","b":"a","c":["a","b","\\"c\\":"]}', []],
  ] as const) {
    it(`names ${what}`, () => {
      const decoded = decodeToken(`${header}.${Buffer.from(json).toString('base64url')}.c2ln`);
      assert.ok(decoded.kind === 'jwt');
      assert.deepEqual(decoded.duplicates, names);
    });
  }

  it('reads a JWT of almost 1 MB', () => {
    const text = `${header}.${part({ big: '"\\'.repeat(190_000), exp: 1 })}.c2ln`;
    assert.ok(text.length > 900_000 && text.length < 1024 * 1024, String(text.length));
    const decoded = decodeToken(text);
    assert.ok(decoded.kind === 'jwt');
    assert.deepEqual([decoded.claims['exp'], decoded.duplicates], [1, []]);
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
    [`${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.x`, 'not-utf8'],
    [`${Buffer.from([0x7b, 0x22, 0x61, 0xff]).toString('base64url')}.${part({})}.x`, 'not-utf8'],
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

describe('keySourceOf', () => {
  const environments = [TEST, PROD, { kind: 'custom', issuer: 'https://x.no/a' }] as const;

  it('is the environment that the token names to the letter', () => {
    assert.deepEqual(keySourceOf({ iss: PROD.issuer }, environments), { kind: 'known', environment: PROD });
  });

  for (const iss of ['https://maskinporten.no', 'https://maskinporten.no.evil.no/', 'http://169.254.169.254/', 'x']) {
    it(`${iss} is nobody who would be asked unless the user says so`, () => {
      assert.deepEqual(keySourceOf({ iss }, environments), { kind: 'unknown', issuer: iss });
    });
  }

  it('there is none where the token names no issuer', () => {
    for (const claims of [{}, { iss: '' }, { iss: 1 }, { iss: [TEST.issuer] }]) {
      assert.deepEqual(keySourceOf(claims, environments), { kind: 'none' });
    }
  });
});
