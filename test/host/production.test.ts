import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Environment } from '../../src/maskinporten/model';
import { problemOf } from '../../src/maskinporten/problem';
import type { HeaderFields, Transport, TransportRequest } from '../../src/maskinporten/transport';
import type { Confirmations } from '../../src/platform/confirmations';
import type { AltinnTokens } from '../../src/state/altinnTokens';
import type { Credentials } from '../../src/state/credentials';
import type { ActiveEnvironment, Environments } from '../../src/state/environments';
import { Requests } from '../../src/state/requests';
import type { SandboxHost } from '../../src/state/sandboxHost';
import { Tokens } from '../../src/state/tokens';
import { SILENT_LOG } from './silentLog';

const PROD: Environment = { kind: 'prod', issuer: 'https://maskinporten.no/' };
const signal = new AbortController().signal;

describe('production', () => {
  const sent: TransportRequest[] = [];
  const asked: string[] = [];
  let answer: boolean;
  let tokens: Tokens;
  let requests: Requests;

  beforeEach(() => {
    sent.length = 0;
    asked.length = 0;
    const transport: Transport = {
      send: (request) => {
        sent.push(request);
        return Promise.reject(new Error('no network in this test'));
      },
    };
    const current: ActiveEnvironment = { id: 'mine', label: 'Mine', clientId: 'a-client', ...PROD };
    const never = new vscode.EventEmitter<void>().event;
    const confirmations = {
      token: ({ label }: { label: string }) => {
        asked.push(`token ${label}`);
        return Promise.resolve(answer);
      },
      request: (method: string, host: string, withToken: string) => {
        asked.push(`${method} ${host} ${withToken}`);
        return Promise.resolve(answer);
      },
    } as unknown as Confirmations;
    const environments = { current, all: [current], onDidChange: never } as unknown as Environments;
    const credentials = { onDidChange: never, read: () => Promise.resolve({ kind: 'missing' }) };
    const sandbox = {} as unknown as SandboxHost;
    tokens = new Tokens(
      transport,
      environments,
      credentials as unknown as Credentials,
      sandbox,
      confirmations,
      SILENT_LOG,
    );
    const keepers = {
      secrets: { filled: (_: string, headers: HeaderFields) => Promise.resolve(headers) },
      history: { add: () => Promise.resolve() },
    };
    const altinnTokens = {} as unknown as AltinnTokens;
    requests = new Requests(transport, tokens, altinnTokens, sandbox, environments, confirmations, keepers);
  });

  afterEach(() => {
    tokens.dispose();
  });

  async function problemFrom(work: Promise<unknown>): Promise<string | undefined> {
    return work.then(
      () => undefined,
      (error: unknown) => problemOf(error)?.code ?? String(error),
    );
  }

  it('gives no token, and sends nothing, without a yes', async () => {
    answer = false;
    assert.equal(await problemFrom(tokens.get({ scopes: ['nav:x'] }, signal)), 'production/not-confirmed');
    assert.deepEqual(asked, ['token Mine']);
    assert.deepEqual(sent, []);
  });

  it('goes on to the credential after a yes', async () => {
    answer = true;
    assert.equal(await problemFrom(tokens.get({ scopes: ['nav:x'] }, signal)), 'credential/unavailable');
  });

  it('asks before a request that would carry a token, with method and host', async () => {
    answer = false;
    const token = { accessToken: 'opaque', environment: PROD } as Awaited<ReturnType<Tokens['get']>>;
    tokens.get = () => Promise.resolve(token);
    const request = { method: 'DELETE', url: 'https://api.example/people/1', headers: [] };
    const wish = { request, ask: { scopes: ['nav:x'] } };
    assert.equal(await problemFrom(requests.send(wish, signal)), 'production/not-confirmed');
    assert.deepEqual(asked, ['DELETE api.example token']);
    assert.deepEqual(sent, []);
  });

  it('asks before a request without a token too, as production is selected', async () => {
    answer = false;
    const request = { method: 'DELETE', url: 'https://api.example/people/1', headers: [] };
    assert.equal(await problemFrom(requests.send({ request, ask: undefined }, signal)), 'production/not-confirmed');
    assert.deepEqual(asked, ['DELETE api.example no-token']);
    assert.deepEqual(sent, []);
  });
});
