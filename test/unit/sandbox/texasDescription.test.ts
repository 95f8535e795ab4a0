import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { ProblemError } from '../../../src/maskinporten/problem';
import { startSandbox, startTexas } from '../../../src/sandbox';
import type { Sandbox, Scenario, TexasServer } from '../../../src/sandbox';
import {
  readTexasRequest,
  TOKEN_FIELDS,
  EXCHANGE_FIELDS,
  INTROSPECTION_FIELDS,
} from '../../../src/sandbox/texas/request';
import { Described, DESCRIPTION } from './openApi';
import { ISSUER, StubSource } from './stubSource';
import { CLIENT_ID, Clock, clientWith, json, requestWith, rsaKeyPair, SCOPE, send } from './support';
import type { ErrorReply, KeyPair, Reply } from './support';

const TOKEN = 'POST /api/v1/token';
const EXCHANGE = 'POST /api/v1/token/exchange';
const INTROSPECT = 'POST /api/v1/introspect';
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

const described = new Described(DESCRIPTION);

interface Ask {
  readonly operation?: string;
  /** An object is sent as JSON, a text as it is. */
  readonly body: object | string;
  readonly headers?: Record<string, string>;
  readonly scenarios?: readonly Scenario[];
  readonly status: number;
  /** `error` and how its description begins; of an introspection, how its `error` begins. */
  readonly error?: readonly [word: string, text: string] | string;
}

const good = { identity_provider: 'maskinporten', target: SCOPE };
const refused = (text: string) => ['invalid_request', text] as const;
const failed = (text: string) => ['server_error', text] as const;

/** What can come of an ask, by what Texas's own source tells apart (nais/texas, src/handler and src/oauth). */
const ASKS: Readonly<Record<string, Ask>> = {
  'a token': { body: good, status: 200 },
  'a token by a form': {
    body: new URLSearchParams(good).toString(),
    headers: { 'content-type': FORM_TYPE },
    status: 200,
  },
  'a wrong content type': {
    body: 'x',
    headers: { 'content-type': 'text/plain' },
    status: 400,
    error: refused(
      'unsupported media type: text/plain: expected one of `application/json`, `application/x-www-form-urlencoded`',
    ),
  },
  'no content type': {
    body: 'x',
    headers: {},
    status: 400,
    error: refused('unsupported media type: : expected one of'),
  },
  'what is no JSON': { body: '{', status: 400, error: refused('Failed to parse the request body as JSON: EOF') },
  'JSON without a field': {
    body: { target: SCOPE },
    status: 400,
    error: refused('Failed to deserialize the JSON body into the target type: missing field `identity_provider`'),
  },
  'JSON with an unknown provider': {
    body: { ...good, identity_provider: 'invalid' },
    status: 400,
    error: refused(
      'Failed to deserialize the JSON body into the target type: identity_provider: unknown variant `invalid`, expected one of',
    ),
  },
  'a form without a field': {
    body: 'target=x',
    headers: { 'content-type': FORM_TYPE },
    status: 400,
    error: refused('Failed to deserialize form body: missing field `identity_provider`'),
  },
  // Whether a provider is enabled is asked before whether it has tokens for machines.
  'a provider that has no tokens for machines': {
    body: { ...good, identity_provider: 'idporten' },
    status: 400,
    error: refused("identity provider 'idporten' is not enabled"),
  },
  'what Maskinporten refuses with 400': {
    body: { ...good, target: 'nav:nothing' },
    status: 400,
    error: ['invalid_scope', 'Token request contains invalid scopes for client, nav:nothing (trace_id: '],
  },
  'what Maskinporten refuses with 403, by a word that OAuth does not have': {
    body: good,
    scenarios: [{ kind: 'revoked' }],
    status: 403,
    error: ['forbidden', `Consumer has not been granted access to the scope ${SCOPE}. (trace_id: `],
  },
  'an upstream error that is no OAuth': {
    body: good,
    scenarios: [{ kind: 'error' }],
    status: 500,
    error: failed('Failed to parse JSON: '),
  },
  'an upstream answer that is no token': {
    body: good,
    scenarios: [{ kind: 'garbage' }],
    status: 500,
    error: failed('Failed to parse JSON: '),
  },
  'an upstream that breaks off': {
    body: good,
    scenarios: [{ kind: 'down' }],
    status: 500,
    error: failed('Upstream request failed: '),
  },
  'an upstream that takes too long': {
    body: good,
    scenarios: [{ kind: 'slow', delayMs: 600_000 }],
    status: 500,
    error: failed('Upstream request failed: '),
  },
  'an exchange': {
    operation: EXCHANGE,
    body: { ...good, user_token: 'x' },
    status: 400,
    error: refused("identity provider 'maskinporten' does not support token exchange"),
  },
  'an exchange by a provider that is not enabled': {
    operation: EXCHANGE,
    body: { ...good, user_token: 'x', identity_provider: 'tokenx' },
    status: 400,
    error: refused("identity provider 'tokenx' is not enabled"),
  },
  'an introspection of what is no JWT': {
    operation: INTROSPECT,
    body: { identity_provider: 'maskinporten', token: 'x' },
    status: 200,
    error: 'invalid token header: InvalidToken',
  },
  'an introspection by a provider that is not enabled': {
    operation: INTROSPECT,
    body: { identity_provider: 'entra_id', token: 'x' },
    status: 200,
    error: "identity provider 'entra_id' is not enabled",
  },
  'an introspection that cannot be read': {
    operation: INTROSPECT,
    body: { identity_provider: 'maskinporten' },
    status: 400,
    error: refused('Failed to deserialize the JSON body into the target type: missing field `token`'),
  },
};

