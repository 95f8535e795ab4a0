import assert from 'node:assert/strict';
import { setImmediate as immediate } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import type { Sandbox, Scenario } from '../../../src/sandbox';
import { startSandbox } from '../../../src/sandbox';
import { disturbed } from '../../../src/sandbox/disruption';
import { jsonAnswer } from '../../../src/sandbox/http';
import { ScenarioBoard } from '../../../src/sandbox/scenarios';
import {
  CLIENT_ID,
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
import type { ErrorReply, KeyPair, Reply, TokenReply } from './support';

describe('A scenario', () => {
  const clock = new Clock();
  let keys: KeyPair;
  let sandbox: Sandbox;

  before(async () => {
    keys = await rsaKeyPair('key-1');
    sandbox = await startSandbox({ clients: [], now: clock.now });
  });

  beforeEach(() => {
    clock.ms = new Clock().ms;
    sandbox.setScenarios([]);
    sandbox.setClients([clientWith([keys.publicJwk])], []);
  });

  after(() => sandbox.stop());

  async function ask(claims: Record<string, unknown> = {}): Promise<Reply> {
    return postGrant(sandbox, await signGrant(keys, { ...goodClaims(sandbox, clock), ...claims }));
  }

  async function assertRefused(code: string, status: number, text: string, claims = {}): Promise<void> {
    const reply = await ask(claims);
    assert.equal(reply.status, status, reply.text);
    const { error_description: description, error_uri: page } = json<ErrorReply>(reply);
    assert.equal(description.replace(/ \(trace_id: [0-9a-f]{32}\)$/, ''), text);
    assert.equal(page, `${sandbox.issuer}errors/${code}`);
  }

  async function assertGranted(claims = {}): Promise<TokenReply> {
    const reply = await ask(claims);
    assert.equal(reply.status, 200, reply.text);
    return json<TokenReply>(reply);
  }

  const notOnClient = `Token request contains invalid scopes for client, ${SCOPE}`;

  it('is none to begin with, and goes when others are switched on', async () => {
    assert.deepEqual(sandbox.scenarios, []);
    const scenarios: Scenario[] = [{ kind: 'revoked', scope: SCOPE }];
    sandbox.setScenarios(scenarios);
    assert.deepEqual(sandbox.scenarios, scenarios);
    sandbox.setScenarios([]);
    await assertGranted();
  });

  it('keeps a scope that was not granted off the client, and leaves the rest', async () => {
    sandbox.setScenarios([{ kind: 'not-granted', scope: SCOPE }]);
    await assertRefused('MP-200', 400, notOnClient);
    await assertGranted({ scope: OTHER_SCOPE });
  });

  it('keeps the client itself away where none of its scopes was granted', async () => {
    sandbox.setScenarios([{ kind: 'not-granted', client: 'aap-fordeling' }]);
    await assertRefused('MP-100', 400, 'Invalid assertion. Client authentication failed.');
  });

  it('is for one client, by its name or its id, and for no other', async () => {
    for (const client of ['aap-fordeling', CLIENT_ID]) {
      sandbox.setScenarios([{ kind: 'not-granted', scope: SCOPE, client }]);
      await assertRefused('MP-200', 400, notOnClient);
    }
    sandbox.setScenarios([{ kind: 'not-granted', scope: SCOPE, client: 'another' }]);
    await assertGranted();
  });

  it('takes a right back after the deploy', async () => {
    sandbox.setScenarios([{ kind: 'revoked', scope: SCOPE }]);
    await assertRefused('MP-250', 403, `Consumer has not been granted access to the scope ${SCOPE}.`);
  });

  it('makes a scope none for Maskinporten', async () => {
    sandbox.setScenarios([{ kind: 'not-for-maskinporten', scope: SCOPE }]);
    await assertRefused('MP-201', 400, `Token request contains scopes not allowed for maskinporten, ${SCOPE}`);
  });

  it('lets a scope arrive when its time has passed, and not before', async () => {
    sandbox.setScenarios([{ kind: 'propagating', scope: SCOPE, seconds: 900 }]);
    clock.advance(899);
    await assertRefused('MP-200', 400, notOnClient);
    clock.advance(1);
    await assertGranted();
  });

  it('lets a scope arrive faster than in life', async () => {
    sandbox.setScenarios([{ kind: 'propagating', seconds: 900, speed: 60 }]);
    clock.advance(14);
    await assertRefused('MP-200', 400, notOnClient);
    clock.advance(1);
    await assertGranted();
  });

  it('goes on from where it was when another is switched on beside it', async () => {
    const propagating: Scenario = { kind: 'propagating', seconds: 60 };
    sandbox.setScenarios([propagating]);
    clock.advance(59);
    sandbox.setScenarios([propagating, { kind: 'lifetime', seconds: 5 }]);
    clock.advance(1);
    assert.equal((await assertGranted()).expires_in, 5);
  });

  it('lets the key expire', async () => {
    sandbox.setScenarios([{ kind: 'key-expired' }]);
    await assertRefused('MP-121', 400, 'Invalid assertion. Client authentication failed. Expired key.');
  });

  it('forgets the client', async () => {
    sandbox.setScenarios([{ kind: 'client-unknown', client: CLIENT_ID }]);
    await assertRefused('MP-100', 400, 'Invalid assertion. Client authentication failed.');
  });

  it('takes a delegation away', async () => {
    sandbox.setClients([clientWith([keys.publicJwk], { delegations: [{ consumer: '910753614' }] })]);
    await assertGranted({ consumer_org: '910753614' });
    sandbox.setScenarios([{ kind: 'delegation-missing', scope: SCOPE }]);
    const text = `Consumer 910753614 has not delegated access to the scope ${SCOPE} to supplier ${ORGANISATION}.`;
    await assertRefused('MP-251', 403, text, { consumer_org: '910753614' });
  });

  it('sets the issuer’s clock, by which grants are judged, tokens dated and answers too', async () => {
    sandbox.setScenarios([{ kind: 'clock-off', seconds: -60 }]);
    const reply = await ask();
    assert.match(json<ErrorReply>(reply).error_description, /^Issue time is after now\./);
    assert.equal(reply.headers.date, new Date(clock.ms - 60_000).toUTCString());
    const times = { iat: clock.seconds - 60, exp: clock.seconds };
    assert.equal(decodeJwt((await assertGranted(times)).access_token).iat, clock.seconds - 60);
  });

  it('gives tokens another lifetime', async () => {
    sandbox.setScenarios([{ kind: 'lifetime', seconds: 3, scope: OTHER_SCOPE }]);
    assert.equal((await assertGranted()).expires_in, 120);
    assert.equal((await assertGranted({ scope: `${SCOPE} ${OTHER_SCOPE}` })).expires_in, 3);
  });

  describe('of the service', () => {
    const addresses = () => [sandbox.tokenEndpoint, sandbox.metadataUrl, sandbox.jwksUri];
    const methodOf = (url: string) => (url === sandbox.tokenEndpoint ? 'POST' : 'GET');

    it('breaks every connection off while it is down', async () => {
      sandbox.setScenarios([{ kind: 'down' }]);
      for (const url of addresses()) await assert.rejects(send(url, { method: methodOf(url) }), { code: 'ECONNRESET' });
    });

    it('answers 500 while it fails', async () => {
      sandbox.setScenarios([{ kind: 'error' }]);
      for (const url of addresses()) {
        const reply = await send(url, { method: methodOf(url) });
        assert.equal(reply.status, 500);
        assert.equal(reply.headers['x-sandbox-scenario'], 'error');
      }
    });

    it('answers a page in place of JSON', async () => {
      sandbox.setScenarios([{ kind: 'garbage' }]);
      for (const url of addresses()) {
        const reply = await send(url, { method: methodOf(url) });
        assert.equal(reply.status, 200);
        assert.throws(() => json(reply));
        assert.equal(reply.headers['x-sandbox-scenario'], 'garbage');
      }
    });

    it('answers late, and rightly', async () => {
      const board = new ScenarioBoard(clock.now);
      board.replace([{ kind: 'slow', delayMs: 3_600_000 }]);
      const route = disturbed({ methods: ['GET'], handle: () => jsonAnswer(200, { right: true }) }, board);
      const waiting = new AbortController();
      const answer = Promise.resolve(route.handle(requestWith({ signal: waiting.signal })));
      const pending = Symbol('pending');
      assert.equal(await Promise.race([answer, immediate(pending)]), pending);
      waiting.abort();
      const { status, headers, body } = await answer;
      assert.deepEqual([status, headers['x-sandbox-scenario'], body], [200, 'slow', '{"right":true}']);
    });

    it('does not hold up the end of the sandbox', async () => {
      const slow = await startSandbox({ clients: [], scenarios: [{ kind: 'slow', delayMs: 600_000 }] });
      const asked = send(slow.metadataUrl);
      const gone = assert.rejects(asked, { code: 'ECONNRESET' });
      await send(slow.sampleApiUrl);
      await slow.stop();
      await gone;
    });

    it('leaves the sample API alone, and the pages that explain', async () => {
      sandbox.setScenarios([{ kind: 'down' }]);
      assert.equal((await send(sandbox.sampleApiUrl)).status, 401);
      assert.equal((await send(`${sandbox.issuer}errors/MP-200`)).status, 200);
    });
  });
});

describe('The board of scenarios', () => {
  it('adds up clocks that are off', () => {
    const board = new ScenarioBoard(() => 1_000);
    board.replace([
      { kind: 'clock-off', seconds: 10 },
      { kind: 'clock-off', seconds: -4 },
    ]);
    assert.equal(board.issuerNowMs(), 7_000);
  });

  it('has a client without scopes where none was to be granted', () => {
    const board = new ScenarioBoard(() => 0);
    board.replace([{ kind: 'not-granted' }]);
    assert.equal(board.preventsClient({ clientId: 'a', name: 'a' }, new Set()), false);
    assert.equal(board.preventsClient({ clientId: 'a', name: 'a' }, new Set(['x'])), true);
  });
});
