import assert from 'node:assert/strict';
import { createTranslate } from '../../../src/shared/localize';
import { SCENARIO_KINDS, type ScenarioChoice, type ScenarioTarget } from '../../../src/shared/scenario';
import {
  explainScenarioKind,
  wordScenario,
  wordScenarioKind,
  wordScenarioWithTarget,
} from '../../../src/words/scenarios';

const t = createTranslate({});
const word = (choice: ScenarioChoice, begunAtMs = 0) => wordScenario({ choice, begunAtMs }, 'en', t);

describe('the words for scenarios', () => {
  it('tell all kinds apart, and explain each in one sentence or two', () => {
    assert.equal(new Set(SCENARIO_KINDS.map((kind) => wordScenarioKind(kind, t))).size, SCENARIO_KINDS.length);
    for (const kind of SCENARIO_KINDS) assert.match(explainScenarioKind(kind, false, t), /^[A-Z0-9].*\.$/, kind);
  });

  it('name the code by which a refusal is known', () => {
    const codes = SCENARIO_KINDS.flatMap(
      (kind) =>
        [true, false]
          .map((every) => explainScenarioKind(kind, every, t))
          .join()
          .match(/MP-\d{3}/g) ?? [],
    );
    assert.deepEqual([...new Set(codes)].sort(), ['MP-100', 'MP-121', 'MP-200', 'MP-201', 'MP-250', 'MP-251']);
  });

  it('say what was chosen', () => {
    assert.equal(word({ kind: 'revoked' }), 'revoked');
    assert.equal(word({ kind: 'lifetime', seconds: 90 }), 'tokens live 1 min 30 s');
    assert.equal(word({ kind: 'clock-off', seconds: 30 }), 'clock 30 s ahead');
    assert.equal(word({ kind: 'clock-off', seconds: -30 }), 'clock 30 s behind');
    assert.equal(word({ kind: 'slow', delayMs: 3_000 }), 'answers 3 s late');
  });

  it('say whom it is for where their place does not', () => {
    const workload = { manifestUri: 'file:///nais.yaml', workload: 'app' };
    const said = (target: ScenarioTarget) =>
      wordScenarioWithTarget({ choice: { kind: 'revoked' }, begunAtMs: 0, ...target }, 'en', t);
    assert.equal(said({ workload, scope: 'ks:fiks' }), 'revoked (ks:fiks)');
    assert.equal(said({ workload }), 'revoked (app)');
    assert.equal(said({}), 'revoked');
  });

  it('say until when a scope is on its way', () => {
    const begunAtMs = new Date(2026, 10, 22, 12, 50).getTime();
    assert.equal(word({ kind: 'propagating', seconds: 900, speed: 1 }, begunAtMs), 'just deployed, until 13:05');
  });
});
