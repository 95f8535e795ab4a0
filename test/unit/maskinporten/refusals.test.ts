import assert from 'node:assert/strict';
import type { ProblemCode } from '../../../src/maskinporten/problem';
import { explainRefusal, type RefusedGrant } from '../../../src/maskinporten/refusals';
import type { TransportResponse } from '../../../src/maskinporten/transport';
import { jsonBody, response } from './support';

const sent: RefusedGrant = {
  url: 'https://test.maskinporten.no/token',
  scopes: ['skatteetaten:inntekt', 'altinn:serviceowners/read'],
  grant: {
    header: { alg: 'RS256', kid: 'key-1' },
    claims: { iss: 'client', aud: 'https://test.maskinporten.no/', scope: 'a b', iat: 100, exp: 200, jti: 'j' },
  },
  sentAtMs: Date.parse('2026-01-01T12:00:40Z'),
  answeredAtMs: Date.parse('2026-01-01T12:00:42Z'),
};

const trace = '(trace_id: 356666143081bbec11d293753e9702ca)';

function refused(body: unknown, given: Partial<TransportResponse> = {}) {
  return explainRefusal(response({ status: 400, body: jsonBody(body), ...given }), sent);
}

/** Published answers and the rows of Digdir's page "Troubleshooting". */
const ROWS: readonly [code: ProblemCode, error: string, description: string][] = [
  ['MP-011', 'invalid_request', 'Invalid assertion. Invalid parameter value'],
  ['MP-012', 'invalid_grant', 'Grant is used before'],
  ['MP-100', 'invalid_grant', 'Invalid assertion. Client authentication failed.'],
  ['MP-100', 'invalid_grant', 'Invalid assertion. Client not found'],
  ['MP-110', 'invalid_grant', 'Invalid assertion. Client authentication failed. Invalid JWT claim aud'],
  [
    'MP-120',
    'invalid_grant',
    'Invalid assertion. Client authentication failed. The JWT is signed with an invalid certificate.',
  ],
  ['MP-122', 'invalid_grant', 'Invalid JWT. Invalid organization number for client. Does not match certificate orgno'],
  ['MP-123', 'invalid_grant', 'Invalid JWT header x5c'],
  ['MP-121', 'invalid_grant', 'Invalid assertion. Client authentication failed. Expired key.'],
  ['MP-124', 'invalid_grant', 'Invalid assertion. Client authentication failed. Invalid JWT signature'],
  ['MP-130', 'invalid_grant', 'Invalid assertion. JWT is expired'],
  ['MP-200', 'invalid_scope', 'Token request contains invalid scopes for client, altinn:serviceowners/read'],
  ['MP-200', 'invalid_scope', 'Token request contains invalid scopes for client'],
  ['MP-201', 'invalid_scope', 'Token request contains scopes not allowed for maskinporten'],
  ['MP-201', 'invalid_scope', 'Token request contains scopes with integration types only allowed for user login'],
  ['MP-250', 'forbidden', 'Consumer has not been granted access to the scope skatteetaten:inntekt.'],
  ['MP-251', 'forbidden', 'Consumer 1 has not delegated access to the scope skatteetaten:inntekt to supplier 2'],
  ['MP-301', 'invalid_authorization_details', 'Unknown authorization details type'],
  ['MP-302', 'invalid_authorization_details', 'Unknown fields in the authorization details'],
  ['MP-303', 'invalid_authorization_details', 'Invalid authorization details values'],
  [
    'token/unknown-kid',
    'invalid_grant',
    'Invalid assertion. Client authentication failed. Unknown key identifier (kid) for client.',
  ],
  [
    'token/kid-required',
    'invalid_grant',
    'Invalid assertion. Client authentication failed. Invalid JWT. The client requires pre-registered jwk and no key identifier (kid) provided',
  ],
  ['token/issued-in-future', 'invalid_grant', 'Invalid assertion. Issue time is after now'],
  [
    'token/own-consumer-org',
    'invalid_request',
    'Validation of JWT claim failed: The combination consumer_org in claim and delegation scope on client is invalid',
  ],
];

