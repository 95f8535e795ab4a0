import assert from 'node:assert/strict';
import type { JWK } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import { importClientKey } from '../../../src/maskinporten/keys';
import type { KeyFault } from '../../../src/maskinporten/problem';
import { makeKeyPair, type KeyPair } from './support';

describe('importClientKey', () => {
  let key: KeyPair;
  let otherKey: KeyPair;

  before(async () => {
    [key, otherKey] = await Promise.all([makeKeyPair(), makeKeyPair()]);
  });

  async function assertRefused(source: string | JWK, reason: KeyFault) {
    const result = await importClientKey(source);
    assert.deepEqual(result, {
      ok: false,
      problem: { code: 'grant/key-unusable', step: 'grant', sent: [], reason },
    });
  }

  const without = (...names: string[]): JWK =>
    Object.fromEntries(Object.entries(key.privateJwk).filter(([name]) => !names.includes(name)));

  it('takes a JWK as text and as an object, and keeps the members in use alone', async () => {
    for (const source of [JSON.stringify({ ...key.privateJwk, note: 'x' }), { ...key.privateJwk, note: 'x' } as JWK]) {
      const result = await importClientKey(source);
      assert.ok(result.ok);
      assert.deepEqual(result.jwk, without('use'));
    }
  });

  it('takes a JWKS with one key, and no other', async () => {
    assert.ok((await importClientKey(JSON.stringify({ keys: [key.privateJwk] }))).ok);
    await assertRefused(JSON.stringify({ keys: [key.privateJwk, otherKey.privateJwk] }), 'unreadable');
    await assertRefused(JSON.stringify({ keys: [] }), 'unreadable');
  });

  it('a key without alg is for RS256; RS512 stays RS512', async () => {
    const plain = await importClientKey(without('alg'));
    const strong = await importClientKey({ ...key.privateJwk, alg: 'RS512' });
    assert.ok(plain.ok && strong.ok);
    assert.equal(plain.jwk.alg, 'RS256');
    assert.equal(strong.jwk.alg, 'RS512');
  });

  it('a public key is refused', () => assertRefused(key.publicJwk, 'not-private'));
  it('a key without kid is refused', () => assertRefused(without('kid'), 'no-kid'));
  it('a key with an empty kid is refused', () => assertRefused({ ...key.privateJwk, kid: '' }, 'no-kid'));
  it('PS256 is refused', () => assertRefused({ ...key.privateJwk, alg: 'PS256' }, 'unsupported-alg'));
  it('an elliptic curve key is refused', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await assertRefused({ ...privateKey.export({ format: 'jwk' }), kid: 'a' }, 'not-rsa');
  });
  it('1024 bits are refused', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    await assertRefused({ ...privateKey.export({ format: 'jwk' }), kid: 'a' }, 'too-short');
  });
  it('a key that lacks its primes is refused', () => assertRefused(without('p', 'q'), 'unreadable'));
  it('a private part that belongs to another key is refused', async () => {
    const { n, e } = otherKey.privateJwk;
    const result = await importClientKey({ ...key.privateJwk, n: n!, e: e! });
    assert.ok(!result.ok);
    assert.equal(result.problem.reason, 'inconsistent');
  });
  it('another public exponent is found by signing and verifying', async () => {
    const result = await importClientKey({ ...key.privateJwk, e: 'AAEAAw' });
    assert.ok(!result.ok);
    assert.equal(result.problem.reason, 'inconsistent');
  });

  for (const [what, text] of [
    ['nothing', ''],
    ['no JSON', '-----BEGIN PRIVATE KEY-----'],
    ['JSON that is no object', '[1]'],
    ['null', 'null'],
    ['no kty', '{"kid":"a"}'],
    ['a text without end', `{"kty":"${'x'.repeat(70_000)}"}`],
  ] as const) {
    it(`${what} is unreadable`, () => assertRefused(text, 'unreadable'));
  }
});
