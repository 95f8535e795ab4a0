import assert from 'node:assert/strict';
import { parseWwwAuthenticate } from '../../../src/http/wwwAuthenticate';

describe('parseWwwAuthenticate', () => {
  const parsed = (...values: string[]) =>
    parseWwwAuthenticate(values).map(({ scheme, params, token68 }) => [scheme, params, ...(token68 ? [token68] : [])]);

  for (const [value, expected] of [
    ['Bearer', [['Bearer', {}]]],
    ['Bearer realm="api"', [['Bearer', { realm: 'api' }]]],
    [
      'Bearer realm="api", error="invalid_token", error_description="The token expired, at 12:00"',
      [['Bearer', { realm: 'api', error: 'invalid_token', error_description: 'The token expired, at 12:00' }]],
    ],
    [
      'Bearer error=insufficient_scope,scope="a:b c:d"',
      [['Bearer', { error: 'insufficient_scope', scope: 'a:b c:d' }]],
    ],
    ['bearer REALM = "x"', [['bearer', { realm: 'x' }]]],
    ['Bearer realm="a \\"quoted\\" \\\\ word"', [['Bearer', { realm: 'a "quoted" \\ word' }]]],
    [
      'Basic realm="one", Bearer realm="two", error="x"',
      [
        ['Basic', { realm: 'one' }],
        ['Bearer', { realm: 'two', error: 'x' }],
      ],
    ],
    [
      'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
      [
        ['Newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
        ['Basic', { realm: 'simple' }],
      ],
    ],
    [
      'Negotiate YWJj==, Bearer realm="x"',
      [
        ['Negotiate', {}, 'YWJj=='],
        ['Bearer', { realm: 'x' }],
      ],
    ],
    [
      'Negotiate, NTLM',
      [
        ['Negotiate', {}],
        ['NTLM', {}],
      ],
    ],
    ['Bearer realm="a" error="b"', [['Bearer', { realm: 'a', error: 'b' }]]],
    ['Bearer realm="a",, error="b",', [['Bearer', { realm: 'a', error: 'b' }]]],
    ['Bearer realm="never closed, error=x', [['Bearer', { realm: 'never closed, error=x' }]]],
    ['Bearer realm="a", realm="b"', [['Bearer', { realm: 'a' }]]],
    ['realm="no scheme"', []],
    ['', []],
    [' , , ', []],
    ['(((', []],
    ['Bearer realm="a", (broken), error="b"', [['Bearer', { realm: 'a', error: 'b' }]]],
  ] as const) {
    it(JSON.stringify(value), () => {
      assert.deepEqual(parsed(value), expected);
    });
  }

  it('joins several header fields', () => {
    assert.deepEqual(parsed('Basic realm="a"', 'Bearer realm="b"'), [
      ['Basic', { realm: 'a' }],
      ['Bearer', { realm: 'b' }],
    ]);
  });

  it('a parameter named like a member of objects is a parameter', () => {
    const [challenge] = parseWwwAuthenticate(['Bearer __proto__="x", constructor="y"']);
    assert.deepEqual(Object.entries(challenge!.params), [
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it('ends on long nonsense', () => {
    for (const nonsense of ['a=', '"', '\\', 'a ', '=', 'Bearer a', '"\\']) {
      assert.ok(Array.isArray(parseWwwAuthenticate([nonsense.repeat(40_000)])));
    }
  });
});
