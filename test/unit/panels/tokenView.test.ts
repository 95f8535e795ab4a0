import assert from 'node:assert/strict';
import type { Manifest } from '../../../src/manifest/model';
import type { Token } from '../../../src/maskinporten/model';
import { exportLine, memberText, payloadText, tokenDetails, verificationLine } from '../../../src/panels/tokenView';
import { createTranslate } from '../../../src/shared/localize';

const t = createTranslate({});
const NOW = Date.UTC(2026, 10, 22, 12);
const NOW_SECONDS = NOW / 1000;
const RANGE = { start: 0, end: 0 };
const CHECKING = { kind: 'checking' } as const;

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${part({ alg: 'RS256', kid: 'k1' })}.${part(claims)}.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg`;

function token(change: Partial<Token> = {}): Token {
  return {
    accessToken: jwt({ scope: 'a:b', exp: NOW_SECONDS + 120, consumer: { ID: '0192:889640782' } }),
    environment: { kind: 'test', issuer: 'https://test.maskinporten.no/' },
    clientId: 'client',
    requestedScopes: ['a:b'],
    grantedScopes: ['a:b'],
    resource: undefined,
    obtainedAtMs: NOW,
    expiresAtMs: NOW + 120_000,
    grant: { header: { alg: 'RS256', kid: 'client-key' }, claims: { iss: 'client', scope: 'a:b' } },
    ...change,
  };
}

function manifest(...scopes: (string | { readonly templated: string })[]): Manifest {
  const consumes = scopes.map((scope) => ({
    range: RANGE,
    name:
      typeof scope === 'string'
        ? { value: scope, range: RANGE, templated: false }
        : { value: scope.templated, range: RANGE, templated: true },
  }));
  return {
    kind: 'Application',
    apiVersion: 'nais.io/v1alpha1',
    range: RANGE,
    name: undefined,
    namespace: undefined,
    maskinporten: undefined,
    consumes,
    exposes: [],
    outbound: [],
    env: [],
  };
}

const details = (change?: Partial<Token>, declared?: Manifest) => tokenDetails(token(change), CHECKING, declared, t);

describe('what the token view gets to know', () => {
  it('is neither the token nor its signature', () => {
    const text = JSON.stringify(details());
    assert.ok(!text.includes(token().accessToken));
    assert.ok(!text.includes('c2lnbmF0dXJl'));
    const opaque = JSON.stringify(details({ accessToken: 'b3BhcXVlLXRva2Vu' }));
    assert.ok(!opaque.includes('b3BhcXVlLXRva2Vu'));
  });

  it('is the claims, the header and the grant, explained', () => {
    const { claims, header, grant } = details();
    assert.deepEqual(
      [claims, header, grant?.claims ?? [], grant?.header ?? []].map((rows) => rows.map(({ name }) => name)),
      [
        ['consumer', 'scope', 'exp'],
        ['kid', 'alg'],
        ['iss', 'scope'],
        ['kid', 'alg'],
      ],
    );
  });

  it('is when the token ends by its own word, not by that of the response', () => {
    const { expiresAtMs, notBeforeMs } = details({
      accessToken: jwt({ exp: NOW_SECONDS + 30, nbf: NOW_SECONDS - 5 }),
      expiresAtMs: NOW + 999_000,
    });
    assert.deepEqual([expiresAtMs, notBeforeMs], [NOW + 30_000, NOW - 5_000]);
  });

  it('is no end at all when the claims cannot be judged', () => {
    for (const claims of [{}, { exp: 'soon' }, { exp: NOW_SECONDS + 60, nbf: 'x' }]) {
      assert.equal(details({ accessToken: jwt(claims) }).expiresAtMs, undefined);
    }
  });

  it('is the end that the response named when the token is opaque', () => {
    const { form, notes, expiresAtMs, claims } = details({ accessToken: 'opaque' });
    assert.deepEqual([form, expiresAtMs, claims], ['opaque', NOW + 120_000, []]);
    assert.match(notes.join(), /works like any other/);
  });

  it('is the header alone when the token is encrypted', () => {
    const { form, header, claims } = details({ accessToken: `${part({ alg: 'RSA-OAEP' })}.a.b.c.d` });
    assert.deepEqual([form, header.length, claims.length], ['jwe', 1, 0]);
  });
});

describe('a token that does not speak for itself', () => {
  const notesOf = (accessToken: string) => details({ accessToken }).notes.join(' ');
  const unsigned = `${part({ alg: 'none' })}.${part({ exp: NOW_SECONDS })}.`;

  it('is told from a good one in words', () => {
    assert.equal(notesOf(token().accessToken), '');
    assert.match(notesOf(unsigned), /not signed/);
    assert.match(notesOf('eyJhbGciOiJSUzI1NiJ9.e30x.x'), /claims cannot be read/);
    assert.match(notesOf('x'.repeat(1024 * 1024 + 1)), /larger than 1 MB/);
    const twice = Buffer.from('{"exp":1,"exp":2}').toString('base64url');
    assert.match(notesOf(`${part({ alg: 'RS256' })}.${twice}.x`), /More than once.*exp/);
    const latin1 = Buffer.from('{"name":"\xe6"}', 'latin1').toString('base64url');
    assert.match(notesOf(`${part({ alg: 'RS256' })}.${latin1}.x`), /UTF-8/);
  });
});

describe('the comparison of scopes', () => {
  const differences = (change: Partial<Token>, declared?: Manifest) =>
    details(change, declared).scopes.map(({ name, declared: isDeclared, difference }) => [
      name,
      isDeclared,
      difference,
    ]);

  it('marks nothing where all agree', () => {
    assert.deepEqual(differences({}, manifest('a:b')), [['a:b', true, undefined]]);
  });

  it('marks a scope that was not granted', () => {
    const scopes = { requestedScopes: ['a:b', 'c:d'], grantedScopes: ['a:b'] };
    assert.deepEqual(differences(scopes, manifest('a:b', 'c:d'))[1], ['c:d', true, 'Asked for, but not granted.']);
  });

  it('marks a scope that nobody asked for', () => {
    const scopes = { grantedScopes: ['a:b', 'c:d'] };
    assert.deepEqual(differences(scopes, manifest('a:b', 'c:d'))[1], ['c:d', true, 'Granted without being asked for.']);
  });

  it('marks a scope that the manifest does not declare', () => {
    const [row] = details({}, manifest('x:y')).scopes;
    assert.equal(row?.declared, false);
    assert.match(row.difference ?? '', /Not in the manifest/);
  });

  it('does not judge without a manifest, nor beside a templated scope', () => {
    assert.deepEqual(differences({}), [['a:b', undefined, undefined]]);
    assert.deepEqual(differences({}, manifest({ templated: '{{scope}}' })), [['a:b', undefined, undefined]]);
  });
});

describe('the line about the signature', () => {
  it('says verified for a signature that was checked', () => {
    assert.equal(verificationLine({ verified: true, kid: 'k1', issuer: 'https://a/' }, t).kind, 'verified');
  });

  it('says that it is not, and why, for any other', () => {
    const line = verificationLine({ verified: false, reason: 'signature' }, t);
    assert.deepEqual([line.kind, 'text' in line && line.text], ['not-verified', 'Not verified.']);
  });
});

describe('what is copied', () => {
  it('is the payload as indented JSON', () => {
    assert.deepEqual(JSON.parse(payloadText(token()) ?? ''), {
      scope: 'a:b',
      exp: NOW_SECONDS + 120,
      consumer: { ID: '0192:889640782' },
    });
    assert.equal(payloadText(token({ accessToken: 'opaque' })), undefined);
  });

  it('is a line for the shell, quoted where the token needs it', () => {
    assert.equal(exportLine({ accessToken: 'eyJ.a_b-c.d' }), 'export MASKINPORTEN_TOKEN=eyJ.a_b-c.d');
    assert.equal(exportLine({ accessToken: "a;b'$c" }), "export MASKINPORTEN_TOKEN='a;b'\\''$c'");
  });

  it('is a member of the part that was named', () => {
    assert.equal(memberText(token(), 'claims', 'scope'), 'a:b');
    assert.equal(memberText(token(), 'claims', 'consumer'), '{"ID":"0192:889640782"}');
    assert.equal(memberText(token(), 'header', 'kid'), 'k1');
    assert.equal(memberText(token(), 'grant-header', 'kid'), 'client-key');
    assert.equal(memberText(token(), 'grant-claims', 'iss'), 'client');
  });

  it('is nothing where there is no such member', () => {
    assert.equal(memberText(token(), 'claims', 'aud'), undefined);
    assert.equal(memberText(token(), 'grant-claims', '__proto__'), undefined);
    assert.equal(memberText(token({ grant: undefined }), 'grant-claims', 'iss'), undefined);
    assert.equal(memberText(token({ accessToken: 'opaque' }), 'header', 'kid'), undefined);
  });
});
