import assert from 'node:assert/strict';
import {
  explainProvisioning,
  readProvisioning,
  type ManifestSide,
  type ProvisioningReport,
} from '../../../../src/maskinporten/provisioning';
import { asJson, client, type Wanted } from './statuses';

const NOW = Date.UTC(2026, 10, 21);
const A = 'skatteetaten:inntekt';
const B = 'krr:global/digitalpost.read';
const MANIFEST: ManifestSide = { workload: 'my-app', consumes: [A, B], mayConsumeMore: false };

function explain(wanted: Wanted, manifest: ManifestSide | undefined = MANIFEST): ProvisioningReport {
  const reading = readProvisioning(asJson(client(wanted)));
  assert.ok(reading.ok);
  return explainProvisioning(reading.status, manifest, NOW);
}

function fromLines(lines: string, manifest: ManifestSide | undefined): ProvisioningReport {
  const reading = readProvisioning(lines);
  assert.ok(reading.ok);
  return explainProvisioning(reading.status, manifest, NOW);
}

function refused(...scopes: readonly string[]): readonly [string, string, string] {
  return ['InvalidConsumedScopes', 'True', `Organization has no access to scopes: [${scopes.join(', ')}]`];
}

const READY = ['Ready', 'True', 'Resource is up-to-date with DigDir'] as const;
const PROCESSING = ['Ready', 'False', 'Started processing resource'] as const;
const failed = (message: string) => ['Error', 'True', message] as const;

describe('the provisioning of a client', () => {
  it('is ready, with nothing to say', () => {
    const { verdict, findings } = explain({});
    assert.deepEqual([verdict, findings], ['ready', []]);
  });

  it('leaves out the scopes that some are refused, and has a client', () => {
    const { verdict, findings } = explain({ conditions: [READY, refused(B)] });
    assert.deepEqual([verdict, findings], ['partly', [{ kind: 'scopes-refused', scopes: [B] }]]);
  });

  it('has a client where the synchronisation went well, whatever is refused', () => {
    const { verdict, findings } = explain({ conditions: [READY, refused(A, B)] });
    assert.deepEqual([verdict, findings], ['partly', [{ kind: 'scopes-refused', scopes: [A, B] }]]);
  });

  it('has no client on a first deploy with every scope refused', () => {
    const { verdict, findings } = explain(
      {
        clientId: '',
        consumes: [A],
        conditions: [PROCESSING, failed('creating client: 400'), refused(A)],
      },
      { ...MANIFEST, consumes: [A] },
    );
    assert.equal(verdict, 'none');
    assert.deepEqual(findings, [{ kind: 'all-scopes-refused', scopes: [A], hasClient: false }]);
  });

  it('keeps the client as it was, with every scope of a later deploy refused', () => {
    const { verdict, findings } = explain({ conditions: [PROCESSING, failed('updating client'), refused(A, B)] });
    assert.equal(verdict, 'outdated');
    assert.deepEqual(findings, [{ kind: 'all-scopes-refused', scopes: [A, B], hasClient: true }]);
  });

  it('takes the manifest’s scopes for all, where only the conditions are given', () => {
    const lines = `Ready=False Started\nError=True creating client\nInvalidConsumedScopes=True no access to scopes: [${A}, ${B}]`;
    assert.deepEqual(fromLines(lines, MANIFEST).findings, [
      { kind: 'all-scopes-refused', scopes: [A, B], hasClient: undefined },
    ]);
    assert.equal(fromLines(lines, MANIFEST).verdict, 'failed');
    const unsure = fromLines(lines, { ...MANIFEST, mayConsumeMore: true });
    assert.deepEqual(
      unsure.findings.map(({ kind }) => kind),
      ['sync-failed', 'scopes-refused'],
    );
  });

  it('tells a failure beside refused scopes as two things', () => {
    const { findings } = explain({ conditions: [PROCESSING, failed('HTTP 500'), refused(B)] });
    assert.deepEqual(findings, [
      { kind: 'sync-failed', message: 'HTTP 500', hasClient: true },
      { kind: 'scopes-refused', scopes: [B] },
    ]);
  });

  it('names the integration types that cannot be changed', () => {
    const message = 'cannot update immutable integration type (existing: idporten, desired: maskinporten)';
    const [finding] = explain({ conditions: [PROCESSING, failed(message)] }).findings;
    assert.deepEqual(finding, { kind: 'integration-type', existing: 'idporten', desired: 'maskinporten' });
  });

  it('tells consumers that were refused', () => {
    const message = 'Scope "nav:a/b" has invalid consumers [123456789]';
    const [finding] = explain({ conditions: [READY, ['InvalidExposedScopesConsumers', 'True', message]] }).findings;
    assert.deepEqual(finding, { kind: 'consumers-refused', message });
  });

  it('is being worked at', () => {
    const { verdict, findings } = explain({ conditions: [PROCESSING] });
    assert.deepEqual([verdict, findings], ['working', [{ kind: 'working' }]]);
  });

  it('has not begun where there is no condition', () => {
    const { verdict, findings } = explain({ conditions: [], clientId: '' });
    assert.deepEqual([verdict, findings], ['working', [{ kind: 'not-begun' }]]);
  });

  it('is behind where the last look is older than the newest change', () => {
    const { verdict, findings } = explain({ generation: 4 });
    assert.equal(verdict, 'working');
    assert.deepEqual(findings, [{ kind: 'behind', generation: 4, observed: 3 }]);
  });

  it('is old after more than a week', () => {
    const at = Date.UTC(2026, 10, 1);
    const { findings } = explain({ synchronizationTime: new Date(at).toISOString() });
    assert.deepEqual(findings, [{ kind: 'old', synchronizedAtMs: at }]);
  });

  it('differs from the manifest in both directions', () => {
    const { findings } = explain({ consumes: [A, 'ks:fiks'] });
    assert.deepEqual(findings, [
      { kind: 'not-deployed', scopes: [B] },
      { kind: 'only-in-cluster', scopes: ['ks:fiks'] },
    ]);
  });

  it('says nothing of what a template may add to the manifest', () => {
    const { findings } = explain({ consumes: [A, B, 'ks:fiks'] }, { ...MANIFEST, mayConsumeMore: true });
    assert.deepEqual(findings, []);
  });

  it('knows a refused scope that the manifest has no more', () => {
    const { findings } = explain({ conditions: [READY, refused(B)] }, { ...MANIFEST, consumes: [A] });
    assert.deepEqual(
      findings.map(({ kind }) => kind),
      ['refused-not-consumed', 'only-in-cluster'],
    );
  });

  it('takes a refused scope for consumed still, where a template may add it', () => {
    const manifest = { ...MANIFEST, consumes: [A], mayConsumeMore: true };
    assert.deepEqual(explain({ conditions: [READY, refused(B)] }, manifest).findings, [
      { kind: 'scopes-refused', scopes: [B] },
    ]);
  });

  it('is told apart from another workload’s, which is held against no manifest', () => {
    const { findings } = explain({ name: 'other', consumes: ['ks:fiks'] });
    assert.deepEqual(findings, [{ kind: 'other-workload', name: 'other' }]);
  });

  it('shows conditions of a kind that is not known yet', () => {
    const { findings } = explain({ conditions: [READY, ['Degraded', 'True', 'half of it']] });
    assert.deepEqual(findings[0]?.kind, 'unknown-condition');
  });

  it('takes no text for a scope that cannot be one', () => {
    const { findings } = explain({ conditions: [READY, refused('a"b', B)] });
    assert.deepEqual(findings, [{ kind: 'scopes-refused', scopes: [B] }]);
  });
});
