import assert from 'node:assert/strict';
import { annotateCommand } from '../../../src/maskinporten/annotate';

describe('annotateCommand', () => {
  it('annotates the MaskinportenClient of the workload, in its namespace', () => {
    assert.deepEqual(annotateCommand({ workload: 'my-app', team: 'my-team' }, 'rotate'), {
      ok: true,
      line: 'kubectl annotate maskinportenclient my-app -n my-team digdir.nais.io/rotate=true --overwrite',
    });
    const resync = annotateCommand({ workload: 'my-app', team: 'my-team' }, 'resync');
    assert.ok(resync.ok && resync.line.includes(' digdir.nais.io/resync=true '));
  });

  for (const bad of ['', '-x', 'a b', 'a;b', 'a\nb', '$(a)', 'A', 'a'.repeat(64), '--all']) {
    it(`refuses the name ${JSON.stringify(bad.slice(0, 20))}, of the workload and of the team`, () => {
      assert.deepEqual(annotateCommand({ workload: bad, team: 'my-team' }, 'resync'), { ok: false, field: 'workload' });
      assert.deepEqual(annotateCommand({ workload: 'my-app', team: bad }, 'resync'), { ok: false, field: 'team' });
    });
  }
});
