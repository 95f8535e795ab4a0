import assert from 'node:assert/strict';
import { SignJWT } from 'jose';
import { UndiciTransport } from '../../../src/http/transport';
import {
  altinnExchangeUrl,
  altinnIssuer,
  exchangeAltinnToken,
  isForAltinn,
  type AltinnToken,
} from '../../../src/maskinporten/altinn';
import { MaskinportenClient } from '../../../src/maskinporten/client';
import { Discovery } from '../../../src/maskinporten/discovery';
import { PROD, TEST } from '../../../src/maskinporten/environments';
import type { Environment, Token } from '../../../src/maskinporten/model';
import { TokenVerifier, type ExpectedIssuer } from '../../../src/maskinporten/verify';
import { startSandbox, type Sandbox } from '../../../src/sandbox';
import { FakeTransport, makeKeyPair, never, problemFrom, type KeyPair } from './support';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const ALTINN = `${part({ alg: 'RS256' })}.${part({ exp: 1_800_000_000 })}.c2ln`;

function tokenOf(environment: Environment): Token {
  return {
    accessToken: 'the-maskinporten-token',
    environment,
    clientId: 'c',
    requestedScopes: ['altinn:a'],
    grantedScopes: ['altinn:a'],
    resource: undefined,
    obtainedAtMs: 0,
    expiresAtMs: 1,
    grant: undefined,
  };
}

const answering = (body: string, status = 200) => new FakeTransport(() => ({ status, body: Buffer.from(body) }));
const exchange = (transport: FakeTransport, environment: Environment = TEST) =>
  exchangeAltinnToken(tokenOf(environment), transport, never(), () => 5000);

describe('exchangeAltinnToken', () => {
  for (const [environment, url] of [
    [TEST, 'https://platform.tt02.altinn.no/authentication/api/v1/exchange/maskinporten'],
    [PROD, 'https://platform.altinn.no/authentication/api/v1/exchange/maskinporten'],
  ] as const) {
    it(`shows a token of ${environment.kind} to ${url} alone`, async () => {
      const transport = answering(ALTINN);
      await exchange(transport, environment);
      assert.deepEqual(
        transport.requests.map((request) => [request.method, request.url, request.step]),
        [['GET', url, 'exchange']],
      );
      assert.deepEqual(transport.requests[0]?.headers[1], ['authorization', 'Bearer the-maskinporten-token']);
    });
  }

  for (const environment of [
    { kind: 'custom', issuer: 'http://127.0.0.1:1/x' },
    { kind: 'test', issuer: 'https://test.maskinporten.no' },
    { kind: 'custom', issuer: 'https://maskinporten.no.evil.no/' },
  ] as const) {
    it(`sends a token of ${environment.issuer} nowhere`, async () => {
      const transport = answering(ALTINN);
      const problem = await problemFrom(exchange(transport, environment), 'altinn/no-environment');
      assert.equal(problem.issuer, environment.issuer);
      assert.equal(transport.requests.length, 0);
    });
  }

  it('never sends a token of the sandbox to Altinn', () => {
    const issuer = 'http://127.0.0.1:1234/x/';
    assert.equal(new URL(altinnExchangeUrl({ kind: 'sandbox', issuer })!).host, '127.0.0.1:1234');
  });

  for (const [what, body] of [
    ['plain text', ALTINN],
    ['a JSON string', `"${ALTINN}"`],
    ['a line', `${ALTINN}\r\n`],
  ] as const) {
    it(`takes ${what}, and the expiry from the token itself`, async () => {
      assert.deepEqual(await exchange(answering(body)), {
        accessToken: ALTINN,
        environment: TEST,
        scopes: ['altinn:a'],
        obtainedAtMs: 5000,
        expiresAtMs: 1_800_000_000_000,
      });
    });
  }

  it('says nothing of an expiry that the token does not tell', async () => {
    const bare = `${part({ alg: 'RS256' })}.${part({})}.c2ln`;
    assert.equal((await exchange(answering(bare))).expiresAtMs, undefined);
  });

  for (const status of [400, 401, 403]) {
    it(`${status} is a refusal, and tells no token`, async () => {
      const problem = await problemFrom(exchange(answering('no', status)), 'altinn/refused');
      assert.equal(problem.status, status);
      assert.ok(!JSON.stringify(problem).includes('the-maskinporten-token'));
    });
  }

  for (const [what, body, status] of [
    ['a web page', '<html>Log in</html>', 200],
    ['a JSON object', '{"token":"x"}', 200],
    ['nothing', '', 200],
    ['two lines', `${ALTINN}\n${ALTINN}`, 200],
    ['a redirect', ALTINN, 302],
    ['trouble', '', 503],
  ] as const) {
    it(`${what} is no token`, async () => {
      assert.equal((await problemFrom(exchange(answering(body, status)), 'altinn/unreadable')).status, status);
    });
  }

  it('is offered for scopes of Altinn', () => {
    assert.equal(isForAltinn(['nav:a', 'altinn:b']), true);
    assert.equal(isForAltinn(['nav:altinn:b', 'digdir:dialogporten']), false);
  });
});

