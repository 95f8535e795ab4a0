import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { Environment, Token, TokenSource } from '../../src/maskinporten/model';
import type { Confirmations } from '../../src/platform/confirmations';
import type { Language } from '../../src/platform/language';
import type { ScenarioTarget } from '../../src/shared/scenario';
import type { Credentials } from '../../src/state/credentials';
import type { ActiveEnvironment } from '../../src/state/environments';
import { LocalTokenEndpoint, type EndpointAsk, type RunningEndpoint } from '../../src/state/localTokenEndpoint';
import type { SandboxHost } from '../../src/state/sandboxHost';
import type { SandboxScenarios } from '../../src/state/sandboxScenarios';
import { TerminalEnvironment } from '../../src/state/terminalEnvironment';
import type { Tokens } from '../../src/state/tokens';
import { SILENT_LOG } from './silentLog';

const TEST: Environment = { kind: 'test', issuer: 'https://test.maskinporten.no/' };
const PROD: Environment = { kind: 'prod', issuer: 'https://maskinporten.no/' };
const SANDBOX: Environment = { kind: 'sandbox', issuer: 'http://127.0.0.1:1/x/' };
const WORKLOAD = { manifestUri: 'file:///elsewhere/nais.yaml', workload: 'app' };
const SCOPE = 'skatteetaten:inntekt';

