import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { savable, saveFaults, type SavedRequest } from '../../../src/http/savedRequests';
import { changedSavedRequests, readSavedRequests } from '../../../src/http/savedRequestsFile';
import { PERSON } from '../maskinporten/support';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzY29wZSI6ImEifQ.c2lnbmF0dXJl';
const REQUEST: SavedRequest = {
  name: 'inntekt',
  method: 'POST',
  url: 'https://api.example.no/a?b=c',
  headers: [['Content-Type', 'application/json']],
  body: '{}',
  scopes: ['skatteetaten:inntekt'],
};

describe('a request that is saved in a file', () => {
  it('is safe to share where nothing in it is secret', () => {
    assert.deepEqual(saveFaults(REQUEST), []);
    assert.deepEqual(saveFaults({ ...REQUEST, headers: [['X-Api-Key', '{{X_API_KEY}}']] }), []);
  });

  it('has references for what sensitive headers hold, and no credentials', () => {
    const { request, secrets, leftOut } = savable({
      ...REQUEST,
      headers: [
        ['authorization', 'Basic x'],
        ['X-Api-Key', 'hemmelig'],
        ['X-Other-Key', '{{MINE}}'],
        ['Accept', 'text/plain'],
        ['Cookie', 'a=b'],
      ],
    });
    assert.deepEqual(request.headers, [
      ['X-Api-Key', '{{X_API_KEY}}'],
      ['X-Other-Key', '{{MINE}}'],
      ['Accept', 'text/plain'],
    ]);
    assert.deepEqual(secrets, [['X_API_KEY', 'hemmelig']]);
    assert.deepEqual(leftOut, ['authorization', 'Cookie']);
    assert.deepEqual(saveFaults(request), []);
  });

  it('is not made safe by hiding a token where people would look for it', () => {
    const { request } = savable({ ...REQUEST, headers: [['X-Custom', JWT]] });
    assert.deepEqual(saveFaults(request), [{ kind: 'token', part: 'headers', refused: true }]);
  });

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }));
  for (const [what, given, fault] of [
    ['a token in the URL', { url: `https://a.no/${JWT}` }, { kind: 'token', part: 'url' }],
    ['a token in the body', { body: `{"a":"${JWT}"}` }, { kind: 'token', part: 'body' }],
    ['a token in a header', { headers: [['X-A', JWT]] }, { kind: 'token', part: 'headers' }],
    ['a key in PEM', { body: pem }, { kind: 'token', part: 'body' }],
    ['a key as JWK', { body: jwk }, { kind: 'token', part: 'body' }],
    ['a key as JWK in a text', { body: JSON.stringify({ key: jwk }) }, { kind: 'token', part: 'body' }],
    ['Authorization', { headers: [['authorization', 'Basic x']] }, { kind: 'secret-header', header: 'authorization' }],
    ['a key header', { headers: [['X-Api-Key', 'x']] }, { kind: 'secret-header', header: 'X-Api-Key' }],
    [
      'a bearer token that is no JWT',
      { headers: [['X-A', 'Bearer 0123456789']] },
      { kind: 'secret-header', header: 'X-A' },
    ],
    ['a password in the URL', { url: 'https://a:b@c.no/' }, { kind: 'secret-in-url' }],
    ['a password in what is no URL yet', { url: 'https://a:b@' }, { kind: 'secret-in-url' }],
    ['a key in the query', { url: 'https://c.no/?api_key=x' }, { kind: 'secret-in-url' }],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.deepEqual(saveFaults({ ...REQUEST, ...given }), [{ ...fault, refused: true }]);
    });
  }

  it('is warned of with a value in the body that is named as a secret', () => {
    assert.deepEqual(saveFaults({ ...REQUEST, body: '{"passord":"x"}' }), [{ kind: 'secret-in-body', refused: false }]);
  });

  it('is warned of with a national identity number, synthetic ones too', () => {
    assert.deepEqual(saveFaults({ ...REQUEST, url: `https://a.no/${PERSON}`, body: PERSON }), [
      { kind: 'person', part: 'url', refused: false },
      { kind: 'person', part: 'body', refused: false },
    ]);
  });
});

