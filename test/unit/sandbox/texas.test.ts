import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createLocalJWKSet, jwtVerify, SignJWT, importJWK } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { ProblemError } from '../../../src/maskinporten/problem';
import type { Problem } from '../../../src/maskinporten/problem';
import type { SandboxEvent, SandboxLimits, TexasServer } from '../../../src/sandbox';
import { startTexas } from '../../../src/sandbox';
import { ISSUER, StubSource } from './stubSource';
import { Clock, json, rsaKeyPair, SCOPE, send, sendRaw } from './support';
import type { ErrorReply, KeyPair, Reply } from './support';

interface TexasToken {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

describe('Texas’s endpoint', () => {
  let clock: Clock;
  let source: StubSource;
  let published: JSONWebKeySet;
  let keysAsked: number;
  let texas: TexasServer;
  let keys: KeyPair;
  let events: SandboxEvent[];

  before(async () => {
    keys = await rsaKeyPair('issuer-1');
  });

  async function start(limits: Partial<SandboxLimits> = {}): Promise<void> {
    texas = await startTexas({
      source,
      trusted: {
        issuer: ISSUER,
        keys: () => {
          keysAsked += 1;
          return Promise.resolve(published);
        },
      },
      now: clock.now,
      limits,
    });
    events = [];
    texas.onEvent((event) => events.push(event));
  }

  beforeEach(async () => {
    clock = new Clock();
    source = new StubSource(clock);
    published = { keys: [keys.publicJwk] };
    keysAsked = 0;
    await start();
  });

  afterEach(() => texas.stop());

  function post(body: unknown, url = texas.tokenEndpoint): Promise<Reply> {
    return send(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });
  }

  function postForm(fields: Record<string, string>, url = texas.tokenEndpoint): Promise<Reply> {
    return send(url, { method: 'POST', headers: FORM, body: new URLSearchParams(fields).toString() });
  }

  const good = { identity_provider: 'maskinporten', target: SCOPE };

  function assertRefused(reply: Reply, status: number, error: string, description: string): void {
    assert.equal(reply.status, status, reply.text);
    assert.deepEqual(json(reply), { error, error_description: description });
    assert.equal(reply.headers['content-type'], 'application/json');
  }

  describe('for tokens', () => {
    it('answers JSON and forms alike, with three members and no more', async () => {
      for (const reply of [await post(good), await postForm(good)]) {
        assert.equal(reply.status, 200, reply.text);
        assert.deepEqual(json(reply), { access_token: 'token-1', token_type: 'Bearer', expires_in: 119 });
      }
      assert.deepEqual(events, [
        { kind: 'texas', status: 200, scope: SCOPE, workload: undefined },
        { kind: 'texas', status: 200, scope: SCOPE, workload: undefined },
      ]);
    });

    it('hands the target on as scopes, and resource and authorization_details as they are', async () => {
      const details = [{ type: 'urn:altinn:systemuser', systemuser_org: { ID: '0192:313367002' } }];
      const asked = { resource: 'https://api.example.no/', authorization_details: details };
      await post({ ...good, target: 'b:x a:y', ...asked });
      await postForm({ ...good, target: 'c:z', ...asked, authorization_details: JSON.stringify(details) });
      const expected = { resource: 'https://api.example.no/', authorizationDetails: details, skipCache: true };
      assert.deepEqual(source.asked, [
        { scopes: ['b:x', 'a:y'], ...expected },
        { scopes: ['c:z'], ...expected },
      ]);
    });

    it('passes over fields that it does not know, and takes null for absence', async () => {
      const reply = await post({
        ...good,
        user_token: 1,
        resource: null,
        authorization_details: null,
        skip_cache: null,
      });
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual(source.asked, [{ scopes: [SCOPE], skipCache: true }]);
    });

    const types: readonly (readonly [title: string, headers: Record<string, string>, shown: string])[] = [
      ['text/plain', { 'content-type': 'text/plain' }, 'text/plain'],
      ['no type', {}, ''],
      ['JSON in capitals', { 'content-type': 'Application/JSON' }, 'Application/JSON'],
    ];
    for (const [title, headers, shown] of types) {
      it(`refuses ${title}`, async () => {
        assertRefused(
          await send(texas.tokenEndpoint, { method: 'POST', headers, body: JSON.stringify(good) }),
          400,
          'invalid_request',
          `unsupported media type: ${shown}: expected one of \`application/json\`, \`application/x-www-form-urlencoded\``,
        );
      });
    }

    it('takes a type with parameters', async () => {
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      const reply = await send(texas.tokenEndpoint, { method: 'POST', headers, body: JSON.stringify(good) });
      assert.equal(reply.status, 200, reply.text);
    });

    const intoType = 'Failed to deserialize the JSON body into the target type: ';
    const known = '`azuread`, `entra_id`, `tokenx`, `maskinporten`, `idporten`';
    const bodies: readonly (readonly [title: string, body: string, description: string])[] = [
      [
        'an unknown provider',
        '{"identity_provider":"invalid","target":"x"}',
        `${intoType}identity_provider: unknown variant \`invalid\`, expected one of ${known} at line 1 column 30`,
      ],
      ['no target', '{"identity_provider":"tokenx"}', `${intoType}missing field \`target\` at line 1 column 30`],
      ['no provider', '{"target":"x"}\n', `${intoType}missing field \`identity_provider\` at line 1 column 14`],
      [
        'a number as target',
        '{\n"target": 1}',
        `${intoType}target: invalid type: integer \`1\`, expected a string at line 2 column 11`,
      ],
      [
        'null as target',
        '{"target":null}',
        `${intoType}target: invalid type: null, expected a string at line 1 column 14`,
      ],
      ['a field twice', '{"target":"a","target":"b"}', `${intoType}duplicate field \`target\` at line 1 column 26`],
      [
        'a text as skip_cache',
        '{"skip_cache":"true"}',
        `${intoType}skip_cache: invalid type: string "true", expected a boolean at line 1 column 20`,
      ],
      [
        'an object as authorization_details',
        '{"authorization_details":{"type":"x"}}',
        `${intoType}authorization_details: data did not match any variant of untagged enum RequestValue at line 1 column 37`,
      ],
      ['a text', '"x"', `${intoType}invalid type: string "x", expected struct TokenRequest at line 1 column 3`],
      ['nothing', '', 'Failed to parse the request body as JSON: EOF while parsing a value at line 1 column 0'],
    ];
    for (const [title, body, description] of bodies) {
      it(`refuses JSON with ${title}`, async () => {
        const reply = await send(texas.tokenEndpoint, { method: 'POST', headers: JSON_TYPE, body });
        assertRefused(reply, 400, 'invalid_request', description);
      });
    }

    it('refuses what is no JSON, and says where', async () => {
      const reply = await send(texas.tokenEndpoint, { method: 'POST', headers: JSON_TYPE, body: '{"target": x}' });
      const start = 'Failed to parse the request body as JSON: expected value at line 1 column 12';
      assertRefused(reply, 400, 'invalid_request', start);
    });

    const forms: readonly (readonly [title: string, body: string, reason: string])[] = [
      [
        'an unknown provider',
        'identity_provider=x&target=y',
        `identity_provider: unknown variant \`x\`, expected one of ${known}`,
      ],
      ['no target', 'identity_provider=maskinporten', 'missing field `target`'],
      ['a field twice', 'target=a&target=b', 'duplicate field `target`'],
      ['1 as skip_cache', 'skip_cache=1', 'skip_cache: provided string was not `true` or `false`'],
    ];
    for (const [title, body, reason] of forms) {
      it(`refuses a form with ${title}`, async () => {
        const reply = await send(texas.tokenEndpoint, { method: 'POST', headers: FORM, body });
        assertRefused(reply, 400, 'invalid_request', `Failed to deserialize form body: ${reason}`);
      });
    }

    it('refuses authorization_details of a form that are no list', async () => {
      for (const text of ['x', '{}', '[1]']) {
        const reply = await postForm({ ...good, authorization_details: text });
        assert.equal(reply.status, 400);
        assert.match(
          json<ErrorReply>(reply).error_description,
          /^Failed to deserialize form body: authorization_details: failed to parse/,
        );
      }
    });

    for (const [given, shown] of [
      ['azuread', 'entra_id'],
      ['entra_id', 'entra_id'],
      ['tokenx', 'tokenx'],
      ['idporten', 'idporten'],
    ]) {
      it(`says that ${given} is not enabled`, async () => {
        const reply = await post({ ...good, identity_provider: given });
        assertRefused(reply, 400, 'invalid_request', `identity provider '${shown}' is not enabled`);
      });
    }

    const refusal = { status: 403, error: 'forbidden', errorUri: `${ISSUER}errors/MP-250`, traceId: undefined };
    const base = { step: 'token', sent: [] } as const;
    const failures: readonly (readonly [Problem | Error, number, string, string])[] = [
      [
        { code: 'MP-250', ...base, refusal: { ...refusal, description: 'Consumer has not …' }, refusedScopes: [] },
        403,
        'forbidden',
        'Consumer has not …',
      ],
      [
        { code: 'token/refused', ...base, refusal: { ...refusal, description: undefined }, mpCode: undefined },
        500,
        'server_error',
        'Failed to parse JSON: error decoding response body: missing field `error_description`',
      ],
      [
        { code: 'token/unreadable', ...base, status: 200, contentType: 'text/html' },
        500,
        'server_error',
        'Failed to parse JSON: error decoding response body',
      ],
      [
        { code: 'network/refused', ...base, host: 'x' },
        500,
        'server_error',
        'Upstream request failed: network/refused',
      ],
      [{ code: 'grant/key-unusable', ...base, reason: 'unreadable' }, 500, 'server_error', 'Failed to sign assertion'],
      [
        { code: 'credential/unavailable', ...base, name: 'x', reason: 'missing' },
        400,
        'invalid_request',
        "identity provider 'maskinporten' is not enabled",
      ],
      [new Error('secret of the system'), 500, 'server_error', 'Upstream request failed: timeout'],
    ];
    for (const [failure, status, error, description] of failures) {
      it(`answers ${status} ${error} for ${failure instanceof Error ? 'an error without a name' : failure.code}`, async () => {
        source.failure = failure instanceof Error ? failure : new ProblemError(failure);
        assertRefused(await post(good), status, error, description);
        assert.deepEqual(events, [{ kind: 'texas', status, scope: SCOPE, workload: undefined, code: error }]);
      });
    }
  });

  describe('keeps a token', () => {
    const idOf = async (body: unknown) => json<TexasToken>(await post(body)).access_token;

    it('until two minutes before it expires, and counts down meanwhile', async () => {
      source.lifetimeSeconds = 600;
      assert.equal(json<TexasToken>(await post(good)).expires_in, 599);
      clock.advance(479);
      const late = json<TexasToken>(await post(good));
      assert.deepEqual([late.access_token, late.expires_in], ['token-1', 120]);
      clock.advance(1);
      assert.equal(await idOf(good), 'token-2');
    });

    it('for half of its time where it has two minutes or less', async () => {
      await post(good);
      clock.advance(59);
      assert.equal(await idOf(good), 'token-1');
      clock.advance(1);
      assert.equal(await idOf(good), 'token-2');
    });

    it('for requests whose target, resource and details are the same to the letter', async () => {
      const details = [{ type: 'x', a: 1 }];
      assert.equal(await idOf({ ...good, target: 'a b' }), 'token-1');
      assert.equal(await idOf({ ...good, target: 'b a' }), 'token-2');
      assert.equal(await idOf({ ...good, target: 'a b', resource: 'https://x.no/' }), 'token-3');
      assert.equal(await idOf({ ...good, target: 'a b', authorization_details: details }), 'token-4');
      const turned = [{ a: 1, type: 'x' }];
      assert.equal(await idOf({ ...good, target: 'a b', authorization_details: turned }), 'token-4');
      assert.equal(await idOf({ ...good, target: 'a b', authorization_details: [] }), 'token-5');
      assert.equal(await idOf({ ...good, target: 'a b' }), 'token-1');
    });

    it('until somebody asks for a new one, which others get from then on', async () => {
      assert.equal(await idOf(good), 'token-1');
      assert.equal(await idOf({ ...good, skip_cache: true }), 'token-2');
      assert.equal(await idOf({ ...good, skip_cache: false }), 'token-2');
    });

    it('until it is told to forget all', async () => {
      assert.equal(await idOf(good), 'token-1');
      texas.forget();
      assert.equal(await idOf(good), 'token-2');
    });

    it('and asks once for many that come together', async () => {
      let open: () => void = () => undefined;
      source.gate = new Promise((resolve) => (open = resolve));
      const asked = Array.from({ length: 5 }, () => idOf(good));
      await post({ identity_provider: 'tokenx', target: 'x' });
      open();
      assert.deepEqual(await Promise.all(asked), Array(5).fill('token-1'));
    });

    it('but no refusal', async () => {
      source.failure = new Error('x');
      await post(good);
      source.failure = undefined;
      assert.equal((await post(good)).status, 200);
    });
  });

  it('asks its source no more often than it may', async () => {
    await texas.stop();
    await start({ maxTexasAsksPerSecond: 2 });
    const statuses = async (count: number) => {
      const replies: Reply[] = [];
      for (let index = 0; index < count; index += 1) replies.push(await post({ ...good, skip_cache: true }));
      return replies.map(({ status }) => status);
    };
    assert.deepEqual(await statuses(3), [200, 200, 429]);
    assert.equal((await post({ ...good, skip_cache: true })).headers['retry-after'], '1');
    clock.advance(1);
    assert.deepEqual(await statuses(1), [200]);
    assert.equal((await post(good)).status, 200);
    assert.equal(source.asked.length, 3);
  });

  describe('for introspection', () => {
    const claims = () => ({ iss: ISSUER, iat: clock.seconds, exp: clock.seconds + 100, scope: SCOPE });

    async function signed(change: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> {
      const body = JSON.parse(JSON.stringify({ ...claims(), ...change })) as Record<string, unknown>;
      const protectedHeader = { alg: 'RS256', kid: 'issuer-1', ...header };
      const key = await importJWK(keys.privateJwk, protectedHeader.alg);
      return new SignJWT(body).setProtectedHeader(protectedHeader).sign(key);
    }

    async function introspected(token: string, provider = 'maskinporten'): Promise<unknown> {
      const reply = await postForm({ identity_provider: provider, token }, texas.introspectionEndpoint);
      assert.equal(reply.status, 200, reply.text);
      return json(reply);
    }

    it('gives all claims of a good token, whomever it is for', async () => {
      const expected = { active: true, ...claims(), aud: 'somebody else' };
      assert.deepEqual(await introspected(await signed({ aud: 'somebody else' })), expected);
      const body = { identity_provider: 'maskinporten', token: await signed({ active: false }) };
      assert.deepEqual(json(await post(body, texas.introspectionEndpoint)), { active: true, ...claims() });
    });

    const faults: readonly (readonly [error: string, token: () => string | Promise<string>])[] = [
      ['invalid token header: InvalidToken', () => 'opaque'],
      ['invalid token header: InvalidToken', () => 'a.b.c'],
      ['missing key id from token header', () => signed({}, { kid: undefined })],
      ['token can not be validated with this identity provider', () => signed({}, { kid: 'other' })],
      ['invalid token: InvalidAlgorithm', () => signed({}, { alg: 'RS512' })],
      ['invalid token: InvalidSignature', async () => (await signed({})).replace(/\.[^.]+\./, '.eyJpc3MiOiJ4In0.')],
      ['invalid token: Missing required claim: iss', () => signed({ iss: undefined })],
      ['invalid token: Missing required claim: exp', () => signed({ exp: undefined })],
      ['invalid token: Missing required claim: iat', () => signed({ iat: undefined })],
      ['invalid token: ExpiredSignature', () => signed({ exp: clock.seconds - 61 })],
      ['invalid token: ImmatureSignature', () => signed({ nbf: clock.seconds + 61 })],
      ['invalid token: ImmatureSignature', () => signed({ iat: clock.seconds + 61 })],
      ['invalid token: InvalidIssuer', () => signed({ iss: 'https://other.example/' })],
    ];
    for (const [error, token] of faults) {
      it(`says of a bad one: ${error}`, async () => {
        assert.deepEqual(await introspected(await token()), { active: false, error });
      });
    }

    it('lets clocks differ by a minute', async () => {
      const edges = [{ exp: clock.seconds - 60 }, { nbf: clock.seconds + 60 }, { iat: clock.seconds + 60 }];
      for (const edge of edges) {
        assert.equal(((await introspected(await signed(edge))) as { active: boolean }).active, true);
      }
    });

    it('asks for the keys once, and again for a key that it does not know', async () => {
      await introspected(await signed({}));
      await introspected(await signed({}));
      assert.equal(keysAsked, 1);
      const next = await rsaKeyPair('issuer-2');
      published = { keys: [keys.publicJwk, next.publicJwk] };
      await introspected(await signed({}, { kid: 'issuer-2' }));
      assert.equal(keysAsked, 2);
    });

    it('says of a provider that it does not have that it is not enabled', async () => {
      const error = "identity provider 'tokenx' is not enabled";
      assert.deepEqual(await introspected('x', 'tokenx'), { active: false, error });
    });

    it('refuses a body that it cannot read, as for tokens', async () => {
      const reply = await postForm({ token: 'x' }, texas.introspectionEndpoint);
      assertRefused(
        reply,
        400,
        'invalid_request',
        'Failed to deserialize form body: missing field `identity_provider`',
      );
    });
  });

  describe('around that', () => {
    it('has no exchange for Maskinporten', async () => {
      const url = `${texas.tokenEndpoint}/exchange`;
      assertRefused(
        await post({ ...good, user_token: 'x' }, url),
        400,
        'invalid_request',
        "identity provider 'maskinporten' does not support token exchange",
      );
    });

    for (const method of ['GET', 'PUT', 'DELETE']) {
      it(`takes no ${method}, and says so without a body`, async () => {
        for (const url of [texas.tokenEndpoint, texas.introspectionEndpoint]) {
          const reply = await send(url, { method });
          assert.deepEqual([reply.status, reply.headers.allow, reply.text], [405, 'POST', '']);
        }
      });
    }

    it('answers the probe', async () => {
      for (const url of [texas.probeUrl, texas.probeUrl.replace('healthz', '')]) {
        const reply = await send(url);
        assert.deepEqual([reply.status, reply.text], [200, 'ok']);
      }
    });

    it('is on 127.0.0.1 below a path of 128 random bits, and not found without it', async () => {
      assert.match(texas.tokenEndpoint, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/api\/v1\/token$/);
      const { origin } = new URL(texas.tokenEndpoint);
      assert.equal((await post(good, `${origin}/api/v1/token`)).status, 404);
    });

    it('gives nothing to a foreign Host, a foreign Origin or an oversized body', async () => {
      const { host, pathname, port } = new URL(texas.tokenEndpoint);
      const refused = [
        { headers: { ...JSON_TYPE, host: `attacker.example:${port}` }, status: 403 },
        { headers: { ...JSON_TYPE, origin: 'https://attacker.example' }, status: 403 },
      ];
      for (const { headers, status } of refused) {
        const reply = await send(texas.tokenEndpoint, { method: 'POST', headers, body: JSON.stringify(good) });
        assert.equal(reply.status, status);
      }
      assert.equal((await post({ ...good, more: 'x'.repeat(65_536) })).status, 413);
      const line = `POST ${pathname} HTTP/1.1\r\nhost: `;
      const empty = '\r\ncontent-length: 0\r\n';
      const two = `${line}${host}${empty}\r\n${line}attacker.example${empty}connection: close\r\n\r\n`;
      assert.deepEqual((await sendRaw(Number(port), two)).match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 400', 'HTTP/1.1 403']);
      assert.deepEqual(source.asked, []);
    });

    it('breaks off who sends headers too slowly', async () => {
      await texas.stop();
      await start({ headersTimeoutMs: 50 });
      const { port } = new URL(texas.tokenEndpoint);
      assert.match(await sendRaw(Number(port), 'POST /x HTTP/1.1\r\nhost: '), /^(?:HTTP\/1\.1 408 |$)/);
    });

    it('says when its port is taken, and frees it when it is stopped', async () => {
      const port = Number(new URL(texas.tokenEndpoint).port);
      const options = { source, trusted: { issuer: ISSUER, keys: () => Promise.resolve(published) }, port };
      await assert.rejects(startTexas(options), { code: 'EADDRINUSE' });
      await texas.stop();
      await assert.rejects(send(texas.probeUrl), { code: 'ECONNREFUSED' });
      const again = await startTexas(options);
      await again.stop();
    });
  });

  it('drops an ask whose asker has gone', async () => {
    const { hostname, port, pathname } = new URL(texas.tokenEndpoint);
    let open: () => void = () => undefined;
    source.gate = new Promise((resolve) => (open = resolve));
    const { connect } = await import('node:net');
    const body = JSON.stringify(good);
    const socket = connect(Number(port), hostname);
    const head = `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\n`;
    socket.write(`${head}content-length: ${body.length}\r\n\r\n${body}`);
    while (source.asked.length === 0) await post({ identity_provider: 'tokenx', target: 'x' });
    socket.destroy();
    await once(socket, 'close');
    open();
    assert.equal((await post(good)).status, 200);
  });
});

describe('Texas on the sandbox’s own port', () => {
  it('gives tokens of the sandbox for one of its clients, and introspects them', async () => {
    const { startSandbox } = await import('../../../src/sandbox');
    const { clientWith, CLIENT_ID } = await import('./support');
    const keys = await rsaKeyPair('key-1');
    const sandbox = await startSandbox({ clients: [clientWith([keys.publicJwk])] });
    try {
      const credential = { clientId: CLIENT_ID, privateJwk: { ...keys.privateJwk, alg: 'RS256' } };
      const texas = sandbox.openTexas(credential);
      assert.deepEqual(sandbox.openTexas(credential), texas);
      assert.equal(new URL(texas.tokenEndpoint).host, new URL(sandbox.issuer).host);
      const headers = { 'content-type': 'application/json' };
      const ask = (url: string, body: unknown) => send(url, { method: 'POST', headers, body: JSON.stringify(body) });
      const request = { identity_provider: 'maskinporten', target: SCOPE, resource: 'https://api.example.no/' };
      const { access_token: token } = json<TexasToken>(await ask(texas.tokenEndpoint, request));
      const jwks = json<JSONWebKeySet>(await send(sandbox.jwksUri));
      const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), { issuer: sandbox.issuer });
      assert.deepEqual(
        [payload['scope'], payload.aud, payload['client_id']],
        [SCOPE, 'https://api.example.no/', CLIENT_ID],
      );
      const introspection = { identity_provider: 'maskinporten', token };
      assert.deepEqual(json(await ask(texas.introspectionEndpoint, introspection)), { active: true, ...payload });

      const refused = await ask(texas.tokenEndpoint, { ...request, target: 'nav:nothing' });
      assert.equal(refused.status, 400);
      const { error, error_uri: page } = json<ErrorReply>(refused);
      assert.deepEqual([error, page], ['invalid_scope', undefined]);

      sandbox.setScenarios([{ kind: 'down' }]);
      const down = await ask(texas.tokenEndpoint, { ...request, skip_cache: true });
      assert.deepEqual(json(down), {
        error: 'server_error',
        error_description: 'Upstream request failed: network/reset',
      });
      sandbox.setScenarios([{ kind: 'garbage' }]);
      assert.match(
        json<ErrorReply>(await ask(texas.tokenEndpoint, request)).error_description,
        /^Failed to parse JSON: /,
      );
      sandbox.setScenarios([{ kind: 'slow', delayMs: 600_000 }]);
      const slow = json<ErrorReply>(await ask(texas.tokenEndpoint, request));
      assert.equal(slow.error_description, 'Upstream request failed: network/timeout');
    } finally {
      await sandbox.stop();
    }
  });
});
