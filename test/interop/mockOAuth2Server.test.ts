import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { startMockOAuth2Server } from '../../scripts/lib/mock-oauth2-server.mjs';
import { UndiciTransport } from '../../src/http/transport';
import { TokenCache } from '../../src/maskinporten/cache';
import { MaskinportenClient, type MaskinportenClientParts } from '../../src/maskinporten/client';
import { Discovery } from '../../src/maskinporten/discovery';
import type { ClientCredential, Environment } from '../../src/maskinporten/model';
import { TokenVerifier } from '../../src/maskinporten/verify';
import { makeKeyPair, never, PERSON, problemFrom, type KeyPair } from '../unit/maskinporten/support';
import { JAVA_LIMIT_MS, skipWithoutJava } from './java';

/**
 * The real no.nav.security:mock-oauth2-server, which many at Nav run in the place of Maskinporten. It copies a grant's
 * claims into the token and checks none of them, so what is seen here is that the two speak the same protocol.
 */
describe('mock-oauth2-server', function () {
  this.timeout(120_000);

  const scopes = ['skatteetaten:inntekt', 'nav:test/api'];
  const transport = new UndiciTransport();
  let stop = () => Promise.resolve();
  let origin: string;
  let discovery: Discovery;
  let key: KeyPair;
  let environment: Environment;

  before(async function () {
    this.timeout(JAVA_LIMIT_MS);
    await skipWithoutJava(this);
    ({ origin, stop } = await startMockOAuth2Server());
    discovery = new Discovery(transport);
    key = await makeKeyPair();
    environment = { kind: 'custom', issuer: `${origin}/maskinporten` };
  });

  after(async () => {
    transport.close();
    await stop();
  });

  const credential = (given: Partial<ClientCredential> = {}): ClientCredential => ({
    environment,
    clientId: 'my-client',
    privateJwk: key.privateJwk,
    ...given,
  });
  const client = (given: Partial<ClientCredential> = {}, options: Partial<MaskinportenClientParts> = {}) =>
    new MaskinportenClient({ transport, discovery, credential: credential(given), ...options });

  it('is found by its metadata: an issuer with a path and no slash at the end', async () => {
    assert.deepEqual(await discovery.metadata(environment, never()), {
      issuer: `${origin}/maskinporten`,
      tokenEndpoint: `${origin}/maskinporten/token`,
      jwksUri: `${origin}/maskinporten/jwks`,
    });
  });

  it('grants a token for a JWT grant, with the scopes of the grant', async () => {
    const token = await client().getToken({ scopes }, never());
    assert.deepEqual(token.grantedScopes, scopes);
    const claims = decodeJwt(token.accessToken);
    assert.equal(claims.iss, environment.issuer);
    assert.equal(claims['scope'], scopes.join(' '));
    // Counted from before the grant was sent, so that it is never taken to live longer than it does.
    assert.ok(token.expiresAtMs <= claims.exp! * 1000 + 1000);
    assert.ok(token.expiresAtMs > claims.exp! * 1000 - 30_000);
  });

  it('signs tokens that verify against its published keys, by kid', async () => {
    const { accessToken } = await client().getToken({ scopes }, never());
    const { issuer, jwksUri } = await discovery.metadata(environment, never());
    const verifier = new TokenVerifier(transport);
    assert.deepEqual(await verifier.verify(accessToken, { issuer, jwksUri }, never()), {
      verified: true,
      kid: 'maskinporten',
      issuer,
    });
    const [header, payload, signature = ''] = accessToken.split('.');
    const forged = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    assert.deepEqual(await verifier.verify(forged, { issuer, jwksUri }, never()), {
      verified: false,
      reason: 'signature',
    });
  });

  it('reads every claim that the grant can have', async () => {
    const authorizationDetails = [{ type: 'urn:altinn:something', any: 'x' }];
    const { accessToken } = await client({}, { resourceForm: 'array', lifetimeSeconds: 120 }).getToken(
      { scopes, resource: 'https://api.no/x', consumerOrg: '310702641', pid: PERSON, authorizationDetails },
      never(),
    );
    const claims = decodeJwt(accessToken);
    assert.deepEqual(
      [claims['resource'], claims['consumer_org'], claims['pid'], claims['authorization_details']],
      [['https://api.no/x'], '310702641', PERSON, authorizationDetails],
    );
  });

  it('takes a grant whose key is named by a certificate chain', async () => {
    const { accessToken } = await client({ x5c: ['MIIB'] }).getToken({ scopes }, never());
    assert.equal(decodeJwt(accessToken)['scope'], scopes.join(' '));
  });

  it('needs no metadata where the endpoints are given', async () => {
    const { issuer } = environment;
    const endpoints = { tokenEndpoint: `${issuer}/token`, jwksUri: `${issuer}/jwks` };
    const token = await client({ environment: { ...environment, endpoints } }).getToken({ scopes }, never());
    assert.equal(decodeJwt(token.accessToken).iss, issuer);
  });

  it('is another issuer under another name, and one token is not taken for the other’s', async () => {
    const other: Environment = { kind: 'custom', issuer: `${origin}/other` };
    const { accessToken } = await client({ environment: other }).getToken({ scopes }, never());
    const { issuer, jwksUri } = await discovery.metadata(environment, never());
    assert.deepEqual(await new TokenVerifier(transport).verify(accessToken, { issuer, jwksUri }, never()), {
      verified: false,
      reason: 'issuer',
    });
  });

  it('is asked once by a hundred who ask at one time', async () => {
    const cache = new TokenCache();
    const source = client();
    const tokens = await Promise.all(Array.from({ length: 100 }, () => cache.get(source, { scopes }, never())));
    assert.equal(new Set(tokens.map(({ accessToken }) => accessToken)).size, 1);
    const another = await cache.get(source, { scopes, skipCache: true }, never());
    assert.notEqual(another.accessToken, tokens[0]?.accessToken);
  });

  it('with a slash too many is a mismatch that is told, and no grant is sent', async () => {
    const slashed: Environment = { kind: 'custom', issuer: `${origin}/maskinporten/` };
    const asked = client({ environment: slashed }).getToken({ scopes }, never());
    const problem = await problemFrom(asked, 'discovery/issuer-mismatch');
    assert.equal(problem.actual, environment.issuer);
  });

  it('answers a malformed grant with an error that is shown as it came', async () => {
    const broken = new UndiciTransport();
    const mangle: MaskinportenClientParts['transport'] = {
      send: (request, signal) =>
        broken.send(request.step === 'token' ? { ...request, body: 'grant_type=nonsense' } : request, signal),
    };
    try {
      const problem = await problemFrom(
        client({}, { transport: mangle }).getToken({ scopes }, never()),
        'token/refused',
      );
      assert.equal(problem.refusal.status, 400);
      assert.match(problem.refusal.error, /^(invalid_grant|invalid_request|unsupported_grant_type)$/);
    } finally {
      broken.close();
    }
  });
});
