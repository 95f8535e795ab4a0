import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { UndiciTransport } from '../../../src/http/transport';
import { MaskinportenClient } from '../../../src/maskinporten/client';
import { Discovery } from '../../../src/maskinporten/discovery';
import type { ClientCredential, Token } from '../../../src/maskinporten/model';
import { FakeIssuer, makeKeyPair, never, problemFrom, sendJson, type KeyPair } from './support';

describe('MaskinportenClient', () => {
  let clientKey: KeyPair;
  let issuerKey: KeyPair;
  let issuer: FakeIssuer;
  let transport: UndiciTransport;

  before(async () => {
    [clientKey, issuerKey] = await Promise.all([makeKeyPair(), makeKeyPair()]);
  });

  beforeEach(async () => {
    issuer = await FakeIssuer.start(clientKey, issuerKey, '/maskinporten');
    transport = new UndiciTransport();
  });

  afterEach(async () => {
    transport.close();
    await issuer.close();
  });

  function client(credential: ClientCredential = issuer.credential(), now?: () => number): MaskinportenClient {
    return new MaskinportenClient({ transport, discovery: new Discovery(transport), credential, ...(now && { now }) });
  }

  const scopes = ['skatteetaten:inntekt', 'nav:test/api'];
  const get = (): Promise<Token> => client().getToken({ scopes }, never());

  it('gets a token with a grant that the issuer itself verifies', async () => {
    const before = Date.now();
    const token = await get();
    assert.equal(decodeJwt(token.accessToken)['scope'], scopes.join(' '));
    assert.equal(token.clientId, issuer.credential().clientId);
    assert.equal(token.environment.issuer, issuer.issuer);
    assert.deepEqual([token.requestedScopes, token.grantedScopes], [scopes, scopes]);
    assert.equal(token.expiresAtMs - token.obtainedAtMs, 120_000);
    assert.ok(token.obtainedAtMs >= before && token.obtainedAtMs <= Date.now());
    assert.equal(token.grant?.claims['aud'], issuer.issuer);
  });

  it('sends grant_type and assertion as a form, and nothing that names the client beside them', async () => {
    await get();
    const [request] = issuer.requestsTo('/maskinporten/token');
    assert.equal(request?.method, 'POST');
    assert.equal(request.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.equal(request.headers.accept, 'application/json');
    assert.equal(request.headers.authorization, undefined);
    const form = new URLSearchParams(request.body);
    assert.deepEqual([...form.keys()], ['grant_type', 'assertion']);
    assert.equal(form.get('grant_type'), 'urn:ietf:params:oauth:grant-type:jwt-bearer');
  });

  it('sends a new grant every time, and the metadata are asked for once', async () => {
    const asked = client();
    await asked.getToken({ scopes }, never());
    await asked.getToken({ scopes }, never());
    const ids = issuer
      .requestsTo('/maskinporten/token')
      .map(({ body }) => decodeJwt(new URLSearchParams(body).get('assertion')!).jti);
    assert.equal(new Set(ids).size, 2);
    assert.equal(issuer.requests.length, 3);
  });

  it('asks nobody when a claim would be refused', async () => {
    await problemFrom(client().getToken({ scopes: ['a b'] }, never()), 'grant/bad-request');
    assert.equal(issuer.requests.length, 0);
  });

  it('sends no grant to an issuer of another name', async () => {
    const credential = { ...issuer.credential(), environment: { kind: 'custom', issuer: issuer.issuer.slice(0, -1) } };
    await problemFrom(
      client(credential as ClientCredential).getToken({ scopes }, never()),
      'discovery/issuer-mismatch',
    );
    assert.equal(issuer.requestsTo('/maskinporten/token').length, 0);
  });

  function answerTokenWith(body: unknown, status = 200): void {
    issuer.on('/maskinporten/token', (_, response) => {
      sendJson(response, status, body);
    });
  }

  it('takes an opaque token, a bearer in lower case and fewer scopes than were asked for', async () => {
    answerTokenWith({ access_token: 'opaque', token_type: 'bearer', expires_in: 30, scope: ' nav:test/api  ' });
    const token = await get();
    assert.equal(token.accessToken, 'opaque');
    assert.deepEqual(token.grantedScopes, ['nav:test/api']);
  });

  it('without scope in the answer, what was asked for was granted', async () => {
    answerTokenWith({ access_token: 'opaque', token_type: 'Bearer', expires_in: 30 });
    assert.deepEqual((await get()).grantedScopes, scopes);
  });

  it('without expires_in, the token’s own exp says how long it lives', async () => {
    const exp = Math.floor(Date.now() / 1000) + 60;
    answerTokenWith({ access_token: await issuer.accessToken({ exp }), token_type: 'Bearer' });
    const token = await get();
    const lifetime = token.expiresAtMs - token.obtainedAtMs;
    assert.ok(lifetime > 0 && lifetime <= 61_000);
  });

  for (const [what, body] of [
    ['no access_token', { token_type: 'Bearer', expires_in: 30 }],
    ['an empty access_token', { access_token: '', token_type: 'Bearer', expires_in: 30 }],
    [
      'an access_token that could end its header line',
      { access_token: 'a\r\nb', token_type: 'Bearer', expires_in: 30 },
    ],
    ['no token_type', { access_token: 'a', expires_in: 30 }],
    ['token_type DPoP', { access_token: 'a', token_type: 'DPoP', expires_in: 30 }],
    ['expires_in 0', { access_token: 'a', token_type: 'Bearer', expires_in: 0 }],
    ['expires_in below 0', { access_token: 'a', token_type: 'Bearer', expires_in: -1 }],
    ['expires_in as a text', { access_token: 'a', token_type: 'Bearer', expires_in: 'soon' }],
    ['expires_in beyond all dates', { access_token: 'a', token_type: 'Bearer', expires_in: 1e300 }],
    ['no way to know when it ends', { access_token: 'opaque', token_type: 'Bearer' }],
    ['a list', [{ access_token: 'a', token_type: 'Bearer', expires_in: 30 }]],
  ] as const) {
    it(`${what} is no token response`, async () => {
      answerTokenWith(body);
      const problem = await problemFrom(get(), 'token/unreadable');
      assert.deepEqual([problem.status, problem.contentType], [200, 'application/json']);
    });
  }

  it('a web page in place of an answer is unreadable', async () => {
    issuer.on('/maskinporten/token', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in to the network</h1>');
    });
    assert.equal((await problemFrom(get(), 'token/unreadable')).contentType, 'text/html');
  });

  it('a redirect of the token endpoint is not followed with the grant', async () => {
    issuer.on('/maskinporten/token', (_, response) => {
      response.writeHead(307, { location: `${issuer.origin}/elsewhere` }).end();
    });
    assert.equal((await problemFrom(get(), 'token/unreadable')).status, 307);
    assert.equal(issuer.requestsTo('/elsewhere').length, 0);
  });

  it('explains a refusal with what was sent, and with no assertion in it', async () => {
    answerTokenWith(
      {
        error: 'invalid_grant',
        error_description: 'Invalid assertion. Client authentication failed. Unknown key identifier (kid) for client.',
      },
      400,
    );
    const problem = await problemFrom(get(), 'token/unknown-kid');
    assert.deepEqual(problem.sent[0], { name: 'kid', value: clientKey.privateJwk.kid });
    const assertion = new URLSearchParams(issuer.requestsTo('/maskinporten/token')[0]!.body).get('assertion')!;
    assert.ok(!JSON.stringify(problem).includes(assertion.slice(-40)));
  });

  it('measures how far this clock is from the issuer’s', async () => {
    answerTokenWith({ error: 'invalid_grant', error_description: 'Issue time is after now' }, 400);
    const ahead = client(issuer.credential(), () => Date.now() + 3_600_000);
    const problem = await problemFrom(ahead.getToken({ scopes }, never()), 'token/issued-in-future');
    assert.ok(Math.abs(problem.clockSkewSeconds! - 3600) <= 2);
  });

  for (const path of ['/maskinporten/.well-known/oauth-authorization-server', '/maskinporten/token']) {
    it(`can be aborted while ${path} is silent`, async () => {
      issuer.on(path, () => undefined);
      const controller = new AbortController();
      const arrival = issuer.arrival(path);
      const asked = client().getToken({ scopes }, controller.signal);
      await arrival;
      const reason = new Error('the user gave up');
      controller.abort(reason);
      await assert.rejects(asked, (error) => error === reason);
    });
  }

  it('does nothing for a signal that is aborted already', async () => {
    const reason = new Error('before');
    await assert.rejects(client().getToken({ scopes }, AbortSignal.abort(reason)), (error) => error === reason);
    assert.equal(issuer.requests.length, 0);
  });

  it('a time-out names the step and the phase', async () => {
    transport.close();
    transport = new UndiciTransport({ timeouts: { headersMs: 50 } });
    issuer.on('/maskinporten/token', () => undefined);
    const problem = await problemFrom(get(), 'network/timeout');
    assert.deepEqual([problem.step, problem.phase, problem.limitMs], ['token', 'headers', 50]);
  });

  it('a failure of discovery names its step', async () => {
    await issuer.close();
    const problem = await problemFrom(get(), 'network/refused');
    assert.equal(problem.step, 'discovery');
  });
});
