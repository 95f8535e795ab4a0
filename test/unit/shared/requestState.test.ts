import assert from 'node:assert/strict';
import { keepableState } from '../../../src/shared/requestState';

const origin = { manifestUri: 'file:///a/nais.yaml', workload: 'app' };
const form = { method: 'POST', url: 'https://api.example.no/v1?a=b', headers: [], body: '', scopes: ['a:b'] };
const keep = (change: Partial<Parameters<typeof keepableState>[0]>) =>
  keepableState({ ...form, ...change }, origin, undefined);

describe('what a request panel keeps over a reload', () => {
  it('is method, URL, scopes and the workload that they belong to', () => {
    assert.deepEqual(keep({}), {
      version: 1,
      ...origin,
      method: 'POST',
      url: 'https://api.example.no/v1?a=b',
      headers: [],
      scopes: ['a:b'],
    });
  });

  it('is never the body', () => {
    assert.ok(!JSON.stringify(keep({ body: 'secret' })).includes('secret'));
  });

  it('is headers of the list alone, whatever their case', () => {
    const headers = [
      { name: 'ACCEPT', value: '*/*' },
      { name: ' Content-Type ', value: 'text/plain' },
      { name: 'accept-language', value: 'nb' },
      { name: 'Authorization', value: 'secret' },
      { name: 'Cookie', value: 'secret' },
      { name: 'Ocp-Apim-Subscription-Key', value: 'secret' },
      { name: 'X-Accept', value: 'secret' },
    ];
    assert.deepEqual(keep({ headers }).headers, headers.slice(0, 3));
  });

  it('is not the URL of the sandbox, which ends with the window', () => {
    const url = 'http://127.0.0.1:1234/abc/api';
    assert.equal(keepableState({ ...form, url }, origin, url).url, '');
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
  ] as const) {
    it(`keeps ${url} as ${kept}`, () => {
      assert.equal(keep({ url }).url, kept);
    });
  }
});
