import assert from 'node:assert/strict';
import { curlCommand } from '../../../../src/http/export/curl';
import type { ExportedRequest } from '../../../../src/http/export/exported';
import { appCode } from '../../../../src/http/export/texas';
import { skipSince } from '../../../skip';
import { has, record, run } from './recorder';

const TOKEN = 'e30.e30.c2ln';

/** What curl adds where the request says nothing. */
const CURLS_OWN = ['host', 'user-agent', 'accept', 'content-length'];

const text = (given: Partial<ExportedRequest> & { url: string }) => {
  const exported = curlCommand({ method: 'GET', headers: [], token: { kind: 'none' }, ...given });
  assert.ok(exported.ok);
  return exported.text;
};

describe('a request as a curl command', () => {
  const url = 'https://api.example.no/a';

  it('has the token as a variable, which the shell fills in', () => {
    const command = text({ url, token: { kind: 'variable' } });
    assert.match(command, /--header "Authorization: Bearer \$MASKINPORTEN_TOKEN"$/);
  });

  it('has the token itself where that is asked for', () => {
    assert.match(
      text({ url, token: { kind: 'value', accessToken: TOKEN } }),
      new RegExp(`'Authorization: Bearer ${TOKEN}'`),
    );
  });

  it('refuses bytes in headers that a shell would send in another charset', () => {
    const given = { method: 'GET', url, headers: [['X-Name', 'bl\u00e5']], token: { kind: 'none' } } as const;
    assert.deepEqual(curlCommand(given), { ok: false, fault: 'non-ascii-header' });
  });

  describe('run by curl', () => {
    let server: Awaited<ReturnType<typeof record>>;

    before(async function () {
      server = await record();
      if (!(await has('curl'))) skipSince('curl is not installed', this);
    });
    after(() => server.close());

    const requests: [what: string, given: Partial<ExportedRequest>][] = [
      ['GET', {}],
      ['a query with brackets, braces and quotes', { url: "/a/[1]/{b}?c=d'e&f=%20g&h=$HOME`id`" }],
      ['DELETE', { method: 'DELETE' }],
      ['HEAD', { method: 'HEAD' }],
      ['GET with a body', { method: 'GET', body: 'x' }],
      ['POST without a body', { method: 'POST' }],
      ['a method of its own', { method: 'M-SEARCH' }],
      [
        'JSON',
        { method: 'POST', headers: [['Content-Type', 'application/json']], body: '{"navn":"Kari \'O\' $HOME"}' },
      ],
      ['a body that begins with @', { method: 'POST', body: '@/etc/passwd' }],
      ['a body of several lines, with backslashes', { method: 'PUT', body: 'a\\n\r\n\n  b\\\\\n' }],
      ['a body without a content type', { method: 'PATCH', body: 'x' }],
      ['bytes that are no text', { method: 'POST', body: Buffer.from([0, 255, 37, 92, 39, 10, 128]) }],
      ['a byte order mark', { method: 'POST', body: '\ufeff{}' }],
      [
        'headers that are odd',
        {
          headers: [
            ['X-Empty', ''],
            ['X-Quotes', `'a' "b" \\ $HOME \`id\``],
            ['X-Twice', '1'],
            ['X-Twice', '2'],
            ['Accept', 'application/json'],
            ['User-Agent', 'mine/1'],
            ['X-At', '@file'],
          ],
        },
      ],
    ];
    for (const [what, { url: target = '/path', ...given }] of requests) {
      it(`${what} arrives as it was composed`, async () => {
        const request: ExportedRequest = {
          method: 'GET',
          headers: [],
          token: { kind: 'variable' },
          url: server.origin + target,
          ...given,
        };
        const exported = curlCommand(request);
        assert.ok(exported.ok);
        await run('sh', ['-s'], exported.text.replace(/\bcurl --globoff/, 'curl --disable --silent --globoff'), {
          MASKINPORTEN_TOKEN: TOKEN,
        });
        const arrived = server.arrivals.at(-1)!;
        const { pathname, search } = new URL(request.url);
        assert.deepEqual([arrived.method, arrived.target], [request.method, pathname + search]);
        assert.deepEqual(arrived.body, Buffer.from(request.body ?? ''));
        const named = new Set(request.headers.map(([name]) => name.toLowerCase()));
        assert.deepEqual(
          arrived.headers.filter(([name]) => named.has(name.toLowerCase()) || !CURLS_OWN.includes(name.toLowerCase())),
          [...request.headers, ['Authorization', `Bearer ${TOKEN}`]],
        );
      });
    }

    it('a body of two megabytes is not held back until the server asks for it', () => {
      assert.match(text({ url, method: 'POST', body: 'x'.repeat(2_000_000) }), /--header 'Expect:'/);
    });

    it('the app’s own way asks Texas first, and sends what it got', async () => {
      const request = {
        method: 'POST',
        url: `${server.origin}/api`,
        headers: [['X-One', "it's"]],
        body: '{}',
      } as const;
      const exported = appCode({ request, grant: { scopes: ['a:b', 'c:d'], resource: 'https://x.no/' } }, 'curl');
      assert.ok(exported.ok);
      await run('sh', ['-s'], exported.text, { NAIS_TOKEN_ENDPOINT: `${server.origin}/token` });
      const [asked, sent] = server.arrivals.slice(-2);
      assert.deepEqual(JSON.parse(asked!.body.toString()), {
        identity_provider: 'maskinporten',
        target: 'a:b c:d',
        resource: 'https://x.no/',
      });
      assert.ok(sent!.headers.some(([name, value]) => name === 'Authorization' && value === 'Bearer from-texas'));
      assert.ok(sent!.headers.some(([name, value]) => name === 'X-One' && value === "it's"));
      assert.equal(sent!.body.toString(), '{}');
    });
  });
});
