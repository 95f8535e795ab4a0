import assert from 'node:assert/strict';
import { parseRequestPanelEvent, parseRequestPanelRequest } from '../../../src/shared/parse';
import { parseRequestPanelState } from '../../../src/shared/requestForm';

const form = {
  method: 'POST',
  url: 'https://api.example.no/',
  headers: [{ name: 'Accept', value: 'application/json' }],
  body: '{}',
  scopes: ['skatteetaten:inntekt'],
};

/** What no parser may take for a message, whatever it expects. */
const NO_MESSAGES: readonly unknown[] = [
  undefined,
  null,
  'ready',
  1,
  [],
  ['ready'],
  {},
  { type: 'other' },
  { type: {} },
];

describe('requests of the request panel', () => {
  for (const request of [
    { type: 'ready' },
    { type: 'cancel' },
    { type: 'send', form },
    { type: 'send', form: { ...form, headers: [], scopes: [] } },
    { type: 'show-token', scopes: ['a:b'] },
    { type: 'problem-action', id: 'retry 0' },
    { type: 'send-to-file', form },
    { type: 'response', command: 'save-rest' },
    { type: 'note-action', id: 'follow 0' },
  ]) {
    it(`takes ${JSON.stringify(request).slice(0, 60)}`, () => {
      assert.deepEqual(parseRequestPanelRequest({ ...request, more: 1 }), request);
    });
  }

  for (const [what, value] of [
    ...NO_MESSAGES.map((value) => [(JSON.stringify(value) as string | undefined) ?? 'undefined', value]),
    ['a form that is missing', { type: 'send' }],
    ['a method in lower case', { type: 'send', form: { ...form, method: 'get' } }],
    ['a method with a line break', { type: 'send', form: { ...form, method: 'GET\r\nX: y' } }],
    ['a URL that is no text', { type: 'send', form: { ...form, url: new URL('https://a/') } }],
    ['a URL without end', { type: 'send', form: { ...form, url: `https://a/${'x'.repeat(20_000)}` } }],
    ['a body that is missing', { type: 'send', form: { ...form, body: undefined } }],
    ['headers that are a map', { type: 'send', form: { ...form, headers: { accept: 'x' } } }],
    ['a header without value', { type: 'send', form: { ...form, headers: [{ name: 'a' }] } }],
    [
      'more headers than a form has',
      { type: 'send', form: { ...form, headers: Array(300).fill({ name: 'a', value: 'b' }) } },
    ],
    ['scopes that are a text', { type: 'send', form: { ...form, scopes: 'a:b' } }],
    ['a scope that is no text', { type: 'send', form: { ...form, scopes: [{}] } }],
    ['a token without scopes', { type: 'show-token', scopes: [] }],
    ['a request of the token view', { type: 'copy', what: 'token', of: 'maskinporten' }],
    ['a button without a name', { type: 'problem-action' }],
    ['a button of a note without a name', { type: 'note-action', id: {} }],
    ['a file without a form', { type: 'send-to-file' }],
    ['a command that a response does not have', { type: 'response', command: 'save-token' }],
  ] as const) {
    it(`refuses ${what as string}`, () => {
      assert.equal(parseRequestPanelRequest(value), undefined);
    });
  }
});

describe('events of the request panel', () => {
  it('takes the form as it was edited', () => {
    assert.deepEqual(parseRequestPanelEvent({ type: 'edited', form }), { type: 'edited', form });
  });

  it('refuses what is not a form', () => {
    for (const value of [...NO_MESSAGES, { type: 'edited' }, { type: 'edited', form: { ...form, url: 1 } }]) {
      assert.equal(parseRequestPanelEvent(value), undefined);
    }
  });
});

describe('what a request panel kept', () => {
  it('takes what a request panel kept, never a body', () => {
    const { method, url, headers, scopes } = form;
    const state = { version: 1, manifestUri: undefined, workload: 'app', method, url, headers, scopes };
    assert.deepEqual(parseRequestPanelState({ ...state, body: 'secret' }), state);
  });

  it('refuses a request state of another version or shape', () => {
    for (const value of [...NO_MESSAGES, { ...form, version: 2 }, { version: 1, ...form, headers: 1 }]) {
      assert.equal(parseRequestPanelState(value), undefined);
    }
  });
});
