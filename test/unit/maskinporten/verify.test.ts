import assert from 'node:assert/strict';
import { SignJWT } from 'jose';
import { UndiciTransport } from '../../../src/http/transport';
import { TokenVerifier, verifyWithKeys, type Verification } from '../../../src/maskinporten/verify';
import { FakeIssuer, makeKeyPair, never, sendJson, type KeyPair } from './support';

describe('TokenVerifier', () => {
  let key: KeyPair;
  let otherKey: KeyPair;
  let issuer: FakeIssuer;
  let transport: UndiciTransport;
  let verifier: TokenVerifier;
  let now: number;

  before(async () => {
    [key, otherKey] = await Promise.all([makeKeyPair(), makeKeyPair()]);
  });

  beforeEach(async () => {
    now = 0;
    issuer = await FakeIssuer.start(key, key);
    transport = new UndiciTransport();
    verifier = new TokenVerifier(transport, () => now);
  });

  afterEach(async () => {
    transport.close();
    await issuer.close();
  });

  function verify(token: string, signal = never()): Promise<Verification> {
    return verifier.verify(token, { issuer: issuer.issuer, jwksUri: `${issuer.issuer}jwk` }, signal);
  }

  const keyFetches = () => issuer.requestsTo('/jwk').length;

  it('verifies a token by the key that its kid names', async () => {
    assert.deepEqual(await verify(await issuer.accessToken()), {
      verified: true,
      kid: key.privateJwk.kid,
      issuer: issuer.issuer,
    });
  });

  for (const alg of ['RS384', 'RS512']) {
    it(`verifies ${alg}`, async () => {
      const pair = await makeKeyPair(alg);
      issuer.on('/jwk', (_, response) => {
        sendJson(response, 200, { keys: [pair.publicJwk] });
      });
      assert.equal((await verify(await issuer.accessToken({}, pair))).verified, true);
    });
  }

  it('judges the signature apart from the expiry', async () => {
    assert.equal((await verify(await issuer.accessToken({ exp: 1 }))).verified, true);
  });

  it('an altered claim is found', async () => {
    const [header, , signature] = (await issuer.accessToken({ scope: 'a:b' })).split('.');
    const payload = Buffer.from(JSON.stringify({ iss: issuer.issuer, scope: 'c:d' })).toString('base64url');
    assert.deepEqual(await verify(`${header}.${payload}.${signature}`), { verified: false, reason: 'signature' });
  });

  it('a token of another key under the same kid is found', async () => {
    const forged = { ...otherKey, privateJwk: { ...otherKey.privateJwk, kid: key.privateJwk.kid } };
    assert.deepEqual(await verify(await issuer.accessToken({}, forged)), { verified: false, reason: 'signature' });
  });

  it('a token that names another issuer is not verified, and nothing is fetched', async () => {
    for (const iss of ['https://evil.no/', issuer.issuer.slice(0, -1), undefined]) {
      assert.deepEqual(await verify(await issuer.accessToken({ iss })), { verified: false, reason: 'issuer' });
    }
    assert.equal(issuer.requests.length, 0);
  });

  it('alg none and HS256 with the public key as secret are refused by name', async () => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = encode({ iss: issuer.issuer });
    const unsigned = `${encode({ alg: 'none', kid: key.privateJwk.kid })}.${claims}.`;
    assert.deepEqual(await verify(unsigned), { verified: false, reason: 'unsigned' });
    const hmac = await new SignJWT({ iss: issuer.issuer })
      .setProtectedHeader({ alg: 'HS256', kid: key.privateJwk.kid })
      .sign(Buffer.from(JSON.stringify(key.publicJwk)));
    assert.deepEqual(await verify(hmac), { verified: false, reason: 'algorithm' });
    const pss = await makeKeyPair('PS256');
    assert.deepEqual(await verify(await issuer.accessToken({}, pss)), { verified: false, reason: 'algorithm' });
  });

  it('a token without kid is not verified', async () => {
    const bare = { ...key, privateJwk: { ...key.privateJwk, kid: undefined as unknown as string } };
    assert.deepEqual(await verify(await issuer.accessToken({}, bare)), { verified: false, reason: 'no-kid' });
  });

  describe('with pasted keys', () => {
    const jwks = (...keys: unknown[]) => JSON.stringify({ keys });

    it('needs no network, and says nothing of an issuer', async () => {
      const token = await issuer.accessToken({ iss: 'https://evil.no/' });
      const verification = await verifyWithKeys(`${token}\n`, jwks(otherKey.publicJwk, key.publicJwk));
      assert.deepEqual(verification, { verified: true, kid: key.privateJwk.kid });
      assert.equal(issuer.requests.length, 0);
    });

    it('finds a forged signature, a key that is not there, and what is no key set', async () => {
      const token = await issuer.accessToken();
      const impostor = { ...otherKey.publicJwk, kid: key.privateJwk.kid };
      for (const [keys, reason] of [
        [jwks(impostor), 'signature'],
        [jwks(otherKey.publicJwk), 'unknown-key'],
        [jwks(), 'unknown-key'],
        ['{}', 'keys-unreadable'],
        ['[', 'keys-unreadable'],
        [jwks('x'), 'keys-unreadable'],
        [`{"keys":[],"x":"${'x'.repeat(1024 * 1024)}"}`, 'keys-unreadable'],
      ] as const) {
        assert.deepEqual(await verifyWithKeys(token, keys), { verified: false, reason }, keys.slice(0, 50));
      }
    });

    it('takes neither an unsigned token nor one that is signed with a public key as secret', async () => {
      const [header, payload] = (await issuer.accessToken()).split('.');
      assert.deepEqual(await verifyWithKeys(`${header}.${payload}.`, jwks(key.publicJwk)), {
        verified: false,
        reason: 'unsigned',
      });
      const secret = Buffer.from('secret secret secret secret secret');
      const hmac = await new SignJWT({}).setProtectedHeader({ alg: 'HS256', kid: 'k' }).sign(secret);
      const symmetric = { kty: 'oct', k: secret.toString('base64url'), kid: 'k' };
      assert.deepEqual(await verifyWithKeys(hmac, jwks(symmetric)), { verified: false, reason: 'algorithm' });
    });
  });

  it('an opaque token is not a JWT', async () => {
    assert.deepEqual(await verify('opaque'), { verified: false, reason: 'not-a-jwt' });
  });

  it('fetches the keys once, and again when they are no longer fresh', async () => {
    await verify(await issuer.accessToken());
    await verify(await issuer.accessToken());
    assert.equal(keyFetches(), 1);
    now += 10 * 60_000;
    await verify(await issuer.accessToken());
    assert.equal(keyFetches(), 2);
  });

  it('looks once more for a key that is not known: issuers change their keys', async () => {
    await verify(await issuer.accessToken());
    issuer.on('/jwk', (_, response) => {
      sendJson(response, 200, { keys: [key.publicJwk, otherKey.publicJwk] });
    });
    assert.equal((await verify(await issuer.accessToken({}, otherKey))).verified, true);
    assert.equal(keyFetches(), 2);
  });

  it('a key that is nowhere is asked for once a token, not for ever', async () => {
    const stranger = await issuer.accessToken({}, otherKey);
    assert.deepEqual(await verify(stranger), { verified: false, reason: 'unknown-key' });
    assert.equal(keyFetches(), 1);
    assert.deepEqual(await verify(stranger), { verified: false, reason: 'unknown-key' });
    assert.equal(keyFetches(), 2);
  });

  for (const [what, status, body] of [
    ['404', 404, { keys: [] }],
    ['no keys', 200, { issuer: 'x' }],
    ['keys that are no list', 200, { keys: {} }],
    ['keys that are no objects', 200, { keys: ['a'] }],
  ] as const) {
    it(`${what} in place of a key set is a Problem of this step`, async () => {
      issuer.on('/jwk', (_, response) => {
        sendJson(response, status, body);
      });
      const result = await verify(await issuer.accessToken());
      assert.ok(!result.verified && result.reason === 'keys-unavailable');
      assert.deepEqual([result.problem.code, result.problem.step], ['jwks/unreadable', 'jwks']);
    });
  }

  it('gives the published keys as they are, and asks for them each time', async () => {
    for (let asked = 0; asked < 2; asked += 1) {
      const { keys } = await verifier.publishedKeys(`${issuer.issuer}jwk`, never());
      assert.deepEqual(
        keys.map(({ kid }) => kid),
        [key.publicJwk.kid],
      );
    }
    assert.equal(keyFetches(), 2);
  });

  it('an issuer that cannot be reached is not the same as a wrong signature', async () => {
    const token = await issuer.accessToken();
    await issuer.close();
    const result = await verify(token);
    assert.ok(!result.verified && result.reason === 'keys-unavailable');
    assert.deepEqual([result.problem.code, result.problem.step], ['network/refused', 'jwks']);
  });

  it('can be aborted while the keys are on their way', async () => {
    issuer.on('/jwk', () => undefined);
    const controller = new AbortController();
    const arrival = issuer.arrival('/jwk');
    const asked = verify(await issuer.accessToken(), controller.signal);
    await arrival;
    const reason = new Error('the user gave up');
    controller.abort(reason);
    await assert.rejects(asked, (error) => error === reason);
  });
});
