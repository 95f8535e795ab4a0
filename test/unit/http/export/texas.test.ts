import assert from 'node:assert/strict';
import { transpileModule, ModuleKind, ScriptTarget } from 'typescript';
import { appCode, kotlinString, type AppRequest } from '../../../../src/http/export/texas';
import { record, run } from './recorder';

const REQUEST: AppRequest['request'] = { method: 'GET', url: 'https://api.example.no/a', headers: [] };

describe('what an app on Nais would do', () => {
  for (const language of ['curl', 'kotlin', 'typescript'] as const) {
    it(`in ${language} has no token in it, and asks for one where Nais says`, () => {
      const exported = appCode({ request: REQUEST, grant: { scopes: ['a:b'] } }, language);
      assert.ok(exported.ok);
      assert.match(exported.text, /NAIS_TOKEN_ENDPOINT/);
      assert.match(exported.text, /identity_provider.*maskinporten.*target.*a:b/);
    });

    for (const [field, grant] of [
      ['consumer_org', { scopes: ['a:b'], consumerOrg: '889640782' }],
      ['pid', { scopes: ['a:b'], pid: '13816198547' }],
    ] as const) {
      it(`in ${language} refuses ${field}, for which Texas has no field`, () => {
        assert.deepEqual(appCode({ request: REQUEST, grant }, language), { ok: false, fault: field });
      });
    }
  }

  for (const [language, request, fault] of [
    ['typescript', { ...REQUEST, body: 'x' }, 'body-with-method'],
    ['typescript', { ...REQUEST, method: 'POST', body: Buffer.from([255]) }, 'binary-body'],
    ['kotlin', { ...REQUEST, method: 'POST', body: Buffer.from([0]) }, 'binary-body'],
    ['kotlin', { ...REQUEST, headers: [['X', 'æ']] }, 'non-ascii-header'],
  ] as const) {
    it(`in ${language} refuses what it could not send as it is: ${fault}`, () => {
      assert.deepEqual(appCode({ request, grant: { scopes: ['a:b'] } }, language), { ok: false, fault });
    });
  }

  it('in TypeScript sends the same request, with the token that Texas gave', async () => {
    const server = await record();
    try {
      const body = '{"a":"`${1}` \\" \u2028"}\n';
      const headers = [['X-One', '`${token}` "b"']] as const;
      const request = { method: 'PUT', url: `${server.origin}/x?y=[1]#z`, headers, body };
      const details = [{ type: 'urn:altinn:systemuser' }];
      const exported = appCode({ request, grant: { scopes: ['a:b'], authorizationDetails: details } }, 'typescript');
      assert.ok(exported.ok);
      const { outputText } = transpileModule(exported.text, {
        compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 },
      });
      const printed = await run(process.execPath, ['--input-type=module'], outputText, {
        NAIS_TOKEN_ENDPOINT: `${server.origin}/token`,
      });
      assert.equal(printed, '200 ok\n');
      const [asked, sent] = server.arrivals;
      assert.deepEqual(JSON.parse(asked!.body.toString()), {
        identity_provider: 'maskinporten',
        target: 'a:b',
        authorization_details: details,
      });
      assert.deepEqual([sent!.method, sent!.target, sent!.body.toString()], ['PUT', '/x?y=[1]', body]);
      const sentHeaders = new Map(sent!.headers.map(([name, value]) => [name.toLowerCase(), value]));
      assert.equal(sentHeaders.get('x-one'), headers[0][1]);
      assert.equal(sentHeaders.get('authorization'), 'Bearer from-texas');
    } finally {
      await server.close();
    }
  });

  it('in Kotlin writes texts that are no templates, with escapes that exist', () => {
    assert.equal(
      kotlinString('a"b\\c$d ${e}\n\r\t\u0008æ😀'),
      '"a\\"b\\\\c\\$d \\${e}\\n\\r\\t\\u0008\\u00e6\\ud83d\\ude00"',
    );
  });

  it('in Kotlin has every part of the request', () => {
    const request = {
      method: 'POST',
      url: 'https://api.example.no/a#b',
      headers: [['X-A', '$b']],
      body: '{"c":1}',
    } as const;
    const exported = appCode({ request, grant: { scopes: ['a:b'] } }, 'kotlin');
    assert.ok(exported.ok);
    assert.match(exported.text, /newBuilder\(URI\("https:\/\/api\.example\.no\/a"\)\)/);
    assert.match(exported.text, /\.header\("X-A", "\\\$b"\)/);
    assert.match(exported.text, /\.method\("POST", BodyPublishers\.ofString\("\{\\"c\\":1\}"\)\)/);
  });
});
