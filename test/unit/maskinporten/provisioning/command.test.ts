import assert from 'node:assert/strict';
import { provisioningCommand, resyncCommand } from '../../../../src/maskinporten/provisioning';

describe('the line that asks the cluster', () => {
  it('puts the answer on the clipboard of the machine', () => {
    assert.deepEqual(provisioningCommand({ workload: 'my-app', team: 'my-team' }, 'pbcopy'), {
      ok: true,
      line: 'kubectl get maskinportenclient my-app -n my-team -o json | pbcopy',
    });
  });
  it('prints the answer where the machine has no clipboard of the user’s', () => {
    const command = provisioningCommand({ workload: 'a.b', team: 't' }, undefined);
    assert.deepEqual(command, { ok: true, line: 'kubectl get maskinportenclient a.b -n t -o json' });
  });
  it('asks for a synchronisation, even when one is under way', () => {
    assert.deepEqual(resyncCommand({ workload: 'my-app', team: 'my-team' }), {
      ok: true,
      line: 'kubectl annotate maskinportenclient my-app -n my-team digdir.nais.io/resync=true --overwrite',
    });
  });
  for (const hostile of [
    '',
    '-o',
    'a b',
    'a;b',
    'a\nb',
    '$(id)',
    '`id`',
    'a|b',
    '"a"',
    "a'b",
    'A',
    'å',
    '{{app}}',
    '%PATH%',
    'a\u0000',
  ]) {
    it(`is not made for ${JSON.stringify(hostile)}`, () => {
      assert.deepEqual(provisioningCommand({ workload: hostile, team: 't' }, 'clip'), { ok: false, field: 'workload' });
      assert.deepEqual(provisioningCommand({ workload: 'a', team: hostile }, 'clip'), { ok: false, field: 'team' });
      assert.deepEqual(resyncCommand({ workload: hostile, team: 't' }), { ok: false, field: 'workload' });
      assert.deepEqual(resyncCommand({ workload: 'a', team: hostile }), { ok: false, field: 'team' });
    });
  }
});