describe('The description of Texas’s API', () => {
  it('is a valid OpenAPI document', async () => {
    const validator = new Validator();
    assert.deepEqual(await validator.validate(DESCRIPTION), { valid: true });
    assert.equal(validator.version, '3.1');
  });

  it('has the operations that are served', () => {
    assert.deepEqual(described.operations, [TOKEN, EXCHANGE, INTROSPECT, 'GET /healthz']);
  });

  it('notices an answer that it does not have', () => {
    const reply = (status: number, body: unknown): Reply => ({
      status,
      headers: { 'content-type': JSON_TYPE },
      text: JSON.stringify(body),
    });
    const token = { access_token: 'x', token_type: 'Bearer', expires_in: 1 };
    described.assertAnswer(TOKEN, reply(200, token));
    for (const wrong of [
      reply(200, { ...token, scope: 'x' }),
      reply(200, { ...token, token_type: 'bearer' }),
      reply(200, { ...token, expires_in: 0.5 }),
      reply(400, { error: 'x' }),
      reply(302, {}),
      { ...reply(200, token), headers: { 'content-type': 'text/html' } },
    ]) {
      assert.throws(() => {
        described.assertAnswer(TOKEN, wrong);
      }, `${wrong.status} ${wrong.text}`);
    }
  });
});

