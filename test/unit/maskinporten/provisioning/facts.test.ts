import assert from 'node:assert/strict';
import { provisioningFacts, readProvisioning, type ProvisioningFacts } from '../../../../src/maskinporten/provisioning';
import { asJson, client, type Wanted } from './statuses';

const READ_AT_MS = Date.UTC(2026, 10, 21);
const A = 'skatteetaten:inntekt';
const B = 'krr:global/digitalpost.read';

function factsFrom(text: string): ProvisioningFacts {
  const reading = readProvisioning(text);
  assert.ok(reading.ok);
  return provisioningFacts(reading.status, READ_AT_MS);
}

const facts = (wanted: Wanted) => factsFrom(asJson(client(wanted)));
const refused = (text: string) => ['InvalidConsumedScopes', 'True', text] as const;

describe('what the cluster tells about a refusal', () => {
  it('is when the client was brought to Digdir, with which scopes, and that none is refused', () => {
    assert.deepEqual(facts({ consumes: [A, B], clientId: 'a-client' }), {
      readAtMs: READ_AT_MS,
      synchronizedAtMs: Date.parse('2026-11-20T10:00:00Z'),
      hasClient: true,
      clientId: 'a-client',
      isPending: false,
      deployedScopes: [A, B],
      refusedScopes: [],
      tellsAccess: true,
    });
  });

  it('is which scopes are refused, so that the others are granted', () => {
    const { refusedScopes, tellsAccess } = facts({
      conditions: [refused(`Organization has no access to scopes: [${A}]`)],
    });
    assert.deepEqual([refusedScopes, tellsAccess], [[A], true]);
  });

  it('is nothing of access where a refusal is in words that nobody knows, or where nothing is said', () => {
    for (const conditions of [[refused('No.')], []]) {
      const { refusedScopes, tellsAccess } = facts({ conditions });
      assert.deepEqual([refusedScopes, tellsAccess], [[], false]);
    }
  });

  it('is that a deploy waits, or is at work', () => {
    assert.equal(facts({ generation: 4, observedGeneration: 3 }).isPending, true);
    assert.equal(facts({ conditions: [['Ready', 'False', 'Started processing resource']] }).isPending, true);
  });

  it('is that there is no client; lines of conditions do not say', () => {
    assert.equal(facts({ clientId: '' }).hasClient, false);
    const lines = factsFrom('Ready=True Resource is up-to-date with DigDir\nInvalidConsumedScopes=False all');
    assert.deepEqual([lines.hasClient, lines.deployedScopes, lines.tellsAccess], [undefined, undefined, true]);
  });
});
