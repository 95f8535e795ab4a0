import assert from 'node:assert/strict';
import type { Problem } from '../../../src/maskinporten/problem';
import { failureCard, problemCard } from '../../../src/panels/problemCard';
import { createTranslate } from '../../../src/shared/localize';

const t = createTranslate({});

const refusal: Problem = {
  code: 'MP-121',
  step: 'token',
  sent: [{ name: 'kid', value: 'k1' }],
  refusal: {
    status: 400,
    error: 'invalid_grant',
    description: 'Invalid assertion. Client authentication failed. Expired key.',
    errorUri: 'https://maskinporten.no/errors/MP-121',
    traceId: '356666143081bbec11d293753e9702ca',
  },
};

describe('the card of a problem', () => {
  it('has code, cause and cure, what was sent and the trace id', () => {
    const { card } = problemCard(refusal, t);
    assert.equal(card.code, 'MP-121');
    assert.match(card.title, /MP-121/);
    assert.ok(card.cause && card.cure);
    assert.deepEqual(card.sent, [{ name: 'kid', value: 'k1' }]);
    assert.equal(card.traceId, '356666143081bbec11d293753e9702ca');
  });

  it('has a button for each cure, the likeliest first and the log last', () => {
    const { card } = problemCard(refusal, t);
    assert.deepEqual(
      card.actions.map(({ label }) => label),
      ['Show the Command That Rotates the Key', 'Add Credential Again…', 'Open Digdir’s Page', 'Show Log'],
    );
  });

  it('keeps what its buttons do to itself, and knows it by their ids', () => {
    const { card, remedies } = problemCard(refusal, t, { workload: { workload: 'app', team: 'team' } });
    assert.doesNotMatch(JSON.stringify(card), /kubectl|errors\/MP-121/);
    const done = card.actions.map(({ id }) => remedies.get(id));
    assert.deepEqual(done, [...remedies.values()]);
    assert.deepEqual(done[0], {
      kind: 'rotate-key',
      command: 'kubectl annotate maskinportenclient app -n team digdir.nais.io/rotate=true --overwrite',
    });
    assert.deepEqual(done[2], { kind: 'open-page', url: 'https://maskinporten.no/errors/MP-121' });
  });

  it('tells the stories of an unknown scope apart by what the manifest declares', () => {
    const unknown: Problem = {
      code: 'MP-200',
      step: 'token',
      sent: [{ name: 'scope', value: 'skatteetaten:intekt' }],
      refusedScopes: ['skatteetaten:intekt'],
      refusal: { status: 400, error: 'invalid_scope', description: 'x', errorUri: undefined, traceId: undefined },
    };
    const first = (declaredScopes: readonly string[] | undefined) => {
      const [remedy] = problemCard(unknown, t, { declaredScopes }).remedies.values();
      return remedy;
    };
    assert.deepEqual(first(['skatteetaten:inntekt']), {
      kind: 'replace-scope',
      from: 'skatteetaten:intekt',
      to: 'skatteetaten:inntekt',
    });
    assert.deepEqual(first(['krr:x']), { kind: 'add-scope-to-manifest', scope: 'skatteetaten:intekt' });
    assert.deepEqual(first(undefined), { kind: 'wait-and-retry', afterSeconds: undefined });
  });

  it('of a failure of the extension itself has no code and points to the log', () => {
    const { card, remedies } = failureCard(t);
    assert.equal(card.code, undefined);
    assert.deepEqual([...remedies.values()], [{ kind: 'show-log' }]);
  });
});
