import assert from 'node:assert/strict';
import { SignJWT, importJWK } from 'jose';
import * as jose from '../../../src/maskinporten/jose';
import { ClientRegistry } from '../../../src/sandbox/clients';
import { SampleApi } from '../../../src/sandbox/sampleApi';
import { ScenarioBoard } from '../../../src/sandbox/scenarios';
import type { Sandbox, SandboxEvent } from '../../../src/sandbox';
import { startSandbox } from '../../../src/sandbox';
import {
  Clock,
  clientWith,
  goodClaims,
  json,
  ORGANISATION,
  OTHER_SCOPE,
  postGrant,
  requestWith,
  rsaKeyPair,
  SCOPE,
  send,
  signGrant,
} from './support';
import type { KeyPair, Reply, TokenReply } from './support';

interface Verified {
  readonly method: string;
  readonly verified: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
}

interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

describe('The sample API', () => {
  const clock = new Clock();
  const events: SandboxEvent[] = [];
  let keys: KeyPair;
  let sandbox: Sandbox;

  before(async () => {
    keys = await rsaKeyPair('key-1');
    sandbox = await startSandbox({ clients: [], now: clock.now });
    sandbox.onEvent((event) => events.push(event));
  });

  beforeEach(() => {
    clock.ms = new Clock().ms;
    sandbox.setClients([clientWith([keys.publicJwk])], []);
  });

  after(() => sandbox.stop());

  async function token(claims: Record<string, unknown> = {}): Promise<string> {
    const reply = await postGrant(sandbox, await signGrant(keys, { ...goodClaims(sandbox, clock), ...claims }));
    assert.equal(reply.status, 200, reply.text);
    events.length = 0;
    return json<TokenReply>(reply).access_token;
  }

  function call(accessToken: string, method = 'GET'): Promise<Reply> {
    return send(sandbox.sampleApiUrl, { method, headers: { authorization: `Bearer ${accessToken}` } });
  }

  function assertUnauthorized(reply: Reply, reason: string): void {
    assert.equal(reply.status, 401, reply.text);
    assert.equal(
      reply.headers['www-authenticate'],
      `Bearer realm="Maskinporten sandbox", error="invalid_token", error_description="${reason}"`,
    );
    assert.equal(reply.headers['content-type'], 'application/problem+json');
    assert.deepEqual(json<ProblemDetails>(reply), {
      type: 'about:blank',
      title: 'Unauthorized',
      status: 401,
      detail: reason,
    });
  }

  it('answers a good token with what it verified', async () => {
    const accessToken = await token();
    clock.advance(20);
    const reply = await call(accessToken);
    assert.equal(reply.status, 200, reply.text);
    const { method, verified, claims } = json<Verified>(reply);
    const { keys: published } = json<{ keys: { kid: string }[] }>(await send(sandbox.jwksUri));
    assert.equal(method, 'GET');
    assert.deepEqual(verified, {
      issuer: sandbox.issuer,
      key: published[0]?.kid,
      algorithm: 'RS256',
      scopes: [SCOPE],
      consumer: ORGANISATION,
      supplier: null,
      audience: null,
      expiresInSeconds: 100,
    });
    assert.equal(claims['scope'], SCOPE);
    assert.equal(claims['client_id'], 'b0ae1b43-7b3c-4d0f-8c1e-3f1a0a8a1c55');
    assert.deepEqual(events, [{ kind: 'api', status: 200, scope: SCOPE, workload: 'aap-fordeling' }]);
  });

  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    it(`takes ${method} and says so`, async () => {
      const reply = await call(await token(), method);
      assert.equal(json<Verified>(reply).method, method);
    });
  }

  it('answers HEAD without a body', async () => {
    const reply = await call(await token(), 'HEAD');
    assert.deepEqual([reply.status, reply.text], [200, '']);
  });

  it('challenges without an error when there is no token', async () => {
    events.length = 0;
    const reply = await send(sandbox.sampleApiUrl);
    assert.equal(reply.status, 401);
    assert.equal(reply.headers['www-authenticate'], 'Bearer realm="Maskinporten sandbox"');
    assert.equal(reply.headers['content-type'], 'application/problem+json');
    assert.equal(json<ProblemDetails>(reply).status, 401);
    assert.deepEqual(events, [{ kind: 'api', status: 401, scope: undefined, workload: undefined }]);
  });

  for (const authorization of ['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer ', 'Bearer a b']) {
    it(`takes “${authorization}” for no token`, async () => {
      const reply = await send(sandbox.sampleApiUrl, { headers: { authorization } });
      assert.equal(reply.headers['www-authenticate'], 'Bearer realm="Maskinporten sandbox"');
    });
  }

  it('takes the scheme in any case', async () => {
    const reply = await send(sandbox.sampleApiUrl, { headers: { authorization: `bearer ${await token()}` } });
    assert.equal(reply.status, 200, reply.text);
  });

  it('refuses what is no JWT', async () => {
    assertUnauthorized(await call('opaque'), 'The token cannot be read as a signed JWT.');
  });

  it('takes a token in its last second, and refuses it when it expires', async () => {
    const accessToken = await token();
    clock.advance(119);
    assert.equal((await call(accessToken)).status, 200);
    clock.advance(1);
    assertUnauthorized(await call(accessToken), 'The token is expired.');
  });

  it('refuses a token whose claims were changed', async () => {
    const accessToken = await token();
    const claims = Buffer.from(JSON.stringify({ iss: sandbox.issuer, scope: OTHER_SCOPE })).toString('base64url');
    assertUnauthorized(
      await call(accessToken.replace(/\.[^.]+\./, `.${claims}.`)),
      'The signature of the token does not fit.',
    );
  });

  it('refuses a token by a key that the issuer has not published', async () => {
    assertUnauthorized(
      await call(await signGrant(keys, goodClaims(sandbox, clock))),
      'The token is signed with a key that the issuer has not published.',
    );
  });

  it('refuses a token that is not signed RS256', async () => {
    assertUnauthorized(
      await call(await signGrant(keys, goodClaims(sandbox, clock), { alg: 'RS512' })),
      'The token is not signed with RS256.',
    );
  });

  it('takes a token that is restricted to it, alone or among others', async () => {
    const restricted = await token({ resource: sandbox.sampleApiUrl });
    assert.equal(json<Verified>(await call(restricted)).verified['audience'], sandbox.sampleApiUrl);
    const audiences = ['https://api.example.no/', sandbox.sampleApiUrl];
    assert.equal((await call(await token({ resource: audiences }))).status, 200);
  });

  it('refuses a token that is restricted to another API', async () => {
    assertUnauthorized(
      await call(await token({ resource: 'https://api.example.no/' })),
      `The token is restricted to https://api.example.no/; this API is ${sandbox.sampleApiUrl}.`,
    );
  });

  it('keeps what a token says out of the syntax of its headers', async () => {
    const reply = await call(await token({ resource: 'x", scope="y\r\nset-cookie: z' }));
    assert.equal(
      reply.headers['www-authenticate'],
      `Bearer realm="Maskinporten sandbox", error="invalid_token", error_description="The token is restricted to x?, scope=?y??set-cookie: z; this API is ${sandbox.sampleApiUrl}."`,
    );
    assert.equal(reply.headers['set-cookie'], undefined);
  });

  it('refuses a token whose scopes nobody declares any more', async () => {
    const accessToken = await token();
    const workload = { clientId: 'next' };
    sandbox.setClients([clientWith([keys.publicJwk], { ...workload, scopes: ['nav:b', 'nav:a', 'nav:"ø'] })]);
    const reply = await call(accessToken);
    assert.equal(reply.status, 403);
    assert.equal(
      reply.headers['www-authenticate'],
      'Bearer realm="Maskinporten sandbox", error="insufficient_scope", error_description="The token has none of the scopes that this API knows.", scope="nav:a nav:b"',
    );
    assert.equal(json<ProblemDetails>(reply).title, 'Forbidden');
    assert.deepEqual(events, [{ kind: 'api', status: 403, scope: SCOPE, workload: undefined }]);
  });

  it('knows exposed scopes too', async () => {
    const accessToken = await token();
    sandbox.setClients([]);
    assert.equal((await call(accessToken)).status, 403);
    sandbox.setClients([], [{ name: SCOPE }]);
    assert.equal((await call(accessToken)).status, 200);
    sandbox.setClients([]);
    assert.equal((await call(accessToken)).status, 200, 'exposed scopes stay when none are given');
  });

  describe('has further resources', () => {
    const at = async (path: string) =>
      send(`${sandbox.sampleApiUrl}/${path}`, { headers: { authorization: `Bearer ${await token()}` } });

    it('that are protected as the first one is', async () => {
      for (const path of ['slow', 'large', 'paged']) {
        const reply = await send(`${sandbox.sampleApiUrl}/${path}`);
        assert.equal(reply.status, 401, path);
        assert.equal(reply.headers['www-authenticate'], 'Bearer realm="Maskinporten sandbox"');
      }
    });

    it('of which one takes the time that it is told to', async () => {
      assert.deepEqual(json(await at('slow?ms=1')), { delayedMs: 1 });
    });

    for (const bytes of [100, 101, 150, 1_048_576]) {
      it(`of which one is JSON of just ${bytes} bytes`, async () => {
        const reply = await at(`large?bytes=${bytes}`);
        assert.equal(Buffer.byteLength(reply.text), bytes);
        const { items } = json<{ items: { id: number }[] }>(reply);
        assert.deepEqual(
          items.map(({ id }) => id),
          items.map((_, index) => index + 1),
        );
      });
    }

    it('of which one comes in pages that lead to each other', async () => {
      const ids: number[] = [];
      let next: string | undefined = 'paged?size=40';
      while (next !== undefined) {
        const reply = await at(next);
        const { items } = json<{ items: { id: number }[] }>(reply);
        ids.push(...items.map(({ id }) => id));
        next = /<[^>]*\/(paged\?[^>]*)>; rel="next"/.exec(String(reply.headers['link']))?.[1];
      }
      assert.deepEqual(
        ids,
        Array.from({ length: 95 }, (_, index) => index + 1),
      );
      assert.match(String((await at('paged?page=3&size=40')).headers['link']), /^<.+page=2&size=40>; rel="prev"$/);
    });

    for (const path of [
      'slow?ms=-1',
      'slow?ms=60001',
      'large?bytes=99',
      'large?bytes=x',
      'paged?page=6',
      'paged?size=0',
    ]) {
      it(`that refuse ${path}`, async () => {
        const reply = await at(path);
        assert.equal(reply.status, 400);
        assert.equal(reply.headers['content-type'], 'application/problem+json');
        assert.match(
          json<ProblemDetails>(reply).detail,
          /^The parameter (?:ms|bytes|page|size) must be a whole number/,
        );
      });
    }
  });

  describe('with a key of which the test has the private half', () => {
    const issuer = 'https://issuer.example/';
    let api: SampleApi;

    before(() => {
      const scenarios = new ScenarioBoard(clock.now);
      const clients = new ClientRegistry({ jose, scenarios, organisation: ORGANISATION, defaultLifetimeSeconds: 120 });
      clients.setClients([clientWith([keys.publicJwk])]);
      api = new SampleApi({
        jose,
        issuer,
        keys: { keySet: jose.createLocalJWKSet({ keys: [keys.publicJwk] }) },
        url: 'https://api.example/',
        clients,
        now: clock.now,
        emit: () => undefined,
      });
    });

    async function challengeFor(change: Record<string, unknown>): Promise<string | undefined> {
      const claims = {
        iss: issuer,
        scope: SCOPE,
        exp: clock.seconds + 60,
        consumer: { authority: 'iso6523-actorid-upis', ID: `0192:${ORGANISATION}` },
        ...change,
      };
      const signed = await new SignJWT(JSON.parse(JSON.stringify(claims)) as Record<string, unknown>)
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
        .sign(await importJWK(keys.privateJwk, 'RS256'));
      const headers = { authorization: `Bearer ${signed}` };
      const answer = await api.answer(requestWith({ headers }));
      return answer.headers['www-authenticate'];
    }

    it('has no challenge for a token with nothing wrong', async () => {
      assert.equal(await challengeFor({}), undefined);
    });

    it('refuses another issuer', async () => {
      assert.match((await challengeFor({ iss: 'https://other.example/' })) ?? '', /"The token is of another issuer\."/);
    });

    for (const claim of ['exp', 'scope', 'consumer']) {
      it(`refuses a token without ${claim}`, async () => {
        const challenge = await challengeFor({ [claim]: undefined });
        assert.match(challenge ?? '', new RegExp(`"The claim ${claim} is missing or wrong\\."`));
      });
    }

    it('finds no scope in a list of scopes', async () => {
      assert.match((await challengeFor({ scope: [SCOPE] })) ?? '', /insufficient_scope/);
    });
  });
});
