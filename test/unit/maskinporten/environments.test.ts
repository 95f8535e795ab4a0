import assert from 'node:assert/strict';
import { environmentOf, metadataUrls, PROD, TEST } from '../../../src/maskinporten/environments';
import { freshForMs } from '../../../src/maskinporten/freshness';
import { isLoopbackHost, isProtectedUrl } from '../../../src/maskinporten/loopback';

describe('environments', () => {
  it('an issuer without a path has one metadata URL', () => {
    assert.deepEqual(metadataUrls(TEST.issuer), [
      'https://test.maskinporten.no/.well-known/oauth-authorization-server',
    ]);
  });

  it('an issuer with a path is tried appended first, then as RFC 8414 says', () => {
    const expected = [
      'https://x.no/a/b/.well-known/oauth-authorization-server',
      'https://x.no/.well-known/oauth-authorization-server/a/b',
    ];
    assert.deepEqual(metadataUrls('https://x.no/a/b'), expected);
    assert.deepEqual(metadataUrls('https://x.no/a/b/'), expected);
  });

  it('Digdir’s issuers are known to the letter; without the slash they are another issuer', () => {
    assert.equal(environmentOf('https://test.maskinporten.no/'), TEST);
    assert.equal(environmentOf('https://maskinporten.no/'), PROD);
    assert.equal(environmentOf('https://maskinporten.no').kind, 'custom');
  });
});

describe('loopback', () => {
  for (const url of [
    'http://localhost',
    'http://a.localhost:1',
    'http://127.0.0.1',
    'http://127.9.8.7',
    'http://[::1]',
  ]) {
    it(`${url} stays on this machine`, () => {
      assert.ok(isProtectedUrl(new URL(url)));
    });
  }

  for (const url of [
    'http://localhost.example.no',
    'http://notlocalhost',
    'http://127.0.0.1.nip.io',
    'http://128.0.0.1',
    'http://[::2]',
    'http://10.0.0.1',
    'ftp://localhost',
    'file:///etc/passwd',
  ]) {
    it(`${url} is refused`, () => {
      assert.equal(isProtectedUrl(new URL(url)), false);
    });
  }

  it('other spellings of 127.0.0.1 are known by the form that URL gives them', () => {
    assert.ok(isLoopbackHost(new URL('http://2130706433').hostname));
    assert.ok(isLoopbackHost(new URL('http://0x7f.1').hostname));
  });
});

describe('freshness', () => {
  const bounds = { fallbackMs: 7, maxMs: 100_000 };
  const of = (cacheControl: string, age?: string) =>
    freshForMs([['Cache-Control', cacheControl], ...(age === undefined ? [] : ([['Age', age]] as const))], bounds);

  it('max-age counts in seconds, less the age that the answer has', () => {
    assert.equal(of('public, max-age=60'), 60_000);
    assert.equal(of('max-age=60', '20'), 40_000);
    assert.equal(of('max-age=60', '90'), 0);
  });

  it('no-store and no-cache are not kept', () => {
    assert.equal(of('no-store'), 0);
    assert.equal(of('no-cache, max-age=60'), 0);
  });

  it('is bounded, and has a fallback', () => {
    assert.equal(of('max-age=9999999999'), 100_000);
    assert.equal(freshForMs([], bounds), 7);
    assert.equal(of('max-age=soon'), 7);
  });
});