describe('the local token endpoint', () => {
  /** What the current credential is for; a test may exchange it. */
  let issuedBy: Environment;
  let asked: string[];
  let yes: boolean;
  let profiles: Map<string, { environment: Environment }>;
  let credentialChanged: vscode.EventEmitter<string>;
  let scenariosChanged: vscode.EventEmitter<ScenarioTarget>;
  let endpoint: LocalTokenEndpoint;
  let variables: Map<string, string>;
  let variablesOf: (vscode.WorkspaceFolder | undefined)[];
  let terminals: TerminalEnvironment;
  let issued: number;

  beforeEach(() => {
    issuedBy = TEST;
    asked = [];
    yes = true;
    issued = 0;
    profiles = new Map([['mine', { environment: TEST }]]);
    credentialChanged = new vscode.EventEmitter();
    scenariosChanged = new vscode.EventEmitter();
    const tokens = {
      source: () => Promise.resolve(sourceOf(issuedBy)),
      publishedKeys: () => Promise.resolve({ keys: [] }),
    };
    const confirmations = {
      tokenEndpoint: ({ label }: { label: string }) => {
        asked.push(label);
        return Promise.resolve(yes);
      },
    };
    endpoint = new LocalTokenEndpoint({
      tokens: tokens as unknown as Tokens,
      credentials: {
        onDidChange: credentialChanged.event,
        profile: (id: string) => profiles.get(id),
      } as unknown as Credentials,
      scenarios: { onDidChange: scenariosChanged.event } as unknown as SandboxScenarios,
      confirmations: confirmations as unknown as Confirmations,
      log: SILENT_LOG,
    });
    variables = new Map();
    variablesOf = [];
    const sandbox = {
      start: () =>
        Promise.resolve({
          issuer: SANDBOX.issuer,
          metadataUrl: 'http://127.0.0.1:1/x/.well-known/oauth-authorization-server',
          tokenEndpoint: 'http://127.0.0.1:1/x/token',
          jwksUri: 'http://127.0.0.1:1/x/jwk',
          sampleApiUrl: 'http://127.0.0.1:1/x/api',
        }),
      clientOf: () =>
        Promise.resolve({
          clientId: 'a-client',
          name: 'app',
          scopes: [SCOPE],
          privateJwk: { kty: 'RSA' },
          publicJwk: {},
        }),
    };
    const language = { t: (message: string) => message } as unknown as Language;
    terminals = new TerminalEnvironment(
      collectionInto(variables, variablesOf),
      endpoint,
      sandbox as unknown as SandboxHost,
      language,
    );
  });

  afterEach(async () => {
    terminals.dispose();
    await endpoint.stop();
    endpoint.dispose();
    await setting('port', undefined);
  });

  function sourceOf(environment: Environment): TokenSource {
    return {
      id: 'source',
      environment,
      clientId: 'a-client',
      getToken: ({ scopes }) => {
        issued += 1;
        const nowMs = Date.now();
        const times = { obtainedAtMs: nowMs, expiresAtMs: nowMs + 600_000 };
        const base = { environment, clientId: 'a-client', resource: undefined, grant: undefined };
        const token: Token = {
          ...base,
          ...times,
          accessToken: `token-${issued}`,
          requestedScopes: scopes,
          grantedScopes: scopes,
        };
        return Promise.resolve(token);
      },
    };
  }

  async function start(environment: Environment, id = 'mine'): Promise<RunningEndpoint> {
    issuedBy = environment;
    const started = await endpoint.start(planFor(environment, id));
    assert.equal(started.kind, 'started');
    await terminals.ready;
    return started.endpoint;
  }

  function planFor({ kind, issuer }: Environment, id = 'mine') {
    const environment: ActiveEnvironment = { id, kind, label: 'Mine', issuer, clientId: 'a-client' };
    return { environment, workload: WORKLOAD, label: 'app' };
  }

  async function ask({
    tokenEndpoint,
  }: RunningEndpoint): Promise<{ readonly status: number; readonly token: unknown }> {
    const response = await fetch(tokenEndpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identity_provider: 'maskinporten', target: SCOPE }),
    });
    const body = (await response.json()) as Readonly<Record<string, unknown>>;
    return { status: response.status, token: body['access_token'] };
  }

  const setting = (key: string, value: unknown) =>
    vscode.workspace
      .getConfiguration('maskinporten')
      .update(`localTokenEndpoint.${key}`, value, vscode.ConfigurationTarget.Global);

  const gone = (running: RunningEndpoint) => assert.rejects(ask(running), /fetch failed/);

  it('serves tokens on loopback, counts them, and tells of each ask without the token', async () => {
    const told: EndpointAsk[] = [];
    endpoint.onDidAsk((each) => told.push(each));
    const running = await start(TEST);
    assert.match(running.tokenEndpoint, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/api\/v1\/token$/);
    assert.deepEqual(await ask(running), { status: 200, token: 'token-1' });
    assert.deepEqual(endpoint.counts, { served: 1, refused: 0 });
    assert.deepEqual(told, [{ what: 'token', status: 200, scopes: [SCOPE], error: undefined }]);
    assert.deepEqual(asked, [], 'only production is asked about');
  });

  it('asks before production at every start, and opens nothing without a yes', async () => {
    yes = false;
    issuedBy = PROD;
    assert.deepEqual(await endpoint.start(planFor(PROD)), { kind: 'not-confirmed' });
    assert.equal(endpoint.running, undefined);
    yes = true;
    await start(PROD);
    await endpoint.stop();
    await start(PROD);
    assert.deepEqual(asked, ['Mine', 'Mine', 'Mine']);
  });

  it('gives no token of another issuer than the one it was started for', async () => {
    const running = await start(TEST);
    issuedBy = PROD;
    assert.equal((await ask(running)).status, 400);
    assert.equal(issued, 0);
  });

  it('goes on when its credential was imported again, and stops when that is gone or for another issuer', async () => {
    const lost: string[] = [];
    endpoint.onDidLoseSource(({ label }) => lost.push(label));
    const running = await start(TEST);
    credentialChanged.fire('mine');
    credentialChanged.fire('another');
    assert.equal((await ask(running)).status, 200);
    for (const change of [() => profiles.set('mine', { environment: PROD }), () => profiles.delete('mine')]) {
      const started = await start(TEST);
      change();
      const told = new Promise((resolve) => endpoint.onDidLoseSource(resolve));
      credentialChanged.fire('mine');
      await told;
      assert.equal(endpoint.running, undefined);
      await gone(started);
    }
    assert.deepEqual(lost, ['app', 'app']);
  });

  it('is one in a window: two starts at once give the same, and a later one takes the place of the first', async () => {
    const [first, same] = await Promise.all([endpoint.start(planFor(TEST)), endpoint.start(planFor(TEST))]);
    assert.equal(first, same);
    assert.ok(first.kind === 'started');
    const second = await start(TEST);
    assert.notEqual(second.tokenEndpoint, first.endpoint.tokenEndpoint);
    await gone(first.endpoint);
    assert.equal((await ask(second)).status, 200);
  });

  it('asks its source anew once a scenario of the sandbox came or went', async () => {
    const running = await start(SANDBOX, 'sandbox');
    assert.equal((await ask(running)).token, 'token-1');
    assert.equal((await ask(running)).token, 'token-1');
    scenariosChanged.fire({});
    assert.equal((await ask(running)).token, 'token-2');
  });

  it('says which port is taken, and frees its own when it stops', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      await setting('port', port);
      assert.deepEqual(await endpoint.start(planFor(TEST)), { kind: 'port-taken', port });
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
    for (let round = 0; round < 2; round += 1) {
      const running = await start(TEST);
      assert.equal(new URL(running.tokenEndpoint).port, String(port));
      await endpoint.stop();
    }
  });

  it('says which port is none', async () => {
    await setting('port', 70_000);
    assert.deepEqual(await endpoint.start(planFor(TEST)), { kind: 'port-refused', port: 70_000 });
  });

  describe('in new terminals', () => {
    it('has the names of Nais, and of an imported credential no key', async () => {
      const running = await start(TEST);
      assert.deepEqual(
        [...variables],
        [
          ['NAIS_TOKEN_ENDPOINT', running.tokenEndpoint],
          ['NAIS_TOKEN_INTROSPECTION_ENDPOINT', running.introspectionEndpoint],
        ],
      );
    });

    it('has the sandbox’s client as well, for apps that sign by themselves', async () => {
      await start(SANDBOX, 'sandbox');
      assert.equal(variables.get('MASKINPORTEN_CLIENT_ID'), 'a-client');
      assert.equal(variables.get('MASKINPORTEN_CLIENT_JWK'), '{"kty":"RSA"}');
      assert.equal(variables.get('MASKINPORTEN_SCOPES'), SCOPE);
      assert.equal(variables.get('MASKINPORTEN_SAMPLE_API'), 'http://127.0.0.1:1/x/api');
      const lines = (await terminals.dotEnv()).split('\n');
      assert.deepEqual(lines, [...variables].map(([name, value]) => `${name}=${value}`).concat(''));
    });

    it('is for terminals of the workload’s folder alone', async () => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const manifestUri = vscode.Uri.joinPath(folder.uri, 'nais.yaml').toString();
      const started = await endpoint.start({ ...planFor(TEST), workload: { manifestUri, workload: 'app' } });
      assert.ok(started.kind === 'started');
      await terminals.ready;
      assert.deepEqual(variablesOf, [folder]);
      assert.equal(variables.get('NAIS_TOKEN_ENDPOINT'), started.endpoint.tokenEndpoint);
    });

    it('has nothing once it has stopped, nor before it started', async () => {
      assert.equal(variables.size, 0);
      await start(SANDBOX, 'sandbox');
      await endpoint.stop();
      await terminals.ready;
      assert.equal(variables.size, 0);
      assert.equal(await terminals.dotEnv(), '');
    });
  });
});

/** VS Code's collections as far as they are used: what they hold lands in `variables`, and the folders in `scopes`. */
function collectionInto(
  variables: Map<string, string>,
  scopes: (vscode.WorkspaceFolder | undefined)[],
): vscode.GlobalEnvironmentVariableCollection {
  const make = () => {
    const collection = {
      persistent: true,
      description: undefined as unknown,
      replace: (name: string, value: string) => {
        assert.equal(collection.persistent, false, 'nothing outlives the window');
        assert.ok(collection.description, 'VS Code shows where a variable comes from');
        variables.set(name, value);
      },
      clear: () => {
        variables.clear();
      },
      getScoped: ({ workspaceFolder }: vscode.EnvironmentVariableScope) => {
        scopes.push(workspaceFolder);
        return make();
      },
    };
    return collection;
  };
  return make() as unknown as vscode.GlobalEnvironmentVariableCollection;
}
