import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readSavedRequests, saveFaults, writeSavedRequests, type SavedRequest } from '../../../src/http/savedRequests';
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
    assert.deepEqual(saveFaults({ ...REQUEST, headers: [['X-Api-Key', '•••']] }), []);
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
    ['Authorization', { headers: [['authorization', 'Basic x']] }, { kind: 'secret-header', header: 'authorization' }],
    ['a key header', { headers: [['X-Api-Key', 'x']] }, { kind: 'secret-header', header: 'X-Api-Key' }],
    ['a password in the URL', { url: 'https://a:b@c.no/' }, { kind: 'secret-in-url' }],
    ['a key in the query', { url: 'https://c.no/?api_key=x' }, { kind: 'secret-in-url' }],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.deepEqual(saveFaults({ ...REQUEST, ...given }), [{ ...fault, refused: true }]);
    });
  }

  it('is warned of with a national identity number, synthetic ones too', () => {
    assert.deepEqual(saveFaults({ ...REQUEST, url: `https://a.no/${PERSON}`, body: PERSON }), [
      { kind: 'person', part: 'url', refused: false },
      { kind: 'person', part: 'body', refused: false },
    ]);
  });

  it('is read as it was written, in the order of names', () => {
    const requests = [
      REQUEST,
      { ...REQUEST, name: 'b', resource: 'https://r.no/' },
      { ...REQUEST, name: 'a', scopes: [] },
    ];
    const text = writeSavedRequests(requests);
    assert.match(text, /^\{\n {2}"version": 1,\n/);
    const read = readSavedRequests(text);
    assert.ok(read.ok);
    assert.deepEqual(read, { ok: true, requests: [requests[2], requests[1], requests[0]], leftOut: 0 });
  });

  it('what people wrote is read as far as it can be', () => {
    const text = JSON.stringify({ version: 1, requests: [{ name: 'a', method: 'GET', url: 'https://a.no' }, {}, 1] });
    const read = readSavedRequests(`\ufeff${text}`);
    assert.ok(read.ok);
    assert.deepEqual(read.requests, [{ name: 'a', method: 'GET', url: 'https://a.no', headers: [], scopes: [] }]);
    assert.equal(read.leftOut, 2);
    assert.deepEqual(readSavedRequests('{'), { ok: false, reason: 'not-json' });
    assert.deepEqual(readSavedRequests('{"version":2}'), { ok: false, reason: 'unknown-version' });
  });
});
