import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { inRoot } from '../../scripts/lib/places.mjs';
import { say } from '../../scripts/lib/progress.mjs';
import { copyOfRequest, type CopyFormat, type CopySource } from '../../src/http/export/copies';
import { startSandbox, type Sandbox, type TexasAddresses } from '../../src/sandbox';
import { has, record, run, type Arrival } from '../unit/http/export/recorder';
import { readPowerShell } from '../unit/http/export/powershellArguments';
import { CLIENT_ID, clientWith, rsaKeyPair, SCOPE } from '../unit/sandbox/support';

const TOKEN = 'e30.e30.c2ln';

/** What each client adds by itself, where the request says nothing of it. Everything else is as the user set it. */
const DEFAULTS = {
  curl: ['host', 'user-agent', 'accept', 'content-length'],
  httpyac: ['host', 'user-agent', 'accept', 'accept-encoding', 'content-length', 'connection'],
  fetch: [
    ...['host', 'user-agent', 'accept', 'accept-encoding', 'accept-language', 'sec-fetch-mode'],
    ...['content-type', 'content-length', 'connection'],
  ],
} as const;

type Draft = Pick<CopySource, 'method' | 'headers' | 'body'> & { readonly target: string };

/** Everything that a shell, a format or a client might take for something of its own. */
const TRICKY = [
  ...[
    "'",
    '"',
    '`',
    '$',
    '$HOME',
    '${x}',
    '$(id)',
    '\\',
    '\\n',
    '%',
    '%20',
    '%s',
    '@file',
    '@',
    '!',
    '!!',
    '#',
    '&',
    ';',
  ],
  ...['|', '<', '>', '*', '?', '~', '[', ']', '(', ')', ',', ':', '=', ' ', 'a', '0', '-', '--', '^', '{', '}'],
];
const TRICKY_TEXT = [
  ...TRICKY,
  '\n',
  '\r\n',
  '\t',
  'å',
  '’',
  '“',
  '😀',
  '\u2028',
  '\ufeff',
  '{{x}}',
  '\n###\n',
  '\n< ./file\n',
  '//',
];

const pieces = (from: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...from), { maxLength }).map((parts) => parts.join(''));

const targets = fc
  .tuple(pieces(TRICKY, 6), pieces(TRICKY, 6))
  .map(([first, second]) => `/${encodeURI(first).replaceAll(/[?#]/g, '')}?q=${second.replaceAll('#', '')}`);

const headerNames = fc.constantFrom('Accept', 'X-One', 'X-Two', 'x-lower', "X-!#$%&'*+.^_`|~", 'User-Agent');
const headers = fc.uniqueArray(
  fc.tuple(
    headerNames,
    pieces(TRICKY, 6).map((value) => value.trim()),
  ),
  {
    selector: ([name]) => name,
    maxLength: 4,
  },
);

const drafts: fc.Arbitrary<Draft> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'M-SEARCH'),
  target: targets,
  headers: fc
    .tuple(headers, fc.constantFrom(undefined, 'application/json', 'text/plain; charset=utf-8'))
    .map(([fields, type]) => (type === undefined ? fields : [...fields, ['Content-Type', type] as [string, string]])),
  body: fc.oneof(
    fc.constant(undefined),
    fc.constant(''),
    fc.json(),
    pieces(TRICKY_TEXT, 8),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  ),
});

