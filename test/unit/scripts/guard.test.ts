import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { startGuard } from '../../../scripts/lib/guard.mjs';

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server behind the guard saw, and its answers: an echo for a request, an echoing tunnel for an upgrade. */
function startUpstream(socketPath: string) {
  const seen: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((incoming, response) => {
    seen.push({ url: incoming.url, headers: incoming.headers });
    response.writeHead(201, { 'X-Upstream': 'yes' });
    incoming.pipe(response);
  });
  server.on('upgrade', (incoming, socket: Duplex) => {
    seen.push({ url: incoming.url, headers: incoming.headers });
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.pipe(socket);
  });
  server.listen(socketPath);
  return { seen, server };
}

describe('the guard in front of the served VS Code', () => {
  let folder: string;
  let upstream: { seen: { url: string | undefined; headers: IncomingHttpHeaders }[]; server: Server };
  let guard: { port: number; close: () => Promise<void> };
  let own: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-guard-'));
    upstream = startUpstream(path.join(folder, 'http'));
    await once(upstream.server, 'listening');
    guard = await startGuard({ socketPath: path.join(folder, 'http') });
    own = `127.0.0.1:${guard.port}`;
  });

  afterEach(async () => {
    await guard.close();
    upstream.server.closeAllConnections();
    upstream.server.close();
    await rm(folder, { recursive: true });
  });

  function call(headers: Record<string, string>, options: { path?: string; method?: string; body?: string } = {}) {
    return new Promise<Answer>((resolve, reject) => {
      const { path: asked = '/', method = 'GET', body } = options;
      const sent = request({ host: '127.0.0.1', port: guard.port, path: asked, method, headers, agent: false });
      sent.once('error', reject);
      sent.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.once('end', () => {
          resolve({ status: response.statusCode, headers: response.headers, body: text });
        });
      });
      sent.end(body);
    });
  }

  /** The status of an upgrade, and its tunnel where there is one. */
  function upgrade(headers: Record<string, string>, asked = '/socket') {
    return new Promise<{ status: number | undefined; tunnel?: Duplex }>((resolve, reject) => {
      const all = { Connection: 'Upgrade', Upgrade: 'websocket', ...headers };
      const sent = request({ host: '127.0.0.1', port: guard.port, path: asked, headers: all, agent: false });
      sent.once('error', reject);
      sent.once('upgrade', (response, tunnel) => {
        resolve({ status: response.statusCode, tunnel });
      });
      sent.once('response', (response) => {
        response.resume();
        resolve({ status: response.statusCode });
      });
      sent.end();
    });
  }

  it('passes a request of its own address through, body and answer', async () => {
    const answer = await call({ Host: own, 'X-Own': 'kept' }, { path: '/a?b=c', method: 'POST', body: 'hello' });
    assert.deepEqual([answer.status, answer.headers['x-upstream'], answer.body], [201, 'yes', 'hello']);
    assert.deepEqual([upstream.seen[0]?.url, upstream.seen[0]?.headers['x-own']], ['/a?b=c', 'kept']);
    assert.equal(upstream.seen[0]?.headers.host, own);
  });

  it('passes an upgrade of its own address through, both ways', async () => {
    const { status, tunnel } = await upgrade({ Host: own, Origin: `http://${own}` });
    assert.equal(status, 101);
    tunnel!.write('ping');
    const [echoed] = (await once(tunnel!, 'data')) as [Buffer];
    assert.equal(echoed.toString(), 'ping');
    tunnel!.destroy();
  });

  const foreignHosts = (port: number) => [
    `rebound.example:${port}`,
    'rebound.example',
    '127.0.0.1',
    `127.0.0.1:${port + 1}`,
    `127.0.0.1.rebound.example:${port}`,
    `0.0.0.0:${port}`,
  ];

  it('refuses a foreign Host with 403, so that a rebound DNS name reaches nothing', async () => {
    for (const host of foreignHosts(guard.port)) assert.equal((await call({ Host: host })).status, 403, host);
    assert.deepEqual(upstream.seen, []);
  });

  it('refuses a foreign Host on an upgrade with 403', async () => {
    const hosts = [...foreignHosts(guard.port), `localhost:${guard.port}`];
    for (const host of hosts) assert.equal((await upgrade({ Host: host })).status, 403, host);
    assert.deepEqual(upstream.seen, []);
  });

  it('refuses a page of another origin, by request and by upgrade', async () => {
    for (const origin of ['https://evil.example', `http://127.0.0.1:${guard.port + 1}`, 'null']) {
      assert.equal((await call({ Host: own, Origin: origin })).status, 403, origin);
      assert.equal((await upgrade({ Host: own, Origin: origin })).status, 403, origin);
    }
    assert.deepEqual(upstream.seen, []);
  });

  it('refuses what another site embeds, and lets its plain links in', async () => {
    const script = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'script' };
    const frame = { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' };
    const link = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    assert.equal((await call({ Host: own, ...script })).status, 403);
    assert.equal((await call({ Host: own, ...frame })).status, 403);
    assert.equal((await call({ Host: own, ...link })).status, 201);
  });

  it('offers no port proxy, however its path is written', async () => {
    for (const asked of ['/proxy/80/', '/absproxy/80/', '/PROXY/80', '/%70roxy/80', '//proxy/80', '/proxy']) {
      assert.equal((await call({ Host: own }, { path: asked })).status, 404, asked);
      assert.equal((await upgrade({ Host: own }, asked)).status, 404, asked);
    }
    assert.deepEqual(upstream.seen, []);
  });

  it('sends localhost to 127.0.0.1, where the secrets are', async () => {
    const answer = await call({ Host: `localhost:${guard.port}` }, { path: '/?folder=/a' });
    assert.deepEqual([answer.status, answer.headers.location], [307, `http://${own}/?folder=/a`]);
    const elsewhere = await call({ Host: `localhost:${guard.port}` }, { path: 'http://evil.example/' });
    assert.equal(elsewhere.headers.location, `http://${own}/`);
  });

  it('hides from the server by which host a client claims to have come', async () => {
    await call({ Host: own, Forwarded: 'host=evil.example', 'X-Forwarded-Host': 'evil.example' });
    assert.deepEqual(
      Object.keys(upstream.seen[0]!.headers).filter((name) => name.includes('forwarded')),
      [],
    );
  });

  it('answers 502 when the server is gone', async () => {
    upstream.server.close();
    await once(upstream.server, 'close');
    assert.equal((await call({ Host: own })).status, 502);
  });

  it('says how to go on when its port is taken', async () => {
    await assert.rejects(startGuard({ port: guard.port, socketPath: '/nowhere' }), {
      message: `Port ${guard.port} is taken by another program. Name a free one: npm start -- --browser --port ${guard.port + 1}`,
    });
  });
});
