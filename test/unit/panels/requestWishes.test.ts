import assert from 'node:assert/strict';
import { RequestWishes } from '../../../src/panels/requestWishes';
import { requestTitle } from '../../../src/panels/requestTitle';
import { createTranslate } from '../../../src/shared/localize';
import { emptyForm } from '../../../src/shared/requestForm';

const origin = { manifestUri: 'file:///nais.yaml', workload: 'app' };

describe('the wishes for tokens of a request panel', () => {
  it('have the options that were chosen for their scopes, in whatever order, and no others', () => {
    const wishes = new RequestWishes(origin);
    const options = { resource: 'https://a.no/', pid: '13889600033', authorizationDetails: [{ type: 'x' }] };
    wishes.adopt({ scopes: ['a:b', 'c:d'], ...options, skipCache: true });
    assert.deepEqual(wishes.askOf(['c:d', 'a:b']), { ...origin, scopes: ['c:d', 'a:b'], ...options });
    assert.deepEqual(wishes.askOf(['a:b']), { ...origin, scopes: ['a:b'] });
    wishes.drop(['a:b', 'c:d']);
    assert.deepEqual(wishes.askOf(['a:b', 'c:d']), { ...origin, scopes: ['a:b', 'c:d'] });
  });

  it('are none without a scope', () => {
    assert.equal(new RequestWishes(origin).askFor(emptyForm([])), undefined);
  });
});

describe('the title of a request', () => {
  const t = createTranslate({});
  const sample = 'http://127.0.0.1:1/x/api/sample';
  for (const [method, url, scopes, title] of [
    ['GET', '', [], 'Test Request'],
    ['GET', '', ['a:b'], 'Request: a:b'],
    ['GET', `${sample}/large`, ['a:b'], 'Request: a:b'],
    ['POST', 'https://api.example.no:8443/v1?token=x', ['a:b'], 'POST api.example.no:8443'],
    ['GET', 'api.example', ['a:b'], 'Request: a:b'],
  ] as const) {
    it(`of ${method} ${url} is ${title}`, () => {
      assert.equal(requestTitle({ method, url, scopes }, sample, t), title);
    });
  }
});
