import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { stringify } from 'yaml';
import { TEST } from '../../../../src/maskinporten/environments';
import type { CredentialFormat, CredentialSource } from '../../../../src/maskinporten/recognise';
import { makeKeyPair, type KeyPair } from '../support';
import {
  assertNothing,
  base64,
  CLIENT_ID,
  clientFrom,
  doubtsOf,
  kubernetesSecret,
  mapValues,
  refusalOf,
  secretOf,
} from './support';

describe('recogniseCredential: formats', () => {
  let key: KeyPair;
  let otherKey: KeyPair;
  let values: Record<string, string>;

  before(async () => {
    [key, otherKey] = await Promise.all([makeKeyPair(), makeKeyPair()]);
    values = secretOf(key);
  });

  /** The whole client, without a doubt: whatever it was copied from makes no difference. */
  async function assertWhole(source: CredentialSource, format: CredentialFormat) {
    const client = await clientFrom(source);
    assert.equal(client.format, format);
    assert.equal(client.clientId, CLIENT_ID);
    assert.ok(client.key.ok);
    assert.equal(client.key.jwk.d, key.privateJwk.d);
    assert.equal(client.key.jwk.kid, key.privateJwk.kid);
    assert.deepEqual(client.environment, TEST);
    assert.deepEqual(client.scopes, ['skatteetaten:inntekt', 'nav:test/api']);
    assert.deepEqual(client.doubts, []);
    return client;
  }

  async function assertKeyAlone(source: CredentialSource, format: CredentialFormat) {
    const client = await clientFrom(source);
    assert.ok(client.key.ok);
    assert.equal(client.key.jwk.d, key.privateJwk.d);
    assert.deepEqual(
      { ...client, key: undefined },
      {
        kind: 'client',
        format,
        clientId: undefined,
        key: undefined,
        environment: undefined,
        scopes: [],
        secret: undefined,
        doubts: [],
      },
    );
  }

  describe('JWK and JWKS', () => {
    it('a bare JWK', () => assertKeyAlone(JSON.stringify(key.privateJwk), 'jwk'));
    it('a JWK over several lines, with a byte order mark', () =>
      assertKeyAlone(`\ufeff\n${JSON.stringify(key.privateJwk, null, 2)}\n`, 'jwk'));
    it('a JWK as the bytes of a file', () => assertKeyAlone(Buffer.from(JSON.stringify(key.privateJwk)), 'jwk'));
    it('a JWK in base64, as jsonpath prints it', () => assertKeyAlone(base64(JSON.stringify(key.privateJwk)), 'jwk'));
    it('a JWK as a JSON string', () => assertKeyAlone(JSON.stringify(JSON.stringify(key.privateJwk)), 'jwk'));
    it('a JWK with escaped quotation marks', () =>
      assertKeyAlone(JSON.stringify(key.privateJwk).replaceAll('"', '\\"'), 'jwk'));
    it('a set with one private key beside public ones', () =>
      assertKeyAlone(JSON.stringify({ keys: [otherKey.publicJwk, key.privateJwk] }), 'jwks'));
    it('an empty set', () => refusalOf('{"keys":[]}', 'no-key'));
  });

  describe('.env', () => {
    const lines = (write: (name: string, value: string) => string, end = '\n') =>
      Object.entries(values)
        .map(([name, value]) => write(name, value))
        .join(end);

    for (const [what, write] of [
      ['bare values, as printenv prints them', (name: string, value: string) => `${name}=${value}`],
      ['single quotes', (name: string, value: string) => `${name}='${value}'`],
      ['backticks', (name: string, value: string) => `${name}=\`${value}\``],
      ['double quotes and escapes', (name: string, value: string) => `${name}="${value.replaceAll('"', '\\"')}"`],
      ['double quotes without escapes', (name: string, value: string) => `${name}="${value}"`],
      ['escapes without quotes', (name: string, value: string) => `${name}=${value.replaceAll('"', '\\"')}`],
      ['export', (name: string, value: string) => `export ${name}='${value}'`],
      ['indents and spaces around the sign', (name: string, value: string) => `  ${name} = '${value}'  `],
      ['comments after the values', (name: string, value: string) => `${name}='${value}' # of the "dev" cluster`],
    ] as const) {
      it(what, () => assertWhole(lines(write), 'env'));
      it(`${what}, with the line ends of Windows`, () => assertWhole(lines(write, '\r\n'), 'env'));
    }

    it('values over several lines in quotes', async () => {
      const pretty = JSON.stringify(key.privateJwk, null, 2);
      for (const quoted of [`'${pretty}'`, `"${pretty.replaceAll('"', '\\"')}"`]) {
        const text = lines((name, value) => `${name}=${name.endsWith('JWK') ? quoted : value}`);
        await assertWhole(text, 'env');
        await assertWhole(text.replaceAll('\n', '\r\n'), 'env');
      }
    });

    it('\\n in double quotes is a line break', async () => {
      const escaped = JSON.stringify(key.privateJwk, null, 2).replaceAll('"', '\\"').replaceAll('\n', '\\n');
      await assertWhole(
        lines((name, value) => `${name}="${name.endsWith('JWK') ? escaped : value}"`),
        'env',
      );
    });

    it('among comments, blank lines, other variables and other text', () =>
      assertWhole(
        `# MASKINPORTEN_CLIENT_ID=old\n\nDB_PASSWORD='it''s\nno text\n=\n${lines((name, value) => `${name}=${value}`)}\n\nOTHER="open\n`,
        'env',
      ));

    it('a # within a value is no comment', async () => {
      const client = await clientFrom(`MASKINPORTEN_CLIENT_JWK={}\nMASKINPORTEN_SCOPES=a:b#c # d:e`);
      assert.deepEqual(client.scopes, ['a:b#c']);
    });

    it('a variable that is set twice has the last value, and that is said', async () => {
      const client = await clientFrom(`${lines((name, value) => `${name}=${value}`)}\nMASKINPORTEN_CLIENT_ID=other`);
      assert.equal(client.clientId, 'other');
      assert.deepEqual(client.doubts, [{ code: 'set-twice', variable: 'MASKINPORTEN_CLIENT_ID' }]);
    });

    it('a variable that is set twice to one value is nothing to speak of', () =>
      assertWhole(`${lines((name, value) => `${name}=${value}`)}\nMASKINPORTEN_CLIENT_ID='${CLIENT_ID}'`, 'env'));

    it('the file of PowerShell, in UTF-16', () =>
      assertWhole(Buffer.from(`\ufeff${lines((name, value) => `${name}=${value}`)}`, 'utf16le'), 'env'));

    it('without a key', () => refusalOf(`MASKINPORTEN_CLIENT_ID=${CLIENT_ID}`, 'no-key'));
    it('of something else', () => assertNothing('A=1\nAZURE_APP_JWK={}\nNOT_MASKINPORTEN_CLIENT_JWK=1'));

    it('a megabyte of open quotes', async () => {
      await refusalOf(`MASKINPORTEN_SCOPES=a\n${`A="\\"\nB='\nC=\`\n`.repeat(60_000)}`, 'no-key');
    });
  });

  describe('Secrets of Kubernetes', () => {
    it('as JSON, with its names', async () => {
      const client = await assertWhole(JSON.stringify(kubernetesSecret(values)), 'kubernetes-secret');
      assert.deepEqual(client.secret, {
        name: 'maskinporten-my-app-1a2b3c4d',
        namespace: 'my-team',
        workload: 'my-app',
        cluster: undefined,
      });
    });

    it('as YAML, with its names', async () => {
      const client = await assertWhole(stringify(kubernetesSecret(values)), 'kubernetes-secret');
      assert.deepEqual([client.secret?.name, client.secret?.workload], ['maskinporten-my-app-1a2b3c4d', 'my-app']);
    });

    it('as YAML with folded lines, comments and a document before it', () => {
      const yaml = stringify(kubernetesSecret(values), { lineWidth: 40 });
      return assertWhole(`apiVersion: v1\nkind: ConfigMap\n---\n# copied\n${yaml}---\n`, 'kubernetes-secret');
    });

    it('stringData, which comes before data', async () => {
      const { data, ...secret } = kubernetesSecret(values);
      const stale = { ...data, MASKINPORTEN_CLIENT_ID: base64('old') };
      const whole = { ...secret, data: stale, stringData: { MASKINPORTEN_CLIENT_ID: CLIENT_ID } };
      await assertWhole(JSON.stringify(whole), 'kubernetes-secret');
      await assertWhole(stringify({ ...secret, stringData: values }), 'kubernetes-secret');
    });

    for (const [form, write] of [
      ['JSON', JSON.stringify],
      ['YAML', stringify],
    ] as const) {
      it(`a List as ${form} with one Maskinporten client among others`, () => {
        const items = [
          { apiVersion: 'v1', kind: 'ConfigMap', data: { MASKINPORTEN_CLIENT_JWK: '{}' } },
          kubernetesSecret({ DB_PASSWORD: 'x' }, 'db'),
          kubernetesSecret(values),
        ];
        return assertWhole(write({ apiVersion: 'v1', kind: 'List', items }), 'kubernetes-secret');
      });
    }

    it('a List with two clients: the first, until the other is asked for by its name', async () => {
      const other = { ...secretOf(otherKey), MASKINPORTEN_CLIENT_ID: 'other' };
      const items = [kubernetesSecret(values, 'one'), kubernetesSecret(other, 'two')];
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
      const names = ['my-team/one', 'my-team/two'];
      const first = await clientFrom(list);
      assert.equal(first.clientId, CLIENT_ID);
      assert.deepEqual(first.doubts, [{ code: 'several-candidates', names, chosen: 'my-team/one' }]);
      const second = await clientFrom(list, { candidate: 'my-team/two' });
      assert.ok(second.key.ok);
      assert.deepEqual([second.clientId, second.key.jwk.kid], ['other', otherKey.privateJwk.kid]);
      assert.deepEqual(second.doubts, [{ code: 'several-candidates', names, chosen: 'my-team/two' }]);
    });

    it('data alone, as jsonpath prints it', () =>
      assertWhole(JSON.stringify(kubernetesSecret(values).data), 'variables'));
    it('data alone, decoded', () => assertWhole(JSON.stringify(values), 'variables'));
    it('data alone, decoded, with the key as an object', () =>
      assertWhole(JSON.stringify({ ...values, MASKINPORTEN_CLIENT_JWK: key.privateJwk }), 'variables'));

    it('a value that is not base64 is left out, and that is said', async () => {
      const secret = kubernetesSecret(values);
      for (const damaged of ['not base64', 'YWJ', 'YQ=', '/w==']) {
        const data = { ...secret.data, MASKINPORTEN_ISSUER: damaged };
        const client = await clientFrom(JSON.stringify({ ...secret, data }));
        assert.deepEqual(client.doubts, [{ code: 'damaged-value', variable: 'MASKINPORTEN_ISSUER' }]);
      }
    });

    it('names that Kubernetes does not allow are not handed on', async () => {
      const secret = kubernetesSecret(values, 'a; rm -rf ~');
      assert.equal((await clientFrom(JSON.stringify(secret))).secret, undefined);
      const metadata = { ...secret.metadata, name: 'a', namespace: '$(id)', labels: { app: 'x\ny' } };
      assert.deepEqual((await clientFrom(JSON.stringify({ ...secret, metadata }))).secret, {
        name: 'a',
        namespace: undefined,
        workload: undefined,
        cluster: undefined,
      });
    });

    it('another Secret has no key', async () => {
      await refusalOf(JSON.stringify(kubernetesSecret({ DB_PASSWORD: 'x' })), 'no-key');
      await refusalOf(stringify(kubernetesSecret({ DB_PASSWORD: 'x' })), 'no-key');
      await refusalOf(JSON.stringify({ kind: 'List', items: [] }), 'no-key');
      await refusalOf(JSON.stringify({ kind: 'List', items: 'x' }), 'no-key');
    });

    it('another resource is nothing', async () => {
      await assertNothing(JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', data: {} }));
      await assertNothing('apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata:\n  name: my-app\n');
    });
  });

  describe('YAML that is up to something', () => {
    const head = 'apiVersion: v1\nkind: Secret\n';

    for (const [what, text] of [
      ['an alias bomb', `${head}a: &a [x, x, x]\nb: &b [*a, *a, *a]\ndata: [*b, *b, *b]\n`],
      ['a hundred thousand brackets', `${head}data: ${'['.repeat(100_000)}`],
      ['a hundred thousand lists in one line', `${head}data:\n  ${'- '.repeat(100_000)}x\n`],
      ['a quote without its end', `${head}data:\n  a: "b\n`],
      ['a map that ends in the middle', `${head}data: {a: b\n`],
    ] as const) {
      it(`${what} is damaged`, () => refusalOf(text, 'damaged'));
    }

    it('sixty levels are damaged, though they could be read', async () => {
      const secret = stringify(kubernetesSecret(values));
      const nested = (levels: number) => `${secret}other: ${'['.repeat(levels)}${']'.repeat(levels)}\n`;
      await refusalOf(nested(60), 'damaged');
      await assertWhole(nested(40), 'kubernetes-secret');
    });

    it('a quarter of a megabyte is too large', () => refusalOf(`${head}a: ${'x'.repeat(262_144)}`, 'too-large'));

    it('keys that mean something to JavaScript are keys', () =>
      refusalOf(`${head}__proto__:\n  data: {MASKINPORTEN_CLIENT_JWK: YQ==}\nconstructor: x\n`, 'no-key'));
  });

  describe('nais secret get --output json', () => {
    const name = 'maskinporten-my-app-1a2b3c4d';
    const entries = (change?: (name: string, value: string) => object) =>
      Object.entries(values).map(([key, value]) => ({ key, ...(change?.(key, value) ?? { value }) }));
    const printed = (data: object[]) =>
      JSON.stringify({ name, environment: 'dev-gcp', data, lastModified: null, workloads: ['my-app'] }, null, 2);

    it('with its names', async () => {
      const data = entries((_, value) => ({ value, encoding: 'PLAIN_TEXT' }));
      const client = await assertWhole(printed(data), 'nais-secret');
      assert.deepEqual(client.secret, { name, namespace: undefined, workload: 'my-app', cluster: 'dev-gcp' });
    });

    it('with values in base64, and with both', async () => {
      await assertWhole(printed(entries((_, value) => ({ value: base64(value), encoding: 'BASE64' }))), 'nais-secret');
      await assertWhole(
        printed(
          entries((key, value) => (key.endsWith('ID') ? { value: base64(value), encoding: 'BASE64' } : { value })),
        ),
        'nais-secret',
      );
    });

    it('without values: the command that gives them', async () => {
      const { command } = await refusalOf(printed(entries(() => ({}))), 'values-hidden');
      assert.match(
        command ?? '',
        /^nais secret get maskinporten-my-app-1a2b3c4d --environment dev-gcp --with-values .* \| pbcopy$/,
      );
    });

    it('without values, and with a name that is no name: no command', async () => {
      const text = printed(entries(() => ({}))).replace(name, 'a; rm -rf ~');
      assert.equal((await refusalOf(text, 'values-hidden')).command, undefined);
    });

    it('of another Secret', () => refusalOf(printed([{ key: 'DB_PASSWORD', value: 'x' }]), 'no-key'));
    it('an empty value is no hidden one', async () => {
      const data = entries((key, value) => (key.endsWith('SCOPES') ? {} : { value }));
      assert.deepEqual((await clientFrom(printed(data))).scopes, []);
    });
  });

  describe('a mounted folder', () => {
    it('as texts, as bytes, and with a line break at the end of each file', async () => {
      await assertWhole(new Map(Object.entries(values)), 'mounted-folder');
      await assertWhole(
        new Map(
          Object.entries(mapValues(values, (text) => `${text}\n`)).map(([name, text]) => [name, Buffer.from(text)]),
        ),
        'mounted-folder',
      );
    });

    it('other files in it are not looked at', () =>
      assertWhole(
        new Map<string, string | Uint8Array>([['big.bin', Buffer.alloc(1)], ...Object.entries(values)]),
        'mounted-folder',
      ));

    it('a folder of one file is that file', () =>
      assertKeyAlone(new Map([['client.json', JSON.stringify(key.privateJwk)]]), 'jwk'));
    it('without a key', () => refusalOf(new Map([['MASKINPORTEN_CLIENT_ID', CLIENT_ID]]), 'no-key'));
    it('with a file that is no text', () =>
      refusalOf(new Map([['MASKINPORTEN_CLIENT_JWK', Buffer.from([0xff, 0x00])]]), 'damaged'));
    it('of other files', () =>
      assertNothing(
        new Map([
          ['a', JSON.stringify(key.privateJwk)],
          ['b', ''],
        ]),
      ));
    it('that is empty', () => assertNothing(new Map()));
  });

  describe('PEM', () => {
    const pemOf = (type: 'pkcs8' | 'pkcs1', pair = key) =>
      createPrivateKey({ key: pair.privateJwk as never, format: 'jwk' })
        .export({ type, format: 'pem' })
        .toString();

    for (const type of ['pkcs8', 'pkcs1'] as const) {
      it(`${type} has no kid, which is said; with one it is whole`, async () => {
        const pem = pemOf(type);
        const bare = await clientFrom(pem);
        assert.equal(bare.format, 'pem');
        assert.deepEqual(bare.doubts, [{ code: 'key-unusable', reason: 'no-kid' }]);
        const named = await clientFrom(pem, { kid: 'my-key' });
        assert.ok(named.key.ok);
        assert.deepEqual([named.key.jwk.kid, named.key.jwk.alg], ['my-key', 'RS256']);
        assert.equal(named.key.jwk.d, key.privateJwk.d);
        assert.deepEqual(named.doubts, []);
      });
    }

    it('among the attributes and certificates that OpenSSL prints', async () => {
      const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
      const text = `Bag Attributes\n    localKeyID: 54 69\r\n${pemOf('pkcs8').replaceAll('\n', '\r\n')}${certificate}`;
      const client = await clientFrom(text, { kid: 'my-key' });
      assert.ok(client.key.ok);
      assert.deepEqual(client.doubts, []);
    });

    it('behind its own public key', async () => {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const client = await clientFrom(publicKey.export({ type: 'spki', format: 'pem' }).toString() + pemOf('pkcs8'), {
        kid: 'my-key',
      });
      assert.ok(client.key.ok);
      assert.deepEqual(client.doubts, []);
    });

    it('of two keys', async () => {
      const both = pemOf('pkcs8') + pemOf('pkcs1', otherKey);
      const client = await clientFrom(both, { kid: 'k', candidate: '#2' });
      assert.ok(client.key.ok);
      assert.equal(client.key.jwk.d, otherKey.privateJwk.d);
      assert.deepEqual(client.doubts, [{ code: 'several-candidates', names: ['#1', '#2'], chosen: '#2' }]);
    });

    it('of a public key', async () => {
      const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });
      assert.deepEqual((await clientFrom(pem.toString())).doubts, [{ code: 'key-unusable', reason: 'not-private' }]);
    });

    it('of other kinds of keys and of short ones', async () => {
      const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
      const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
      const ecPem = ec.export({ type: 'sec1', format: 'pem' }).toString();
      const shortPem = short.export({ type: 'pkcs8', format: 'pem' }).toString();
      assert.deepEqual(doubtsOf(await clientFrom(ecPem), 'key-unusable'), [
        { code: 'key-unusable', reason: 'not-rsa' },
      ]);
      assert.deepEqual(doubtsOf(await clientFrom(shortPem), 'key-unusable'), [
        { code: 'key-unusable', reason: 'too-short' },
      ]);
    });

    it('encrypted, in both forms: the command that decrypts it', async () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const lock = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'test' } as const;
      for (const type of ['pkcs8', 'pkcs1'] as const) {
        const { command } = await refusalOf(privateKey.export({ type, ...lock }).toString(), 'encrypted-pem');
        assert.equal(command, 'openssl pkey -in key.pem | pbcopy');
      }
    });

    it('damaged, or of a kind that OpenSSL does not read', async () => {
      await refusalOf(pemOf('pkcs8').replace(/\n[^-\n]{20}/, '\n'), 'unsupported-pem');
      await refusalOf(
        '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----',
        'unsupported-pem',
      );
    });

    it('without its end is nothing', () => assertNothing(pemOf('pkcs8').slice(0, -30)));
    it('a megabyte of beginnings', () => assertNothing('-----BEGIN PRIVATE KEY-----\n'.repeat(35_000)));
  });

  describe('PKCS#12', () => {
    /** The first bytes of a PFX (RFC 7292 section 4); what follows is encrypted and of no account here. */
    const pfx = (outer: number[], inner: number[], type = 1) =>
      Buffer.concat([
        Buffer.from([0x30, ...outer, 0x02, 0x01, 0x03, 0x30, ...inner]),
        Buffer.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, type]),
        Buffer.alloc(100),
      ]);

    for (const [what, bytes] of [
      ['of OpenSSL', pfx([0x82, 0x0a, 0x00], [0x82, 0x09, 0xf0])],
      ['of Java, with indefinite lengths', pfx([0x80], [0x80])],
      ['of Windows, signed', pfx([0x83, 0x01, 0x0a, 0x00], [0x82, 0x09, 0xf0], 2)],
    ] as const) {
      it(`${what}, and the command that unlocks it`, async () => {
        const command = 'openssl pkcs12 -in client.p12 -nocerts -nodes | pbcopy';
        assert.equal((await refusalOf(bytes, 'pkcs12')).command, command);
        assert.equal((await refusalOf(new Map([['client.p12', bytes]]), 'pkcs12')).command, command);
        assert.equal((await refusalOf(bytes.toString('base64'), 'pkcs12')).command, command);
      });
    }

    it('another version is another structure', () => {
      const bytes = pfx([0x82, 0x0a, 0x00], [0x82, 0x09, 0xf0]);
      bytes[bytes.indexOf(0x03)] = 0x02;
      return assertNothing(bytes);
    });

    it('another ASN.1 structure is nothing', async () => {
      const der = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'der' });
      await assertNothing(der);
      await assertNothing(der.toString('base64'));
    });
  });

  describe('anything else', () => {
    for (const [what, source] of [
      ['no text', ''],
      ['white space', ' \n\t'],
      ['prose', 'Hello, world. MASKINPORTEN_CLIENT_JWK is a variable.'],
      ['a token', `eyJhbGciOiJSUzI1NiJ9.${base64('{"iss":"x"}')}.c2ln`],
      ['JSON of something else', '{"name":"x","data":[1,null,{"key":1}]}'],
      ['a JSON list', '[{"kty":"RSA"}]'],
      ['broken JSON of something else', '{"a":'],
      ['bytes that are no text', Buffer.from([0xc3, 0x28, 0x00])],
      ['no bytes', new Uint8Array()],
    ] as const) {
      it(`${what} is nothing`, () => assertNothing(source));
    }

    it('a JWK that ends in the middle is damaged', () =>
      refusalOf(JSON.stringify(key.privateJwk).slice(0, 500), 'damaged'));
    it('a Secret that ends in the middle is damaged', () =>
      refusalOf(JSON.stringify(values, null, 2).slice(0, 200), 'damaged'));
    it('over a megabyte is too large', async () => {
      await refusalOf('x'.repeat(1024 * 1024 + 1), 'too-large');
      await refusalOf(Buffer.alloc(2 * 1024 * 1024 + 1, 0x20), 'too-large');
      await refusalOf(new Map([['MASKINPORTEN_SCOPES', 'x'.repeat(1024 * 1024 + 1)]]), 'too-large');
    });
    it('JSON that nests deep is read to no end', () => assertNothing(`{"keys":${'['.repeat(400_000)}`));
  });
});
