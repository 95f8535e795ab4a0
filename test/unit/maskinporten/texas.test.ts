import assert from 'node:assert/strict';
import { UndiciTransport } from '../../../src/http/transport';
import { systemUserDetails } from '../../../src/maskinporten/authorizationDetails';
import { TokenCache } from '../../../src/maskinporten/cache';
import { PROD, TEST } from '../../../src/maskinporten/environments';
import type { TokenRequest } from '../../../src/maskinporten/model';
import type { ProblemCode } from '../../../src/maskinporten/problem';
import { texasEndpoint, TexasSource } from '../../../src/maskinporten/texas';
import {
  FakeIssuer,
  FakeTransport,
  jsonBody,
  makeKeyPair,
  never,
  PERSON,
  problemFrom,
  response,
  sendJson,
  type KeyPair,
} from './support';

const ENDPOINT = 'http://127.0.0.1:7164/api/v1/token';
const scopes = ['skatteetaten:inntekt', 'nav:test/api'];
const granted = { access_token: 'opaque', token_type: 'Bearer', expires_in: 87 };
const trace = '(trace_id: 356666143081bbec11d293753e9702ca)';

describe('TexasSource', () => {
  let key: KeyPair;
  let issuer: FakeIssuer;
  let transport: FakeTransport;
  let answer: { status: number; body: unknown };

  before(async () => {
    key = await makeKeyPair();
  });

  beforeEach(async () => {
    issuer = await FakeIssuer.start(key, key);
    answer = { status: 200, body: granted };
    transport = new FakeTransport(() => ({ status: answer.status, body: jsonBody(answer.body) }));
  });

  afterEach(() => issuer.close());

  const source = (endpoint = ENDPOINT, now?: () => number) =>
    new TexasSource({ transport, endpoint, environment: TEST, now });
  const get = (request: Partial<TokenRequest> = {}) => source().getToken({ scopes, ...request }, never());
  const sentBody = () => JSON.parse(String(transport.requests[0]?.body)) as unknown;

  describe('asks', () => {
    it('as JSON, with the provider and the scopes in the order in which they were asked for', async () => {
      await get();
      const [request] = transport.requests;
      assert.deepEqual([request?.method, request?.url, request?.step], ['POST', ENDPOINT, 'token']);
      assert.deepEqual(request?.headers, [
        ['accept', 'application/json'],
        ['content-type', 'application/json'],
      ]);
      assert.deepEqual(sentBody(), { identity_provider: 'maskinporten', target: 'skatteetaten:inntekt nav:test/api' });
    });

    it('with all of its five fields, and no others', async () => {
      const authorizationDetails = [systemUserDetails('310702641')];
      await get({ resource: 'https://api.example.no/', authorizationDetails, skipCache: true });
      assert.deepEqual(sentBody(), {
        identity_provider: 'maskinporten',
        target: scopes.join(' '),
        resource: 'https://api.example.no/',
        authorization_details: authorizationDetails,
        skip_cache: true,
      });
    });

    it('skip_cache is sent only where it is wished for', async () => {
      await get({ skipCache: false });
      assert.deepEqual(sentBody(), { identity_provider: 'maskinporten', target: scopes.join(' ') });
    });

    it('nothing where it would ignore what is asked for: consumer_org', async () => {
      const problem = await problemFrom(get({ consumerOrg: '889640782' }), 'texas/unsupported');
      assert.equal(problem.field, 'consumer_org');
      assert.equal(transport.requests.length, 0);
    });

    it('nothing where it would ignore what is asked for: pid, which the Problem does not tell', async () => {
      const problem = await problemFrom(get({ pid: PERSON }), 'texas/unsupported');
      assert.equal(problem.field, 'pid');
      assert.ok(!JSON.stringify(problem).includes(PERSON));
      assert.equal(transport.requests.length, 0);
    });

    it('nothing where Maskinporten would refuse', async () => {
      await problemFrom(get({ scopes: ['a b'] }), 'grant/bad-request');
      await problemFrom(get({ scopes: [] }), 'grant/bad-request');
      await problemFrom(get({ resource: 'api' }), 'grant/bad-request');
      await problemFrom(get({ authorizationDetails: [{}] }), 'grant/bad-request');
      assert.equal(transport.requests.length, 0);
    });

    it('nothing once the user gave up', async () => {
      const reason = new Error('enough');
      await assert.rejects(source().getToken({ scopes }, AbortSignal.abort(reason)), reason);
      assert.equal(transport.requests.length, 0);
    });
  });

  describe('takes', () => {
    it('an opaque token, which lives as long as Texas says', async () => {
      const token = await source(ENDPOINT, () => 1_000_000).getToken({ scopes, resource: 'https://a/' }, never());
      assert.deepEqual(token, {
        accessToken: 'opaque',
        environment: TEST,
        clientId: '',
        requestedScopes: scopes,
        grantedScopes: scopes,
        resource: 'https://a/',
        obtainedAtMs: 1_000_000,
        expiresAtMs: 1_087_000,
        grant: undefined,
      });
    });

    it('client and granted scopes from a token that can be decoded, since Texas passes neither on', async () => {
      const claims = { iss: TEST.issuer, scope: 'nav:test/api', client_id: 'my-client' };
      answer.body = { ...granted, access_token: await issuer.accessToken(claims) };
      const token = await get();
      assert.deepEqual([token.clientId, token.grantedScopes], ['my-client', ['nav:test/api']]);
    });

    it('no token of another environment', async () => {
      answer.body = { ...granted, access_token: await issuer.accessToken({ iss: PROD.issuer }) };
      const problem = await problemFrom(get(), 'texas/issuer-mismatch');
      assert.deepEqual([problem.expected, problem.actual], [TEST.issuer, PROD.issuer]);
      assert.ok(!JSON.stringify(problem).includes('eyJ'));
    });

    for (const [what, status, body] of [
      ['a page', 200, '<html>'],
      ['another path of Texas', 404, ''],
      ['a redirect', 302, {}],
      ['no token', 200, { ...granted, access_token: '' }],
      ['a list', 400, [{ error: 'invalid_request' }]],
      ['an error of another server', 500, { message: 'no' }],
    ] as const) {
      it(`${what} as no answer of Texas`, async () => {
        answer = { status, body };
        const problem = await problemFrom(get(), 'texas/unreadable');
        assert.equal(problem.status, status);
      });
    }

    it('as a form from then on, where the other side says that it reads no JSON', async () => {
      const details = [systemUserDetails('310702641')];
      const seen: string[] = [];
      transport = new FakeTransport(({ headers, body }) => {
        const contentType = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
        seen.push(contentType);
        if (contentType === 'application/json') return { status: 415, body: jsonBody({}) };
        assert.deepEqual(Object.fromEntries(new URLSearchParams(String(body))), {
          identity_provider: 'maskinporten',
          target: scopes.join(' '),
          authorization_details: JSON.stringify(details),
          skip_cache: 'true',
        });
        return { status: 200, body: jsonBody(granted) };
      });
      const texas = source();
      const request = { scopes, authorizationDetails: details, skipCache: true };
      assert.equal((await texas.getToken(request, never())).accessToken, 'opaque');
      await texas.getToken(request, never());
      const form = 'application/x-www-form-urlencoded';
      assert.deepEqual(seen, ['application/json', form, form]);
    });

    it('no third time, where the other side reads neither', async () => {
      answer = { status: 415, body: {} };
      await problemFrom(get(), 'texas/unreadable');
      assert.equal(transport.requests.length, 2);
    });

    it('tokens past the cache above it, which only joins what runs at one time', async () => {
      const cache = new TokenCache();
      const texas = source();
      await Promise.all(Array.from({ length: 100 }, () => cache.get(texas, { scopes }, never())));
      assert.equal(transport.requests.length, 1);
      await cache.get(texas, { scopes }, never());
      assert.equal(transport.requests.length, 2);
    });
  });

  describe('explains its own refusals:', () => {
    /** The bodies of nais/texas, src/handler.rs. */
    const OWN: readonly [code: ProblemCode, status: number, error: string, description: string][] = [
      ['texas/not-enabled', 400, 'invalid_request', "identity provider 'maskinporten' is not enabled"],
      ['texas/not-enabled', 400, 'invalid_request', "identity provider 'maskinporten' does not support token requests"],
      [
        'texas/request-rejected',
        400,
        'invalid_request',
        'unsupported media type: text/plain: expected one of `application/json`, `application/x-www-form-urlencoded`',
      ],
      [
        'texas/request-rejected',
        400,
        'invalid_request',
        'Failed to deserialize the JSON body into the target type: identity_provider: unknown variant `maskinporten`',
      ],
      ['texas/request-rejected', 400, 'invalid_request', 'Failed to parse the request body as JSON: EOF at line 1'],
      ['texas/cannot-sign', 500, 'server_error', 'Failed to sign assertion'],
      ['texas/upstream-unreachable', 500, 'server_error', 'Upstream request failed: error sending request'],
      ['texas/upstream-unreadable', 500, 'server_error', 'Failed to parse JSON: missing field `error_description`'],
    ];

    for (const [code, status, error, description] of OWN) {
      it(`${code}: ${description.slice(0, 60)}`, async () => {
        answer = { status, body: { error, error_description: description } };
        const problem = await problemFrom(get(), code);
        assert.ok('refusal' in problem);
        assert.deepEqual([problem.refusal.status, problem.refusal.description], [status, description]);
        assert.deepEqual(problem.sent, [
          { name: 'scope', value: scopes.join(' ') },
          { name: 'url', value: ENDPOINT },
        ]);
      });
    }

    it('the texts count only with their error', async () => {
      answer = { status: 400, body: { error: 'invalid_grant', error_description: 'Failed to parse JSON: x' } };
      await problemFrom(get(), 'token/refused');
    });
  });

  describe('knows Maskinporten’s refusals by their text:', () => {
    const RELAYED: readonly [code: ProblemCode, status: number, error: string, description: string][] = [
      ['MP-200', 400, 'invalid_scope', 'Token request contains invalid scopes for client, nav:test/api'],
      ['MP-201', 400, 'invalid_scope', 'Token request contains scopes not allowed for maskinporten'],
      ['MP-250', 403, 'forbidden', 'Consumer has not been granted access to the scope nav:test/api.'],
      ['MP-121', 400, 'invalid_grant', 'Invalid assertion. Client authentication failed. Expired key.'],
      ['token/unknown-kid', 400, 'invalid_grant', 'Unknown key identifier (kid) for client.'],
      ['MP-301', 400, 'invalid_authorization_details', 'Unknown authorization details type'],
      ['token/refused', 400, 'invalid_authorization_details', 'Something new'],
    ];

    for (const [code, status, error, description] of RELAYED) {
      it(`${code}, with Maskinporten’s status and error`, async () => {
        answer = { status, body: { error, error_description: `${description} ${trace}` } };
        const problem = await problemFrom(get(), code);
        assert.ok('refusal' in problem);
        assert.deepEqual(problem.refusal, {
          status,
          error,
          description: `${description} ${trace}`,
          errorUri: undefined,
          traceId: '356666143081bbec11d293753e9702ca',
          relayedBy: 'texas',
        });
      });
    }

    it('names the refused scopes', async () => {
      answer = {
        status: 400,
        body: {
          error: 'invalid_scope',
          error_description: 'Token request contains invalid scopes for client, nav:test/api',
        },
      };
      assert.deepEqual((await problemFrom(get(), 'MP-200')).refusedScopes, ['nav:test/api']);
    });

    it('and measures no clock: the one in question is the pod’s', async () => {
      const headers = [['Date', 'Thu, 01 Jan 2026 12:00:00 GMT']] as const;
      const body = jsonBody({ error: 'invalid_grant', error_description: 'Issue time is after now' });
      const dated = new FakeTransport(() => response({ status: 400, headers, body }));
      const texas = new TexasSource({ transport: dated, endpoint: ENDPOINT, environment: TEST });
      const problem = await problemFrom(texas.getToken({ scopes }, never()), 'token/issued-in-future');
      assert.equal(problem.clockSkewSeconds, undefined);
    });
  });

  describe('on the wire', () => {
    let wire: UndiciTransport;

    beforeEach(() => {
      wire = new UndiciTransport();
    });

    afterEach(() => {
      wire.close();
    });

    const texas = (endpoint: string) => new TexasSource({ transport: wire, endpoint, environment: TEST });

    it('gets a token from the path that Texas has, where the URL names only host and port', async () => {
      issuer.on('/api/v1/token', (_, reply) => {
        sendJson(reply, 200, granted);
      });
      assert.equal((await texas(issuer.origin).getToken({ scopes }, never())).accessToken, 'opaque');
      const [request] = issuer.requestsTo('/api/v1/token');
      assert.equal(request?.headers['content-type'], 'application/json');
      assert.deepEqual(JSON.parse(request.body), { identity_provider: 'maskinporten', target: scopes.join(' ') });
    });

    it('gives up when the user does', async () => {
      issuer.on('/api/v1/token', () => undefined);
      const abort = new AbortController();
      const reason = new Error('enough');
      const token = texas(issuer.origin).getToken({ scopes }, abort.signal);
      await issuer.arrival('/api/v1/token');
      abort.abort(reason);
      await assert.rejects(token, reason);
    });

    it('a port-forward that has ended is a connection refused', async () => {
      const { origin } = issuer;
      await issuer.close();
      await problemFrom(texas(origin).getToken({ scopes }, never()), 'network/refused');
      issuer = await FakeIssuer.start(key, key);
    });
  });
});

