import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import zlib, { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { UndiciTransport } from '../../../src/http/transport';
import type { TransportRequest, TransportResponse } from '../../../src/maskinporten/transport';
import { never, problemFrom } from '../maskinporten/support';
import { get, serve, type Running } from './support';

describe('response bodies', () => {
  let server: Running;
  let transport: UndiciTransport;
  let answer: (response: ServerResponse) => void;

  before(async () => {
    server = await serve((_, response) => {
      answer(response);
    });
  });
  after(() => server.close());
  beforeEach(() => {
    transport = new UndiciTransport();
  });
  afterEach(() => {
    transport.close();
  });

  const send = (given: Partial<TransportRequest> = {}): Promise<TransportResponse> =>
    transport.send(get(server.origin, given), never());
  const coded = (coding: string, body: Buffer) => (response: ServerResponse) =>
    response.writeHead(200, { 'content-encoding': coding }).end(body);
  const plain = Buffer.from('{"navn":"Åse"}'.repeat(100));

  for (const [coding, body] of [
    ['gzip', gzipSync(plain)],
    ['x-gzip', gzipSync(plain)],
    ['GZIP', gzipSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['identity', plain],
  ] as const) {
    it(`${coding} of ${body.length} bytes is decoded, and both sizes are told`, async () => {
      answer = coded(coding, body);
      const { body: decoded, wireBytes, truncated } = await send();
      assert.deepEqual(Buffer.from(decoded), plain);
      assert.deepEqual([wireBytes, truncated], [body.length, false]);
    });
  }

  const { zstdCompressSync } = zlib as { zstdCompressSync?: (body: Buffer) => Buffer };

  it('zstd is decoded where the runtime can, and else named as unsupported', async () => {
    answer = coded('zstd', zstdCompressSync?.(plain) ?? plain);
    if (zstdCompressSync) assert.deepEqual(Buffer.from((await send()).body), plain);
    else assert.equal((await problemFrom(send(), 'network/encoding')).reason, 'unsupported');
  });

  for (const coding of ['compress', 'gzip, gzip', 'br, gzip', 'x'.repeat(300)]) {
    it(`${coding.slice(0, 20)} is unsupported, and named`, async () => {
      answer = coded(coding, gzipSync(plain));
      const problem = await problemFrom(send(), 'network/encoding');
      assert.deepEqual([problem.reason, problem.encoding], ['unsupported', coding.slice(0, 100)]);
    });
  }

  for (const [what, coding, body] of [
    ['text that says gzip', 'gzip', plain],
    ['text that says br', 'br', plain],
    ['a gzip without its end', 'gzip', gzipSync(plain).subarray(0, -12)],
    [
      'a gzip with a flipped bit',
      'gzip',
      Buffer.from(gzipSync(plain).map((byte, at) => (at === 20 ? byte ^ 1 : byte))),
    ],
  ] as const) {
    it(`${what} is damaged`, async () => {
      answer = coded(coding, Buffer.from(body));
      assert.equal((await problemFrom(send(), 'network/encoding')).reason, 'damaged');
    });
  }

  it('a connection that breaks within a gzip is the network’s fault, not the coding’s', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '1000' });
      response.write(gzipSync(plain).subarray(0, 20), () => response.destroy());
    };
    await problemFrom(send(), 'network/reset');
  });

  for (const [what, method, status] of [
    ['HEAD', 'HEAD', 200],
    ['204', 'GET', 204],
    ['304', 'GET', 304],
  ] as const) {
    it(`${what} may name a coding and has no body`, async () => {
      answer = (response) => response.writeHead(status, { 'content-encoding': 'gzip' }).end();
      const { body, wireBytes } = await send({ method });
      assert.deepEqual([body.length, wireBytes], [0, 0]);
    });
  }

  it('an empty 200 that says gzip is empty', async () => {
    answer = coded('gzip', Buffer.alloc(0));
    assert.equal((await send()).body.length, 0);
  });

  it('a body of just the limit is whole; one byte more is cut', async () => {
    answer = (response) => response.end(Buffer.alloc(1000));
    const whole = await send({ maxBodyBytes: 1000 });
    assert.deepEqual([whole.body.length, whole.truncated], [1000, false]);
    answer = (response) => response.end(Buffer.alloc(1001));
    const cut = await send({ maxBodyBytes: 1000 });
    assert.deepEqual([cut.body.length, cut.truncated], [1000, true]);
  });

  it('a body without end is cut, and the server is told by the connection', async () => {
    let serverSide: ServerResponse | undefined;
    answer = (response) => {
      serverSide = response;
      const pump = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384)));
      };
      response.on('drain', pump);
      pump();
    };
    const { body, truncated, wireBytes } = await send({ maxBodyBytes: 100_000 });
    assert.deepEqual([body.length, truncated], [100_000, true]);
    assert.ok(wireBytes! < 200_000, 'reading stops at the limit');
    if (!serverSide!.destroyed) await once(serverSide!, 'close');
  });

  it('a connection whose body was cut is not used again', async () => {
    answer = (response) => response.end(Buffer.alloc(5_000_000));
    await send({ maxBodyBytes: 10 });
    answer = (response) => response.end('next');
    const { body, phases } = await send();
    assert.equal(Buffer.from(body).toString(), 'next');
    assert.ok(phases.connectMs! > 0);
  });

  for (const [coding, compress] of [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const) {
    it(`a small ${coding} that decodes to 100 MB is cut at the limit`, async () => {
      const bomb = compress(Buffer.alloc(100_000_000));
      answer = coded(coding, bomb);
      const { body, truncated, wireBytes } = await send({ maxBodyBytes: 50_000 });
      assert.deepEqual([body.length, truncated], [50_000, true]);
      assert.ok(wireBytes! <= bomb.length);
    });
  }

  it('a stream that goes on for ever and decodes to nothing is given up', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-encoding': 'deflate' });
      const emptyBlocks = Buffer.from('000000ffff'.repeat(4000), 'hex');
      const pump = () => {
        while (!response.destroyed && response.write(emptyBlocks));
      };
      response.on('drain', pump);
      pump();
    };
    const { body, truncated } = await send({ maxBodyBytes: 10_000 });
    assert.deepEqual([body.length, truncated], [0, true]);
  });
});
