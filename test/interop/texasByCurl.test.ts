import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { run } from '../../scripts/lib/processes.mjs';
import { startSandbox } from '../../src/sandbox';
import type { Sandbox, TexasAddresses } from '../../src/sandbox';
import { skipSince } from '../skip';
import { CLIENT_ID, clientWith, rsaKeyPair, SCOPE } from '../unit/sandbox/support';

interface Printed {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** As Nais’s pages show it to app developers: with curl. */
describe('Texas’s endpoint, asked by curl', () => {
  let sandbox: Sandbox | undefined;
  let texas: TexasAddresses;

  before(async function () {
    const isThere = await run('curl', ['--version']).then(
      () => true,
      () => false,
    );
    if (!isThere) skipSince('curl is not installed', this);
    const keys = await rsaKeyPair('key-1');
    sandbox = await startSandbox({ clients: [clientWith([keys.publicJwk])] });
    texas = sandbox.openTexas({ clientId: CLIENT_ID, privateJwk: { ...keys.privateJwk, alg: 'RS256' } });
  });

  after(() => sandbox?.stop());

  async function curl(...args: readonly string[]): Promise<Printed> {
    const printed = await run('curl', ['--silent', '--write-out', '\n%{http_code} %{content_type}', ...args]);
    const end = printed.lastIndexOf('\n');
    const [status = '', type = ''] = printed.slice(end + 1).split(' ');
    return { status: Number(status), type, body: printed.slice(0, end) };
  }

  const asJson = (body: unknown) => ['--header', 'content-type: application/json', '--data', JSON.stringify(body)];

  function tokenIn({ status, type, body }: Printed): string {
    assert.deepEqual([status, type], [200, 'application/json'], body);
    const token = JSON.parse(body) as Readonly<Record<string, unknown>>;
    assert.deepEqual(Object.keys(token), ['access_token', 'token_type', 'expires_in']);
    return String(token['access_token']);
  }

  it('gives a token for JSON, the same for a form, and says of it that it is active', async () => {
    const request = { identity_provider: 'maskinporten', target: SCOPE };
    const token = tokenIn(await curl(texas.tokenEndpoint, ...asJson(request)));
    const fields = Object.entries(request).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`]);
    assert.equal(tokenIn(await curl(texas.tokenEndpoint, ...fields)), token);
    const asked = { identity_provider: 'maskinporten', token };
    const { body } = await curl(texas.introspectionEndpoint, ...asJson(asked));
    assert.deepEqual(JSON.parse(body), { active: true, ...decodeJwt(token) });
  });

  it('gives one over HTTP/1.0, and for a body in chunks', async () => {
    const asked = asJson({ identity_provider: 'maskinporten', target: SCOPE });
    tokenIn(await curl('--http1.0', texas.tokenEndpoint, ...asked));
    tokenIn(await curl('--header', 'transfer-encoding: chunked', texas.tokenEndpoint, ...asked));
  });

  it('refuses with both members of an error, and with 405 where curl was given nothing to send', async () => {
    const { status, body } = await curl(texas.tokenEndpoint, ...asJson({ identity_provider: 'maskinporten' }));
    assert.equal(status, 400);
    assert.deepEqual(JSON.parse(body), {
      error: 'invalid_request',
      error_description:
        'Failed to deserialize the JSON body into the target type: missing field `target` at line 1 column 36',
    });
    assert.deepEqual(await curl(texas.tokenEndpoint), { status: 405, type: '', body: '' });
  });
});
