import assert from 'node:assert/strict';
import type { IncomingMessage, RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { FetchTransport } from '../../../src/http/fetchTransport';
import type { ProblemCode } from '../../../src/maskinporten/problem';
import type { TransportTimeouts } from '../../../src/maskinporten/transport';
import { never, problemFrom } from '../maskinporten/support';
import { get, serve, serveBytes } from './support';

describe('FetchTransport', () => {
  const opened: { close(): unknown }[] = [];

  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });

  const transport = (timeouts: Partial<TransportTimeouts> = {}) => {
    const one = new FetchTransport({ fetch: globalThis.fetch, timeouts });
    opened.push(one);
    return one;
  };
  const server = async (listener: RequestListener) => {
    const running = await serve(listener);
    opened.push(running);
    return running;
  };

  it('sends what it was given and gives what came, decoded, without what it cannot know', async () => {
    let seen: IncomingMessage | undefined;
    const { origin } = await server((request, response) => {
      seen = request;
      response.writeHead(201, 'Made', { 'content-encoding': 'gzip', 'x-answer': 'yes' }).end(gzipSync('hello'));
    });
    const headers = [['X-One', 'a']] as const;
    const response = await transport().send(get(`${origin}/a?b=c`, { method: 'POST', headers, body: 'æ' }), never());
    assert.deepEqual([seen?.method, seen?.url, seen?.headers['x-one']], ['POST', '/a?b=c', 'a']);
    assert.deepEqual([seen?.headers['user-agent'], seen?.headers['content-length']], ['nais-maskinporten', '2']);
    assert.deepEqual([response.status, response.statusText], [201, 'Made']);
    assert.equal(Buffer.from(response.body).toString(), 'hello');
    const { lookupMs, connectMs, tlsMs, firstByteMs, doneMs } = response.phases;
    assert.deepEqual([response.wireBytes, lookupMs, connectMs, tlsMs], [undefined, undefined, undefined, undefined]);
    assert.ok(0 < firstByteMs && firstByteMs <= doneMs);
  });

  it('follows no redirect, and shows where it leads', async () => {
    const targets: (string | undefined)[] = [];
    const { origin } = await server((request, response) => {
      targets.push(request.url);
      response.writeHead(307, { location: '/next' }).end();
    });
    const { status, headers } = await transport().send(get(`${origin}/first`), never());
    assert.equal(status, 307);
    assert.equal(headers.find(([name]) => name === 'location')?.[1], '/next');
    assert.deepEqual(targets, ['/first']);
  });

  for (const [url, code] of [
    ['http://api.example.no/', 'request/insecure-url'],
    ['https://user:secret@api.example.no/', 'request/url-credentials'],
  ] as const) {
    it(`refuses ${code} before anything is sent`, async () => {
      await problemFrom(transport().send(get(url), never()), code);
    });
  }

  it('refuses header fields that hide others, and methods that make tunnels', async () => {
    const headers = [['X-A', 'b\r\nX-C: d']] as const;
    await problemFrom(transport().send(get('http://localhost', { headers }), never()), 'request/bad-header');
    await problemFrom(transport().send(get('http://localhost', { method: 'CONNECT' }), never()), 'request/bad-method');
  });

  const head = 'HTTP/1.1 200 OK\r\n';
  for (const [what, answer, code] of [
    ['a close without an answer', '', 'network/reset'],
    ['a close within the body', `${head}Content-Length: 100\r\n\r\nhalf`, 'network/reset'],
    ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.7\r\n', 'network/protocol'],
    ['text that says gzip', `${head}Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\ntext`, 'network/encoding'],
  ] as const satisfies [string, string, ProblemCode][]) {
    it(`${what}: ${code}`, async () => {
      const running = await serveBytes((socket) => socket.once('data', () => socket.end(answer)));
      opened.push(running);
      await problemFrom(transport().send(get(running.origin), never()), code);
    });
  }

  it('nobody listens: network/refused', async () => {
    const running = await serveBytes(() => undefined);
    await running.close();
    await problemFrom(transport().send(get(running.origin), never()), 'network/refused');
  });

  it('silence before the header, and within the body, name their phase', async () => {
    const { origin } = await server((request, response) => {
      if (request.url === '/body') response.write('half');
    });
    const one = transport({ connectMs: 20, headersMs: 20, bodyMs: 20 });
    assert.equal((await problemFrom(one.send(get(`${origin}/headers`), never()), 'network/timeout')).phase, 'headers');
    const patient = transport({ bodyMs: 20 });
    assert.equal((await problemFrom(patient.send(get(`${origin}/body`), never()), 'network/timeout')).phase, 'body');
  });

  it('Cancel rejects with the signal’s reason, and ends the connection', async () => {
    const controller = new AbortController();
    const reason = new Error('gave up');
    const closed = new Promise<void>((resolve) => {
      void server((request) => {
        request.socket.once('close', resolve);
        controller.abort(reason);
      }).then(async ({ origin }) => {
        await assert.rejects(transport().send(get(origin), controller.signal), (error) => error === reason);
      });
    });
    await closed;
  });
});
