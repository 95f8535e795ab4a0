import assert from 'node:assert/strict';
import { parseRequestPanelEvent, parseRequestPanelRequest } from '../../../src/shared/parse';
import { parseRequestPanelState } from '../../../src/shared/requestState';

const form = {
  method: 'POST',
  url: 'https://api.example.no/',
  unsentQuery: [{ raw: 'a=1', at: 0 }],
  headers: [{ name: 'Accept', value: 'application/json', enabled: true }],
  body: { kind: 'json', text: '{}', fields: [{ name: 'a', value: 'b', enabled: false }] },
  scopes: ['skatteetaten:inntekt'],
  asAltinn: false,
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
    { type: 'check', form },
    { type: 'format-json', text: '{}' },
    { type: 'compose', action: 'open-outbound' },
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
    ['a method without a letter', { type: 'send', form: { ...form, method: '' } }],
    ['a method with a line break', { type: 'send', form: { ...form, method: 'GET\r\nX: y' } }],
    ['a URL that is no text', { type: 'send', form: { ...form, url: new URL('https://a/') } }],
    ['a URL without end', { type: 'send', form: { ...form, url: `https://a/${'x'.repeat(20_000)}` } }],
    ['a body that is missing', { type: 'send', form: { ...form, body: undefined } }],
    ['headers that are a map', { type: 'send', form: { ...form, headers: { accept: 'x' } } }],
    ['a header without value', { type: 'send', form: { ...form, headers: [{ name: 'a', enabled: true }] } }],
    ['a header without a switch', { type: 'send', form: { ...form, headers: [{ name: 'a', value: 'b' }] } }],
    ['a body that is a text', { type: 'send', form: { ...form, body: '{}' } }],
    ['a body of an unknown kind', { type: 'send', form: { ...form, body: { ...form.body, kind: 'yaml' } } }],
    ['a pair before the first', { type: 'send', form: { ...form, unsentQuery: [{ raw: 'a', at: -1 }] } }],
    ['an Altinn token that is a text', { type: 'send', form: { ...form, asAltinn: 'yes' } }],
    ['an action that there is none of', { type: 'compose', action: 'send' }],
    ['an action that every object has', { type: 'compose', action: 'toString' }],
    [
      'more headers than a form has',
      { type: 'send', form: { ...form, headers: Array(300).fill({ name: 'a', value: 'b', enabled: true }) } },
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
  const state = { version: 2, manifestUri: undefined, workload: 'app', form };

  it('takes the form and where its token is from', () => {
    assert.deepEqual(parseRequestPanelState({ ...state, more: 1 }), state);
    const more = { sampleSuffix: '/status/404', resource: 'https://api.example.no/', consumerOrg: '889640782' };
    assert.deepEqual(parseRequestPanelState({ ...state, ...more }), { ...state, ...more });
  });

  it('takes what the version before kept, with all headers switched on', () => {
    const { method, url, scopes } = form;
    const old = { version: 1, workload: 'app', method, url, headers: [{ name: 'Accept', value: '*/*' }], scopes };
    assert.deepEqual(parseRequestPanelState(old)?.form, {
      method,
      url,
      unsentQuery: [],
      headers: [{ name: 'Accept', value: '*/*', enabled: true }],
      body: { kind: 'none', text: '', fields: [] },
      scopes,
      asAltinn: false,
    });
  });

  it('refuses another version or shape', () => {
    for (const value of [...NO_MESSAGES, { ...state, version: 3 }, { ...state, form: 1 }, { version: 1, headers: 1 }]) {
      assert.equal(parseRequestPanelState(value), undefined);
    }
  });
});
