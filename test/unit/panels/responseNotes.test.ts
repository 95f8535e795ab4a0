import assert from 'node:assert/strict';
import { classifyBody } from '../../../src/http/body';
import type { TestResult } from '../../../src/http/testRequest';
import type { Token } from '../../../src/maskinporten/model';
import { wordedNotes, type NoteSubject } from '../../../src/panels/responseNotes';
import { createTranslate } from '../../../src/shared/localize';
import type { Answered } from '../../../src/state/requests';

const NOW_MS = 1_000_000;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (subject: string) => `${part({ alg: 'RS256' })}.${part({ sub: subject })}.c2ln`;
const token = { accessToken: jwt('sent'), grantedScopes: ['a:b'] } as unknown as Token;

interface Change {
  readonly result?: Partial<TestResult>;
  readonly answered?: Partial<Answered>;
  readonly text?: string;
  readonly declared?: readonly string[] | undefined;
}

function notes({ result, answered, text = '{}', ...others }: Change) {
  const body = new TextEncoder().encode(text);
  const subject: NoteSubject = {
    answered: {
      result: {
        status: 200,
        statusText: '',
        headers: [],
        body,
        truncated: false,
        wireBytes: body.length,
        phases: { lookupMs: undefined, connectMs: undefined, tlsMs: undefined, firstByteMs: 1, doneMs: 2 },
        sentUrl: 'https://a.no/',
        tokenSent: true,
        redirect: undefined,
        ...result,
      },
      token,
      retry: { retry: false, because: 'not-401' },
      renewalProblem: undefined,
      ...answered,
    },
    body: classifyBody(body, 'application/json'),
    asked: { method: 'GET', headers: [] },
    scopes: ['a:b'],
    declared: 'declared' in others ? others.declared : ['a:b', 'c:d'],
    receivedAtMs: NOW_MS,
  };
  const worded = wordedNotes(subject, createTranslate({}));
  const shown = worded.notes.map(({ text: said, actions }) => [said, ...actions.map(({ label }) => label)]);
  return { ...worded, shown };
}

const lacks = (scope: string): Partial<TestResult> => ({
  status: 403,
  headers: [['WWW-Authenticate', `Bearer error="insufficient_scope", scope="${scope}"`]],
});
/** What is said after the challenge itself. */
const asked = (change: Change) => notes(change).shown.slice(1);

describe('the notes on a response', () => {
  it('explain each challenge', () => {
    const { shown } = notes({
      result: {
        status: 401,
        headers: [
          ['WWW-Authenticate', 'Bearer realm="a", error="invalid_token"'],
          ['www-authenticate', 'Basic realm="b"'],
        ],
      },
    });
    assert.equal(shown.length, 2);
    assert.match(shown[0]?.[0] ?? '', /invalid_token/);
    assert.match(shown[1]?.[0] ?? '', /Basic/);
  });

  it('offer a scope that the manifest has', () => {
    assert.deepEqual(asked({ result: lacks('c:d') }), [
      ['c:d is in nais.yaml, but the token was for a:b.', 'Send with c:d'],
    ]);
  });

  it('offer to add a scope that it lacks', () => {
    const { shown, offers, notes: all } = notes({ result: lacks('e:f') });
    assert.deepEqual(shown[1], ['e:f is not in nais.yaml.', 'Add to Manifest']);
    assert.deepEqual(offers.get(all[1]?.actions[0]?.id ?? ''), { kind: 'add-scope', scope: 'e:f' });
  });

  it('offer a scope without a manifest to compare with', () => {
    assert.deepEqual(asked({ result: lacks('c:d'), declared: undefined }), [
      ['The token was for a:b, without c:d.', 'Send with c:d'],
    ]);
  });

  it('name scopes of the manifest first, a few of many, and not the one that was sent', () => {
    const said = asked({ result: lacks('a:b 1:x 2:x 3:x 4:x 5:x c:d') }).map(([text]) => text);
    assert.equal(said.length, 4);
    assert.match(said[0] ?? '', /^c:d is in nais\.yaml/);
  });

  it('say that the token has the scope, where it does', () => {
    assert.deepEqual(asked({ result: lacks('a:b') }), [
      ['The token has a:b, and the API still asks for it. Only the API’s owner can tell why.'],
    ]);
  });

  it('say nothing of scopes where no token was sent', () => {
    assert.deepEqual(asked({ result: { ...lacks('c:d'), tokenSent: false } }), []);
  });

  it('say that a new token was got, and that one could not be', () => {
    assert.match(notes({ answered: { retry: { retry: true } } }).shown[0]?.[0] ?? '', /a new one was got/);
    const renewalProblem = { code: 'production/not-confirmed', step: 'grant', sent: [] } as const;
    const { shown } = notes({ answered: { retry: { retry: true }, renewalProblem } });
    assert.equal(shown.length, 1);
    assert.match(shown[0]?.[0] ?? '', /^A new token might have helped, and could not be had: /);
  });

  for (const [what, sameOrigin, tokenSent, label] of [
    ['with the token on the same origin', true, true, 'Follow with the Token'],
    ['without it to another', false, true, 'Follow without the Token'],
    ['as it was sent, without one', false, false, 'Follow'],
  ] as const) {
    it(`offer to follow a redirect ${what}`, () => {
      const redirect = {
        kind: 'followable',
        location: 'https://b.no/',
        method: 'GET',
        keepsBody: false,
        sameOrigin,
      } as const;
      const { shown } = notes({ result: { status: 302, redirect, tokenSent } });
      assert.match(shown[0]?.[0] ?? '', /https:\/\/b\.no\/.*not followed/);
      assert.equal(shown[0]?.[1], label);
    });
  }

  it('offer nothing where a redirect cannot be followed', () => {
    const { shown } = notes({ result: { status: 302, redirect: { kind: 'loop', location: 'https://a.no/' } } });
    assert.equal(shown[0]?.length, 1);
  });

  it('count down to when the API lets one come again', () => {
    const { notes: all } = notes({ result: { status: 429, headers: [['Retry-After', '7']] } });
    assert.equal(all[0]?.untilMs, NOW_MS + 7000);
  });

  it('keep what is for browsers with the headers', () => {
    const { shown, headerNotes } = notes({ result: { headers: [['Access-Control-Allow-Origin', '*']] } });
    assert.deepEqual(shown, []);
    assert.match(headerNotes[0] ?? '', /browsers/);
  });

  it('say that the answer was longer than what was read, unless the rest waits', () => {
    assert.match(notes({ result: { truncated: true } }).shown[0]?.[0] ?? '', /only its first 2 B were read/);
    const rest = { read: () => assert.fail(), stop: () => undefined };
    assert.deepEqual(notes({ result: { truncated: true, rest } }).shown, []);
  });

  it('offer to decode the tokens that the answer holds, save the one that was sent', () => {
    const { shown, offers } = notes({ text: JSON.stringify({ access_token: jwt('new'), echo: token.accessToken }) });
    assert.deepEqual(shown, [
      ['The answer holds a token. It can be read without leaving this machine.', 'Decode access_token'],
    ]);
    assert.deepEqual([...offers.values()], [{ kind: 'decode', name: 'access_token', token: jwt('new') }]);
  });

  it('are none where all is well', () => {
    assert.deepEqual(notes({}).shown, []);
  });
});
