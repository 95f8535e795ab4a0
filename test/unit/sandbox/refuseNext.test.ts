import assert from 'node:assert/strict';
import type { Sandbox, SandboxEvent } from '../../../src/sandbox';
import { startSandbox } from '../../../src/sandbox';
import { REFUSAL_NAMES, refusalAnswer, refuse } from '../../../src/sandbox/refusals';
import {
  Clock,
  clientWith,
  goodClaims,
  json,
  ORGANISATION,
  postForm,
  postGrant,
  rsaKeyPair,
  SCOPE,
  signGrant,
} from './support';
import type { ErrorReply, KeyPair } from './support';

describe('A refusal on command', () => {
  const clock = new Clock();
  let keys: KeyPair;
  let sandbox: Sandbox;

  before(async () => {
    keys = await rsaKeyPair('key-1');
    sandbox = await startSandbox({ clients: [clientWith([keys.publicJwk])], now: clock.now });
  });

  after(() => sandbox.stop());

  const goodGrant = (changes: Record<string, unknown> = {}) =>
    signGrant(keys, { ...goodClaims(sandbox, clock), ...changes });

  for (const name of REFUSAL_NAMES) {
    it(`can be ${name}`, async () => {
      sandbox.refuseNext(name);
      const reply = await postGrant(sandbox, await goodGrant());
      const { status, error } = refusalAnswer(refuse(name));
      assert.deepEqual([reply.status, json<ErrorReply>(reply).error], [status, error]);
      assert.equal(reply.headers['link'], `<${sandbox.issuer}errors/${name}>; rel="help"`);
    });
  }

  it('meets the next grant alone, and does not use it up', async () => {
    const grant = await goodGrant();
    sandbox.refuseNext('MP-130');
    assert.equal((await postGrant(sandbox, grant)).status, 400);
    assert.equal((await postGrant(sandbox, grant)).status, 200);
  });

  it('waits for a grant that can be read', async () => {
    sandbox.refuseNext('MP-250');
    const unreadable = await postForm(sandbox.tokenEndpoint, 'grant_type=x');
    assert.match(json<ErrorReply>(unreadable).error_description, /assertion is missing/);
    assert.equal((await postGrant(sandbox, await goodGrant())).status, 403);
  });

  it('names what the grant asked for', async () => {
    const description = async (name: 'MP-250' | 'MP-251' | 'MP-302') => {
      const details = [{ type: 'urn:altinn:systemuser', externalReference: 'a' }];
      sandbox.refuseNext(name);
      const grant = await goodGrant({ consumer_org: '310702641', authorization_details: details });
      return json<ErrorReply>(await postGrant(sandbox, grant)).error_description.replace(/ \(trace_id.*/, '');
    };
    assert.equal(await description('MP-250'), `Consumer has not been granted access to the scope ${SCOPE}.`);
    assert.equal(
      await description('MP-251'),
      `Consumer 310702641 has not delegated access to the scope ${SCOPE} to supplier ${ORGANISATION}.`,
    );
    assert.equal(await description('MP-302'), 'Unknown fields in the authorization details, externalReference');
  });

  it('is told in the log with who asked', async () => {
    const events: SandboxEvent[] = [];
    const subscription = sandbox.onEvent((event) => events.push(event));
    sandbox.refuseNext('MP-121');
    await postGrant(sandbox, await goodGrant());
    subscription.dispose();
    const expected = { kind: 'refusal', status: 400, scope: SCOPE, workload: 'aap-fordeling', code: 'MP-121' };
    assert.deepEqual(events, [expected]);
  });

  it('stands also for an assertion that cannot be read', async () => {
    sandbox.refuseNext('MP-200');
    const { error_description: text } = json<ErrorReply>(await postGrant(sandbox, 'no JWT'));
    assert.match(text, /^Token request contains invalid scopes for client, {1,2}\(trace_id/);
  });
});
