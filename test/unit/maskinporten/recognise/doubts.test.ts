import assert from 'node:assert/strict';
import type { JWK } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { PROD, TEST } from '../../../../src/maskinporten/environments';
import type { Environment } from '../../../../src/maskinporten/model';
import type { KeyFault } from '../../../../src/maskinporten/problem';
import { recogniseCredential, type CredentialSource, type Doubt } from '../../../../src/maskinporten/recognise';
import { makeKeyPair, type KeyPair } from '../support';
import { clientFrom, kubernetesSecret, secretOf } from './support';

const NOW_MS = Date.parse('2026-11-22T12:00:00Z');

describe('recogniseCredential: doubts', () => {
  let key: KeyPair;
  let otherKey: KeyPair;

  before(async () => {
    [key, otherKey] = await Promise.all([makeKeyPair(), makeKeyPair()]);
  });

  const without = (...names: string[]): JWK =>
    Object.fromEntries(Object.entries(key.privateJwk).filter(([name]) => !names.includes(name)));

  const doubtsAbout = async (jwk: object, kid?: string) =>
    (await clientFrom(JSON.stringify(jwk), { kid, nowMs: NOW_MS })).doubts;

  /** The Secret with some variables changed, or taken out where the value is undefined. */
  async function fromVariables(change: Record<string, string | undefined>) {
    const values = Object.entries({ ...secretOf(key), ...change }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    return clientFrom(new Map(values));
  }

  describe('about the key', () => {
    const unusable = (reason: KeyFault): Doubt[] => [{ code: 'key-unusable', reason }];

    it('public only', async () => {
      assert.deepEqual(await doubtsAbout(key.publicJwk), unusable('not-private'));
    });

    it('public only, in a set: the first stands for all', async () => {
      assert.deepEqual(await doubtsAbout({ keys: [key.publicJwk, otherKey.publicJwk] }), unusable('not-private'));
    });

    it('no kid, or an empty one, until one is given', async () => {
      for (const jwk of [without('kid'), { ...key.privateJwk, kid: '' }]) {
        assert.deepEqual(await doubtsAbout(jwk), unusable('no-kid'));
        assert.deepEqual(await doubtsAbout(jwk, 'given'), []);
      }
    });

    it('a kid that is given does not replace the key’s own', async () => {
      const client = await clientFrom(JSON.stringify(key.privateJwk), { kid: 'given' });
      assert.ok(client.key.ok);
      assert.equal(client.key.jwk.kid, key.privateJwk.kid);
    });

    it('no alg', async () => {
      assert.deepEqual(await doubtsAbout(without('alg')), [{ code: 'alg-missing' }]);
    });

    it('an alg that Maskinporten does not take', async () => {
      assert.deepEqual(await doubtsAbout({ ...key.privateJwk, alg: 'PS256' }), unusable('unsupported-alg'));
    });

    it('not RSA', async () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      assert.deepEqual(
        await doubtsAbout({ ...privateKey.export({ format: 'jwk' }), kid: 'a', alg: 'ES256' }),
        unusable('not-rsa'),
      );
    });

    it('under 2048 bits', async () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
      const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'a', alg: 'RS256' };
      assert.deepEqual(await doubtsAbout(jwk), unusable('too-short'));
    });

    it('halves that do not belong together', async () => {
      assert.deepEqual(await doubtsAbout({ ...key.privateJwk, n: otherKey.privateJwk.n }), unusable('inconsistent'));
    });

    it('a variable that holds no key', async () => {
      for (const text of ['', 'secret', '{"kty":', '[]', 'null', `{"a":"${'x'.repeat(70_000)}"}`]) {
        assert.deepEqual((await fromVariables({ MASKINPORTEN_CLIENT_JWK: text })).doubts, unusable('unreadable'));
      }
    });

    it('several private keys in a set, by their kid or by their number', async () => {
      const keys = [key.privateJwk, { ...otherKey.privateJwk, kid: 'two\u001b[2J' }, otherKey.publicJwk];
      const chosen = key.privateJwk.kid;
      assert.deepEqual(await doubtsAbout({ keys }), [{ code: 'several-candidates', names: [chosen, '#2'], chosen }]);
      const second = await clientFrom(JSON.stringify({ keys }), { candidate: '#2' });
      assert.ok(second.key.ok);
      assert.equal(second.key.jwk.d, otherKey.privateJwk.d);
    });

    it('its own end, where it names one', async () => {
      const exp = NOW_MS / 1000;
      assert.deepEqual(await doubtsAbout({ ...key.privateJwk, exp }), [{ code: 'key-expired', expiredAtMs: NOW_MS }]);
      for (const other of [exp + 1, 0, -1, 'x', null]) {
        assert.deepEqual(await doubtsAbout({ ...key.privateJwk, exp: other }), []);
      }
    });
  });

  describe('about the client id', () => {
    it('missing', async () => {
      for (const id of [undefined, '', ' \n']) {
        const client = await fromVariables({ MASKINPORTEN_CLIENT_ID: id });
        assert.equal(client.clientId, undefined);
        assert.deepEqual(client.doubts, [{ code: 'client-id-missing' }]);
      }
    });

    it('a key in its place does not become a client id', async () => {
      for (const id of [JSON.stringify(key.privateJwk), key.privateJwk.d, 'a b', 'a\u0000']) {
        const client = await fromVariables({ MASKINPORTEN_CLIENT_ID: id });
        assert.equal(client.clientId, undefined);
        assert.deepEqual(client.doubts, [{ code: 'client-id-malformed' }]);
      }
    });

    it('white space around it is no part of it', async () => {
      assert.equal((await fromVariables({ MASKINPORTEN_CLIENT_ID: ' my-client\r\n' })).clientId, 'my-client');
    });
  });

  describe('about the environment', () => {
    const NONE = {
      MASKINPORTEN_ISSUER: undefined,
      MASKINPORTEN_WELL_KNOWN_URL: undefined,
      MASKINPORTEN_TOKEN_ENDPOINT: undefined,
      MASKINPORTEN_JWKS_URI: undefined,
    };

    const prodUrls = {
      MASKINPORTEN_ISSUER: 'https://maskinporten.no/',
      MASKINPORTEN_WELL_KNOWN_URL: 'https://maskinporten.no/.well-known/oauth-authorization-server',
      MASKINPORTEN_TOKEN_ENDPOINT: 'https://maskinporten.no/token',
      MASKINPORTEN_JWKS_URI: 'https://maskinporten.no/jwk',
    };

    async function assertEnvironment(
      change: Record<string, string | undefined>,
      environment: Environment | undefined,
      doubts: Doubt[] = [],
    ) {
      const client = await fromVariables(change);
      assert.deepEqual(client.environment, environment);
      assert.deepEqual(client.doubts, doubts);
    }

    it('is production where all URLs say so', () => assertEnvironment(prodUrls, PROD));
    it('is not known where there is no URL', () => assertEnvironment(NONE, undefined));

    for (const variable of Object.keys(prodUrls) as (keyof typeof prodUrls)[]) {
      it(`is Digdir’s by ${variable} alone`, () =>
        assertEnvironment({ ...NONE, [variable]: prodUrls[variable] }, PROD));

      it(`is not known where ${variable} contradicts the others`, async () => {
        const { environment, doubts } = await fromVariables({ [variable]: prodUrls[variable] });
        assert.equal(environment, undefined);
        const [doubt, ...others] = doubts;
        assert.deepEqual(others, []);
        assert.ok(doubt?.code === 'environments-contradict');
        assert.deepEqual(doubt.urls.length, 4);
        assert.ok(doubt.urls.some((named) => named.variable === variable && named.url === prodUrls[variable]));
      });
    }

    it('is not known where one URL is not Digdir’s at all', async () => {
      const client = await fromVariables({ MASKINPORTEN_TOKEN_ENDPOINT: 'https://evil.example/token' });
      assert.equal(client.environment, undefined);
      assert.equal(client.doubts[0]?.code, 'environments-contradict');
    });

    it('Digdir’s issuer without its slash is still Digdir’s', () =>
      assertEnvironment({ MASKINPORTEN_ISSUER: 'https://test.maskinporten.no' }, TEST));

    it('Skyporten is another issuer, to the letter', () =>
      assertEnvironment(
        { ...NONE, MASKINPORTEN_ISSUER: 'https://sky.maskinporten.no' },
        { kind: 'custom', issuer: 'https://sky.maskinporten.no' },
      ));

    it('a custom issuer keeps its name to the letter, and the URL of its metadata', () => {
      const issuer = 'http://localhost:8080/maskinporten';
      const metadataUrl = `${issuer}/.well-known/oauth-authorization-server`;
      return assertEnvironment(
        {
          MASKINPORTEN_ISSUER: issuer,
          MASKINPORTEN_WELL_KNOWN_URL: metadataUrl,
          MASKINPORTEN_TOKEN_ENDPOINT: `${issuer}/token`,
          MASKINPORTEN_JWKS_URI: 'http://127.0.0.1:9090/jwks',
        },
        { kind: 'custom', issuer, metadataUrl },
      );
    });

    it('a custom issuer that only its metadata name is a guess', () => {
      const issuer = 'http://localhost:8080/maskinporten';
      const metadataUrl = `${issuer}/.well-known/openid-configuration`;
      return assertEnvironment(
        { ...NONE, MASKINPORTEN_WELL_KNOWN_URL: metadataUrl },
        { kind: 'custom', issuer, metadataUrl },
        [{ code: 'issuer-derived', issuer }],
      );
    });

    it('is not known by a token endpoint that is not Digdir’s', () =>
      assertEnvironment({ ...NONE, MASKINPORTEN_TOKEN_ENDPOINT: 'https://idp.example/token' }, undefined));

    for (const host of ['ver2.maskinporten.no', 'oidc-ver2.difi.no']) {
      it(`${host} is gone`, () =>
        assertEnvironment({ ...NONE, MASKINPORTEN_ISSUER: `https://${host}/` }, undefined, [
          { code: 'retired-host', variable: 'MASKINPORTEN_ISSUER', host },
        ]));
    }

    it('a Secret that names a host that is gone is of no environment, whatever else it names', () =>
      assertEnvironment({ MASKINPORTEN_ISSUER: 'https://ver2.maskinporten.no/' }, undefined, [
        { code: 'retired-host', variable: 'MASKINPORTEN_ISSUER', host: 'ver2.maskinporten.no' },
      ]));

    it('an unprotected URL is left out, and shown without its query', () =>
      assertEnvironment({ MASKINPORTEN_TOKEN_ENDPOINT: 'http://test.maskinporten.no/token?secret=1#x' }, TEST, [
        {
          code: 'insecure-url',
          variable: 'MASKINPORTEN_TOKEN_ENDPOINT',
          url: 'http://test.maskinporten.no/token',
        },
      ]));

    for (const text of ['not a url', 'mailto:a@b.no', 'https://user:password@maskinporten.no/', '{"kty":"RSA"}']) {
      it(`${text.slice(0, 20)} is left out, and not repeated`, () =>
        assertEnvironment({ MASKINPORTEN_JWKS_URI: text }, TEST, [
          { code: 'not-a-url', variable: 'MASKINPORTEN_JWKS_URI' },
        ]));
    }
  });

  describe('about the scopes', () => {
    it('what is no scope is left out and counted', async () => {
      const text = `a:b "c:d" nav:æ  a:b\n${key.privateJwk.d ?? ''}`;
      const client = await fromVariables({ MASKINPORTEN_SCOPES: text });
      assert.deepEqual(client.scopes, ['a:b']);
      assert.deepEqual(client.doubts, [{ code: 'scopes-left-out', count: 3 }]);
    });

    it('the two-hundredth is the last', async () => {
      const text = Array.from({ length: 203 }, (_, index) => `a:${index}`).join(' ');
      const client = await fromVariables({ MASKINPORTEN_SCOPES: text });
      assert.deepEqual([client.scopes.length, client.doubts], [200, [{ code: 'scopes-left-out', count: 3 }]]);
    });
  });

  describe('hold no secret', () => {
    /** Everything but the key itself, which is the one thing that is asked for. */
    async function shownOf(source: CredentialSource): Promise<string> {
      const recognition = await recogniseCredential(source);
      return JSON.stringify(
        recognition.kind === 'client' && recognition.key.ok ? { ...recognition, key: 0 } : recognition,
      );
    }

    it('wherever in a Secret the key was put by mistake', async () => {
      const { d = '' } = key.privateJwk;
      const jwk = JSON.stringify(key.privateJwk);
      for (const variable of Object.keys(secretOf(key))) {
        for (const misplaced of [
          jwk,
          d,
          Buffer.from(jwk).toString('base64'),
          `https://x:${d}@maskinporten.no/?k=${d}`,
        ]) {
          const values = { ...secretOf(key), [variable]: misplaced };
          for (const source of [new Map(Object.entries(values)), JSON.stringify(kubernetesSecret(values))]) {
            assert.ok(!(await shownOf(source)).includes(d.slice(0, 40)), variable);
          }
        }
      }
    });

    it('whichever member of the key is damaged', async () => {
      const { d = '' } = key.privateJwk;
      for (const member of Object.keys(key.privateJwk)) {
        for (const value of [undefined, '', 1, null, [], 'x']) {
          const shown = await shownOf(JSON.stringify({ ...key.privateJwk, [member]: value }));
          if (member !== 'd') assert.ok(!shown.includes(d.slice(0, 40)), member);
        }
      }
    });
  });

  it('never rejects, whatever it is given', async () => {
    const { d = '' } = key.privateJwk;
    const part = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('apiVersion: v1\nkind: Secret\ndata:\n', 'MASKINPORTEN_CLIENT_JWK=', 'MASKINPORTEN_ISSUER: ', '{"kty":"RSA"', '"', "'", '\n', '\\', '&a ', '*a ', '- ', '[', '{', '-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----', d), // prettier-ignore
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), fc.uint8Array(), async (parts, bytes) => {
        const text = parts.join('');
        for (const source of [text, Buffer.from(text), bytes, new Map([['MASKINPORTEN_CLIENT_JWK', text]])]) {
          assert.match((await recogniseCredential(source)).kind, /^(?:client|refused|nothing)$/);
        }
      }),
      { numRuns: 200 },
    );
  });
});
