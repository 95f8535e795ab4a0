import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { Environment, Token } from '../../src/maskinporten/model';
import { ProblemError, problemOf } from '../../src/maskinporten/problem';
import type { Language } from '../../src/platform/language';
import { createTranslate } from '../../src/shared/localize';
import { HostTransport } from '../../src/state/hostTransport';
import { Requests } from '../../src/state/requests';
import type { TokenAsk } from '../../src/state/tokens';
import { SILENT_LOG } from './silentLog';

const TEST: Environment = { kind: 'test', issuer: 'https://test.maskinporten.no/' };
const ASK: TokenAsk = { scopes: ['a:b'], manifestUri: undefined, workload: undefined };
const { signal } = new AbortController();

/** What the extension host's own fetch hangs on (undici, lib/global.js). */
const DISPATCHERS = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')];

function globalNetworking(): unknown[] {
  return [globalThis.fetch, ...DISPATCHERS.map((symbol) => Reflect.get(globalThis, symbol) as unknown)];
}

describe('a test request', () => {
  const before = globalNetworking();
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let asked: string[];
  let url: string;
  let transport: HostTransport;
  let requests: Requests;
  let environment: Environment;
  let questions: string[];
  /** The tokens to come, and the one in memory. */
  let coming: (string | ProblemError)[];
  let inMemory: Token | undefined;
  let skipped: (boolean | undefined)[];

  const token = (accessToken: string) => ({ accessToken, environment, grantedScopes: ['a:b'] }) as unknown as Token;
  const send = (method = 'GET', body?: string) =>
    requests.send({ request: { method, url, headers: [], body }, ask: ASK }, signal);

  beforeEach(async () => {
    asked = [];
    coming = [];
    skipped = [];
    questions = [];
    inMemory = undefined;
    environment = TEST;
    answer = (_, response) => response.end('ok');
    server = createServer((request, response) => {
      request.resume().once('end', () => {
        asked.push(`${request.method ?? ''} ${request.headers.authorization ?? 'no token'}`);
        answer(request, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    transport = new HostTransport({ t: createTranslate({}) } as unknown as Language, SILENT_LOG);
    requests = new Requests(
      transport,
      {
        peek: () => inMemory,
        get: ({ skipCache }) => {
          skipped.push(skipCache);
          if (inMemory && skipCache !== true) return Promise.resolve(inMemory);
          const next = coming.shift();
          if (typeof next !== 'string') return Promise.reject(next ?? new Error('no more tokens'));
          inMemory = token(next);
          return Promise.resolve(inMemory);
        },
      },
      { peek: () => undefined, tokenFor: () => Promise.reject(new Error('not of Altinn')) },
      { start: () => Promise.reject(new Error('no sandbox')) },
      { current: { kind: 'test' } as never },
      {
        request: (method, host) => {
          questions.push(`${method} ${host}`);
          return Promise.resolve(true);
        },
      },
    );
  });

  afterEach(async () => {
    requests.dispose();
    transport.dispose();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const refuseAllBut = (good: string) => {
    answer = ({ headers }, response) => {
      response.writeHead(headers.authorization === `Bearer ${good}` ? 200 : 401).end();
    };
  };

  it('is sent once more with a new token when the API refuses the one from memory, whatever its method', async () => {
    inMemory = token('old');
    coming = ['new'];
    refuseAllBut('new');
    const { result, retry, token: sent } = await send('POST', '{}');
    assert.deepEqual([result.status, retry, sent?.accessToken], [200, { retry: true }, 'new']);
    assert.deepEqual(asked, ['POST Bearer old', 'POST Bearer new']);
    assert.deepEqual(skipped, [undefined, true]);
  });

  it('is not sent a third time', async () => {
    inMemory = token('old');
    coming = ['new', 'newer'];
    refuseAllBut('newer');
    const { result, retry } = await send();
    assert.deepEqual([result.status, retry], [401, { retry: false, because: 'retried' }]);
    assert.equal(asked.length, 2);
  });

  it('is not sent again when the token was granted for it', async () => {
    coming = ['new', 'newer'];
    refuseAllBut('newer');
    const { retry } = await send();
    assert.deepEqual(retry, { retry: false, because: 'token-is-new' });
    assert.deepEqual(asked, ['GET Bearer new']);
  });

  it('keeps its answer when no new token can be had', async () => {
    inMemory = token('old');
    coming = [new ProblemError({ code: 'production/not-confirmed', step: 'grant', sent: [] })];
    refuseAllBut('new');
    const { result, renewalProblem } = await send();
    assert.deepEqual([result.status, renewalProblem?.code], [401, 'production/not-confirmed']);
  });

  it('asks once in production, also where it is sent twice', async () => {
    environment = { kind: 'prod', issuer: 'https://maskinporten.no/' };
    inMemory = token('old');
    coming = ['new'];
    refuseAllBut('new');
    assert.equal((await send('DELETE')).result.status, 200);
    assert.deepEqual(questions, [`DELETE ${new URL(url).host}`]);
  });

  it('tells what it is at, the token first', async () => {
    coming = ['new'];
    const steps: string[] = [];
    await requests.send({ request: { method: 'GET', url, headers: [] }, ask: ASK }, signal, ({ step }) => {
      if (steps.at(-1) !== step) steps.push(step);
    });
    assert.deepEqual(steps, ['token', 'connect', 'wait', 'download']);
  });

  it('waits no longer than the settings have it, and says for what', async () => {
    coming = ['new'];
    answer = () => undefined;
    const settings = vscode.workspace.getConfiguration('maskinporten.request.timeouts');
    await settings.update('answer', 0.1, vscode.ConfigurationTarget.Global);
    try {
      const problem = await send().then(
        () => assert.fail('it was answered'),
        (error: unknown) => problemOf(error),
      );
      assert.ok(problem?.code === 'network/timeout');
      assert.deepEqual([problem.phase, problem.limitMs], ['headers', 100]);
    } finally {
      await settings.update('answer', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("leaves the host's fetch and its dispatchers as it found them", async () => {
    coming = ['new'];
    await send();
    assert.deepEqual(asked, ['GET Bearer new']);
    const after = globalNetworking();
    for (const [index, value] of before.entries()) assert.equal(after[index], value);
  });
});
