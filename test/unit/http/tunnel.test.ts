import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type LookupFunction, type Socket } from 'node:net';
import type { ProxySettings } from '../../../src/http/proxy';
import { UndiciTransport } from '../../../src/http/transport';
import { never, problemFrom } from '../maskinporten/support';
import { makeCertificate } from './certificate';
import { get, serveBytes, serveTls, type Running } from './support';

/** Names that only a proxy knows. */
const lookup: LookupFunction = (hostname, options, callback) => {
  if (hostname !== 'proxy.example.no') callback(Object.assign(new Error('asked here'), { code: 'ENOTFOUND' }), '');
  else if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

describe('UndiciTransport through a proxy', () => {
  const opened: { close(): unknown }[] = [];
  const certificate = makeCertificate({ hostnames: ['api.example.no', 'proxy.example.no'] });
  let apiPort: number;
  let api: Running;

  before(async () => {
    api = await serveTls(certificate, (request, response) => response.end(`hello ${request.headers.host ?? ''}`));
    apiPort = api.port;
  });
  after(() => api.close());
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });

  /** A proxy that tunnels every name to this machine, or answers what `refuse` says. */
  async function startProxy(refuse?: (request: IncomingMessage) => string | undefined, tls = false) {
    const seen: IncomingMessage[] = [];
    const sockets = new Set<Socket>();
    const server = tls ? createTlsServer(certificate) : createServer();
    server.on('connection', (socket: Socket) => sockets.add(socket));
    server.on('tlsClientError', () => undefined);
    server.on('connect', (request: IncomingMessage, client: Socket) => {
      seen.push(request);
      client.on('error', () => undefined);
      const refusal = refuse?.(request);
      if (refusal !== undefined) {
        client.end(refusal);
        return;
      }
      const upstream = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n');
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
      client.once('close', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push({
      close: () => {
        for (const socket of sockets) socket.destroy();
        return new Promise((resolve) => server.close(resolve));
      },
    });
    return { seen, port: (server.address() as AddressInfo).port };
  }

  function send(proxy: ProxySettings, signal = never()) {
    const transport = new UndiciTransport({ lookup, ca: certificate.cert, proxy });
    opened.push(transport);
    return transport.send(get(`https://api.example.no:${apiPort}/x`), signal);
  }

  it('sends through a tunnel; the name is the proxy’s to look up, and so is not measured', async () => {
    const { seen, port } = await startProxy();
    const { body, phases } = await send({ url: `http://127.0.0.1:${port}` });
    assert.equal(Buffer.from(body).toString(), `hello api.example.no:${apiPort}`);
    assert.equal(seen[0]?.url, `api.example.no:${apiPort}`);
    assert.equal(phases.lookupMs, undefined);
    assert.ok(phases.connectMs! > 0 && phases.tlsMs! >= phases.connectMs!);
  });

  it('uses one tunnel for the requests that follow each other', async () => {
    const { seen, port } = await startProxy();
    const transport = new UndiciTransport({ lookup, ca: certificate.cert, proxy: { url: `http://127.0.0.1:${port}` } });
    opened.push(transport);
    for (const target of ['/1', '/2']) await transport.send(get(`https://api.example.no:${apiPort}${target}`), never());
    assert.equal(seen.length, 1);
  });

  it('shows its credentials to the proxy, and nothing of the request', async () => {
    const { seen, port } = await startProxy();
    await send({ url: `http://127.0.0.1:${port}`, authorization: 'Basic b2xhOnBhc3M=' });
    assert.deepEqual(seen[0]?.headers, {
      host: `api.example.no:${apiPort}`,
      'proxy-authorization': 'Basic b2xhOnBhc3M=',
    });
  });

  it('407 is the proxy’s wish for credentials, which are not in the Problem', async () => {
    const { port } = await startProxy(() => 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    const problem = await problemFrom(send({ url: `http://ola:secret@127.0.0.1:${port}` }), 'network/proxy');
    assert.deepEqual([problem.reason, problem.status, problem.proxy], ['authentication', 407, `127.0.0.1:${port}`]);
    assert.ok(!/secret|b2xh/.test(JSON.stringify(problem)));
  });

  it('403 is the proxy’s refusal, not the API’s', async () => {
    const { port } = await startProxy(() => 'HTTP/1.1 403 Forbidden\r\n\r\n<h1>Blocked</h1>');
    const problem = await problemFrom(send({ url: `http://127.0.0.1:${port}` }), 'network/proxy');
    assert.deepEqual([problem.reason, problem.status], ['refused', 403]);
  });

  for (const [what, answer] of [
    ['says something else than HTTP', 'SSH-2.0-OpenSSH_9.7\r\n\r\n'],
    ['answers 200 with a page of its own', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
    ['says more than any proxy', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}`],
    ['closes in the middle', 'HTTP/1.1 200 O'],
  ] as const) {
    it(`what ${what} is no proxy`, async () => {
      const server = await serveBytes((socket) => socket.once('data', () => socket.end(answer)));
      opened.push(server);
      const problem = await problemFrom(send({ url: server.origin }), 'network/proxy');
      assert.equal(problem.reason, 'malformed');
    });
  }

  it('a proxy that is not there is told apart from a server that is not', async () => {
    const server = await serveBytes(() => undefined);
    await server.close();
    const problem = await problemFrom(send({ url: server.origin }), 'network/proxy');
    assert.deepEqual([problem.reason, problem.host], ['unreachable', `api.example.no:${apiPort}`]);
  });

  it('a proxy that never answers runs into the limit for connecting', async () => {
    const server = await serveBytes(() => undefined);
    opened.push(server);
    const transport = new UndiciTransport({ proxy: { url: server.origin }, timeouts: { connectMs: 30 } });
    opened.push(transport);
    const problem = await problemFrom(transport.send(get('https://api.example.no/'), never()), 'network/proxy');
    assert.equal(problem.reason, 'unreachable');
  });

  it('SOCKS is refused before anything is sent', async () => {
    assert.equal((await problemFrom(send({ url: 'socks5://127.0.0.1:1080' }), 'network/proxy')).reason, 'unsupported');
  });

  it('the server’s certificate is checked behind the proxy, whatever is said of the proxy’s own', async () => {
    const { port } = await startProxy();
    const transport = new UndiciTransport({ lookup, proxy: { url: `http://127.0.0.1:${port}`, strictSsl: false } });
    opened.push(transport);
    const sent = transport.send(get(`https://api.example.no:${apiPort}/`), never());
    assert.equal((await problemFrom(sent, 'network/certificate')).cause, 'DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('a proxy over TLS is checked unless http.proxyStrictSSL is off', async () => {
    const { port } = await startProxy(undefined, true);
    const url = `https://proxy.example.no:${port}`;
    assert.equal((await problemFrom(send({ url }), 'network/proxy')).reason, 'certificate');
    assert.equal((await send({ url, strictSsl: false })).status, 200);
  });

  it('Cancel ends the connection to the proxy', async () => {
    const controller = new AbortController();
    const closed = new Promise<void>((resolve) => {
      void serveBytes((socket) => {
        socket.once('close', resolve);
        socket.once('data', () => {
          controller.abort(new Error('gave up'));
        });
      }).then(async (server) => {
        opened.push(server);
        await assert.rejects(send({ url: server.origin }, controller.signal), /gave up/);
      });
    });
    await closed;
  });
});
