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

  it('offers the page of the refusal, whose address stays with the host', () => {
    const { card, link } = problemCard(refusal, t);
    assert.equal(link, 'https://maskinporten.no/errors/MP-121');
    assert.deepEqual(
      card.actions.map(({ action }) => action),
      ['open-link', 'show-log'],
    );
  });

  it('offers no page where there is none', () => {
    const { card, link } = problemCard({ code: 'network/dns', step: 'api', sent: [], host: 'api.x.no' }, t);
    assert.equal(link, undefined);
    assert.deepEqual(
      card.actions.map(({ action }) => action),
      ['show-log'],
    );
  });

  it('of a failure of the extension itself has no code and points to the log', () => {
    const { card } = failureCard(t);
    assert.equal(card.code, undefined);
    assert.deepEqual(
      card.actions.map(({ action }) => action),
      ['show-log'],
    );
  });
});
