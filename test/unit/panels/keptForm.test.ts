import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keptForm } from '../../../src/panels/keptForm';
import type { RequestForm } from '../../../src/shared/requestForm';

const form: RequestForm = {
  method: 'POST',
  url: 'https://api.example.no/v1?a=b',
  unsentQuery: [{ raw: 'c=d', at: 1 }],
  headers: [],
  body: { kind: 'json', text: '{"navn": "Ola"}', fields: [] },
  scopes: ['a:b'],
  asAltinn: false,
};
const keep = (change: Partial<RequestForm>, withBody = true) => keptForm({ ...form, ...change }, withBody);
const row = (name: string, value: string) => ({ name, value, enabled: true });

/** Of a synthetic person (Test-Norge): its check digits are right. */
const PERSON = '13889600033';
const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';

describe('what a request panel keeps over a reload', () => {
  it('is the form as it was typed, where nothing in it is a secret', () => {
    assert.deepEqual(keep({}), form);
  });

  it('is the value of few headers, and the names of the others', () => {
    const headers = [
      row('ACCEPT', '*/*'),
      row(' Content-Type ', 'text/plain'),
      row('accept-language', 'nb'),
      row('Authorization', 'secret'),
      row('Cookie', 'secret'),
      row('Ocp-Apim-Subscription-Key', 'secret'),
      row('X-Accept', 'secret'),
    ];
    assert.deepEqual(keep({ headers }).headers, [
      ...headers.slice(0, 3),
      ...headers.slice(3).map(({ name }) => row(name, '')),
    ]);
  });

  it('is no header whose name or kept value is a secret', () => {
    const headers = [row(TOKEN, ''), row(PERSON, ''), row('Accept', TOKEN), row(`Bearer ${'x'.repeat(90)}`, '')];
    assert.deepEqual(keep({ headers }).headers, [row('Accept', '')]);
  });

  for (const [what, body] of [
    ['a token', { kind: 'text', text: `x ${TOKEN}`, fields: [] }],
    ['a national identity number', { kind: 'json', text: `{"id": "${PERSON}"}`, fields: [] }],
    ['a member that is called a secret', { kind: 'json', text: '{"clientSecret": "x"}', fields: [] }],
    ['an element that is called a password', { kind: 'xml', text: '<passord>x</passord>', fields: [] }],
    ['a field that is called a key', { kind: 'form', text: '', fields: [row('api_key', 'x')] }],
    ['more than is worth keeping', { kind: 'text', text: 'x'.repeat(100_000), fields: [] }],
  ] as const) {
    it(`is no body with ${what}`, () => {
      assert.deepEqual(keep({ body }).body, { kind: body.kind, text: '', fields: [] });
    });
  }

  it('is no body at all where none may be kept', () => {
    assert.equal(keep({}, false).body.text, '');
  });

  it('is no parameter that is switched off and called a secret', () => {
    assert.deepEqual(keep({ unsentQuery: [{ raw: 'access_token=x', at: 0 }] }).unsentQuery, []);
  });

  for (const [url, kept] of [
    ['https://user:secret@host/path', 'https://host/path'],
    ['https://user@name:secret@host/', 'https://host/'],
    ['https:///user:secret@host/', 'https:///host/'],
    ['https:/user:secret@host/', 'https:/host/'],
    ['https:\\\\user:secret@host/', 'https:\\\\host/'],
    ['user:secret@host', 'host'],
    ['https://host/mail@example.no', 'https://host/mail@example.no'],
    ['https://host?mail=a@b', 'https://host?mail=a@b'],
    ['https://host#a@b', 'https://host#a@b'],
    ['https://host?b=%C3%A6&c=+', 'https://host?b=%C3%A6&c=+'],
    [`https://host/person/${PERSON}`, 'https://host/person/•••••••••••'],
    [`https://host/?access_token=x&b=1`, 'https://host/?access_token=•••&b=1'],
  ] as const) {
    it(`keeps ${url} as ${kept}`, () => {
      assert.equal(keep({ url }).url, kept);
    });
  }

  it('holds no secret, wherever one was typed', () => {
    const secret = fc.constantFrom(TOKEN, PERSON);
    const around = fc.string({ unit: fc.constantFrom('a', ' ', '/', '=', '&', '"', ':', '{', '}', '?', '#') });
    fc.assert(
      fc.property(secret, around, around, fc.constantFrom(0, 1, 2, 3, 4, 5), (hidden, before, after, place) => {
        const text = `${before}${hidden}${after}`;
        const kept = keep(
          [
            { url: `https://host/${text}` },
            { url: text },
            { headers: [row(text, 'x')] },
            { headers: [row('Accept', text)] },
            { body: { kind: 'text', text, fields: [] } },
            { unsentQuery: [{ raw: text, at: 0 }] },
          ][place] as Partial<RequestForm>,
        );
        assert.ok(!JSON.stringify(kept).includes(hidden));
      }),
      { numRuns: 3000 },
    );
  });
});
