import assert from 'node:assert/strict';
import { readFile } from '../../../src/manifest';
import type { ProvisioningFacts } from '../../../src/maskinporten/provisioning';
import { problemContextOf } from '../../../src/words/problemContext';

function contextOf({ name = 'app', team = 'team', scopes = ['a:b'] } = {}) {
  const text = `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: ${team}
spec:
  maskinporten:
    enabled: true
    scopes:
      consumes:
${scopes.map((scope) => `        - name: "${scope}"\n`).join('')}`;
  return problemContextOf(readFile(text).documents[0]?.manifest, undefined);
}

describe('what a manifest tells about a refusal', () => {
  it('is its scopes and whose client it is', () => {
    assert.deepEqual(contextOf(), { declaredScopes: ['a:b'], workload: { workload: 'app', team: 'team' } });
  });

  it('is not its scopes where a template makes some of them', () => {
    assert.deepEqual(contextOf({ scopes: ['a:b', '{{scope}}'] }), { workload: { workload: 'app', team: 'team' } });
  });

  it('is not the client where a template names it', () => {
    assert.deepEqual(contextOf({ team: '{{team}}' }), { declaredScopes: ['a:b'] });
    assert.deepEqual(contextOf({ name: '"{{app}}"' }), { declaredScopes: ['a:b'] });
  });

  it('is nothing without a manifest', () => {
    assert.deepEqual(problemContextOf(undefined, undefined), {});
  });

  it('goes with what the cluster said, whether there is a manifest or not', () => {
    const provisioning = {} as ProvisioningFacts;
    assert.equal(problemContextOf(undefined, provisioning).provisioning, provisioning);
    assert.equal(problemContextOf(readFile('').documents[0]?.manifest, provisioning).provisioning, provisioning);
  });
});
