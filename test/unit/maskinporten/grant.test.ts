import assert from 'node:assert/strict';
import { compactVerify, decodeJwt, importJWK, type JWK } from 'jose';
import { buildGrant } from '../../../src/maskinporten/grant';
import type { ClientCredential, IssuerMetadata, TokenRequest } from '../../../src/maskinporten/model';
import { preflight } from '../../../src/maskinporten/preflight';
import type { ClaimFault } from '../../../src/maskinporten/problem';
import { makeKeyPair, problemFrom, type KeyPair } from './support';

const issuer = 'https://test.maskinporten.no/';
const metadata: IssuerMetadata = { issuer, tokenEndpoint: `${issuer}token`, jwksUri: `${issuer}jwk` };

describe('buildGrant', () => {
  let key: KeyPair;

  before(async () => {
    key = await makeKeyPair();
  });

  const credential = (jwk: JWK = key.privateJwk): ClientCredential => ({
    environment: { kind: 'test', issuer },
    clientId: 'client',
    privateJwk: jwk,
  });

  it('claims what Digdir’s page asks for, and nothing else', async () => {
    const { assertion, sent } = await buildGrant(credential(), metadata, { scopes: ['a:b', 'c:d'] }, 1_700_000_000_900);
    const { jti, ...claims } = decodeJwt(assertion);
    assert.deepEqual(claims, {
      aud: issuer,
      iss: 'client',
      scope: 'a:b c:d',
      iat: 1_700_000_000,
      exp: 1_700_000_100,
    });
    assert.match(jti!, /^[0-9a-f-]{36}$/);
    assert.deepEqual(sent.claims, { ...claims, jti });
  });

  it('is signed by the key, and its header has alg and kid alone', async () => {
    const { assertion, sent } = await buildGrant(credential(), metadata, { scopes: ['a:b'] }, Date.now());
    const { protectedHeader } = await compactVerify(assertion, await importJWK(key.publicJwk));
    assert.deepEqual(protectedHeader, { alg: 'RS256', kid: key.privateJwk.kid });
    assert.deepEqual(sent.header, protectedHeader);
    assert.ok(!JSON.stringify(sent).includes(assertion.split('.')[2]!));
  });

  for (const alg of ['RS384', 'RS512']) {
    it(`${alg} comes from the key`, async () => {
      const pair = await makeKeyPair(alg);
      const { assertion } = await buildGrant(credential(pair.privateJwk), metadata, { scopes: ['a:b'] }, 0);
      const { protectedHeader } = await compactVerify(assertion, await importJWK(pair.publicJwk, alg));
      assert.equal(protectedHeader.alg, alg);
    });
  }

  it('resource, consumer_org and authorization_details are there when given', async () => {
    const authorizationDetails = [{ type: 'urn:altinn:systemuser', systemuser_org: { ID: '0192:889640782' } }];
    const { assertion } = await buildGrant(
      credential(),
      metadata,
      { scopes: ['a:b'], resource: 'https://api.no/x', consumerOrg: '889640782', authorizationDetails },
      0,
    );
    const claims = decodeJwt(assertion);
    assert.equal(claims['resource'], 'https://api.no/x');
    assert.equal(claims['consumer_org'], '889640782');
    assert.deepEqual(claims['authorization_details'], authorizationDetails);
  });

  it('jti is another every time', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { assertion } = await buildGrant(credential(), metadata, { scopes: ['a:b'] }, 0);
        return decodeJwt(assertion).jti;
      }),
    );
    assert.equal(new Set(ids).size, 20);
  });

  it('a credential signs for its own issuer only', async () => {
    const prod = { ...metadata, issuer: 'https://maskinporten.no/' };
    const problem = await problemFrom(
      buildGrant(credential(), prod, { scopes: ['a:b'] }, 0),
      'discovery/issuer-mismatch',
    );
    assert.equal(problem.expected, issuer);
  });

  it('a key that cannot sign is a Problem that quotes nothing of it', async () => {
    const { kid, alg, kty } = key.privateJwk;
    const jwk = { kid, alg: alg!, kty: kty!, n: 'AQAB', e: 'AQAB', d: 'c2VjcmV0LW1hdGVyaWFs' };
    const problem = await problemFrom(
      buildGrant(credential(jwk), metadata, { scopes: ['a:b'] }, 0),
      'grant/key-unusable',
    );
    assert.equal(problem.reason, 'unreadable');
    assert.ok(!JSON.stringify(problem).includes('c2VjcmV0'));
  });

  it('a key without kid, or for another algorithm, is refused before it signs', async () => {
    const bare = Object.fromEntries(Object.entries(key.privateJwk).filter(([name]) => name !== 'kid')) as JWK;
    const noKid = await problemFrom(
      buildGrant(credential(bare), metadata, { scopes: ['a:b'] }, 0),
      'grant/key-unusable',
    );
    assert.equal(noKid.reason, 'no-kid');
    const es = { ...key.privateJwk, alg: 'ES256' };
    const wrong = await problemFrom(buildGrant(credential(es), metadata, { scopes: ['a:b'] }, 0), 'grant/key-unusable');
    assert.equal(wrong.reason, 'unsupported-alg');
  });
});