describe('the issuer of Altinn’s tokens', () => {
  it('is known beforehand, and its keys are on its own host', () => {
    assert.deepEqual(altinnIssuer(TEST), {
      issuer: 'https://platform.tt02.altinn.no/authentication/api/v1/openid/',
      jwksUri: 'https://platform.tt02.altinn.no/authentication/api/v1/openid/.well-known/openid-configuration/jwks',
    });
    assert.equal(new URL(altinnIssuer(PROD)!.jwksUri).host, 'platform.altinn.no');
    assert.equal(altinnIssuer({ kind: 'custom', issuer: 'https://issuer.example/' }), undefined);
  });

  it('writes its keys in plain base64, which is read as well', async () => {
    const { privateJwk, publicJwk } = await makeKeyPair();
    const kid = 'A1B2C3';
    const { issuer, jwksUri } = altinnIssuer(TEST)!;
    const plain = (value: string) => Buffer.from(value, 'base64url').toString('base64');
    const keys = [{ kty: 'RSA', use: 'sig', kid, n: plain(publicJwk.n!), e: plain(publicJwk.e!), x5c: ['x'] }];
    assert.match(keys[0]!.n, /[+/=]/, 'the two ways of writing differ');
    const transport = new FakeTransport(() => ({ status: 200, body: Buffer.from(JSON.stringify({ keys })) }));
    const token = await new SignJWT({ iss: issuer }).setProtectedHeader({ alg: 'RS256', kid }).sign(privateJwk);
    const verification = await new TokenVerifier(transport).verify(token, { issuer, jwksUri }, never());
    assert.deepEqual(verification, { verified: true, kid, issuer });
    assert.deepEqual(
      transport.requests.map(({ url }) => url),
      [jwksUri],
    );
  });
});

describe('the sandbox’s exchange', () => {
  let sandbox: Sandbox;
  let key: KeyPair;
  let transport: UndiciTransport;

  before(async () => {
    key = await makeKeyPair();
    const scopes = ['altinn:serviceowner', 'nav:test/api'];
    sandbox = await startSandbox({
      clients: [{ clientId: 'client', name: 'app', keys: [key.publicJwk], scopes }],
    });
    transport = new UndiciTransport();
  });

  after(async () => {
    transport.close();
    await sandbox.stop();
  });

  const getToken = (scope: string) => {
    const environment: Environment = { kind: 'sandbox', issuer: sandbox.issuer };
    const credential = { environment, clientId: 'client', privateJwk: key.privateJwk };
    return new MaskinportenClient({ transport, discovery: new Discovery(transport), credential }).getToken(
      { scopes: [scope] },
      never(),
    );
  };

  const verify = (altinn: AltinnToken, expected: ExpectedIssuer | undefined) => {
    assert.ok(expected);
    return new TokenVerifier(transport).verify(altinn.accessToken, expected, never());
  };

  it('gives a token of its own that lives for half an hour', async () => {
    const token = await getToken('altinn:serviceowner');
    assert.equal(altinnExchangeUrl(token.environment), sandbox.altinnExchangeUrl);
    const altinn = await exchangeAltinnToken(token, transport, never());
    assert.ok(Math.abs(altinn.expiresAtMs! - Date.now() - 1_800_000) < 5000);
    const verification = await verify(altinn, altinnIssuer(token.environment));
    assert.ok(verification.verified);
    assert.equal(verification.issuer, `${sandbox.issuer}authentication/api/v1/openid/`);
  });

  it('publishes its keys where Altinn’s metadata say', async () => {
    const { issuer, jwksUri } = altinnIssuer({ kind: 'sandbox', issuer: sandbox.issuer })!;
    const { body } = await transport.send(
      {
        step: 'jwks',
        method: 'GET',
        url: `${issuer}.well-known/openid-configuration`,
        headers: [],
        maxBodyBytes: 10_000,
      },
      never(),
    );
    const metadata = JSON.parse(Buffer.from(body).toString()) as Record<string, unknown>;
    assert.deepEqual([metadata['issuer'], metadata['jwks_uri']], [issuer, jwksUri]);
  });

  it('signs nothing that another could have: a token of Maskinporten’s, or a changed one, is not verified', async () => {
    const token = await getToken('altinn:serviceowner');
    const altinn = await exchangeAltinnToken(token, transport, never());
    const expected = altinnIssuer(token.environment);
    const asMaskinporten = await verify({ ...altinn, accessToken: token.accessToken }, expected);
    assert.deepEqual(asMaskinporten, { verified: false, reason: 'issuer' });
    const [header, payload = '', signature] = altinn.accessToken.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const changed = [header, part({ ...claims, scope: 'altinn:more' }), signature].join('.');
    assert.deepEqual(await verify({ ...altinn, accessToken: changed }, expected), {
      verified: false,
      reason: 'signature',
    });
  });

  it('gives none for a token without a scope of Altinn, and none for nonsense', async () => {
    const token = await getToken('nav:test/api');
    assert.equal((await problemFrom(exchangeAltinnToken(token, transport, never()), 'altinn/refused')).status, 403);
    const forged = { ...token, accessToken: `${token.accessToken.slice(0, -8)}AAAAAAAA` };
    assert.equal((await problemFrom(exchangeAltinnToken(forged, transport, never()), 'altinn/refused')).status, 401);
  });

  it('its tokens are not taken for Maskinporten’s', async () => {
    const altinn = await exchangeAltinnToken(await getToken('altinn:serviceowner'), transport, never());
    const { status } = await transport.send(
      {
        step: 'api',
        method: 'GET',
        url: sandbox.sampleApiUrl,
        headers: [['authorization', `Bearer ${altinn.accessToken}`]],
        maxBodyBytes: 10_000,
      },
      never(),
    );
    assert.equal(status, 401);
  });
});
