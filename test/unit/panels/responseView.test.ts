import assert from 'node:assert/strict';
import type { TestResult } from '../../../src/http/testRequest';
import { classifyBody } from '../../../src/http/body';
import {
  phaseDurations,
  responseView,
  viewWithoutToken,
  withoutToken,
  type SentRequest,
} from '../../../src/panels/responseView';
import { createTranslate } from '../../../src/shared/localize';

const t = createTranslate({});
const ACCESS_TOKEN = 'header.claims.signature';

function result(change: Partial<TestResult> & { readonly text?: string } = {}): TestResult {
  const body = change.body ?? new TextEncoder().encode(change.text ?? '{"a":1}');
  return {
    status: 200,
    statusText: 'OK',
    headers: [['content-type', 'application/json']],
    body,
    truncated: false,
    wireBytes: body.length,
    phases: { lookupMs: undefined, connectMs: 2, tlsMs: undefined, firstByteMs: 10, doneMs: 11 },
    sentUrl: 'https://api.example.no/',
    tokenSent: true,
    redirect: undefined,
    ...change,
  };
}

const sent: SentRequest = { method: 'GET', scopes: ['a:b'], environment: 'Sandbox' };
function view(change?: Parameters<typeof result>[0]) {
  const answer = result(change);
  const contentType = answer.headers.find(([name]) => name === 'content-type')?.[1];
  return responseView(answer, classifyBody(answer.body, contentType), sent, { headerNotes: [] }, t);
}
const whole = (text: string) => ({ text, cut: undefined });

describe('the phases of a request', () => {
  it('are each the time since the one before ended', () => {
    assert.deepEqual(
      phaseDurations({ lookupMs: 10, connectMs: 15, tlsMs: 40, firstByteMs: 100, doneMs: 101 }).map(({ ms }) => ms),
      [10, 5, 25, 60, 1],
    );
  });

  it('that did not happen are left out, never zero', () => {
    const phases = { lookupMs: undefined, connectMs: undefined, tlsMs: undefined, firstByteMs: 7, doneMs: 9 };
    assert.deepEqual(phaseDurations(phases), [
      { name: 'wait', ms: 7 },
      { name: 'download', ms: 2 },
    ]);
  });

  it('add up to the whole', () => {
    const { phases, totalMs } = view();
    assert.equal(
      phases.reduce((sum, { ms }) => sum + ms, 0),
      totalMs,
    );
  });
});

describe('the view of a response', () => {
  it('has JSON as it came and indented', () => {
    assert.deepEqual(view().body, { kind: 'json', raw: whole('{"a":1}'), pretty: whole('{\n  "a": 1\n}') });
  });

  it('has text as it came', () => {
    const body = view({ text: 'hello', headers: [['content-type', 'text/plain']] }).body;
    assert.deepEqual(body, { kind: 'text', raw: whole('hello'), pretty: undefined });
  });

  it('names a binary body and shows its first bytes', () => {
    const { body } = view({ body: new Uint8Array([0, 1, 2, 255]), headers: [['content-type', 'image/png']] });
    assert.ok(body.kind === 'binary');
    assert.equal(body.description, 'Binary (image/png), 4 B.');
    assert.match(body.hex, /^00000000 {2}00 01 02 ff .*\|\.{4}\|$/);
  });

  it('has a form as its fields, and as it came', () => {
    const { body } = view({
      text: 'navn=Kari+Nordmann&a=%C3%A5&a=2',
      headers: [['content-type', 'application/x-www-form-urlencoded']],
    });
    assert.ok(body.kind === 'form');
    assert.deepEqual(
      body.fields.map(({ name, value }) => [name, value]),
      [
        ['navn', 'Kari Nordmann'],
        ['a', 'å'],
        ['a', '2'],
      ],
    );
    assert.equal(body.raw.text, 'navn=Kari+Nordmann&a=%C3%A5&a=2');
  });

  it('has XML as it came and indented', () => {
    const { body } = view({ text: '<a><b>1</b></a>', headers: [['content-type', 'application/xml']] });
    assert.ok(body.kind === 'xml');
    assert.equal(body.pretty?.text, '<a>\n  <b>1</b>\n</a>');
  });

  it('has no second form of what looks the same indented', () => {
    assert.deepEqual(view({ text: '[]' }).body, { kind: 'json', raw: whole('[]'), pretty: undefined });
  });

  it('does not indent what says JSON and is not', () => {
    assert.deepEqual(view({ text: '{"a":' }).body, { kind: 'json', raw: whole('{"a":'), pretty: undefined });
  });

  it('names the version of HTTP where it is known', () => {
    assert.equal(view({ httpVersion: '1.0' }).httpVersion, 'HTTP/1.0');
    assert.equal(view().httpVersion, undefined);
  });

  it('says that there is no body', () => {
    assert.deepEqual(view({ body: new Uint8Array(), status: 204 }).body, { kind: 'empty' });
  });

  it('says which token went along, or that none did', () => {
    assert.equal(view().authorization, 'Sent with a token for a:b from Sandbox.');
    assert.equal(view({ tokenSent: false }).authorization, 'Sent without a token.');
  });

  it('gives the size on the wire where it differs', () => {
    assert.equal(view().size, '7 B');
    assert.equal(view({ wireBytes: 5 }).size, '7 B, 5 B on the wire');
  });

  it('says that there is more than what was read', () => {
    assert.equal(view({ truncated: true, wireBytes: 10_000 }).size, 'more than 7 B');
  });

  it('shows no more text than a page can bear, and says how much', () => {
    const { body } = view({ text: JSON.stringify(Array(400_000).fill(1)) });
    assert.ok(body.kind === 'json');
    for (const shown of [body.raw, body.pretty]) {
      assert.equal(shown?.text.length, 500_000);
      assert.match(shown.cut ?? '', /^The first 500000 characters/);
    }
  });

  it('indents JSON that was cut at the limit', () => {
    const { body } = view({ text: `[${'{"a":1},'.repeat(200_000)}{"a`, truncated: true });
    assert.ok(body.kind === 'json');
    assert.ok(body.pretty?.text.startsWith('[\n  {\n    "a": 1\n  },\n'));
  });
});

describe('an API that repeats the token', () => {
  it('does not get it into a text', () => {
    assert.equal(
      withoutToken(`a ${ACCESS_TOKEN} b ${ACCESS_TOKEN}`, ACCESS_TOKEN, t),
      'a ‹access token› b ‹access token›',
    );
  });

  it('does not get it into what a webview is sent, neither by header nor by note', () => {
    const shown = { headers: [{ name: 'x-echo', value: `Bearer ${ACCESS_TOKEN}` }], notes: ['"quoted"\n'] };
    assert.deepEqual(viewWithoutToken(shown, ACCESS_TOKEN, t), {
      headers: [{ name: 'x-echo', value: 'Bearer ‹access token›' }],
      notes: ['"quoted"\n'],
    });
  });

  it('is not suspected where nothing is repeated', () => {
    const shown = view();
    assert.equal(viewWithoutToken(shown, ACCESS_TOKEN, t), shown);
    assert.equal(withoutToken('a b', ACCESS_TOKEN, t), 'a b');
  });
});
