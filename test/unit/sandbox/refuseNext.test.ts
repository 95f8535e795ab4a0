import assert from 'node:assert/strict';
import { REFUSAL_NAMES, refusalAnswer, refuse } from '../../../src/sandbox/refusals';
import { json, ORGANISATION, postForm, postGrant, SCOPE, useSandbox } from './support';
import type { ErrorReply } from './support';

describe('A refusal on command', () => {
  const suite = useSandbox();

  for (const name of REFUSAL_NAMES) {
    it(`can be ${name}`, async () => {
      suite.sandbox.refuseNext(name);
      const reply = await suite.ask();
      const { status, error } = refusalAnswer(refuse(name));
      assert.deepEqual([reply.status, json<ErrorReply>(reply).error], [status, error]);
      assert.equal(reply.headers['link'], `<${suite.sandbox.issuer}errors/${name}>; rel="help"`);
    });
  }

  it('meets the next grant alone, and does not use it up', async () => {
    const grant = await suite.grant();
    suite.sandbox.refuseNext('MP-130');
    assert.equal((await postGrant(suite.sandbox, grant)).status, 400);
    assert.equal((await postGrant(suite.sandbox, grant)).status, 200);
  });

  it('waits for a grant that can be read', async () => {
    suite.sandbox.refuseNext('MP-250');
    const unreadable = await postForm(suite.sandbox.tokenEndpoint, 'grant_type=x');
    assert.match(json<ErrorReply>(unreadable).error_description, /assertion is missing/);
    assert.equal((await suite.ask()).status, 403);
  });

  it('names what the grant asked for', async () => {
    const description = async (name: 'MP-250' | 'MP-251' | 'MP-302') => {
      const details = [{ type: 'urn:altinn:systemuser', externalReference: 'a' }];
      suite.sandbox.refuseNext(name);
      const grant = await suite.grant({ consumer_org: '310702641', authorization_details: details });
      return json<ErrorReply>(await postGrant(suite.sandbox, grant)).error_description.replace(/ \(trace_id.*/, '');
    };
    assert.equal(await description('MP-250'), `Consumer has not been granted access to the scope ${SCOPE}.`);
    assert.equal(
      await description('MP-251'),
      `Consumer 310702641 has not delegated access to the scope ${SCOPE} to supplier ${ORGANISATION}.`,
    );
    assert.equal(await description('MP-302'), 'Unknown fields in the authorization details, externalReference');
  });

  it('is told in the log with who asked', async () => {
    suite.sandbox.refuseNext('MP-121');
    await suite.ask();
    const expected = { kind: 'refusal', status: 400, scope: SCOPE, workload: 'aap-fordeling', code: 'MP-121' };
    assert.deepEqual(suite.events, [expected]);
  });

  it('stands also for an assertion that cannot be read', async () => {
    suite.sandbox.refuseNext('MP-200');
    const { error_description: text } = json<ErrorReply>(await postGrant(suite.sandbox, 'no JWT'));
    assert.match(text, /^Token request contains invalid scopes for client, {1,2}\(trace_id/);
  });
});
