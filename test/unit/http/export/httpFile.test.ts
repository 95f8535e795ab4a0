import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportedRequest } from '../../../../src/http/export/exported';
import { httpFile } from '../../../../src/http/export/httpFile';
import { skipSince } from '../../../skip';
import { has, record, run } from './recorder';

const REQUEST: ExportedRequest = {
  method: 'POST',
  url: 'https://api.example.no/a?b=c#d',
  headers: [['Content-Type', 'application/json']],
  body: '{\n  "e": 1\n}',
  token: { kind: 'variable' },
};

describe('a request as an .http file', () => {
  it('has request line, headers, a blank line and the body', () => {
    assert.deepEqual(httpFile(REQUEST, 'rest-client'), {
      ok: true,
      text: [
        '# @no-redirect',
        'POST https://api.example.no/a?b=c HTTP/1.1',
        'Content-Type: application/json',
        'Authorization: Bearer {{$processEnv MASKINPORTEN_TOKEN}}',
        '',
        '{',
        '  "e": 1',
        '}',
        '',
      ].join('\n'),
    });
  });

  for (const [reader, variable] of [
    ['rest-client', '{{$processEnv MASKINPORTEN_TOKEN}}'],
    ['httpyac', '{{process.env.MASKINPORTEN_TOKEN}}'],
    ['intellij', '{{MASKINPORTEN_TOKEN}}'],
  ] as const) {
    it(`names the token as ${reader} does`, () => {
      const exported = httpFile(REQUEST, reader);
      assert.ok(exported.ok && exported.text.includes(`Bearer ${variable}\n`));
    });
  }

  it('has no Authorization where no token goes along', () => {
    const exported = httpFile({ ...REQUEST, token: { kind: 'none' } }, 'httpyac');
    assert.ok(exported.ok && !exported.text.includes('Authorization'));
  });

  for (const [what, given, fault] of [
    ['bytes', { body: Buffer.from([255]) }, 'binary-body'],
    ['a header beyond ASCII', { headers: [['X', 'æ']] }, 'non-ascii-header'],
    ['braces in the body', { body: '{{x}}' }, 'braces'],
    ['braces in a header', { headers: [['X', '{{x}}']] }, 'braces'],
    ['a line that ends the request', { body: 'a\n###\nb' }, 'body-line'],
    ['a line that names a file', { body: '< ./secret.json' }, 'body-line'],
    ['a line that is a script', { body: 'a\n> {% client.log() %}' }, 'body-line'],
    ['a line that begins another request', { body: 'a\nGET /x' }, 'body-line'],
    ['a comment', { body: 'a\n// b' }, 'body-line'],
    ['blank lines at the end', { body: 'a\n\n' }, 'body-line'],
    ['other line breaks', { body: 'a\r\nb' }, 'body-line'],
  ] as const) {
    it(`refuses ${what}, which would be sent otherwise`, () => {
      assert.deepEqual(httpFile({ ...REQUEST, ...given }, 'rest-client'), { ok: false, fault });
    });
  }

  it('takes XML, which begins like the name of a file', () => {
    assert.ok(httpFile({ ...REQUEST, body: '<a>\n  <b/>\n</a>' }, 'rest-client').ok);
  });

  describe('run by httpyac', () => {
    let server: Awaited<ReturnType<typeof record>>;
    let folder: string;

    before(async function () {
      server = await record();
      folder = await mkdtemp(join(tmpdir(), 'http-file-'));
      if (!(await has('httpyac'))) skipSince('httpyac is not installed', this);
    });
    after(async () => {
      await server.close();
      await rm(folder, { recursive: true });
    });

    const requests: [what: string, given: Partial<ExportedRequest>][] = [
      ['GET with a query', { method: 'GET', url: '/x?y=%20[1]', headers: [['Accept', 'application/json']] }],
      ['DELETE', { method: 'DELETE' }],
      ['JSON', { headers: [['Content-Type', 'application/json']], body: '{\n  "navn": "Åse"\n}' }],
      ['XML with blank lines', { method: 'PUT', headers: [['Content-Type', 'text/xml']], body: '<a>\n\n  <b/>\n</a>' }],
      ['text', { headers: [['Content-Type', 'text/plain']], body: 'a: b\n\n= c' }],
      ['headers with quotes', { method: 'GET', headers: [['X-Quotes', `'a' "b" $x \\`]] }],
    ];
    for (const [what, { url = '/path', ...given }] of requests) {
      it(`${what} arrives as it was composed`, async () => {
        const token = { kind: 'variable' } as const;
        const request: ExportedRequest = { method: 'POST', headers: [], token, url: server.origin + url, ...given };
        const exported = httpFile(request, 'httpyac');
        assert.ok(exported.ok);
        await writeFile(join(folder, 'request.http'), exported.text);
        const env = { MASKINPORTEN_TOKEN: 'e30.e30.c2ln', HOME: folder };
        await run('httpyac', ['send', 'request.http', '--all', '--silent'], '', env, folder);
        const arrived = server.arrivals.at(-1)!;
        const { pathname, search } = new URL(request.url);
        assert.deepEqual([arrived.method, arrived.target], [request.method, pathname + search]);
        assert.equal(arrived.body.toString(), request.body ?? '');
        const sent = new Map(arrived.headers.map(([name, value]) => [name.toLowerCase(), value]));
        for (const [name, value] of request.headers) assert.equal(sent.get(name.toLowerCase()), value);
        assert.equal(sent.get('authorization'), 'Bearer e30.e30.c2ln');
      });
    }
  });
});
