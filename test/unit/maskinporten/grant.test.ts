import assert from 'node:assert/strict';
import { compactVerify, decodeJwt, importJWK, type JWK } from 'jose';
import { consentDetails, systemUserDetails } from '../../../src/maskinporten/authorizationDetails';
import { buildGrant, type GrantOptions } from '../../../src/maskinporten/grant';
import type { ClientCredential, IssuerMetadata, TokenRequest } from '../../../src/maskinporten/model';
import { preflight, preflightHints } from '../../../src/maskinporten/preflight';
import type { ClaimFault } from '../../../src/maskinporten/problem';
import { makeKeyPair, PERSON, problemFrom, type KeyPair } from './support';

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
    const authorizationDetails = [systemUserDetails('889640782')];
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

  const grantClaims = async (request: Partial<TokenRequest>, options?: GrantOptions) => {
    const grant = await buildGrant(credential(), metadata, { scopes: ['a:b'], ...request }, 0, options);
    return decodeJwt(grant.assertion);
  };

  it('resource is a string, or an array where that is wished for', async () => {
    const resource = 'https://api.no/x';
    assert.deepEqual((await grantClaims({ resource }, { resourceForm: 'array' }))['resource'], [resource]);
    assert.deepEqual((await grantClaims({ resource }, { resourceForm: 'string' }))['resource'], resource);
    assert.equal((await grantClaims({}, { resourceForm: 'array' }))['resource'], undefined);
  });

  it('pid restricts the token to a person', async () => {
    assert.equal((await grantClaims({ pid: PERSON }))['pid'], PERSON);
    assert.ok(!('pid' in (await grantClaims({}))));
  });

  it('a scope that is asked for twice is written once', async () => {
    assert.equal((await grantClaims({ scopes: ['a:b', 'c:d', 'a:b'] }))['scope'], 'a:b c:d');
  });

  it('lives as long as is wished for, and never longer than Digdir allows', async () => {
    assert.equal((await grantClaims({}, { lifetimeSeconds: 120 })).exp, 120);
    assert.equal((await grantClaims({}, { lifetimeSeconds: 1 })).exp, 1);
    for (const lifetimeSeconds of [121, 0, -5, 10.5, NaN, Infinity]) {
      const problem = await problemFrom(grantClaims({}, { lifetimeSeconds }), 'grant/bad-request');
      assert.deepEqual([problem.claim, problem.reason], ['exp', 'too-long']);
    }
  });

  it('is named by the certificate chain alone where there is one, and then needs no kid', async () => {
    const x5c = ['AAAA', 'BBBB'];
    const withKid = { ...credential(), x5c };
    const bare = { ...key.privateJwk, kid: undefined };
    for (const certified of [withKid, { ...credential(bare as unknown as JWK), x5c }]) {
      const { assertion, sent } = await buildGrant(certified, metadata, { scopes: ['a:b'] }, Date.now());
      const { protectedHeader } = await compactVerify(assertion, await importJWK(key.publicJwk));
      assert.deepEqual(protectedHeader, { alg: 'RS256', x5c });
      assert.deepEqual(sent.header, protectedHeader);
    }
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
        pid: PERSON,
        authorizationDetails: [systemUserDetails('310702641', 'ref-1'), { type: 'urn:something:else', any: 1 }],
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
    [
      'two system users',
      details([systemUserDetails('310702641'), systemUserDetails('313367002')]),
      'authorization_details',
      'one-party',
    ],
    ['ten digits of a person', { pid: PERSON.slice(1) }, 'pid', 'not-eleven-digits'],
    ['a person with a space', { pid: `${PERSON.slice(0, 6)} ${PERSON.slice(6)}` }, 'pid', 'not-eleven-digits'],
    ['a person with a wrong last digit', { pid: `${PERSON.slice(0, 10)}0` }, 'pid', 'check-digit'],
    ['a person with two digits swapped', { pid: '31816198547' }, 'pid', 'check-digit'],
  ] satisfies [string, Partial<TokenRequest>, string, ClaimFault][]) {
    it(`${what}: ${claim} is ${reason}`, () => {
      const problem = check(request);
      assert.ok(problem?.code === 'grant/bad-request');
      assert.deepEqual([problem.claim, problem.reason], [claim, reason]);
    });
  }

  const systemUser = systemUserDetails('310702641');
  const consent = consentDetails('0f8fad5b-d9cb-469f-a165-70867728950e', PERSON);
  for (const [what, detail, reason, member] of [
    ['a system user without organisation', { type: systemUser['type'] }, 'missing-member', 'systemuser_org'],
    ['the name of an early draft', { ...systemUser, systemuserorg: {} }, 'unknown-member', 'systemuserorg'],
    ['a number alone', systemUserDetails('0192:310702641'), 'bad-member', 'systemuser_org.ID'],
    ['eight digits', systemUserDetails('31070264'), 'bad-member', 'systemuser_org.ID'],
    [
      'no authority',
      { ...systemUser, systemuser_org: { ID: '0192:310702641' } },
      'bad-member',
      'systemuser_org.authority',
    ],
    ['an empty reference', { ...systemUser, externalRef: ' ' }, 'bad-member', 'externalRef'],
    [
      'more in the organisation',
      { ...systemUser, systemuser_org: { ...(systemUser['systemuser_org'] as object), name: 'x' } },
      'unknown-member',
      'systemuser_org.name',
    ],
    ['a consent without id', { ...consent, id: undefined }, 'missing-member', 'id'],
    ['a consent with another id', { ...consent, id: '1' }, 'bad-member', 'id'],
    ['a consent of nobody', { type: consent['type'], id: consent['id'] }, 'missing-member', 'from'],
    ['a consent of a wrong person', consentDetails(String(consent['id']), '31816198547'), 'bad-member', 'from'],
    ['a consent of another kind', { ...consent, from: 'urn:altinn:user:x' }, 'bad-member', 'from'],
    ['a consent with more', { ...consent, to: 'x' }, 'unknown-member', 'to'],
  ] as const) {
    it(`${what} in authorization_details: ${member} is ${reason}, in words that tell no number`, () => {
      const problem = check(details([{ type: 'urn:something:else' }, detail]));
      assert.ok(problem?.code === 'grant/bad-request');
      assert.deepEqual([problem.reason, problem.member], [reason, `[1].${member}`]);
      assert.deepEqual(problem.sent, []);
    });
  }

  it('takes what the builders build: system users, and consents of persons and of organisations', () => {
    assert.deepEqual(systemUser, {
      type: 'urn:altinn:systemuser',
      systemuser_org: { authority: 'iso6523-actorid-upis', ID: '0192:310702641' },
    });
    assert.equal(consent['from'], `urn:altinn:person:identifier-no:${PERSON}`);
    const ofOrganisation = consentDetails(String(consent['id']), '310702641');
    assert.equal(ofOrganisation['from'], 'urn:altinn:organization:identifier-no:310702641');
    for (const detail of [systemUser, systemUserDetails('310702641', 'a'), consent, ofOrganisation]) {
      assert.equal(check(details([detail])), undefined);
    }
  });

  it('no fault with a person tells who it is', () => {
    for (const pid of [`${PERSON.slice(0, 10)}0`, `${PERSON}1`]) {
      assert.ok(!JSON.stringify(check({ pid })).includes(pid.slice(0, 6)));
    }
    const problem = check(details([{ ...consent, from: `urn:altinn:person:identifier-no:31816198547` }]));
    assert.ok(!JSON.stringify(problem).includes('31816198547'));
    assert.ok(!JSON.stringify(check(details([{ ...systemUser, [PERSON]: 1 }]))).includes(PERSON));
  });

  it('a client id with a line break or a space is refused', () => {
    for (const clientId of ['a b', 'a\n', 'æ']) {
      const problem = preflight({ clientId }, { scopes: ['a:b'] });
      assert.ok(problem?.code === 'grant/bad-request');
      assert.deepEqual([problem.claim, problem.reason], ['iss', 'illegal-characters']);
    }
  });

  it('an empty client id is refused', () => {
    const problem = preflight({ clientId: ' ' }, { scopes: ['a:b'] });
    assert.ok(problem?.code === 'grant/bad-request');
    assert.equal(problem.claim, 'iss');
  });
});

describe('preflightHints', () => {
  const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const hints = (request: Partial<TokenRequest>, clientId = UUID, isDigdirs = true) =>
    preflightHints({ clientId }, { scopes: ['a:b'], ...request }, isDigdirs).map(
      ({ claim, hint }) => `${claim} ${hint}`,
    );

  it('are none for what nothing is doubtful about', () => {
    assert.deepEqual(hints({ consumerOrg: '889640782' }), []);
    assert.deepEqual(hints({}, 'my-client', false), []);
  });

  it('name each doubt once', () => {
    assert.deepEqual(hints({}, 'my-client'), ['iss not-a-uuid']);
    assert.deepEqual(hints({ scopes: ['a:b', 'a:b'] }), ['scope duplicate']);
    assert.deepEqual(hints({ scopes: ['a:b', 'c:d'] }), ['scope several']);
    assert.deepEqual(hints({ consumerOrg: '889640783' }), ['consumer_org check-digit']);
    assert.deepEqual(hints({ consumerOrg: '889640782', authorizationDetails: [systemUserDetails('310702641')] }), [
      'consumer_org beside-system-user',
    ]);
    assert.deepEqual(hints({ consumerOrg: '889640782', authorizationDetails: [{ type: 'urn:x' }] }), []);
  });
});
