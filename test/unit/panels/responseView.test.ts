import assert from 'node:assert/strict';
import type { TestResult } from '../../../src/http/testRequest';
import { phaseDurations, responseView, type SentRequest } from '../../../src/panels/responseView';
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

const sent: SentRequest = { method: 'GET', scopes: ['a:b'], environment: 'Sandbox', accessToken: ACCESS_TOKEN };
const view = (change?: Parameters<typeof result>[0], request: Partial<SentRequest> = {}) =>
  responseView(result(change), { ...sent, ...request }, t);

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
    assert.deepEqual(view().body, { kind: 'json', raw: '{"a":1}', pretty: '{\n  "a": 1\n}' });
  });

  it('has text as it came', () => {
    const body = view({ text: 'hello', headers: [['content-type', 'text/plain']] }).body;
    assert.deepEqual(body, { kind: 'text', raw: 'hello', pretty: undefined });
  });

  it('names a binary body and does not print it', () => {
    const { body } = view({ body: new Uint8Array([0, 1, 2, 255]), headers: [['content-type', 'image/png']] });
    assert.deepEqual(body, { kind: 'binary', description: 'Binary (image/png), 4 B. It is not shown.' });
  });

  it('says that there is no body', () => {
    assert.deepEqual(view({ body: new Uint8Array(), status: 204 }).body, { kind: 'empty' });
  });

  it('says which token went along, or that none did', () => {
    assert.equal(view().authorization, 'Sent with a token for a:b from Sandbox.');
    assert.equal(view({ tokenSent: false }).authorization, 'Sent without a token.');
  });

  it('explains every challenge', () => {
    const headers = [
      ['WWW-Authenticate', 'Bearer realm="a", error="invalid_token"'],
      ['www-authenticate', 'Basic realm="b"'],
    ] as const;
    const { notes } = view({ status: 401, headers });
    assert.equal(notes.length, 2);
    assert.match(notes[0] ?? '', /invalid_token/);
    assert.match(notes[1] ?? '', /Basic/);
  });

  it('shows where a redirect points', () => {
    const redirect = {
      kind: 'followable',
      location: 'https://other.example/',
      method: 'GET',
      keepsBody: false,
      sameOrigin: false,
    } as const;
    assert.match(view({ status: 302, redirect }).notes[0] ?? '', /https:\/\/other\.example\/.*not followed/);
  });

  it('says that the answer was longer than what was read', () => {
    assert.match(view({ truncated: true, wireBytes: 10_000 }).notes[0] ?? '', /only its first 7 B were read/);
  });

  it('gives the size on the wire where it differs', () => {
    assert.equal(view().size, '7 B');
    assert.equal(view({ wireBytes: 5 }).size, '7 B, 5 B on the wire');
  });

  it('shows no more text than a page can bear, and says so', () => {
    const { body, notes } = view({ text: 'x'.repeat(1_000_001), headers: [['content-type', 'text/plain']] });
    assert.ok('raw' in body);
    assert.equal(body.raw.length, 1_000_000);
    assert.equal(notes.length, 1);
  });
});

describe('an API that repeats the token', () => {
  const echo = {
    text: JSON.stringify({ authorization: `Bearer ${ACCESS_TOKEN}`, note: '"quoted"\n' }),
    headers: [
      ['content-type', 'application/json'],
      ['x-echo', `Bearer ${ACCESS_TOKEN}`],
    ] as const,
  };

  it('does not get it into the webview, neither by body nor by header', () => {
    assert.ok(!JSON.stringify(view(echo)).includes(ACCESS_TOKEN));
  });

  it('is told so, and shown with the rest as it came', () => {
    const { notes, headers, body } = view(echo);
    assert.match(notes.at(-1) ?? '', /repeats the access token/);
    assert.equal(headers[1]?.value, 'Bearer ‹access token›');
    assert.ok('raw' in body && body.raw.includes('\\"quoted\\"\\n'));
  });

  it('is not suspected where nothing is repeated', () => {
    assert.deepEqual(view().notes, []);
  });
});
