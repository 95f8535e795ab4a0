import { createPrivateKey, generateKeyPair, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { javaObstacle, startMockOAuth2Server } from '../../scripts/lib/mock-oauth2-server.mjs';
import { say, step } from '../../scripts/lib/progress.mjs';
import { startSandbox } from '../../src/sandbox';
import type { Sandbox } from '../../src/sandbox';
import { Connections, postRequest } from '../unit/sandbox/connections';
import { GrantMaker } from '../unit/sandbox/grants';
import { soak } from '../unit/sandbox/soak';
import { CLIENT_ID, clientWith, portOf, rsaKeyPair, SCOPE } from '../unit/sandbox/support';
import type { KeyPair } from '../unit/sandbox/support';
import { median, type BenchTable } from './bench';

export const name = 'sandbox';

const CONNECTIONS = 16;
const ROUNDS = 9;
const WARM_UPS = 3;
const TOKENS = 1_000;
const CACHED = 4_000;
const SOAK = { tokens: 100_000, bad: 10_000, samples: 10 };

interface Load {
  readonly port: number;
  readonly connections: number;
  readonly requests: readonly Uint8Array[];
}

interface Loaded {
  readonly seconds: number;
  /** How many answers were not 200. */
  readonly others: number;
}

// The same bundle as a thread of its own: whoever sends the load must not slow down whoever answers it.
if (!isMainThread && parentPort) {
  const port = parentPort;
  port.on('message', (load: Load) => {
    void sendLoad(load).then((loaded) => {
      port.postMessage(loaded);
    });
  });
}

async function sendLoad({ port, connections: count, requests }: Load): Promise<Loaded> {
  const connections = new Connections(port, count);
  const buffers = requests.map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const started = performance.now();
  const answers = await connections.send(buffers);
  const seconds = (performance.now() - started) / 1_000;
  connections.close();
  return { seconds, others: answers.filter(({ status }) => status !== 200).length };
}

/** Sends load from its thread and gives answers a second. */
class LoadThread {
  readonly #worker = new Worker(new URL(import.meta.url));

  async rate(port: number, requests: readonly Buffer[], connections = CONNECTIONS): Promise<number> {
    const load: Load = { port, connections, requests };
    const answered = once(this.#worker, 'message');
    this.#worker.postMessage(load);
    const [{ seconds, others }] = (await answered) as [Loaded];
    if (others > 0) throw new Error(`${others} of ${requests.length} answers were not 200.`);
    return requests.length / seconds;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** How many tokens the sandbox gives in a second, and whether that is bound by what cannot be left out. */
export async function measure(): Promise<readonly BenchTable[]> {
  const load = new LoadThread();
  try {
    return [
      await step('Tokens', () => tokens(load)),
      await step('Tokens that Texas has', () => cached(load)),
      await step('From nothing to the first token', firstToken),
      await step('Memory', memory),
    ];
  } finally {
    await load.stop();
  }
}

/** The median of several rounds in which all of them take turns; NaN for one that is not there. */
async function medianRates<K extends string>(
  works: Readonly<Record<K, (() => Promise<number>) | undefined>>,
): Promise<Record<K, number>> {
  const names = Object.keys(works) as K[];
  const rates = new Map<K, number[]>(names.map((each) => [each, []]));
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    for (const each of names) {
      const rate = await works[each]?.();
      if (round >= 0 && rate !== undefined) rates.get(each)?.push(rate);
    }
  }
  return Object.fromEntries(names.map((each) => [each, median(rates.get(each) ?? [])])) as Record<K, number>;
}

async function tokens(load: LoadThread): Promise<BenchTable> {
  const keys = await rsaKeyPair('key-1');
  const startedMs = Date.now();
  const sandbox = await startSandbox({
    clients: [clientWith([keys.publicJwk])],
    // Grants are signed beforehand, and must not grow old meanwhile; so no used one is ever forgotten either.
    now: () => startedMs,
    limits: { maxRememberedGrants: 10_000_000 },
  });
  const grants = new GrantMaker(keys, () => startedMs);
  const key = createPrivateKey({ key: { ...keys.privateJwk }, format: 'jwk' });
  const obstacle = await javaObstacle();
  if (obstacle !== undefined) say(`Without mock-oauth2-server, since ${obstacle}.`);
  const mock = obstacle === undefined ? await startMockOAuth2Server() : undefined;
  const mockUrl = `${mock?.origin ?? ''}/maskinporten/token`;
  const requests = () => grants.requests(TOKENS, sandbox.issuer, sandbox.tokenEndpoint);
  try {
    const rates = await medianRates({
      oneThread: () => Promise.resolve(signInOneThread(key)),
      allThreads: () => signInAllThreads(key),
      sandbox: async () => load.rate(portOf(sandbox), await requests()),
      sandboxAlone: async () => load.rate(portOf(sandbox), await requests(), 1),
      mock:
        mock &&
        (async () => load.rate(Number(new URL(mockUrl).port), await grants.requests(TOKENS, sandbox.issuer, mockUrl))),
    });
    const row = (title: string, rate: number) => [title, rate, rate / rates.oneThread, rate / rates.allThreads];
    return {
      title: 'Tokens a second',
      aim: '0.8 of bare signing in one thread, with all checks on; and more than mock-oauth2-server, which checks nothing.',
      note: `Medians of ${ROUNDS} rounds of ${TOKENS}, each with a grant of its own; ${CONNECTIONS} connections unless it says one. The load comes from another thread of the same machine. A token is a verified grant and a signature.`,
      columns: ['', 'a second', 'of one thread', 'of all threads'],
      rows: [
        row('RS256 alone, in one thread', rates.oneThread),
        row('RS256 alone, in all threads', rates.allThreads),
        row('sandbox', rates.sandbox),
        row('sandbox, one connection', rates.sandboxAlone),
        ...(mock ? [row('mock-oauth2-server', rates.mock)] : []),
      ],
    };
  } finally {
    await sandbox.stop();
    await mock?.stop();
  }
}

/** As long as a token's header and claims. */
const SIGNED = Buffer.alloc(620, 'x');

function signInOneThread(key: KeyObject): number {
  const started = performance.now();
  for (let count = 0; count < TOKENS; count += 1) sign('sha256', SIGNED, key);
  return (TOKENS * 1_000) / (performance.now() - started);
}

async function signInAllThreads(key: KeyObject): Promise<number> {
  const signAsync = promisify<string, Buffer, KeyObject, Buffer>(sign);
  let left = TOKENS;
  const started = performance.now();
  const work = async () => {
    while (left-- > 0) await signAsync('sha256', SIGNED, key);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return (TOKENS * 1_000) / (performance.now() - started);
}

async function cached(load: LoadThread): Promise<BenchTable> {
  const keys = await rsaKeyPair('key-1');
  const sandbox = await startSandbox({ clients: [clientWith([keys.publicJwk])], defaultLifetimeSeconds: 3_600 });
  const { tokenEndpoint } = sandbox.openTexas({ clientId: CLIENT_ID, privateJwk: keys.privateJwk });
  const body = JSON.stringify({ identity_provider: 'maskinporten', target: SCOPE });
  const request = postRequest(tokenEndpoint, 'application/json', body);
  const constant = await constantServer(sandbox, keys);
  const requests = Array.from({ length: CACHED }, () => request);
  try {
    const rates = await medianRates({
      texas: () => load.rate(portOf(sandbox), requests),
      constant: () => load.rate(constant.port, requests),
    });
    return {
      title: 'Tokens a second that Texas has in its cache',
      aim: '0.7 of a bare node:http server that answers the same bytes to whatever it is sent.',
      note: `Medians of ${ROUNDS} rounds of ${CACHED} requests over ${CONNECTIONS} connections.`,
      columns: ['', 'a second', 'ratio'],
      rows: [
        ['node:http, a constant', rates.constant, 1],
        ['the Texas endpoint', rates.texas, rates.texas / rates.constant],
      ],
    };
  } finally {
    constant.stop();
    await sandbox.stop();
  }
}

/** Answers as the Texas endpoint does, and does nothing for it. */
async function constantServer(sandbox: Sandbox, { privateJwk }: KeyPair) {
  const { accessToken } = await sandbox
    .tokenSource({ clientId: CLIENT_ID, privateJwk })
    .getToken({ scopes: [SCOPE] }, new AbortController().signal);
  const answer = JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expires_in: 3_479 });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) };
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, headers).end(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { port: (server.address() as AddressInfo).port, stop };
}