describe('a request that is copied', function () {
  this.timeout(300_000);

  let api: Awaited<ReturnType<typeof record>>;

  before(async () => {
    api = await record();
  });
  after(() => api.close());

  const sourceOf = ({ target, ...draft }: Draft): CopySource => ({
    ...draft,
    url: api.origin + target,
    grant: { scopes: ['a:b'] },
  });

  /** The text of the copy; undefined where it says that the format cannot say the same. */
  function textOf(format: CopyFormat, draft: Draft): string | undefined {
    const copied = copyOfRequest(format, sourceOf(draft));
    return copied.ok ? copied.text : undefined;
  }

  /** Method, target, body to the byte, and the headers in their order: those of the client are left out. */
  function assertArrived(arrived: Arrival | undefined, draft: Draft, own: readonly string[], token = TOKEN): void {
    assert.ok(arrived, 'nothing arrived');
    const { pathname, search } = new URL(api.origin + draft.target);
    assert.deepEqual([arrived.method, arrived.target], [draft.method, pathname + search]);
    assert.deepEqual(arrived.body, Buffer.from(draft.body ?? ''));
    const set = draft.headers.map(([name, value]) => [name.toLowerCase(), value]);
    const named = new Set(set.map(([name]) => name));
    const came = arrived.headers.map(([name, value]) => [name.toLowerCase(), value]);
    const sorted = (fields: readonly (readonly (string | undefined)[])[]) =>
      fields.map((field) => field.join(': ')).sort();
    assert.deepEqual(
      sorted(came.filter(([name = '']) => named.has(name) || !own.includes(name))),
      sorted([...set, ['authorization', `Bearer ${token}`]]),
    );
  }

  /** Runs many requests, each by itself, and gives how many of them the format could say. */
  async function each(runs: number, send: (draft: Draft) => Promise<boolean>): Promise<number> {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(drafts, async (draft) => {
        if (await send(draft)) sent += 1;
      }),
      { numRuns: runs },
    );
    return sent;
  }

  it('as a curl command for a POSIX shell arrives as it was composed', async function () {
    if (!(await has('curl'))) skipped(this, 'curl');
    const sent = await each(150, async (draft) => {
      const text = textOf('curl', draft);
      assert.ok(text !== undefined);
      const before = api.arrivals.length;
      await run('sh', ['-s'], quiet(text), { MASKINPORTEN_TOKEN: TOKEN });
      assert.equal(api.arrivals.length, before + 1);
      assertArrived(api.arrivals.at(-1), draft, DEFAULTS.curl);
      return true;
    });
    assert.equal(sent, 150);
  });

  it('as a curl command for PowerShell arrives as it was composed, by the arguments that PowerShell would give', async function () {
    if (!(await has('curl'))) skipped(this, 'curl');
    const sent = await each(150, async (draft) => {
      const text = textOf('powershell', draft);
      assert.ok(text !== undefined);
      const { args, input } = readPowerShell(text, { MASKINPORTEN_TOKEN: TOKEN });
      assert.equal(args[0], 'curl');
      await curl(args.slice(1), input);
      assertArrived(api.arrivals.at(-1), draft, DEFAULTS.curl);
      return true;
    });
    assert.equal(sent, 150);
  });

  it('with a body of several megabytes arrives whole', async function () {
    if (!(await has('curl'))) skipped(this, 'curl');
    const body = `{"a":"${"x'$\\".repeat(500_000)}"}`;
    const draft: Draft = { method: 'POST', target: '/large', headers: [['Content-Type', 'application/json']], body };
    await run('sh', ['-s'], quiet(textOf('curl', draft) ?? ''), { MASKINPORTEN_TOKEN: TOKEN });
    assertArrived(api.arrivals.at(-1), draft, DEFAULTS.curl);
  });

  it('with a header whose value is a secret arrives with the value of its variable', async function () {
    if (!(await has('curl'))) skipped(this, 'curl');
    const draft: Draft = { method: 'GET', target: '/', headers: [['X-Api-Key', 'hemmelig']], body: undefined };
    await run('sh', ['-s'], quiet(textOf('curl', draft) ?? ''), { MASKINPORTEN_TOKEN: TOKEN, X_API_KEY: `'"$HOME ` });
    assertArrived(api.arrivals.at(-1), { ...draft, headers: [['X-Api-Key', `'"$HOME`]] }, DEFAULTS.curl);
  });

  describe('as an .http file', () => {
    const program = inRoot('test', 'interop', 'node_modules', '.bin', 'httpyac');
    let folder: string;

    before(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'nm-http-'));
    });
    after(() => rm(folder, { recursive: true }));

    it('arrives by httpyac as it was composed, or is refused', async function () {
      if (!existsSync(program)) skipped(this, 'httpyac');
      const sent = await each(40, async (draft) => {
        const text = textOf('http-httpyac', draft);
        if (text === undefined) return false;
        await writeFile(path.join(folder, 'request.http'), text);
        const before = api.arrivals.length;
        const env = { MASKINPORTEN_TOKEN: TOKEN, HOME: folder };
        await run(program, ['send', 'request.http', '--all', '--silent'], '', env, folder);
        assert.equal(api.arrivals.length, before + 1, text);
        assertArrived(api.arrivals.at(-1), draft, DEFAULTS.httpyac);
        return true;
      });
      assert.ok(sent > 8, `only ${sent} were not refused`);
    });
  });

  describe('as the app would send it', () => {
    let sandbox: Sandbox;
    let texas: TexasAddresses;

    before(async () => {
      const keys = await rsaKeyPair('key-1');
      sandbox = await startSandbox({ clients: [clientWith([keys.publicJwk])] });
      texas = sandbox.openTexas({ clientId: CLIENT_ID, privateJwk: { ...keys.privateJwk, alg: 'RS256' } });
    });
    after(() => sandbox.stop());

    const asApp = (format: CopyFormat, draft: Draft) => {
      const copied = copyOfRequest(format, { ...sourceOf(draft), grant: { scopes: [SCOPE] } });
      return copied.ok ? copied.text : undefined;
    };

    /** The token that arrived, which only Texas can have given. */
    function tokenThatArrived(): string {
      const [, value = ''] =
        api.arrivals.at(-1)?.headers.find(([name]) => name.toLowerCase() === 'authorization') ?? [];
      const token = value.replace(/^Bearer /, '');
      const [, claims = ''] = token.split('.');
      const { iss, scope } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
      assert.deepEqual([iss, scope], [sandbox.issuer, SCOPE]);
      return token;
    }

    it('in a shell gets its token from Texas with curl alone, and arrives as it was composed', async function () {
      if (!(await has('curl'))) skipped(this, 'curl');
      const sent = await each(25, async (draft) => {
        const text = asApp('texas-curl', draft);
        assert.ok(text !== undefined);
        await run('sh', ['-s'], quiet(text), { NAIS_TOKEN_ENDPOINT: texas.tokenEndpoint });
        assertArrived(api.arrivals.at(-1), draft, DEFAULTS.curl, tokenThatArrived());
        return true;
      });
      assert.equal(sent, 25);
    });

    it('in TypeScript gets its token from Texas, and arrives as it was composed or is refused', async () => {
      const sent = await each(25, async (draft) => {
        const text = asApp('texas-typescript', draft);
        if (text === undefined) return false;
        const { outputText } = transpileModule(text, {
          compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 },
        });
        const env = { NAIS_TOKEN_ENDPOINT: texas.tokenEndpoint };
        await run(process.execPath, ['--input-type=module'], outputText, env);
        assertArrived(api.arrivals.at(-1), draft, DEFAULTS.fetch, tokenThatArrived());
        return true;
      });
      assert.ok(sent > 8, `only ${sent} were not refused`);
    });
  });
});

/** Without its progress, and without what the user's own file of options may add. */
function quiet(command: string): string {
  return command.replaceAll(/\bcurl (?=--globoff|--silent)/g, 'curl --disable --silent ');
}

async function curl(args: readonly string[], input: Buffer): Promise<void> {
  const child = spawn('curl', ['--disable', '--silent', ...args], { stdio: ['pipe', 'ignore', 'pipe'] });
  child.stdin.on('error', () => undefined); // curl may end without having read it
  child.stdin.end(input);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  assert.equal(code, 0);
}

function skipped(context: Mocha.Context, program: string): never {
  say(`      not run, since ${program} is not installed`);
  return context.skip();
}
