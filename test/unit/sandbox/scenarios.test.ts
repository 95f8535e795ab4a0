import assert from 'node:assert/strict';
import { setImmediate as immediate } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import type { Scenario } from '../../../src/sandbox';
import { startSandbox } from '../../../src/sandbox';
import { disturbed } from '../../../src/sandbox/disruption';
import { jsonAnswer } from '../../../src/sandbox/http';
import { ScenarioBoard } from '../../../src/sandbox/scenarios';
import {
  CLIENT_ID,
  json,
  ORGANISATION,
  OTHER_SCOPE,
  requestWith,
  SCOPE,
  send,
  useSandbox,
  withoutTrace,
} from './support';
import type { ErrorReply } from './support';

describe('A scenario', () => {
  const suite = useSandbox();
  const { clock } = suite;

  async function assertRefused(code: string, status: number, text: string, claims = {}): Promise<void> {
    const reply = await suite.ask(claims);
    assert.equal(reply.status, status, reply.text);
    const { error_description: description, error_uri: page } = json<ErrorReply>(reply);
    assert.equal(withoutTrace(description), text);
    assert.equal(page, `${suite.sandbox.issuer}errors/${code}`);
  }

  const notOnClient = `Token request contains invalid scopes for client, ${SCOPE}`;

  it('is none to begin with, and goes when others are switched on', async () => {
    assert.deepEqual(suite.sandbox.scenarios, []);
    const scenarios: Scenario[] = [{ kind: 'revoked', scope: SCOPE }];
    suite.sandbox.setScenarios(scenarios);
    assert.deepEqual(suite.sandbox.scenarios, scenarios);
    suite.sandbox.setScenarios([]);
    await suite.granted();
  });

  it('keeps a scope that was not granted off the client, and leaves the rest', async () => {
    suite.sandbox.setScenarios([{ kind: 'not-granted', scope: SCOPE }]);
    await assertRefused('MP-200', 400, notOnClient);
    await suite.granted({ scope: OTHER_SCOPE });
  });

  it('keeps the client itself away where none of its scopes was granted', async () => {
    suite.sandbox.setScenarios([{ kind: 'not-granted', client: 'aap-fordeling' }]);
    await assertRefused('MP-100', 400, 'Invalid assertion. Client authentication failed.');
  });

  it('is for one client, by its name or its id, and for no other', async () => {
    for (const client of ['aap-fordeling', CLIENT_ID]) {
      suite.sandbox.setScenarios([{ kind: 'not-granted', scope: SCOPE, client }]);
      await assertRefused('MP-200', 400, notOnClient);
    }
    suite.sandbox.setScenarios([{ kind: 'not-granted', scope: SCOPE, client: 'another' }]);
    await suite.granted();
  });

  it('takes a right back after the deploy', async () => {
    suite.sandbox.setScenarios([{ kind: 'revoked', scope: SCOPE }]);
    await assertRefused('MP-250', 403, `Consumer has not been granted access to the scope ${SCOPE}.`);
  });

  it('makes a scope none for Maskinporten', async () => {
    suite.sandbox.setScenarios([{ kind: 'not-for-maskinporten', scope: SCOPE }]);
    await assertRefused('MP-201', 400, `Token request contains scopes not allowed for maskinporten, ${SCOPE}`);
  });

  it('lets a scope arrive when its time has passed, and not before', async () => {
    suite.sandbox.setScenarios([{ kind: 'propagating', scope: SCOPE, seconds: 900 }]);
    clock.advance(899);
    await assertRefused('MP-200', 400, notOnClient);
    clock.advance(1);
    await suite.granted();
  });

  it('lets a scope arrive faster than in life', async () => {
    suite.sandbox.setScenarios([{ kind: 'propagating', seconds: 900, speed: 60 }]);
    clock.advance(14);
    await assertRefused('MP-200', 400, notOnClient);
    clock.advance(1);
    await suite.granted();
  });

  it('goes on from where it was when another is switched on beside it', async () => {
    const propagating: Scenario = { kind: 'propagating', seconds: 60 };
    suite.sandbox.setScenarios([propagating]);
    clock.advance(59);
    suite.sandbox.setScenarios([propagating, { kind: 'lifetime', seconds: 5 }]);
    clock.advance(1);
    assert.equal((await suite.granted()).expires_in, 5);
  });

  it('lets the key expire', async () => {
    suite.sandbox.setScenarios([{ kind: 'key-expired' }]);
    await assertRefused('MP-121', 400, 'Invalid assertion. Client authentication failed. Expired key.');
  });

  it('forgets the client', async () => {
    suite.sandbox.setScenarios([{ kind: 'client-unknown', client: CLIENT_ID }]);
    await assertRefused('MP-100', 400, 'Invalid assertion. Client authentication failed.');
  });

  it('takes a delegation away', async () => {
    suite.have({ delegations: [{ consumer: '910753614' }] });
    await suite.granted({ consumer_org: '910753614' });
    suite.sandbox.setScenarios([{ kind: 'delegation-missing', scope: SCOPE }]);
    const text = `Consumer 910753614 has not delegated access to the scope ${SCOPE} to supplier ${ORGANISATION}.`;
    await assertRefused('MP-251', 403, text, { consumer_org: '910753614' });
  });

  it('sets the issuer’s clock, by which grants are judged, tokens dated and answers too', async () => {
    suite.sandbox.setScenarios([{ kind: 'clock-off', seconds: -60 }]);
    const reply = await suite.ask();
    assert.match(json<ErrorReply>(reply).error_description, /^Issue time is after now\./);
    assert.equal(reply.headers.date, new Date(clock.ms - 60_000).toUTCString());
    const times = { iat: clock.seconds - 60, exp: clock.seconds };
    assert.equal(decodeJwt((await suite.granted(times)).access_token).iat, clock.seconds - 60);
  });

  it('gives tokens another lifetime', async () => {
    suite.sandbox.setScenarios([{ kind: 'lifetime', seconds: 3, scope: OTHER_SCOPE }]);
    assert.equal((await suite.granted()).expires_in, 120);
    assert.equal((await suite.granted({ scope: `${SCOPE} ${OTHER_SCOPE}` })).expires_in, 3);
  });

  describe('of the service', () => {
    const addresses = () => [suite.sandbox.tokenEndpoint, suite.sandbox.metadataUrl, suite.sandbox.jwksUri];
    const methodOf = (url: string) => (url === suite.sandbox.tokenEndpoint ? 'POST' : 'GET');

    it('breaks every connection off while it is down', async () => {
      suite.sandbox.setScenarios([{ kind: 'down' }]);
      for (const url of addresses()) await assert.rejects(send(url, { method: methodOf(url) }), { code: 'ECONNRESET' });
    });

    it('answers 500 while it fails', async () => {
      suite.sandbox.setScenarios([{ kind: 'error' }]);
      for (const url of addresses()) {
        const reply = await send(url, { method: methodOf(url) });
        assert.equal(reply.status, 500);
        assert.equal(reply.headers['x-sandbox-scenario'], 'error');
      }
    });

    it('answers a page in place of JSON', async () => {
      suite.sandbox.setScenarios([{ kind: 'garbage' }]);
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
      suite.sandbox.setScenarios([{ kind: 'down' }]);
      assert.equal((await send(suite.sandbox.sampleApiUrl)).status, 401);
      assert.equal((await send(`${suite.sandbox.issuer}errors/MP-200`)).status, 200);
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
