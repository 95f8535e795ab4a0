import assert from 'node:assert/strict';
import { copyOfRequest, type CopyFormat, type CopySource } from '../../../../src/http/export/copies';
import { problemOf } from '../../../../src/maskinporten/problem';

const KEY = 'hemmelig-verdi';
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln';
const SOURCE: CopySource = {
  method: 'POST',
  url: 'https://api.example.no/a',
  headers: [
    ['Accept', 'text/plain'],
    ['X-Api-Key', KEY],
    ['X-Other-Key', '{{MINE}}'],
  ],
  body: '{}',
  grant: { scopes: ['a:b'] },
};

const FORMATS: readonly CopyFormat[] = [
  'curl',
  'powershell',
  'http-rest-client',
  'http-httpyac',
  'http-intellij',
  'texas-curl',
  'texas-kotlin',
  'texas-typescript',
];

const codeOf = (format: CopyFormat, source: CopySource): string | undefined => {
  try {
    copyOfRequest(format, source);
    return undefined;
  } catch (error) {
    return problemOf(error)?.code;
  }
};

describe('a copy of a request', () => {
  for (const format of FORMATS) {
    it(`as ${format} has variables in the place of secrets, and names them`, () => {
      const copied = copyOfRequest(format, SOURCE);
      assert.ok(copied.ok);
      assert.ok(!copied.text.includes(KEY), copied.text);
      const own = ['X_API_KEY', 'MINE'];
      assert.deepEqual(copied.variables, format.startsWith('texas-') ? own : ['MASKINPORTEN_TOKEN', ...own]);
      for (const variable of copied.variables) assert.ok(copied.text.includes(variable), variable);
      assert.match(copied.text, /Accept/);
    });

    it(`as ${format} is not made of a request that could not be sent`, () => {
      assert.equal(codeOf(format, { ...SOURCE, url: 'http://api.example.no/' }), 'request/insecure-url');
      assert.equal(codeOf(format, { ...SOURCE, url: 'https://a:b@api.example.no/' }), 'request/url-credentials');
      assert.equal(codeOf(format, { ...SOURCE, url: 'api' }), 'request/bad-url');
      assert.equal(codeOf(format, { ...SOURCE, method: 'GET /' }), 'request/bad-method');
      assert.equal(codeOf(format, { ...SOURCE, headers: [['X', 'a\nb']] }), 'request/bad-header');
      assert.equal(codeOf(format, { ...SOURCE, headers: [['Authorization', 'x']] }), 'request/bad-header');
    });
  }

  for (const format of ['curl', 'powershell'] as const) {
    it(`as ${format} has the secrets themselves where that is asked for`, () => {
      const copied = copyOfRequest(format, { ...SOURCE, headers: SOURCE.headers.slice(0, 2), accessToken: TOKEN });
      assert.ok(copied.ok);
      assert.ok(copied.text.includes(KEY) && copied.text.includes(`Bearer ${TOKEN}`));
      assert.deepEqual(copied.variables, []);
    });
  }

  it('has a variable for each value where a header occurs with several', () => {
    const headers = [
      ['X-Key', 'a'],
      ['X-Key', 'b'],
      ['x-key', 'a'],
    ] as const;
    const copied = copyOfRequest('curl', { ...SOURCE, headers });
    assert.deepEqual(copied.ok && copied.variables, ['MASKINPORTEN_TOKEN', 'X_KEY', 'X_KEY_2']);
  });

  it('hides an Authorization that was typed in, where no token goes along', () => {
    const copied = copyOfRequest('curl', { ...SOURCE, grant: undefined, headers: [['Authorization', `Basic ${KEY}`]] });
    assert.ok(copied.ok && !copied.text.includes(KEY));
    assert.match(copied.text, /"Authorization: \$AUTHORIZATION"/);
  });

  for (const format of ['texas-curl', 'texas-kotlin', 'texas-typescript'] as const) {
    it(`as ${format} is refused where Texas could not do the same`, () => {
      const fault = (source: Partial<CopySource>) => {
        const copied = copyOfRequest(format, { ...SOURCE, ...source });
        return copied.ok ? undefined : copied.fault;
      };
      assert.equal(fault({ grant: undefined }), 'without-token');
      assert.equal(fault({ grant: { scopes: ['a:b'], consumerOrg: '889640782' } }), 'consumer_org');
      assert.equal(fault({ grant: { scopes: ['a:b'], pid: '13816198547' } }), 'pid');
      assert.equal(fault({ beyondTexas: 'x5c' }), 'x5c');
    });
  }

  for (const path of ['a|b', 'a[1]', 'a?b={c}', 'a?b=c|d', 'a?b=^']) {
    it(`in Kotlin is refused for ${path}, which Java does not read as an address`, () => {
      const copied = copyOfRequest('texas-kotlin', { ...SOURCE, url: `https://api.example.no/${path}` });
      assert.deepEqual(copied, { ok: false, fault: 'url-characters' });
    });
  }

  it('in Kotlin takes every other address', () => {
    for (const path of ['a?b=[1]', "a;b=c/@d:e,f+g=h&i/$j!k*(l)'m", 'a%20b?c=%7B', 'æ?ø=å']) {
      assert.ok(copyOfRequest('texas-kotlin', { ...SOURCE, url: `https://api.example.no/${path}` }).ok, path);
    }
  });
});
