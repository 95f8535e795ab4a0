import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { historyEntry, readHistory, storedHistory, type SentRequest } from '../../../src/http/history';
import { savable, saveFaults, type SavedRequest } from '../../../src/http/savedRequests';
import { changedSavedRequests } from '../../../src/http/savedRequestsFile';
import { separateSecrets } from '../../../src/http/sensitive';
import { PERSON } from '../maskinporten/support';

/**
 * A secret is planted somewhere in a request, and must be in no byte that is kept. What looks like a secret (tokens, keys,
 * persons) is planted anywhere; what does not, where its place says what it is: credentials, sensitive names.
 */
describe('A secret in a request', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' });
  const base64url = (text: string) => Buffer.from(text).toString('base64url');
  const random = randomBytes(24).toString('base64url');
  const jws = [base64url('{"alg":"RS256"}'), base64url(`{"scope":"${random}"}`), random].join('.');
  const spaced = [base64url('{\r\n "alg": "RS256"}'), base64url(`{"scope":"${random}"}`), random].join('.');
  const jwe = [base64url('{"alg":"dir","enc":"A256GCM"}'), '', random, random, random].join('.');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  /** The text that is planted, and what of it must not be found. */
  const recognised: readonly (readonly [planted: string, secret: string])[] = [
    [jws, jws.slice(-30)],
    [spaced, spaced.slice(-30)],
    [jwe, random],
    [PERSON, PERSON],
    [pem, pem.slice(200, 240)],
    [JSON.stringify(jwk), String(jwk.d).slice(0, 40)],
    [JSON.stringify(JSON.stringify(jwk)), String(jwk.d).slice(0, 40)],
  ];

  const opaque = `s3cr3t-${random}`;
  /** Opaque secrets, where the place tells. */
  const places: readonly ((request: Draft) => Draft)[] = [
    withHeader('Authorization', `Bearer ${opaque}`),
    withHeader('authorization', `Basic ${opaque}`),
    withHeader('Proxy-Authorization', opaque),
    withHeader('Cookie', `session=${opaque}`),
    withHeader('Ocp-Apim-Subscription-Key', opaque),
    withHeader('IntegrasjonPassord', opaque),
    withHeader('X-CLIENT-SECRET', opaque),
    withHeader('X-Forward', `Bearer ${opaque}`),
    withHeader('Referer', `https://a.no/?access_token=${opaque}`),
    withQuery('access_token', opaque),
    withQuery('API-Key', opaque),
    withQuery('x%74oken', opaque),
    withQuery('next', encodeURIComponent(`https://a.no/?access_token=${opaque}`)),
    (request) => ({ ...request, url: request.url.replace('https://', `https://ola:${opaque}@`) }),
    (request) => ({ ...request, url: request.url.replace('https://', `https://${opaque}@`) }),
    (request) => ({ ...request, url: `${request.url.split('#')[0] ?? ''}#access_token=${opaque}` }),
    withBody(`{"access_token": "${opaque}"}`),
    withBody(`{"a":[{"clientSecret":"${opaque}"}]}`),
    withBody(JSON.stringify({ inner: JSON.stringify({ password: opaque }) })),
    withBody(`a=b&client_secret=${opaque}&c=d`),
    withBody(`<a><Passord>${opaque}</Passord></a>`),
    withBody(`<a><ns:Passord x="y">${opaque}</ns:Passord></a>`),
    withBody(`curl -H 'Authorization: Bearer ${opaque}'`),
    withBody(`see https://ola:${opaque}@a.no/`),
  ];

  const text = fc.string({ unit: 'grapheme-ascii', maxLength: 20 });
  // Without the letters that a name of a secret needs.
  const word = fc.stringMatching(/^[a-j]{1,8}$/);
  const draft: fc.Arbitrary<Draft> = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT'),
    url: fc
      .tuple(fc.array(word, { maxLength: 3 }), fc.array(fc.tuple(word, word), { maxLength: 3 }))
      .map(
        ([path, query]) => `https://api.example.no/${path.join('/')}?${query.map((pair) => pair.join('=')).join('&')}`,
      ),
    headers: fc.array(fc.tuple(fc.constantFrom('Accept', 'X-One', 'X-Two'), text), { maxLength: 3 }),
    body: text,
    wish: fc.record({ scopes: fc.array(word, { maxLength: 2 }), resource: fc.constant('https://r.no/') }),
  });

  const spots = ['path', 'query', 'escaped', 'header', 'body', 'scope', 'resource', 'method'] as const;

  function planted(request: Draft, secret: string, spot: (typeof spots)[number], at: number): Draft {
    const inside = (whole: string) =>
      `${whole.slice(0, at % (whole.length + 1))} ${secret} ${whole.slice(at % (whole.length + 1))}`;
    const { url, wish } = request;
    switch (spot) {
      case 'path':
        return { ...request, url: url.replace('no/', `no/${encodeURI(secret)}/`) };
      case 'query':
        return { ...request, url: `${url}&x=${encodeURIComponent(secret)}` };
      case 'escaped': {
        const hex = Array.from(Buffer.from(secret), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
        return { ...request, url: `${url}&x=${hex}` };
      }
      case 'header':
        return { ...request, headers: [...request.headers, ['X-Custom', inside('abcdef')]] };
      case 'body':
        return { ...request, body: inside(request.body) };
      case 'scope':
        return { ...request, wish: { ...wish, scopes: [...wish.scopes, secret] } };
      case 'resource':
        return { ...request, wish: { ...wish, resource: `https://r.no/${encodeURIComponent(secret)}` } };
      case 'method':
        return { ...request, method: secret };
    }
  }

  function kept({ wish, ...request }: Draft): string {
    const sent: SentRequest = { id: '1', sentAtMs: 1, outcome: 200, ...request, wish };
    const stored = JSON.stringify(storedHistory([historyEntry(sent, true), historyEntry(sent, false)]));
    // Reading masks once more, and must not undo anything.
    return stored + JSON.stringify(readHistory(JSON.parse(stored)));
  }

  /** The file as it would be written: empty where the request is refused. */
  function saved({ wish, ...request }: Draft): string {
    const { request: safe } = savable({ name: 'a', ...request, ...wish } satisfies SavedRequest);
    if (saveFaults(safe).length > 0) return '';
    const changed = changedSavedRequests('', { kind: 'put', request: safe });
    assert.ok(changed.ok);
    return changed.text;
  }

  it('that can be recognised is in no byte of the history, wherever it stands', () => {
    fc.assert(
      fc.property(
        draft,
        fc.constantFrom(...recognised),
        fc.constantFrom(...spots),
        fc.nat(100),
        (request, [whole, secret], spot, at) => {
          assert.ok(
            !kept(planted(request, whole, spot, at)).includes(secret),
            `${spot}: ${kept(planted(request, whole, spot, at))}`,
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('that can be recognised is in no file that is saved: it is refused, or warned of', () => {
    fc.assert(
      fc.property(
        draft,
        fc.constantFrom(...recognised),
        fc.constantFrom(...spots),
        fc.nat(100),
        (request, [whole, secret], spot, at) => {
          assert.ok(!saved(planted(request, whole, spot, at)).includes(secret), spot);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('whose place tells what it is, is in no byte of the history', () => {
    fc.assert(
      fc.property(draft, fc.constantFrom(...places), (request, plant) => {
        const text = kept(plant(request));
        assert.ok(!text.includes(opaque), text);
      }),
      { numRuns: 1000 },
    );
  });

  it('whose place tells what it is, is in no file that is saved without a question', () => {
    fc.assert(
      fc.property(draft, fc.constantFrom(...places), (request, plant) => {
        const text = saved(plant(request));
        assert.ok(!text.includes(opaque), text);
      }),
      { numRuns: 500 },
    );
  });

  it('goes nowhere but to the secret store, under the name of a variable', () => {
    const { headers, secrets } = separateSecrets([['X-Api-Key', opaque]]);
    assert.deepEqual(headers, [['X-Api-Key', '{{X_API_KEY}}']]);
    assert.deepEqual(secrets, [['X_API_KEY', opaque]]);
  });

  it('leaves what is no secret as it was', () => {
    fc.assert(
      fc.property(draft, (request) => {
        const { headers, url } = historyEntry({ id: '1', sentAtMs: 1, outcome: 200, ...request }, false);
        assert.equal(url, request.url.replace(/\?$/, ''));
        assert.equal(headers.length, request.headers.length);
      }),
    );
  });
});

interface Draft {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly wish: { readonly scopes: readonly string[]; readonly resource: string };
}

function withHeader(name: string, value: string) {
  return (request: Draft): Draft => ({ ...request, headers: [...request.headers, [name, value]] });
}

function withQuery(name: string, value: string) {
  return (request: Draft): Draft => ({ ...request, url: `${request.url}&${name}=${value}` });
}

function withBody(body: string) {
  return (request: Draft): Draft => ({ ...request, body });
}