describe('texasEndpoint', () => {
  for (const [text, url] of [
    ['http://127.0.0.1:7164', 'http://127.0.0.1:7164/api/v1/token'],
    [' http://localhost:7164/ ', 'http://localhost:7164/api/v1/token'],
    ['http://[::1]:7164/api/v1/token', 'http://[::1]:7164/api/v1/token'],
    ['https://texas.example.no/proxy/token?x=1#y', 'https://texas.example.no/proxy/token'],
  ] as const) {
    it(`${text} is ${url}`, () => {
      assert.deepEqual(texasEndpoint(text), { ok: true, url });
    });
  }

  for (const [text, code] of [
    ['', 'request/bad-url'],
    ['7164', 'request/bad-url'],
    ['localhost:7164', 'request/insecure-url'],
    ['http://10.0.0.1:7164', 'request/insecure-url'],
    ['http://localhost.evil.example', 'request/insecure-url'],
    ['http://127.0.0.1.evil.example', 'request/insecure-url'],
    ['file:///api/v1/token', 'request/insecure-url'],
    ['https://user@texas.example.no', 'request/url-credentials'],
    ['http://:password@127.0.0.1:7164', 'request/url-credentials'],
  ] as const) {
    it(`${JSON.stringify(text)} is refused: ${code}`, async () => {
      const endpoint = texasEndpoint(text);
      assert.ok(!endpoint.ok);
      assert.equal(endpoint.problem.code, code);
      assert.ok(!JSON.stringify(endpoint.problem).includes('password'));
      const transport = new FakeTransport(() => ({}));
      const texas = new TexasSource({ transport, endpoint: text, environment: TEST });
      await problemFrom(texas.getToken({ scopes }, never()), code);
      assert.equal(transport.requests.length, 0);
    });
  }
});