async function firstToken(): Promise<BenchTable> {
  const keys = await rsaKeyPair('key-1');
  const generate = promisify(generateKeyPair);
  const [started, first, generated]: number[][] = [[], [], []];
  for (let run = 0; run < 25; run += 1) {
    const beganMs = performance.now();
    const sandbox = await startSandbox({ clients: [clientWith([keys.publicJwk])] });
    started?.push(performance.now() - beganMs);
    const source = sandbox.tokenSource({ clientId: CLIENT_ID, privateJwk: keys.privateJwk });
    await source.getToken({ scopes: [SCOPE] }, new AbortController().signal);
    first?.push(performance.now() - beganMs);
    await sandbox.stop();
    const aloneMs = performance.now();
    await generate('rsa', { modulusLength: 2048 });
    generated?.push(performance.now() - aloneMs);
  }
  return {
    title: 'From nothing to the first token',
    note: 'Medians of 25. The issuer’s key is made at each start; how long that takes is a matter of luck with primes.',
    columns: ['', 'median, ms'],
    rows: [
      ['a key of 2048 bits, alone', median(generated ?? [])],
      ['started', median(started ?? [])],
      ['first token', median(first ?? [])],
    ],
  };
}

async function memory(): Promise<BenchTable> {
  const samples = await soak(SOAK.tokens, SOAK.bad, SOAK.samples);
  const [first, last] = [samples[0]?.heapMegabytes ?? NaN, samples.at(-1)?.heapMegabytes ?? NaN];
  return {
    title: 'Memory in the long run',
    aim: 'Flat. A used grant is remembered for as long as it could be used again, and no longer.',
    note: `The heap after a full collection; ${(last - first).toFixed(2)} MB between the first row and the last. Every answer was the one that it must be. The clock is set ahead between batches, as if this took hours.`,
    columns: ['tokens', 'bad requests', 'heap, MB'],
    rows: samples.map(({ tokens, refused, heapMegabytes }) => [tokens, refused, heapMegabytes]),
  };
}