describe('preflight', () => {
  const check = (request: Partial<TokenRequest>) => preflight({ clientId: 'c' }, { scopes: ['a:b'], ...request });

  it('a good request passes', () => {
    assert.equal(
      check({
        scopes: ['skatteetaten:inntekt', 'nav:aap/x.read'],
        resource: 'urn:api:1',
        consumerOrg: '889640782',
        authorizationDetails: [{ type: 'urn:altinn:systemuser' }],
      }),
      undefined,
    );
  });

  const details = (value: unknown) => ({
    authorizationDetails: value as NonNullable<TokenRequest['authorizationDetails']>,
  });

  for (const [what, request, claim, reason] of [
    ['no scope', { scopes: [] }, 'scope', 'empty'],
    ['an empty scope', { scopes: ['a:b', ''] }, 'scope', 'empty'],
    ['a scope with a space', { scopes: ['a:b c:d'] }, 'scope', 'illegal-characters'],
    ['a scope with a tab', { scopes: ['a:b\t'] }, 'scope', 'illegal-characters'],
    ['a scope with a quotation mark', { scopes: ['"a:b"'] }, 'scope', 'illegal-characters'],
    ['a scope with a backslash', { scopes: ['a\\b'] }, 'scope', 'illegal-characters'],
    ['a scope with ø', { scopes: ['nav:ø'] }, 'scope', 'illegal-characters'],
    ['eight digits', { consumerOrg: '88964078' }, 'consumer_org', 'not-nine-digits'],
    ['digits with a prefix', { consumerOrg: '0192:889640782' }, 'consumer_org', 'not-nine-digits'],
    ['nine digits and a line break', { consumerOrg: '889640782\n' }, 'consumer_org', 'not-nine-digits'],
    ['a relative resource', { resource: '/api' }, 'resource', 'not-absolute-uri'],
    ['a resource with a space', { resource: ' https://a.no' }, 'resource', 'not-absolute-uri'],
    ['an empty resource', { resource: '' }, 'resource', 'not-absolute-uri'],
    ['a resource with a fragment', { resource: 'https://a.no/#b' }, 'resource', 'has-fragment'],
    ['details that are no list', details({ type: 'a' }), 'authorization_details', 'not-objects'],
    ['details that are empty', details([]), 'authorization_details', 'not-objects'],
    ['details with a text', details(['a']), 'authorization_details', 'not-objects'],
    ['details with null', details([null]), 'authorization_details', 'not-objects'],
    ['details without type', details([{ type: 'a' }, {}]), 'authorization_details', 'no-type'],
    ['details with a number as type', details([{ type: 1 }]), 'authorization_details', 'no-type'],
  ] satisfies [string, Partial<TokenRequest>, string, ClaimFault][]) {
    it(`${what}: ${claim} is ${reason}`, () => {
      const problem = check(request);
      assert.ok(problem?.code === 'grant/bad-request');
      assert.deepEqual([problem.claim, problem.reason], [claim, reason]);
    });
  }

  it('an empty client id is refused', () => {
    const problem = preflight({ clientId: ' ' }, { scopes: ['a:b'] });
    assert.ok(problem?.code === 'grant/bad-request');
    assert.equal(problem.claim, 'iss');
  });
});