describe('Texas’s endpoint keeps to its description', () => {
  const clock = new Clock();
  let keys: KeyPair;
  let sandbox: Sandbox;
  let base: string;

  before(async () => {
    keys = await rsaKeyPair('key-1');
    sandbox = await startSandbox({
      clients: [clientWith([keys.publicJwk])],
      now: clock.now,
      limits: { maxTexasAsksPerSecond: 1_000_000 },
    });
    base = baseOf(sandbox.openTexas({ clientId: CLIENT_ID, privateJwk: { ...keys.privateJwk, alg: 'RS256' } }));
  });

  beforeEach(() => {
    sandbox.setScenarios([]);
    // What is in Texas's own memory has run out by then.
    clock.advance(600);
  });

  after(() => sandbox.stop());

  const baseOf = ({ tokenEndpoint }: { tokenEndpoint: string }) => tokenEndpoint.slice(0, -'/api/v1/token'.length);

  async function asked(operation: string, options: Parameters<typeof send>[1], at = base): Promise<Reply> {
    const [method = '', path = ''] = operation.split(' ');
    const reply = await send(at + path, { method, ...options });
    described.assertAnswer(operation, reply);
    return reply;
  }

  function assertError(reply: Reply, error: Ask['error']): void {
    if (typeof error === 'string') assert.deepEqual(json(reply), { active: false, error });
    else if (error) {
      const { error: word, error_description: text } = json<ErrorReply>(reply);
      assert.deepEqual([word, text.slice(0, error[1].length)], error);
    }
  }

  for (const [title, { operation = TOKEN, body, headers, scenarios = [], status, error }] of Object.entries(ASKS)) {
    it(`for ${title}: ${status}`, async () => {
      sandbox.setScenarios(scenarios);
      const isText = typeof body === 'string';
      const reply = await asked(operation, {
        headers: headers ?? { 'content-type': JSON_TYPE },
        body: isText ? body : JSON.stringify(body),
      });
      assert.equal(reply.status, status, reply.text);
      assertError(reply, error);
    });
  }

  it('for a good token and for the probe: 200', async () => {
    const headers = { 'content-type': JSON_TYPE };
    const { access_token: token } = json<{ access_token: string }>(
      await asked(TOKEN, { headers, body: JSON.stringify(good) }),
    );
    const body = JSON.stringify({ identity_provider: 'maskinporten', token });
    assert.equal(json<{ active: boolean }>(await asked(INTROSPECT, { headers, body })).active, true);
    assert.equal((await asked('GET /healthz', {})).status, 200);
  });

  it('for a grant that cannot be signed: 500', async () => {
    const other = baseOf(sandbox.openTexas({ clientId: 'other', privateJwk: { ...keys.publicJwk, alg: 'RS256' } }));
    const options = { headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(good) };
    const reply = await asked(TOKEN, options, other);
    assert.equal(reply.status, 500);
    assertError(reply, failed('Failed to sign assertion'));
  });

  it('for what the local endpoint alone refuses: 403 and 413', async () => {
    const type = { 'content-type': JSON_TYPE };
    for (const operation of described.operations) {
      assert.equal((await asked(operation, { headers: { ...type, host: 'attacker.example' } })).status, 403);
      assert.equal((await asked(operation, { headers: { ...type, origin: 'https://attacker.example' } })).status, 403);
    }
    const body = 'x'.repeat(65_537);
    for (const operation of [TOKEN, EXCHANGE, INTROSPECT]) {
      assert.equal((await asked(operation, { headers: type, body })).status, 413);
    }
  });

  describe('over another source', () => {
    let texas: TexasServer;
    let source: StubSource;

    beforeEach(async () => {
      source = new StubSource(clock);
      const trusted = { issuer: ISSUER, keys: () => Promise.resolve({ keys: [] }) };
      texas = await startTexas({ source, trusted, now: clock.now, limits: { maxTexasAsksPerSecond: 1 } });
    });

    afterEach(() => texas.stop());

    const options = { headers: { 'content-type': JSON_TYPE }, body: JSON.stringify({ ...good, skip_cache: true }) };

    it('for too many asks: 429', async () => {
      assert.equal((await asked(TOKEN, options, baseOf(texas))).status, 200);
      assert.equal((await asked(TOKEN, options, baseOf(texas))).status, 429);
    });

    it('for a source that has no credential: 400', async () => {
      const problem = {
        code: 'credential/unavailable',
        step: 'token',
        sent: [],
        name: 'x',
        reason: 'missing',
      } as const;
      source.failure = new ProblemError(problem);
      const reply = await asked(TOKEN, options, baseOf(texas));
      assert.equal(reply.status, 400);
      assertError(reply, refused("identity provider 'maskinporten' is not enabled"));
    });
  });

  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    it(`for ${method}, which is not described: 405 and nothing`, async () => {
      for (const operation of [TOKEN, EXCHANGE, INTROSPECT]) {
        const reply = await send(base + operation.replace('POST ', ''), { method });
        assert.deepEqual([reply.status, reply.headers.allow, reply.text], [405, 'POST', '']);
      }
    });
  }

  const types = fc.oneof(
    fc.constantFrom(
      JSON_TYPE,
      `${JSON_TYPE}; charset=utf-8`,
      `${JSON_TYPE}; charset=utf-16`,
      'application/jsonl',
      'application/json+x',
      FORM_TYPE,
      `${FORM_TYPE};charset=iso-8859-1`,
      'multipart/form-data; boundary=x',
      'text/plain',
    ),
    fc.string({ unit: 'grapheme-ascii' }).map((text) => text.trim()),
  );
  const field = fc.oneof(fc.string(), fc.constantFrom('maskinporten', 'tokenx', SCOPE, true, null), fc.jsonValue());
  const fields = fc.record(
    {
      identity_provider: fc.oneof(fc.constant('maskinporten'), field),
      target: fc.oneof(fc.constant(SCOPE), field),
      token: field,
      user_token: field,
      resource: field,
      authorization_details: field,
      skip_cache: field,
    },
    { requiredKeys: [] },
  );
  const asTexts = (object: object) =>
    Object.entries(object).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  const bodies = fc.oneof(
    fields.map((object) => Buffer.from(JSON.stringify(object))),
    fields.map((object) => Buffer.from(new URLSearchParams(asTexts(object)).toString())),
    fields.map((object) => Buffer.from(JSON.stringify(object), 'utf16le')),
    fields.map((object) => gzipSync(JSON.stringify(object))),
    fc.webQueryParameters().map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );
  const more = fc.constantFrom<Record<string, string>>(
    {},
    { 'transfer-encoding': 'chunked' },
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'nonsense' },
    { accept: 'text/html' },
    { 'accept-encoding': 'br' },
    { expect: '100-continue' },
  );

  it('whatever bytes are sent, declared as whatever', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(TOKEN, EXCHANGE, INTROSPECT),
        types,
        bodies,
        more,
        async (operation, type, body, headers) => {
          const { status } = await asked(operation, { headers: { 'content-type': type, ...headers }, body });
          // With nothing wrong upstream, no request is a fault of the server.
          assert.ok(status < 500, `${status}`);
        },
      ),
      { numRuns: 300 },
    );
  });

  const readers = { [TOKEN]: TOKEN_FIELDS, [EXCHANGE]: EXCHANGE_FIELDS, [INTROSPECT]: INTROSPECTION_FIELDS };
  for (const [operation, rules] of Object.entries(readers)) {
    it(`and takes the JSON that it describes and no other: ${operation}`, () => {
      fc.assert(
        fc.property(fc.oneof(fields, fc.jsonValue()), (value) => {
          const text = JSON.stringify(value);
          const body = JSON.parse(text) as unknown;
          // What stands in a text is beyond a schema.
          fc.pre(typeof (body as { authorization_details?: unknown } | null)?.authorization_details !== 'string');
          const reading = readTexasRequest(
            requestWith({ headers: { 'content-type': JSON_TYPE }, body: Buffer.from(text) }),
            rules,
          );
          assert.equal(described.takes(operation, JSON_TYPE, body), reading.ok, text);
        }),
        { numRuns: 2_000 },
      );
    });
  }
});