describe('explainRefusal', () => {
  for (const [code, error, description] of ROWS) {
    it(`knows ${code} by its text: ${description.slice(0, 90)}`, () => {
      const problem = refused({ error, error_description: `${description} ${trace}` });
      assert.equal(problem.code, code);
      assert.ok('refusal' in problem);
      assert.equal(problem.refusal.traceId, '356666143081bbec11d293753e9702ca');
    });
  }

  for (const code of new Set(ROWS.map(([code]) => code))) {
    if (!code.startsWith('MP-')) continue;
    it(`knows ${code} by its error_uri, whatever the text says`, () => {
      const uri = `https://maskinporten.no/errors/${code}`;
      assert.equal(refused({ error: 'x', error_description: 'Expired key', error_uri: uri }).code, code);
    });
  }

  it('the text alone is not enough where the error is another', () => {
    const problem = refused({ error: 'server_error', error_description: 'Expired key' });
    assert.equal(problem.code, 'token/refused');
  });

  it('an unknown code is shown as it came, not as what its text resembles', () => {
    const error_uri = 'https://maskinporten.no/errors/MP-999';
    const problem = refused({ error: 'invalid_grant', error_description: `Expired key ${trace}`, error_uri });
    assert.ok(problem.code === 'token/refused');
    assert.equal(problem.mpCode, 'MP-999');
    assert.deepEqual(problem.refusal, {
      status: 400,
      error: 'invalid_grant',
      description: `Expired key ${trace}`,
      errorUri: error_uri,
      traceId: '356666143081bbec11d293753e9702ca',
    });
    assert.deepEqual(
      problem.sent.map(({ name }) => name),
      ['iss', 'aud', 'scope', 'kid', 'alg', 'iat', 'exp', 'url'],
    );
  });

  it('an unknown error without a description is faithful too', () => {
    const problem = refused({ error: 'temporarily_unavailable' }, { status: 503 });
    assert.ok(problem.code === 'token/refused');
    assert.equal(problem.refusal.description, undefined);
    assert.equal(problem.refusal.status, 503);
  });

  it('reads the older correlation id as trace id', () => {
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
    const problem = refused({ error: 'forbidden', error_description: `No. (correlation id: ${id})` });
    assert.ok('refusal' in problem);
    assert.equal(problem.refusal.traceId, id);
  });

  it('names those of the scopes asked for that the text names, and no others', () => {
    const description = 'Token request contains invalid scopes for client, altinn:serviceowners/read, evil:scope';
    const problem = refused({ error: 'invalid_scope', error_description: `${description} ${trace}` });
    assert.ok(problem.code === 'MP-200');
    assert.deepEqual(problem.refusedScopes, ['altinn:serviceowners/read']);
  });

  it('finds the scope at the end of a sentence', () => {
    const error_description =
      'Consumer has not been granted access to the scope skatteetaten:inntekt. (correlation id: x)';
    const problem = refused({ error: 'forbidden', error_description });
    assert.ok(problem.code === 'MP-250');
    assert.deepEqual(problem.refusedScopes, ['skatteetaten:inntekt']);
  });

  it('writes what is no text as JSON, names the owner of a certificate, and no person', () => {
    const consent = { type: 'urn:altinn:consent', from: 'urn:altinn:person:identifier-no:13816198547' };
    const claims = { iss: 'c', resource: ['https://a/'], authorization_details: [consent], pid: '13816198547' };
    const grant = { header: { alg: 'RS256', x5c: ['AAAA'] }, claims };
    const body = jsonBody({ error: 'strange', error_description: 'Person 13816198547 in request 12345678901' });
    const problem = explainRefusal(response({ status: 400, body }), { ...sent, grant });
    assert.deepEqual(
      problem.sent.map(({ name, value }) => `${name} ${value}`),
      [
        'iss c',
        'x5c –',
        'alg RS256',
        'resource ["https://a/"]',
        'authorization_details [{"type":"urn:altinn:consent","from":"urn:altinn:person:identifier-no:•••••••••••"}]',
        'url https://test.maskinporten.no/token',
      ],
    );
    assert.ok('refusal' in problem);
    assert.equal(problem.refusal.description, 'Person ••••••••••• in request 12345678901');
  });

  for (const [header, seconds] of [
    ['120', 120],
    ['Thu, 01 Jan 2026 12:01:30 GMT', 90],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['99999999', 86_400],
    ['soon', undefined],
    ['-5', undefined],
  ] as const) {
    it(`Retry-After ${header} is ${String(seconds)} s, by the clock of the issuer`, () => {
      const headers = [
        ['Date', 'Thu, 01 Jan 2026 12:00:00 GMT'],
        ['Retry-After', header],
      ] as const;
      const refusal = refused({ error: 'x' }, { status: 503, headers });
      assert.ok('refusal' in refusal);
      assert.equal(refusal.refusal.retryAfterSeconds, seconds);
      const page = refused('', { status: 503, headers });
      assert.ok(page.code === 'token/unreadable');
      assert.equal(page.retryAfterSeconds, seconds);
    });
  }

  it('tells what matters to the refusal, and never more of the grant than that', () => {
    const problem = refused({ error: 'x', error_uri: 'https://maskinporten.no/errors/MP-110' });
    assert.deepEqual(problem.sent, [
      { name: 'aud', value: 'https://test.maskinporten.no/' },
      { name: 'url', value: 'https://test.maskinporten.no/token' },
    ]);
  });

  for (const [date, seconds] of [
    ['Thu, 01 Jan 2026 12:00:00 GMT', 41],
    ['Thu, 01 Jan 2026 12:02:21 GMT', -100],
    ['not a date', undefined],
    [undefined, undefined],
  ] as const) {
    it(`measures the clock by Date ${String(date)}: ${String(seconds)}`, () => {
      const headers = date === undefined ? [] : [['Date', date] as const];
      const error_description = 'Issue time is after now';
      const problem = refused({ error: 'invalid_grant', error_description }, { headers });
      assert.ok(problem.code === 'token/issued-in-future');
      assert.equal(problem.clockSkewSeconds, seconds);
    });
  }

  for (const [what, given] of [
    ['a web page', { body: Buffer.from('<html>'), headers: [['Content-Type', 'text/html; charset=utf-8']] }],
    ['JSON without error', { body: jsonBody({ message: 'no' }) }],
    ['error that is no text', { body: jsonBody({ error: { code: 1 } }) }],
    ['an empty body', { status: 502 }],
    ['an error with status 200', { status: 200, body: jsonBody({ error: 'invalid_grant' }) }],
    ['a redirect', { status: 302, body: jsonBody({ error: 'invalid_grant' }) }],
  ] satisfies [string, Partial<TransportResponse>][]) {
    it(`${what} is unreadable, not a refusal`, () => {
      const problem = explainRefusal(response({ status: 400, ...given }), sent);
      assert.ok(problem.code === 'token/unreadable');
      assert.equal(problem.status, (given as { status?: number }).status ?? 400);
    });
  }

  it('bounds what it takes over, and leaves control characters out', () => {
    const problem = refused({
      error: 'a\u001b[31mb',
      error_description: 'x\r\n'.repeat(5000),
      error_uri: 'y'.repeat(5000),
    });
    assert.ok(problem.code === 'token/refused');
    assert.equal(problem.refusal.error, 'a [31mb');
    assert.equal(problem.refusal.description?.length, 2000);
    assert.ok(!/\p{Cc}/u.test(problem.refusal.description));
    assert.equal(problem.refusal.errorUri?.length, 500);
  });
});
