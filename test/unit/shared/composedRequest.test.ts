import assert from 'node:assert/strict';
import { composedRequest, impliedContentType } from '../../../src/shared/composedRequest';
import { emptyForm, type BodyForm, type RequestForm } from '../../../src/shared/requestForm';

const row = (name: string, value: string, enabled = true) => ({ name, value, enabled });
const form = (change: Partial<RequestForm>): RequestForm => ({
  ...emptyForm([]),
  method: 'POST',
  headers: [],
  ...change,
});
const body = (kind: BodyForm['kind'], text: string, fields: BodyForm['fields'] = []): Pick<RequestForm, 'body'> => ({
  body: { kind, text, fields },
});

describe('the request that a form stands for', () => {
  it('has the headers that are filled in and switched on, in their order', () => {
    const headers = [row(' A ', '1'), row('B', '2', false), row('', ''), row('A', '3'), row('C', '')];
    assert.deepEqual(composedRequest(form({ headers })).headers, [
      ['A', '1'],
      ['A', '3'],
      ['C', ''],
    ]);
  });

  it('has the URL without the spaces that were pasted with it', () => {
    assert.equal(composedRequest(form({ url: ' https://host/ \n' })).url, 'https://host/');
  });

  for (const [kind, type] of [
    ['json', 'application/json'],
    ['text', 'text/plain; charset=utf-8'],
    ['xml', 'application/xml; charset=utf-8'],
  ] as const) {
    it(`has the text and ${type} for a body of ${kind}`, () => {
      const request = composedRequest(form(body(kind, '{"å": 1}')));
      assert.equal(request.body, '{"å": 1}');
      assert.deepEqual(request.headers, [['Content-Type', type]]);
    });
  }

  it('has the fields of a form as browsers write them', () => {
    const fields = [row('navn', 'Kåre & co'), row('a', '1', false), row('', ''), row(' b ', '')];
    const request = composedRequest(form(body('form', 'not this', fields)));
    assert.equal(request.body, 'navn=K%C3%A5re+%26+co&+b+=');
    assert.deepEqual(request.headers, [['Content-Type', 'application/x-www-form-urlencoded']]);
  });

  it('has the content type that the user names, in whatever case', () => {
    const headers = [row('content-type', 'application/merge-patch+json')];
    assert.deepEqual(composedRequest(form({ headers, ...body('json', '{}') })).headers, [
      ['content-type', 'application/merge-patch+json'],
    ]);
    const off = [row('Content-Type', 'text/plain', false)];
    assert.equal(impliedContentType(form({ headers: off, ...body('json', '{}') })), 'application/json');
  });

  for (const [what, change] of [
    ['GET', { method: 'GET', ...body('json', '{}') }],
    ['HEAD', { method: 'HEAD', ...body('form', '', [row('a', 'b')]) }],
    ['no kind of body', body('none', 'kept')],
    ['an empty text', body('json', '')],
  ] as const) {
    it(`has neither body nor content type with ${what}`, () => {
      const request = composedRequest(form(change));
      assert.equal(request.body, undefined);
      assert.deepEqual(request.headers, []);
    });
  }

  it('has a body with methods of its own, and an empty one for an empty form', () => {
    assert.equal(composedRequest(form({ method: 'QUERY', ...body('text', 'x') })).body, 'x');
    assert.equal(composedRequest(form(body('form', ''))).body, '');
  });
});
