import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { awake } from '../awake';
import { Inputs } from '../inputs';

const SCOPE = 'skatteetaten:inntekt';

interface Configuration {
  readonly issuer: string;
  readonly metadata: string;
  readonly sampleApi: string;
  readonly clients: readonly {
    readonly clientId: string;
    readonly name: string;
    readonly jwk: Readonly<Record<string, string>>;
    readonly scopes: readonly string[];
  }[];
}

describe('the local token endpoint of the example', () => {
  const inputs = new Inputs();

  before(async () => {
    await awake();
  });

  afterEach(async () => {
    inputs.standUp();
    await vscode.commands.executeCommand('maskinporten.stopTokenEndpoint');
  });

  const address = (command: string) => vscode.commands.executeCommand<string>(`maskinporten.${command}`);

  async function post(url: string, body: object): Promise<{ status: number; body: Readonly<Record<string, unknown>> }> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
  }

  it('starts for whoever asks for its address, as launch.json does, and gives tokens that the sample API takes', async () => {
    const tokenEndpoint = await address('tokenEndpoint');
    assert.equal(await address('tokenEndpoint'), tokenEndpoint, 'it runs already');
    const answer = await post(tokenEndpoint, { identity_provider: 'maskinporten', target: SCOPE });
    assert.equal(answer.status, 200, JSON.stringify(Object.keys(answer.body)));
    const token = String(answer.body['access_token']);
    const api = await fetch(await address('sampleApi'), { headers: { authorization: `Bearer ${token}` } });
    assert.equal(api.status, 200);
    const introspected = await post(await address('introspectionEndpoint'), {
      identity_provider: 'maskinporten',
      token,
    });
    assert.deepEqual([introspected.body['active'], introspected.body['scope']], [true, SCOPE]);
  });

  it('refuses a scope that the manifest does not declare, as Maskinporten does', async () => {
    const refused = await post(await address('tokenEndpoint'), {
      identity_provider: 'maskinporten',
      target: 'ks:fiks',
    });
    assert.deepEqual([refused.status, refused.body['error']], [400, 'invalid_scope']);
  });

  it('is on the clipboard as the lines of a .env file, the sandbox’s client among them', async () => {
    inputs.sitDown([]);
    await vscode.commands.executeCommand('maskinporten.copyDotEnv');
    const lines = inputs.clipboard.trimEnd().split('\n');
    const values = new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    assert.equal(values.get('NAIS_TOKEN_ENDPOINT'), await address('tokenEndpoint'));
    assert.equal(values.get('MASKINPORTEN_SAMPLE_API'), await address('sampleApi'));
    assert.equal(values.get('MASKINPORTEN_SCOPES')?.split(' ')[0], SCOPE);
    const jwk = JSON.parse(values.get('MASKINPORTEN_CLIENT_JWK') ?? '') as Record<string, string>;
    assert.ok(jwk['d'], 'an app signs with it');
  });

  it('stops with the sandbox that is reset, and its client is another then', async () => {
    const before = await configuration();
    assert.deepEqual(
      before.clients.map(({ name, scopes }) => [name, scopes[0]]),
      [['inntektsvarsel', SCOPE]],
    );
    assert.ok(before.metadata.startsWith(before.issuer));
    const tokenEndpoint = await address('tokenEndpoint');
    inputs.sitDown([], ['Reset Sandbox']);
    await vscode.commands.executeCommand('maskinporten.resetSandbox');
    inputs.standUp();
    await assert.rejects(post(tokenEndpoint, {}), /fetch failed/);
    const after = await configuration();
    assert.notEqual(after.issuer, before.issuer);
    assert.notEqual(after.clients[0]?.clientId, before.clients[0]?.clientId);
    assert.equal((await configuration()).clients[0]?.clientId, after.clients[0]?.clientId);
  });

  it('leaves the sandbox as it is where the user changes their mind', async () => {
    const before = await configuration();
    inputs.sitDown([], []);
    await vscode.commands.executeCommand('maskinporten.resetSandbox');
    assert.match(inputs.said.at(-1) ?? '', /^Reset the sandbox\?/);
    assert.equal((await configuration()).issuer, before.issuer);
  });

  it('goes on after a rotation of the sandbox’s keys, and tokens of before stay good', async () => {
    inputs.sitDown([]);
    const ask = { identity_provider: 'maskinporten', target: SCOPE, skip_cache: true };
    const tokenEndpoint = await address('tokenEndpoint');
    const introspectionEndpoint = await address('introspectionEndpoint');
    const first = await post(tokenEndpoint, ask);
    await vscode.commands.executeCommand('maskinporten.rotateSandboxKeys');
    const second = await post(tokenEndpoint, ask);
    const keyIds = [first, second].map(({ body }) => keyIdOf(String(body['access_token'])));
    assert.notEqual(keyIds[0], keyIds[1]);
    for (const { body } of [first, second]) {
      const checked = await post(introspectionEndpoint, {
        identity_provider: 'maskinporten',
        token: body['access_token'],
      });
      assert.equal(checked.body['active'], true);
    }
  });

  async function configuration(): Promise<Configuration> {
    inputs.sitDown([]);
    await vscode.commands.executeCommand('maskinporten.copySandboxConfiguration');
    inputs.standUp();
    return JSON.parse(inputs.clipboard) as Configuration;
  }
});

function keyIdOf(token: string): unknown {
  return (JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString()) as { kid: unknown }).kid;
}
