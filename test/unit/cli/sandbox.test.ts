import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { once } from 'node:events';
import type { JWK } from 'jose';
import schema from '../../../docs/sandbox.schema.json';
import { run } from '../../../src/cli/run';
import type { ReadyLine } from '../../../src/cli/sandbox/serve';
import { json, postForm, send } from '../sandbox/support';
import { consuming, NO_INPUT, useFolders } from './support';

const PACKAGE = path.resolve(import.meta.dirname, '../../..');

describe('the sandbox of the command line', () => {
  const folderWith = useFolders();

  interface Served {
    readonly ready: ReadyLine;
    readonly complaints: () => string;
  }

  /** Runs the command, lets `use` work with what it serves, then asks it to end. Gives the exit code and what it said. */
  async function serving(folder: string, args: readonly string[], use: (served: Served) => Promise<void>) {
    let complaints = '';
    let printed = '';
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    let fault: unknown;
    const exitCode = await run(['sandbox', ...args], {
      folder,
      packageFolder: PACKAGE,
      print: (text) => {
        printed += text;
        const ready = JSON.parse(text) as ReadyLine;
        void Promise.resolve()
          .then(() => use({ ready, complaints: () => complaints }))
          .catch((error: unknown) => (fault = error))
          .finally(stop);
        return Promise.resolve(undefined);
      },
      complain: (text) => {
        complaints += text;
        return Promise.resolve(undefined);
      },
      ...NO_INPUT,
      untilStopped: () => stopped,
    });
    if (fault !== undefined) throw fault as Error;
    return { exitCode, printed, complaints };
  }

  async function complaintOf(folder: string, args: readonly string[]): Promise<string> {
    const { exitCode, printed, complaints } = await serving(folder, args, () => Promise.resolve());
    assert.deepEqual([exitCode, printed], [2, '']);
    return complaints;
  }

  const configured = (config: unknown, more: Readonly<Record<string, string>> = {}) =>
    folderWith({ 'sandbox.json': JSON.stringify(config), ...more });

  async function tokenFrom({ texas }: { readonly texas?: ReadyLine['texas'] }, target: string): Promise<string> {
    const reply = await postForm(texas?.tokenEndpoint ?? '', { identity_provider: 'maskinporten', target });
    assert.equal(reply.status, 200, reply.text);
    return json<{ access_token: string }>(reply).access_token;
  }

  function rsaJwk(): JWK {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: 'given', alg: 'RS256' };
  }

  it('prints one line when it answers: where it is, and its clients', async () => {
    const folder = folderWith({ 'nais.yaml': consuming('ks:fiks', 'etat:fisk') });
    const { exitCode, printed, complaints } = await serving(folder, ['--manifest', 'nais.yaml'], async ({ ready }) => {
      const metadata = json<Record<string, unknown>>(await send(ready.metadata));
      assert.deepEqual(
        [metadata['issuer'], metadata['token_endpoint'], metadata['jwks_uri']],
        [ready.issuer, ready.tokenEndpoint, ready.jwksUri],
      );
      assert.equal((await send(ready.sampleApi)).status, 401);
      const [client] = ready.clients;
      assert.deepEqual([client?.name, client?.scopes], ['app', ['ks:fiks', 'etat:fisk']]);
      assert.equal(client?.jwk?.alg, 'RS256');
      assert.deepEqual(Object.keys(client.jwk).sort(), [
        'alg',
        'd',
        'dp',
        'dq',
        'e',
        'kid',
        'kty',
        'n',
        'p',
        'q',
        'qi',
        'use',
      ]);
      assert.equal(ready.texas, undefined);
    });
    assert.deepEqual([exitCode, complaints], [0, '']);
    assert.equal(printed.indexOf('\n'), printed.length - 1);
  });

  it('closes its port when it is asked to end', async () => {
    const folder = folderWith({ 'nais.yaml': consuming('ks:fiks') });
    let issuer = '';
    await serving(folder, ['nais.yaml'], ({ ready }) => {
      issuer = ready.metadata;
      return Promise.resolve();
    });
    await assert.rejects(send(issuer), { code: 'ECONNREFUSED' });
  });

  it('serves Texas for each client that has a key', async () => {
    const folder = configured(
      { clients: [{ name: 'second', clientId: 'id-2', scopes: ['a:b'] }] },
      { 'nais.yaml': consuming('ks:fiks') },
    );
    const args = ['--config', 'sandbox.json', '--manifest', 'nais.yaml', '--texas', '--client', 'app'];
    await serving(folder, args, async ({ ready }) => {
      const [second, app] = ready.clients;
      assert.deepEqual(ready.texas, app?.texas);
      await tokenFrom(ready, 'ks:fiks');
      const token = await tokenFrom(second ?? {}, 'a:b');
      const api = await send(ready.sampleApi, { headers: { authorization: `Bearer ${token}` } });
      assert.equal(json<{ claims: { client_id: string } }>(api).claims.client_id, 'id-2');
    });
  });

  it('writes what an app needs into a file that only its owner reads', async () => {
    const folder = folderWith({ 'nais.yaml': consuming('ks:fiks'), '.env': 'old' });
    chmodSync(path.join(folder, '.env'), 0o644);
    await serving(folder, ['nais.yaml', '--texas', '--dotenv', '.env'], ({ ready }) => {
      const file = path.join(folder, '.env');
      if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
      const variables = Object.fromEntries(
        readFileSync(file, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      );
      const [client] = ready.clients;
      assert.deepEqual(JSON.parse(variables['MASKINPORTEN_CLIENT_JWK'] ?? ''), client?.jwk);
      delete variables['MASKINPORTEN_CLIENT_JWK'];
      assert.deepEqual(variables, {
        MASKINPORTEN_CLIENT_ID: client?.clientId,
        MASKINPORTEN_SCOPES: 'ks:fiks',
        MASKINPORTEN_WELL_KNOWN_URL: ready.metadata,
        MASKINPORTEN_ISSUER: ready.issuer,
        MASKINPORTEN_TOKEN_ENDPOINT: ready.tokenEndpoint,
        MASKINPORTEN_JWKS_URI: ready.jwksUri,
        NAIS_TOKEN_ENDPOINT: ready.texas?.tokenEndpoint,
        NAIS_TOKEN_INTROSPECTION_ENDPOINT: ready.texas?.introspectionEndpoint,
      });
      return Promise.resolve();
    });
    assert.match(
      await complaintOf(folder, ['nais.yaml', '--dotenv', 'no/.env']),
      /^no\/\.env could not be written \(ENOENT\)\.\n$/,
    );
  });

  it('takes organisations, lifetimes, delegations and scenarios from its configuration', async () => {
    const folder = configured({
      organisation: '974761076',
      clients: [{ name: 'app', scopes: ['a:b', 'c:d'] }],
      scopes: [{ name: 'a:b', lifetimeSeconds: 600 }],
      scenarios: [{ kind: 'not-granted', scope: 'c:d' }],
    });
    await serving(folder, ['--config', 'sandbox.json', '--texas'], async ({ ready }) => {
      const token = await tokenFrom(ready, 'a:b');
      const api = await send(ready.sampleApi, { headers: { authorization: `Bearer ${token}` } });
      const { verified } = json<{ verified: { consumer: string; expiresInSeconds: number } }>(api);
      assert.equal(verified.consumer, '974761076');
      assert.ok(verified.expiresInSeconds > 120);
      const fields = { identity_provider: 'maskinporten', target: 'c:d' };
      assert.equal((await postForm(ready.texas?.tokenEndpoint ?? '', fields)).status, 400);
    });
    await serving(folder, ['--config', 'sandbox.json', '--texas', '--organisation', '991825827'], async ({ ready }) => {
      const headers = { authorization: `Bearer ${await tokenFrom(ready, 'a:b')}` };
      const { verified } = json<{ verified: { consumer: string } }>(await send(ready.sampleApi, { headers }));
      assert.equal(verified.consumer, '991825827');
    });
  });

  it('uses a key that it is given, and prints its public half alone', async () => {
    const jwk = rsaJwk();
    const folder = configured({ clients: [{ name: 'app', scopes: ['a:b'], jwk }] });
    const { printed } = await serving(folder, ['--config', 'sandbox.json', '--texas'], async ({ ready }) => {
      await tokenFrom(ready, 'a:b');
      assert.deepEqual(ready.clients[0]?.jwk, {
        kty: 'RSA',
        n: jwk.n,
        e: jwk.e,
        kid: 'given',
        alg: 'RS256',
        use: 'sig',
      });
    });
    for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const) assert.ok(!printed.includes(String(jwk[member])));
  });

  it('knows a client by its public key, and then has no token for it', async () => {
    const { kty, n, e, kid } = rsaJwk();
    const folder = configured({ clients: [{ name: 'app', scopes: ['a:b'], jwk: { kty, n, e, kid } }] });
    await serving(folder, ['--config', 'sandbox.json'], ({ ready }) => {
      assert.equal(ready.clients[0]?.jwk?.n, n);
      return Promise.resolve();
    });
    const complaint = '--texas and --dotenv need a client with a private key, and there is none.\n';
    assert.equal(await complaintOf(folder, ['--config', 'sandbox.json', '--texas']), complaint);
  });

  it('warns when it is to listen to others than this machine', async () => {
    const folder = folderWith({ 'nais.yaml': consuming('ks:fiks') });
    const { exitCode, complaints } = await serving(folder, ['nais.yaml', '--bind', '0.0.0.0'], () => Promise.resolve());
    assert.equal(exitCode, 0);
    assert.equal(complaints, 'The sandbox listens on 0.0.0.0: whoever reaches this machine can ask it for tokens.\n');
  });

  const bad: readonly (readonly [title: string, config: unknown, complaint: string])[] = [
    ['a list', [], 'sandbox.json must be an object.'],
    ['an unknown member', { client: [] }, 'sandbox.json cannot have client.'],
    ['a client without a name', { clients: [{ scopes: [] }] }, 'sandbox.json: clients[0] lacks name.'],
    ['a text for scopes', { clients: [{ name: 'a', scopes: 'b' }] }, 'sandbox.json: clients[0].scopes must be a list.'],
    [
      'a scope with a space',
      { clients: [{ name: 'a', scopes: ['a:b', 'a b'] }] },
      'sandbox.json: clients[0].scopes[1] must be the full name of a scope, without spaces.',
    ],
    [
      'eight digits',
      { organisation: '12345678' },
      'sandbox.json: organisation must be an organisation number of nine digits.',
    ],
    ['no lifetime', { defaultLifetimeSeconds: 0 }, 'sandbox.json: defaultLifetimeSeconds must be from 1 to 86400.'],
    ['half a second', { defaultLifetimeSeconds: 1.5 }, 'sandbox.json: defaultLifetimeSeconds must be a whole number.'],
    ['a scenario without its number', { scenarios: [{ kind: 'slow' }] }, 'sandbox.json: scenarios[0] lacks delayMs.'],
    [
      'a scenario with what it has not',
      { scenarios: [{ kind: 'down', scope: 'a:b' }] },
      'sandbox.json: scenarios[0] cannot have scope.',
    ],
    [
      'one id twice',
      { clients: [1, 2].map(() => ({ name: 'a', clientId: 'x', scopes: [] })) },
      'sandbox.json: clients[1].clientId is the id of another client already.',
    ],
    [
      'a key without kid',
      { clients: [{ name: 'a', scopes: [], jwk: { ...rsaJwk(), kid: undefined } }] },
      'sandbox.json: clients[0].jwk lacks kid.',
    ],
    [
      'half a key',
      { clients: [{ name: 'a', scopes: [], jwk: { ...rsaJwk(), p: undefined } }] },
      'sandbox.json: clients[0].jwk must be an RSA key of 2048 bits or more as a JWK, with all its members.',
    ],
    [
      'no certificate',
      { certificateAuthorities: ['x'] },
      'certificateAuthorities holds a text that is no certificate in PEM.',
    ],
  ];
  for (const [title, config, complaint] of bad) {
    it(`says what is wrong with a configuration: ${title}`, async () => {
      assert.equal(await complaintOf(configured(config), ['--config', 'sandbox.json']), `${complaint}\n`);
    });
  }

  it('has a schema that names every kind of scenario, and takes each with what it needs', async () => {
    const kinds = schema.$defs.scenario.properties.kind.enum.map((kind) => {
      const needs = {
        propagating: { seconds: 9 },
        lifetime: { seconds: 9 },
        'clock-off': { seconds: 0 },
        slow: { delayMs: 0 },
      };
      return { kind, ...(needs as Readonly<Record<string, object>>)[kind] };
    });
    const all = configured({ clients: [{ name: 'app', scopes: ['a:b'] }], scenarios: kinds });
    const { exitCode, complaints } = await serving(all, ['--config', 'sandbox.json'], () => Promise.resolve());
    assert.deepEqual([exitCode, complaints], [0, '']);
  });

  it('says every fault of a configuration', async () => {
    const folder = configured({ x: 1, clients: [{ name: 'ø' }], scenarios: [{ kind: 'x' }] });
    const lines = (await complaintOf(folder, ['--config', 'sandbox.json'])).trimEnd().split('\n');
    assert.equal(lines.length, 4);
    assert.match(lines[3] ?? '', /^sandbox\.json: scenarios\[0\]\.kind must be one of not-granted, /);
  });

  it('never shows what stands in a configuration', async () => {
    const folder = folderWith({ 'sandbox.json': '{"clients":[{"name":"a","jwk":"geheim' });
    assert.equal(await complaintOf(folder, ['--config', 'sandbox.json']), 'sandbox.json is no JSON.\n');
    writeFileSync(path.join(folder, 'sandbox.json'), '{"clients":[{"name":"a","scopes":[],"jwk":"geheim"}]}');
    assert.equal(
      await complaintOf(folder, ['--config', 'sandbox.json']),
      'sandbox.json: clients[0].jwk must be an object.\n',
    );
  });

  it('says what it could not read, and starts nothing', async () => {
    const folder = folderWith({ 'other.yaml': 'a: 1' });
    assert.equal(await complaintOf(folder, ['--config', 'no.json']), 'There is no file or folder no.json.\n');
    assert.equal(await complaintOf(folder, ['--manifest', 'no.yaml']), 'There is no file or folder no.yaml.\n');
    assert.equal(await complaintOf(folder, ['other.yaml']), 'No manifest was found in other.yaml.\n');
    const folder2 = folderWith({ 'nais.yaml': consuming('a:b') });
    assert.equal(await complaintOf(folder2, ['nais.yaml', '--client', 'x']), 'The sandbox has no client x.\n');
  });

  it('says when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const folder = folderWith({ 'nais.yaml': consuming('a:b') });
      const complaint = await complaintOf(folder, ['nais.yaml', '--port', String(port), '--dotenv', '.env']);
      assert.equal(complaint, `Port ${port} is taken. Leave out --port to get a free one.\n`);
      assert.equal(existsSync(path.join(folder, '.env')), false);
    } finally {
      other.close();
    }
  });
});
