import assert from 'node:assert/strict';
import { requestFaults, type JudgedRequest } from '../../../src/http/checkRequest';
import { sendTestRequest } from '../../../src/http/testRequest';
import { UndiciTransport } from '../../../src/http/transport';
import type { EnvironmentKind } from '../../../src/maskinporten/model';
import { problemOf } from '../../../src/maskinporten/problem';

const good: JudgedRequest = { method: 'GET', url: 'https://api.example.no/', headers: [], tokenFrom: undefined };

/** Each request with what is said of it while it is typed. */
const CASES: readonly (readonly [what: string, change: Partial<JudgedRequest>, part: unknown, code: string])[] = [
  ['a text that is no URL', { url: 'api.example.no' }, 'url', 'request/bad-url'],
  ['http to another machine', { url: 'http://api.example.no/' }, 'url', 'request/insecure-url'],
  ['a password in the URL', { url: 'https://a:b@api.example.no/' }, 'url', 'request/url-credentials'],
  ['a method of two words', { method: 'GET IT' }, 'method', 'request/bad-method'],
  ['a method that makes tunnels', { method: 'connect' }, 'method', 'request/bad-method'],
  [
    'a name with a space',
    {
      headers: [
        ['Accept', '*/*'],
        ['X Y', 'z'],
      ],
    },
    { header: 1 },
    'request/bad-header',
  ],
  ['a value with a line break', { headers: [['X', 'a\r\nY: b']] }, { header: 0 }, 'request/bad-header'],
  ['a length of its own', { headers: [['Content-Length', '1']] }, { header: 0 }, 'request/bad-header'],
  ['two tokens', { headers: [['authorization', 'x']], tokenFrom: 'test' }, { header: 0 }, 'request/bad-header'],
  ['a sandbox token for others', { tokenFrom: 'sandbox' }, 'token', 'request/sandbox-token-elsewhere'],
];

describe('the check of a request that is being typed', () => {
  for (const [what, change, part, code] of CASES) {
    it(`finds ${what}, as Send refuses it`, async () => {
      const request = { ...good, ...change };
      assert.deepEqual(
        requestFaults(request).map((fault) => [fault.part, fault.problem.code]),
        [[part, code]],
      );
      assert.equal(await refusalOf(request), code);
    });
  }

  for (const [what, change] of [
    ['https', {}],
    ['http to this machine, with a sandbox token', { url: 'http://127.0.0.1:1/', tokenFrom: 'sandbox' }],
    ['an Authorization of its own without a token', { headers: [['Authorization', 'Basic x']] }],
    ['a method of its own', { method: 'QUERY' }],
  ] as const) {
    it(`finds nothing in ${what}`, () => {
      assert.deepEqual(requestFaults({ ...good, ...change }), []);
    });
  }

  it('finds all faults at once', () => {
    const headers = [
      ['A B', ''],
      ['C', '\n'],
    ] as const;
    assert.equal(requestFaults({ method: '', url: '', headers, tokenFrom: undefined }).length, 4);
  });
});

/** With a transport that has nowhere to go: what it refuses, it refuses before it connects. */
async function refusalOf({ method, url, headers, tokenFrom }: JudgedRequest): Promise<string | undefined> {
  const transport = new UndiciTransport({
    lookup: () => {
      throw new Error('It was sent.');
    },
  });
  const token = tokenFrom && {
    accessToken: 'x',
    environment: { kind: tokenFrom satisfies EnvironmentKind, issuer: 'https://i/' },
  };
  try {
    await sendTestRequest(transport, { method, url, headers, token }, new AbortController().signal);
    return undefined;
  } catch (error) {
    return problemOf(error)?.code ?? String(error);
  } finally {
    transport.close();
  }
}
