import assert from 'node:assert/strict';
import path from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { run } from '../../../src/cli/run';
import { appVariables, dotEnv } from '../../../src/maskinporten/appEnvironment';
import { CLIENT_ID, SCOPE, useSandbox } from '../sandbox/support';
import { NO_INPUT, useFolders } from './support';

const PACKAGE = path.resolve(import.meta.dirname, '../../..');

describe('the token of the command line', () => {
  const folderWith = useFolders();
  const suite = useSandbox({ now: Date.now });

  /** What Nais gives the app that is the sandbox's client; `changes` of undefined leave a variable out. */
  function variables(changes: Readonly<Record<string, string | undefined>> = {}): string {
    const { issuer, metadataUrl, tokenEndpoint, jwksUri } = suite.sandbox;
    const all: Readonly<Record<string, string | undefined>> = {
      MASKINPORTEN_CLIENT_ID: CLIENT_ID,
      MASKINPORTEN_CLIENT_JWK: JSON.stringify({ ...suite.keys.privateJwk, alg: 'RS256' }),
      MASKINPORTEN_SCOPES: SCOPE,
      MASKINPORTEN_WELL_KNOWN_URL: metadataUrl,
      MASKINPORTEN_ISSUER: issuer,
      MASKINPORTEN_TOKEN_ENDPOINT: tokenEndpoint,
      MASKINPORTEN_JWKS_URI: jwksUri,
      ...changes,
    };
    return Object.entries(all)
      .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}\n`]))
      .join('');
  }

  async function outcomeOf(args: readonly string[], files: Readonly<Record<string, string>> = {}, input = '') {
    let printed = '';
    let complaints = '';
    const exitCode = await run(['token', ...args], {
      folder: folderWith(files),
      packageFolder: PACKAGE,
      print: (text) => {
        printed += text;
        return Promise.resolve(undefined);
      },
      complain: (text) => {
        complaints += text;
        return Promise.resolve(undefined);
      },
      ...NO_INPUT,
      input: () => Promise.resolve(Buffer.from(input)),
      untilStopped: () => Promise.resolve(),
    });
    for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const) {
      assert.ok(!`${printed}${complaints}`.includes(String(suite.keys.privateJwk[member])), member);
    }
    return { exitCode, printed, complaints };
  }

  const ask = (args: readonly string[], changes: Readonly<Record<string, string | undefined>> = {}) =>
    outcomeOf(['--dotenv', '.env', ...args], { '.env': variables(changes) });

  async function claimsOf(printed: string): Promise<Record<string, unknown>> {
    assert.match(printed, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const published = createRemoteJWKSet(new URL(suite.sandbox.jwksUri));
    return (await jwtVerify(printed.trim(), published, { issuer: suite.sandbox.issuer })).payload;
  }

  it('is printed alone, on one line, and is good', async () => {
    const { exitCode, printed, complaints } = await ask(['--scope', SCOPE]);
    assert.deepEqual([exitCode, complaints], [0, '']);
    assert.equal((await claimsOf(printed))['scope'], SCOPE);
  });

  it('is for all scopes, the resource and the organisation that are asked for', async () => {
    suite.have({ scopes: ['a:b', 'c:d', 'e:f'], delegations: [{ consumer: '910753614' }] });
    const resource = 'https://api.example.no/';
    const args = ['--scope', 'a:b', '--scope', 'c:d e:f', '--resource', resource, '--consumer-org', '910753614'];
    const { printed } = await ask(args);
    const { scope, aud, consumer } = await claimsOf(printed);
    assert.deepEqual([scope, aud], ['a:b c:d e:f', resource]);
    assert.deepEqual(consumer, { authority: 'iso6523-actorid-upis', ID: '0192:910753614' });
  });

  it('reads the client from standard input, and from what the sandbox of the command line writes', async () => {
    const { issuer, metadataUrl, tokenEndpoint, jwksUri } = suite.sandbox;
    const privateJwk = { ...suite.keys.privateJwk, alg: 'RS256' };
    const app = { clientId: CLIENT_ID, privateJwk, scopes: [SCOPE], issuer, metadataUrl, tokenEndpoint, jwksUri };
    const written = dotEnv(appVariables(app, undefined));
    const { exitCode, printed } = await outcomeOf(['--env-file', '-', '--scope', SCOPE], {}, written);
    assert.equal(exitCode, 0);
    await claimsOf(printed);
  });

  it('is refused with the reason and the cure, and 1', async () => {
    const { exitCode, printed, complaints } = await ask(['--scope', 'skatteetaten:intekt']);
    assert.deepEqual([exitCode, printed], [1, '']);
    assert.match(complaints, /skatteetaten:intekt.*MP-200/);
    assert.equal(complaints.indexOf('\n'), complaints.length - 1);
  });

  it('is refused in Norwegian, too', async () => {
    suite.sandbox.setScenarios([{ kind: 'revoked' }]);
    const { exitCode, complaints } = await ask(['--scope', SCOPE, '--language', 'nb']);
    assert.equal(exitCode, 1);
    assert.match(complaints, /MP-250/);
    assert.match(complaints, / ikke /);
  });

  it('fails with a word and 1 where nobody answers', async () => {
    suite.sandbox.setScenarios([{ kind: 'down' }]);
    const { exitCode, printed, complaints } = await ask(['--scope', SCOPE]);
    assert.deepEqual([exitCode, printed], [1, '']);
    assert.ok(complaints.length > 20, complaints);
  });

  const unusable: readonly (readonly [
    title: string,
    changes: Readonly<Record<string, string | undefined>>,
    complaint: RegExp,
  ])[] = [
    ['without a key', { MASKINPORTEN_CLIENT_JWK: undefined }, /^\.env: There is no private key here\./],
    ['with half a key', { MASKINPORTEN_CLIENT_JWK: '{"kty":"RSA","n":"x","e":"AQAB","kid":"x"}' }, /^\.env: The key/],
    [
      'without a client id',
      { MASKINPORTEN_CLIENT_ID: undefined },
      /^\.env: There is no client id\. Fill in MASKINPORTEN_CLIENT_ID/,
    ],
    [
      'without an issuer',
      {
        MASKINPORTEN_WELL_KNOWN_URL: undefined,
        MASKINPORTEN_ISSUER: undefined,
        MASKINPORTEN_TOKEN_ENDPOINT: undefined,
        MASKINPORTEN_JWKS_URI: undefined,
      },
      /^\.env: It does not say which Maskinporten it is for/,
    ],
    [
      'with issuers that contradict each other',
      {
        MASKINPORTEN_ISSUER: 'https://maskinporten.no/',
        MASKINPORTEN_TOKEN_ENDPOINT: 'https://test.maskinporten.no/token',
      },
      /^\.env: It does not say which Maskinporten it is for.*maskinporten\.no/,
    ],
  ];
  for (const [title, changes, complaint] of unusable) {
    it(`cannot be got with a file ${title}: 2, and nothing is sent`, async () => {
      const { exitCode, printed, complaints } = await ask(['--scope', SCOPE], changes);
      assert.deepEqual([exitCode, printed], [2, '']);
      assert.match(complaints, complaint);
      assert.deepEqual(suite.events, []);
    });
  }

  it('cannot be got with a file that is not there, or is about something else', async () => {
    const missing = await outcomeOf(['--dotenv', 'no.env', '--scope', SCOPE]);
    assert.deepEqual([missing.exitCode, missing.complaints], [2, 'There is no file or folder no.env.\n']);
    const other = await outcomeOf(['--dotenv', '-', '--scope', SCOPE], {}, 'A=1\n');
    assert.deepEqual(
      [other.exitCode, other.complaints],
      [2, 'There is no client of Maskinporten in standard input.\n'],
    );
  });

  it('cannot be got for what is no scope or no resource: 2, and nothing is sent', async () => {
    for (const args of [
      ['--scope', 'nav:æ"'],
      ['--scope', SCOPE, '--resource', 'no uri'],
    ]) {
      const { exitCode, printed } = await ask(args);
      assert.deepEqual([exitCode, printed], [2, ''], args.join(' '));
    }
    assert.deepEqual(suite.events, []);
  });

  for (const [title, args, complaint] of [
    ['a file', ['--scope', SCOPE], 'token needs --dotenv with a file, or with - for standard input.'],
    ['a scope', ['--dotenv', '.env'], 'token needs --scope.'],
    ['its options alone', ['--dotenv', '.env', '--scope', SCOPE, 'x'], 'token takes nothing but options.'],
    ['options of its own', ['--dotenv', '.env', '--scope', SCOPE, '--texas'], 'token has no option --texas.'],
    ['nine digits', ['--consumer-org', '1'], '--consumer-org must be an organisation number of nine digits.'],
  ] as const) {
    it(`needs ${title}`, async () => {
      const { exitCode, complaints } = await outcomeOf(args);
      assert.deepEqual([exitCode, complaints], [2, `${complaint} nais-maskinporten --help tells what there is.\n`]);
    });
  }
});
