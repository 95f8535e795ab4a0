import assert from 'node:assert/strict';
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
    const line = 'Token for skatteetaten:inntekt from https://test.maskinporten.no/ (Test).';
    assert.equal(redact(line), line);
  });
});
