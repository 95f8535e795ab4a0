import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { step } from '../../scripts/lib/progress.mjs';
import { temporaryFolder } from '../../scripts/lib/temporary.mjs';
import { saveBody } from '../../src/http/saveBody';
import { UndiciTransport } from '../../src/http/transport';
import sendRequest from 'undici/lib/api/api-request.js';
import { Client } from '../../src/http/undici';
import type { TransportRequest } from '../../src/maskinporten/transport';
import { mediansMs, type BenchTable } from './bench';

export const name = 'request';

const MB = 1_000_000;
const LARGE_MB = 10;
const FILE_MB = 1000;
const SAMPLE_MS = 20;

/** A server in a thread of its own, so that neither its work nor its memory is measured with the client's. */
const SERVER = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
const item = JSON.stringify({ navn: 'Kari Nordmann', inntekt: 500000, poster: [1, 2, 3] }) + ',';
const large = '[' + item.repeat(Math.ceil(${LARGE_MB * MB} / item.length)) + '0]';
const piece = Buffer.alloc(${MB}, 'x');
const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  if (request.url === '/small') return response.end('{"ok":true}');
  if (request.url === '/large') return response.end(large);
  let left = ${FILE_MB};
  const pump = () => {
    while (left-- > 0) if (!response.write(piece)) return;
    response.end();
  };
  response.on('drain', pump);
  pump();
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** What our transport costs beyond undici's client, and whether a large file passes through memory or stays in it. */
export async function measure(): Promise<readonly BenchTable[]> {
  const server = new Worker(SERVER, { eval: true });
  const [port] = (await once(server, 'message')) as [number];
  const origin = `http://127.0.0.1:${port}`;
  const transport = new UndiciTransport();
  const client = new Client(origin);
  try {
    return [
      await step('Requests', () => beside(transport, client, origin)),
      await step(`A file of ${FILE_MB} MB`, () => toFile(transport, client, origin)),
    ];
  } finally {
    transport.close();
    await client.destroy();
    await server.terminate();
  }
}

function ours(origin: string, target: string, maxBodyBytes = 100 * MB): TransportRequest {
  return { step: 'api', method: 'GET', url: origin + target, headers: [], maxBodyBytes };
}

async function raw(client: InstanceType<typeof Client>, target: string) {
  const { body } = await sendRequest.call(client, {
    path: target,
    method: 'GET',
    headersTimeout: 5000,
    bodyTimeout: 5000,
    responseHeaders: 'raw',
  });
  return body;
}

async function collected(client: InstanceType<typeof Client>, target: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await raw(client, target)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function beside(
  transport: UndiciTransport,
  client: InstanceType<typeof Client>,
  origin: string,
): Promise<BenchTable> {
  const { signal } = new AbortController();
  const rows = [];
  for (const [what, target, runs] of [
    ['a small request', '/small', 1000],
    [`${LARGE_MB} MB of JSON`, '/large', 40],
  ] as const) {
    const { floor, own } = await mediansMs(
      {
        floor: () => collected(client, target),
        own: () => transport.send(ours(origin, target), signal),
      },
      { runs, warmUps: Math.ceil(runs / 4) },
    );
    rows.push([what, floor, own, own / floor]);
  }
  return {
    title: 'Beside undici',
    aim: '1.1 times undici’s own client for the small request.',
    note: 'Both read the whole body into one buffer, over a connection that stays open, from the same server on this machine.',
    columns: ['', 'undici, ms', 'here, ms', 'ratio'],
    rows,
  };
}

async function toFile(
  transport: UndiciTransport,
  client: InstanceType<typeof Client>,
  origin: string,
): Promise<BenchTable> {
  const { folder, remove } = await temporaryFolder('bench-request');
  const file = path.join(folder, 'large.bin');
  try {
    const floor = await measured(async () => pipeline(await raw(client, '/file'), createWriteStream(file)));
    await rm(file);
    const { signal } = new AbortController();
    const own = await measured(async () => {
      const response = await transport.send({ ...ours(origin, '/file', 0), keepRest: true }, signal);
      await saveBody(response, file, signal);
    });
    const { size } = await stat(file);
    if (size !== FILE_MB * MB) throw new Error(`The file has ${size} bytes.`);
    return {
      title: 'Sent and saved to a file',
      aim: 'Memory that does not grow with the file: under 64 MB.',
      note: `${FILE_MB} MB. Growth is that of the whole process, the server’s thread with it, sampled every ${SAMPLE_MS} ms.`,
      columns: ['', 's', 'growth, MB'],
      rows: [
        ['undici into a file', floor.tookMs / 1000, floor.growthMb],
        ['here', own.tookMs / 1000, own.growthMb],
      ],
    };
  } finally {
    await remove();
  }
}

async function measured(work: () => Promise<unknown>): Promise<{ tookMs: number; growthMb: number }> {
  const before = process.memoryUsage.rss();
  let most = before;
  const sampler = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const started = performance.now();
  try {
    await work();
    return { tookMs: performance.now() - started, growthMb: (most - before) / MB };
  } finally {
    clearInterval(sampler);
  }
}
