import assert from 'node:assert/strict';
import {
  endOf,
  reachOf,
  SCENARIO_KINDS,
  scenariosAt,
  targetFor,
  withScenario,
  type ActiveScenario,
  type ScenarioChoice,
  type ScenarioTarget,
} from '../../../src/shared/scenario';

const APP = { manifestUri: 'file:///nais.yaml', workload: 'app' };
const JOB = { manifestUri: 'file:///nais.yaml', workload: 'job' };
const INNTEKT = { workload: APP, scope: 'skatteetaten:inntekt' };

function on(choice: ScenarioChoice, target: ScenarioTarget = {}): ActiveScenario {
  return { ...target, choice, begunAtMs: 1_000 };
}

describe('the scenarios that are on', () => {
  const chosen = (...scenarios: readonly ActiveScenario[]) =>
    scenarios
      .reduce<readonly ActiveScenario[]>(withScenario, [])
      .map(({ choice, workload, scope }) => [choice.kind, workload?.workload, scope].filter(Boolean).join(' '));

  it('give way to what says otherwise of the same scope', () => {
    assert.deepEqual(chosen(on({ kind: 'not-granted' }, INNTEKT), on({ kind: 'revoked' }, INNTEKT)), [
      'revoked app skatteetaten:inntekt',
    ]);
    assert.deepEqual(chosen(on({ kind: 'slow', delayMs: 1 }), on({ kind: 'down' })), ['down']);
    assert.deepEqual(
      chosen(on({ kind: 'key-expired' }, { workload: APP }), on({ kind: 'client-unknown' }, { workload: APP })),
      ['client-unknown app'],
    );
  });

  it('stay on beside what is about something else', () => {
    const all = [
      on({ kind: 'not-granted' }, INNTEKT),
      on({ kind: 'lifetime', seconds: 30 }, INNTEKT),
      on({ kind: 'revoked' }, { workload: APP }),
      on({ kind: 'revoked' }, { workload: JOB }),
      on({ kind: 'key-expired' }, { workload: APP }),
      on({ kind: 'clock-off', seconds: 30 }),
      on({ kind: 'down' }),
    ];
    assert.equal(chosen(...all).length, all.length);
  });

  it('are found by exactly what they were chosen for', () => {
    const all = [on({ kind: 'revoked' }, INNTEKT), on({ kind: 'revoked' }, { workload: APP }), on({ kind: 'down' })];
    assert.deepEqual(scenariosAt(all, INNTEKT), [all[0]]);
    assert.deepEqual(scenariosAt(all, { workload: APP }), [all[1]]);
    assert.deepEqual(scenariosAt(all, { workload: JOB }), []);
    assert.deepEqual(scenariosAt(all, {}), [all[2]]);
  });

  it('reach no further than their kind can tell targets apart', () => {
    assert.deepEqual(targetFor('revoked', INNTEKT), INNTEKT);
    assert.deepEqual(targetFor('key-expired', INNTEKT), { workload: APP });
    assert.deepEqual(targetFor('down', INNTEKT), {});
    assert.deepEqual(
      SCENARIO_KINDS.filter((kind) => reachOf(kind) === 'sandbox'),
      ['clock-off', 'down', 'slow', 'error', 'garbage'],
    );
  });

  it('last until they are ended, save what is on its way: that arrives, the sooner the faster the clock', () => {
    assert.equal(endOf(on({ kind: 'revoked' })), undefined);
    assert.equal(endOf(on({ kind: 'propagating', seconds: 900, speed: 1 })), 901_000);
    assert.equal(endOf(on({ kind: 'propagating', seconds: 900, speed: 60 })), 16_000);
  });
});
