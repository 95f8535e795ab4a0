import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { refusalTool } from '../../../src/assistant/refusalTool';
import { createTranslate } from '../../../src/shared/localize';

const tool = refusalTool({ t: createTranslate({}) });
const REFUSED = {
  error: 'invalid_scope',
  error_description: 'Invalid scope(s): skatteetaten:intekt, client does not have access.',
  error_uri: 'https://docs.maskinporten.no/errors/MP-200',
};

describe('the tool that explains a refusal to a language model', () => {
  let secrets: readonly string[];
  let shapes: readonly string[];

  before(async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: 'k' };
    const token = await new SignJWT({ scope: 'a:b' }).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    secrets = [jwk.d, jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi, ...token.split('.')].map(String);
    shapes = [token, `Bearer ${token}`, JSON.stringify(jwk), Buffer.from(JSON.stringify(jwk)).toString('base64')];
  });

  it('gives the code, the cause and the cure', () => {
    const answer = JSON.parse(tool.run({ body: JSON.stringify(REFUSED), scopes: ['skatteetaten:intekt'] })) as object;
    assert.deepEqual(Object.keys(answer).slice(0, 5), ['code', 'title', 'cause', 'cure', 'detail']);
    assert.match(JSON.stringify(answer), /MP-200.*skatteetaten:intekt/);
  });

  it('says when there is nothing to explain, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        assert.match(tool.run(input), /^Give the body of the answer/);
      }),
    );
    assert.match(tool.run({ body: '<html>' }), /^This is no refusal/);
    assert.match(tool.run({ body: 'x'.repeat(20_000) }), /^Give the body/);
  });

  it('reads nothing that holds a token, a key or an assertion, wherever it stands, and gives none of it back', () => {
    const places: readonly ((secret: string) => unknown)[] = [
      (secret) => ({ body: secret }),
      (secret) => ({ body: JSON.stringify({ ...REFUSED, error_description: `no: ${secret}` }) }),
      (secret) => ({ body: JSON.stringify({ error: secret }) }),
      (secret) => ({ body: JSON.stringify({ ...REFUSED, assertion: secret }) }),
      (secret) => ({ body: JSON.stringify(REFUSED), scopes: ['a:b', secret] }),
    ];
    for (const place of places) {
      for (const shape of shapes) {
        const answer = tool.run(place(shape));
        assert.match(answer, /^The text holds what looks like a token/);
        for (const secret of secrets) assert.ok(!answer.includes(secret));
      }
    }
  });
});