describe('the file of saved requests', () => {
  const put = (text: string, request: SavedRequest, replacing?: string): string => {
    const changed = changedSavedRequests(text, { kind: 'put', request, replacing });
    assert.ok(changed.ok);
    return changed.text;
  };
  const names = (text: string): string[] => {
    const read = readSavedRequests(text);
    assert.ok(read.ok);
    return read.requests.map(({ name }) => name);
  };

  it('has a line for each header and each line of a body, so that differences are easy to read', () => {
    assert.equal(
      put('', { ...REQUEST, body: '{\n  "a": 1\n}' }),
      [
        '{',
        '  "version": 1,',
        '  "requests": [',
        '    {',
        '      "name": "inntekt",',
        '      "method": "POST",',
        '      "url": "https://api.example.no/a?b=c",',
        '      "headers": [',
        '        "Content-Type: application/json"',
        '      ],',
        '      "body": [',
        '        "{",',
        '        "  \\"a\\": 1",',
        '        "}"',
        '      ],',
        '      "scopes": [',
        '        "skatteetaten:inntekt"',
        '      ]',
        '    }',
        '  ]',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('is read as it was written, in the order of names', () => {
    const requests: SavedRequest[] = [
      REQUEST,
      { ...REQUEST, name: 'b', resource: 'https://r.no/', altinn: true, body: 'a\r\n\nb\n' },
      {
        ...REQUEST,
        name: 'a',
        scopes: [],
        headers: [
          ['X-Empty', ''],
          ['X-Colon', 'a: b'],
        ],
      },
    ];
    const text = requests.reduce((before, request) => put(before, request), '');
    assert.deepEqual(readSavedRequests(text), {
      ok: true,
      requests: [requests[2], requests[1], requests[0]],
      faults: [],
    });
  });

  it('has a request of one name once, renames it and lets it go', () => {
    const two = put(put('', REQUEST), { ...REQUEST, name: 'other' });
    assert.deepEqual(names(put(two, { ...REQUEST, method: 'GET' })), ['inntekt', 'other']);
    assert.deepEqual(names(put(two, { ...REQUEST, name: 'zzz' }, 'inntekt')), ['other', 'zzz']);
    const without = changedSavedRequests(two, { kind: 'delete', name: 'inntekt' });
    assert.deepEqual(without.ok && names(without.text), ['other']);
  });

  it('keeps what people wrote in it and we do not know, and what we could not read', () => {
    const before = JSON.stringify({
      version: 1,
      $schema: './x.json',
      requests: [{ name: 'inntekt', method: 'GET', url: '', note: 'mine' }, { url: 7 }, 'x'],
    });
    const after = JSON.parse(put(before, REQUEST)) as { $schema: string; requests: unknown[] };
    assert.equal(after.$schema, './x.json');
    assert.ok(after.requests.some((entry) => JSON.stringify(entry) === '{"url":7}'));
    assert.ok(after.requests.includes('x'));
    assert.ok(JSON.stringify(after).includes('"note":"mine"'));
  });

  it('is read with a byte order mark, and empty as one without requests', () => {
    const text = put('', REQUEST);
    assert.deepEqual(names(`\ufeff${text}`), ['inntekt']);
    assert.deepEqual(names(' \n'), []);
  });

  for (const [what, lines, fault] of [
    ['a comma is missing', ['{', '  "version": 1', '  "requests": []', '}'], { kind: 'syntax', line: 3 }],
    ['a brace is missing', ['{', '  "version": 1,', '  "requests": []', ''], { kind: 'syntax', line: 3 }],
    ['a comment stands in it', ['{', '  "version": 1, // x', '  "requests": []', '}'], { kind: 'syntax', line: 2 }],
    ['it is of a later version', ['{', '', '  "version": 2', '}'], { kind: 'version', line: 3 }],
    ['it has no version', ['{}'], { kind: 'version', line: 1 }],
    ['it is a list', ['[]'], { kind: 'version', line: 1 }],
    ['its requests are no list', ['{ "version": 1,', '"requests": {} }'], { kind: 'no-list', line: 2 }],
  ] as const) {
    it(`tells the line where ${what}, and is not changed then`, () => {
      const text = lines.join('\n');
      assert.deepEqual(readSavedRequests(text), { ok: false, fault });
      assert.deepEqual(changedSavedRequests(text, { kind: 'put', request: REQUEST }), { ok: false, fault });
    });
  }

  it('tells the line of each request that cannot be read, and reads the others', () => {
    const text = [
      '{ "other": [1, {}], "version": 1, "requests": [',
      '  { "name": "a", "method": "GET", "url": "https://a.no" },',
      '  { "method": "GET", "url": "https://a.no" },',
      '  { "name": "b", "url": "https://a.no" },',
      '  { "name": "c", "method": "GET",',
      '    "headers": { "Accept": "x" } },',
      '  { "name": "d", "method": "GET", "url": "", "headers": ["no colon"] },',
      '  { "name": "e", "method": "GET", "url": "", "body": 1 }, { "name": "f", "method": "GET", "url": "", "scopes": "x" },',
      '  { "name": "g", "method": "GET", "url": "", "resource": [] },',
      '  3',
      ']}',
    ].join('\n');
    const read = readSavedRequests(text);
    assert.ok(read.ok);
    assert.deepEqual(read.requests, [{ name: 'a', method: 'GET', url: 'https://a.no', headers: [], scopes: [] }]);
    assert.deepEqual(read.faults, [
      { member: 'name', line: 3 },
      { member: 'method', line: 4 },
      { member: 'url', line: 5 },
      { member: 'headers', line: 7 },
      { member: 'body', line: 8 },
      { member: 'scopes', line: 8 },
      { member: 'resource', line: 9 },
      { member: 'request', line: 10 },
    ]);
  });
});
