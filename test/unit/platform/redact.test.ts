import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { redact } from '../../../src/platform/redact';

describe('redact', () => {
  let jwk: string;
  let token: string;
  let secrets: string[];

  before(async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const members = await exportJWK(privateKey);
    jwk = JSON.stringify({ ...members, kid: 'a-key' });
    token = await new SignJWT({ scope: 'nav:x' }).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    secrets = [members.d, members.p, members.q, members.dp, members.dq, members.qi].map(String);
  });

  const assertClean = (text: string) => {
    const cleaned = redact(text);
    for (const secret of [...secrets, ...token.split('.')]) {
      assert.ok(!cleaned.includes(secret), `left in: ${secret.slice(0, 6)}…`);
    }
  };

  it('removes the private members of a JWK, also where the JSON is itself a JSON string', () => {
    assertClean(`key ${jwk}`);
    assertClean(JSON.stringify({ MASKINPORTEN_CLIENT_JWK: jwk }));
    assertClean(JSON.stringify(JSON.parse(jwk), null, 2));
  });

  it('keeps what is public of a key, so that a log still tells which key it was', () => {
    assert.match(redact(jwk), /"kid":"a-key"/);
  });

  it('removes a token, whatever stands around it', () => {
    for (const text of [token, `Bearer ${token}`, `{"access_token":"${token}"}`, `x=${token}&y`, `<${token}>`]) {
      assertClean(text);
    }
  });

  it('removes the signing input of a token whose signature is cut off', () => {
    assertClean(token.slice(0, token.lastIndexOf('.')));
  });

  it('removes the assertion of a form body and an opaque Bearer value', () => {
    assert.doesNotMatch(redact('grant_type=urn&assertion=abc123def&x=1'), /abc123def/);
    assert.doesNotMatch(redact('authorization: Bearer 0123456789abcdef'), /0123456789abcdef/);
  });

  it('removes a PEM key, also one whose end is missing', () => {
    const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw';
    assert.ok(!redact(`-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`).includes(body));
    assert.ok(!redact(`-----BEGIN RSA PRIVATE KEY-----\n${body}`).includes(body));
  });

  it('leaves an ordinary line as it is', () => {
    for (const line of [
      'Token for skatteetaten:inntekt from https://test.maskinporten.no/ (Test).',
      'MP-200 {"error":"invalid_scope","code":"MP-200"} for 889640782 at 2026-11-23T00:14:28Z',
      'POST https://test.maskinporten.no/token: 400, grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer',
      'Error: no key\n    at read (/home/kari/key.ts:10:7)',
    ]) {
      assert.equal(redact(line), line);
    }
  });

  it('removes national identity numbers, synthetic ones and D-numbers too, and no other eleven digits', () => {
    for (const person of [personNumber('010190', 123), personNumber('410190', 123), personNumber('014190', 123)]) {
      assert.doesNotMatch(redact(`pid=${person}, "${person}"`), new RegExp(person));
    }
    assert.equal(redact('12345678901'), '12345678901');
  });

  describe('whatever surrounds it', () => {
    const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    const surroundings = fc.stringMatching(/^[ a-h0-3.,:;/"'(){}[\]<>=&?\n\t]{0,20}$/);
    /** How a secret text comes to be written: under its name, in one of the forms that logs have. */
    const forms: readonly ((name: string, value: string) => string)[] = [
      (name, value) => `${name}=${encodeURIComponent(value)}&x=1`,
      (name, value) => JSON.stringify({ [name]: value, x: 1 }),
      (name, value) => JSON.stringify(JSON.stringify({ [name]: value })),
      (name, value) => `{ ${name}: '${value}' }`,
      (name, value) => `${name}: ${value}`,
      (name, value) => `export ${name}="${value}"`,
    ];
    const names = ['assertion', 'client_assertion', 'access_token', 'refresh_token', 'client_secret', 'password'];
    const opaque = fc.stringMatching(/^[A-Za-z0-9_-]{20,60}$/);

    it('removes what its name says is secret', () => {
      fc.assert(
        fc.property(
          surroundings,
          surroundings,
          fc.constantFrom(...names, ...names.map((name) => name.toUpperCase()), 'X-Api-Key', 'IntegrasjonPassord'),
          opaque,
          fc.constantFrom(...forms),
          (before, after, name, value, form) => {
            assert.ok(!redact(`${before} ${form(name, value)} ${after}`).includes(value));
          },
        ),
        { numRuns: 1000 },
      );
    });

    it('removes credentials of a header field up to the end of its line', () => {
      fc.assert(
        fc.property(
          surroundings,
          fc.constantFrom('Authorization', 'authorization', 'Cookie', 'set-cookie', 'Proxy-Authorization'),
          opaque,
          (before, name, value) => {
            const cleaned = redact(`${before}\n${name}: Custom a=${value}; b="${value}"\nhost: x`);
            assert.ok(!cleaned.includes(value));
            assert.ok(cleaned.endsWith('\nhost: x'));
          },
        ),
      );
    });

    it('removes keys and tokens by their shape alone, in base64 too', () => {
      const shapes = [
        () => token,
        () => token.slice(0, -10),
        () => Buffer.from(jwk).toString('base64'),
        () => Buffer.from(jwk).toString('base64url'),
        () => Buffer.from(pem).toString('base64'),
        () => String(pem),
        () => JSON.stringify(String(pem)),
      ];
      fc.assert(
        fc.property(surroundings, surroundings, fc.constantFrom(...shapes), (before, after, shape) => {
          const secret = shape();
          const cleaned = redact(`${before} ${secret} ${after}`);
          // No stretch of it that would be worth having is left.
          for (let at = 30; at + 24 < secret.length; at += 24) {
            assert.ok(!cleaned.includes(secret.slice(at, at + 24)), `left at ${at} of ${secret.length}`);
          }
        }),
        { numRuns: 500 },
      );
    });

    it('takes no longer than its text is long', () => {
      for (const text of [
        'eyJ'.repeat(50_000),
        '"d":"'.repeat(30_000),
        'Bearer '.repeat(20_000),
        '\\'.repeat(100_000),
      ]) {
        redact(text); // one that backtracks would run into the limit of the test
      }
    });
  });
});

/** A national identity number on this date (ddmmyy): the first with check digits from this individual number on. */
function personNumber(date: string, individual: number): string {
  const weights = [
    [3, 7, 6, 1, 8, 9, 4, 5, 2],
    [5, 4, 3, 2, 7, 6, 5, 4, 3, 2],
  ];
  for (let number = individual; number < 500; number++) {
    let digits = `${date}${String(number).padStart(3, '0')}`;
    for (const row of weights) {
      const sum = row.reduce((total, weight, index) => total + weight * Number(digits.charAt(index)), 0);
      digits += String((11 - (sum % 11)) % 11);
    }
    if (digits.length === 11) return digits;
  }
  throw new Error('There is none.');
}
