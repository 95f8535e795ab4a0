import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { LookupFunction, Socket } from 'node:net';
import zlib from 'node:zlib';
import { UndiciTransport, type UndiciTransportOptions } from '../../../src/http/transport';
import type { ProblemCode } from '../../../src/maskinporten/problem';
import type { TransportProgress } from '../../../src/maskinporten/transport';
import { never, problemFrom } from '../maskinporten/support';
import { get, serve, serveBytes, type Running } from './support';

describe('UndiciTransport', () => {
  const opened: { close(): unknown }[] = [];

  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });

  const keep = <T extends { close(): unknown }>(one: T): T => {
    opened.unshift(one);
    return one;
  };
  const transport = (options: UndiciTransportOptions = {}) => keep(new UndiciTransport(options));
  const server = async (listener: RequestListener): Promise<Running> => keep(await serve(listener));
  /** A port on which nobody listens any more. */
  const closed = async (): Promise<Running> => {
    const gone = await serve(() => undefined);
    await gone.close();
    return gone;
  };
  const bytes = async (speak: (socket: Socket) => void): Promise<Running> => keep(await serveBytes(speak));

  describe('a request', () => {
    it('gives status, header fields as they came, and body', async () => {
      const { origin } = await server((_, response) => {
        response.writeHead(201, 'Made', [
          ['X-Case', 'kept'],
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
        ]);
        response.end('hello');
      });
      const { status, statusText, headers, body, truncated, wireBytes } = await transport().send(get(origin), never());
      assert.deepEqual([status, statusText, truncated, wireBytes], [201, 'Made', false, 5]);
      assert.equal(Buffer.from(body).toString(), 'hello');
      assert.deepEqual(headers.slice(0, 3), [
        ['X-Case', 'kept'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ]);
    });

    it('tells the version of HTTP that the answer has', async () => {
      const modern = await server((_, response) => response.end());
      const old = await bytes((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nold'));
      const one = transport();
      const versions = [];
      for (const { origin } of [modern, old, modern]) {
        versions.push((await one.send(get(origin), never())).httpVersion);
      }
      assert.deepEqual(versions, ['1.1', '1.0', '1.1']);
    });

    it('arrives with its method, target, header fields and body', async () => {
      const seen: { request?: IncomingMessage; body?: string } = {};
      const { origin } = await server((request, response) => {
        void (async () => {
          const chunks = [];
          for await (const chunk of request) chunks.push(chunk as Buffer);
          seen.request = request;
          seen.body = Buffer.concat(chunks).toString();
          response.end();
        })();
      });
      await transport().send(
        get(`${origin}/a/b?c=d%20e#fragment`, {
          method: 'PATCH',
          headers: [
            ['X-One', 'a'],
            ['Accept', '*/*'],
          ],
          body: 'æ',
        }),
        never(),
      );
      assert.equal(seen.request?.method, 'PATCH');
      assert.equal(seen.request.url, '/a/b?c=d%20e');
      assert.equal(seen.request.headers['x-one'], 'a');
      assert.equal(seen.request.headers['content-length'], '2');
      const zstd = 'createZstdDecompress' in zlib ? ', zstd' : '';
      assert.equal(seen.request.headers['accept-encoding'], `gzip, deflate, br${zstd}`);
      assert.equal(seen.request.headers['user-agent'], 'nais-maskinporten');
      assert.equal(seen.body, 'æ');
    });

    it('keeps the caller’s own Accept-Encoding', async () => {
      let accepted: string | string[] | undefined;
      const { origin } = await server((request, response) => {
        accepted = request.headers['accept-encoding'];
        response.end();
      });
      await transport().send(get(origin, { headers: [['Accept-Encoding', 'identity']] }), never());
      assert.equal(accepted, 'identity');
    });

    for (const status of [301, 302, 303, 307, 308]) {
      it(`does not follow ${status}`, async () => {
        const targets: (string | undefined)[] = [];
        const { origin } = await server((request, response) => {
          targets.push(request.url);
          response.writeHead(status, { location: '/next' }).end();
        });
        assert.equal((await transport().send(get(`${origin}/first`), never())).status, status);
        assert.deepEqual(targets, ['/first']);
      });
    }
  });

  describe('phases', () => {
    const ok: RequestListener = (_, response) => response.end('ok');

    it('an address has no lookup and http no TLS: undefined, not 0', async () => {
      const { origin } = await server(ok);
      const { phases } = await transport().send(get(origin), never());
      assert.deepEqual([phases.lookupMs, phases.tlsMs], [undefined, undefined]);
      assert.ok(phases.connectMs! > 0);
      assert.ok(phases.connectMs! <= phases.firstByteMs && phases.firstByteMs <= phases.doneMs);
    });

    it('a reused connection has no connect either', async () => {
      const { origin } = await server(ok);
      const one = transport();
      await one.send(get(origin), never());
      const { phases } = await one.send(get(origin), never());
      assert.deepEqual([phases.lookupMs, phases.connectMs, phases.tlsMs], [undefined, undefined, undefined]);
      assert.ok(phases.firstByteMs > 0);
    });

    it('requests at one time have connections, and times, of their own', async () => {
      const waiting: ServerResponse[] = [];
      const { origin } = await server((_, response) => {
        waiting.push(response);
        if (waiting.length === 3) for (const one of waiting) one.end('ok');
      });
      const one = transport();
      const responses = await Promise.all([1, 2, 3].map(() => one.send(get(origin), never())));
      for (const { phases } of responses) assert.ok(phases.connectMs! > 0);
    });

    it('a connection that the server closed is made anew', async () => {
      const { origin } = await server((_, response) => response.setHeader('connection', 'close').end('ok'));
      const one = transport();
      for (const target of ['/1', '/2']) {
        assert.ok((await one.send(get(origin + target), never())).phases.connectMs! > 0);
      }
    });

    it('localhost and names under it need no lookup, and never ask a resolver', async () => {
      const { port } = await server(ok);
      const lookup: LookupFunction = (_, __, callback) => {
        callback(new Error('asked'), '');
      };
      for (const host of ['localhost', 'my-app.localhost']) {
        const { status, phases } = await transport({ lookup }).send(get(`http://${host}:${port}`), never());
        assert.deepEqual([status, phases.lookupMs], [200, undefined]);
      }
    });
  });

  describe('refuses before anything is sent', () => {
    const refused: [url: string, code: ProblemCode][] = [
      ['http://api.example.no/x', 'request/insecure-url'],
      ['http://192.168.0.1/', 'request/insecure-url'],
      ['ftp://localhost/', 'request/insecure-url'],
      ['file:///etc/passwd', 'request/insecure-url'],
      ['https://user:secret@api.example.no/', 'request/url-credentials'],
      ['http://user@localhost/', 'request/url-credentials'],
      ['api.example.no/x', 'request/bad-url'],
      ['', 'request/bad-url'],
    ];
    for (const [url, code] of refused) {
      it(`${JSON.stringify(url)}: ${code}`, async () => {
        const problem = await problemFrom(transport().send(get(url), never()), code);
        assert.ok(!JSON.stringify(problem).includes('secret'));
      });
    }

    it('the Problem about a URL has no query in it', async () => {
      const url = 'http://api.example.no/person?fnr=01010112345';
      const problem = await problemFrom(transport().send(get(url), never()), 'request/insecure-url');
      assert.equal(problem.url, 'http://api.example.no/person');
    });

    for (const method of ['', 'GET /evil', 'GET\r\n', 'CONNECT', 'trace']) {
      it(`method ${JSON.stringify(method)}`, async () => {
        await problemFrom(transport().send(get('http://localhost', { method }), never()), 'request/bad-method');
      });
    }

    for (const [name, value, reason] of [
      ['X-A', 'b\r\nX-C: d', 'illegal-value'],
      ['X-A', 'b\u0000', 'illegal-value'],
      ['X-A', 'b\n', 'illegal-value'],
      ['X-A', 'navn på ✓', 'illegal-value'],
      ['X A', 'b', 'illegal-name'],
      ['X-A:', 'b', 'illegal-name'],
      ['', 'b', 'illegal-name'],
      ['Host', 'evil.no', 'set-by-transport'],
      ['Content-Length', '0', 'set-by-transport'],
      ['transfer-encoding', 'chunked', 'set-by-transport'],
    ] as const) {
      it(`header ${JSON.stringify([name, value])}: ${reason}`, async () => {
        const problem = await problemFrom(
          transport().send(get('http://localhost', { headers: [[name, value]] }), never()),
          'request/bad-header',
        );
        assert.deepEqual([problem.header, problem.reason], [name, reason]);
      });
    }
  });

  describe('names what failed', () => {
    it('nobody listens: network/refused, with host and port', async () => {
      const { origin, port } = await closed();
      const problem = await problemFrom(
        transport().send(get(`${origin}/x?secret=1`, { step: 'token' }), never()),
        'network/refused',
      );
      assert.equal(problem.host, `127.0.0.1:${port}`);
      assert.equal(problem.step, 'token');
      assert.deepEqual(problem.sent, [{ name: 'url', value: `${origin}/x` }]);
    });

    it('nobody listens on any address of a name: network/refused', async () => {
      const { port } = await closed();
      await problemFrom(transport().send(get(`http://localhost:${port}`), never()), 'network/refused');
    });

    for (const code of ['ENOTFOUND', 'EAI_AGAIN']) {
      it(`${code}: network/dns`, async () => {
        const lookup: LookupFunction = (_, __, callback) => {
          callback(Object.assign(new Error('lookup failed'), { code }), '');
        };
        const sent = transport({ lookup }).send(get('https://api.example.invalid'), never());
        assert.equal((await problemFrom(sent, 'network/dns')).host, 'api.example.invalid');
      });
    }

    for (const code of ['EHOSTUNREACH', 'ENETUNREACH']) {
      it(`${code}: network/unreachable`, async () => {
        const lookup: LookupFunction = (_, __, callback) => {
          callback(Object.assign(new Error('no way'), { code }), '');
        };
        await problemFrom(
          transport({ lookup }).send(get('https://api.example.invalid'), never()),
          'network/unreachable',
        );
      });
    }

    const head = 'HTTP/1.1 200 OK\r\n';
    const answers: [what: string, answer: string | undefined, code: ProblemCode][] = [
      ['a close without an answer', undefined, 'network/reset'],
      ['a close within the header', 'HTTP/1.1 200 OK\r\nContent-Le', 'network/reset'],
      ['a close within the body', `${head}Content-Length: 100\r\n\r\nhalf`, 'network/reset'],
      ['a close within a chunk', `${head}Transfer-Encoding: chunked\r\n\r\n64\r\nhalf`, 'network/reset'],
      ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.7\r\n', 'network/protocol'],
      ['a bad chunk size', `${head}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`, 'network/protocol'],
      ['two lengths', `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 'network/protocol'],
      ['a header without end', `${head}X-Long: ${'x'.repeat(70_000)}\r\n\r\n`, 'network/protocol'],
    ];
    for (const [what, answer, code] of answers) {
      it(`${what}: ${code}`, async () => {
        const { origin } = await bytes((socket) => {
          socket.once('data', () => socket.end(answer ?? ''));
        });
        await problemFrom(transport().send(get(origin), never()), code);
      });
    }

    it('a reset in the body: network/reset', async () => {
      const { origin } = await bytes((socket) => {
        socket.once('data', () => {
          socket.write(`${head}Content-Length: 100\r\n\r\nhalf`, () => socket.resetAndDestroy());
        });
      });
      await problemFrom(transport().send(get(origin), never()), 'network/reset');
    });

    it('https to a port that speaks http: network/protocol, with a code and no message', async () => {
      const { port } = await server((_, response) => response.end());
      const problem = await problemFrom(
        transport().send(get(`https://127.0.0.1:${port}`), never()),
        'network/protocol',
      );
      assert.match(problem.cause, /^\w+$/);
    });
  });

  describe('progress', () => {
    const heard: string[] = [];
    const onProgress = (progress: TransportProgress) => {
      const bytes = progress.step === 'download' ? ` ${progress.bytes}/${progress.totalBytes ?? '?'}` : '';
      heard.push(progress.step + bytes);
    };

    beforeEach(() => {
      heard.length = 0;
    });

    it('names each step as it begins, and those alone that happen', async () => {
      const { origin, port } = await server((_, response) => response.setHeader('content-length', 2).end('ok'));
      const lookup: LookupFunction = (_, __, callback) => {
        setImmediate(callback, null, [{ address: '127.0.0.1', family: 4 }]);
      };
      const one = transport({ lookup });
      await one.send(get(origin, { onProgress }), never());
      assert.deepEqual(heard, ['connect', 'wait', 'download 0/2', 'download 2/2']);
      heard.length = 0;
      await one.send(get(origin, { onProgress }), never());
      assert.deepEqual(heard, ['wait', 'download 0/2', 'download 2/2']);
      heard.length = 0;
      await one.send(get(`https://api.example.no:${port}`, { onProgress }), never()).catch(() => undefined);
      assert.deepEqual(heard, ['lookup', 'connect', 'tls']);
    });

    it('counts the bytes of the wire, whose whole is unknown without a length', async () => {
      const packed = zlib.gzipSync('x'.repeat(1000));
      const { origin } = await server((_, response) => {
        response.setHeader('content-encoding', 'gzip').write(packed.subarray(0, 10));
        response.end(packed.subarray(10));
      });
      await transport().send(get(origin, { onProgress }), never());
      assert.equal(heard.at(-1), `download ${packed.length}/?`);
    });
  });

  describe('time-outs name their phase', () => {
    const limits = { connectMs: 5000, headersMs: 5000, bodyMs: 5000 };

    it('lookup, when it never ends', async () => {
      const lookup: LookupFunction = () => undefined;
      const sent = transport({ lookup, timeouts: { ...limits, connectMs: 30 } }).send(
        get('https://api.example.invalid'),
        never(),
      );
      const problem = await problemFrom(sent, 'network/timeout');
      assert.deepEqual([problem.phase, problem.limitMs], ['lookup', 30]);
    });

    it('tls, when the server is silent on it', async () => {
      const { port } = await bytes(() => undefined);
      const timeouts = { ...limits, connectMs: 30 };
      const sent = transport().send(get(`https://127.0.0.1:${port}`, { timeouts }), never());
      assert.equal((await problemFrom(sent, 'network/timeout')).phase, 'tls');
    });

    it('headers', async () => {
      const { origin } = await server(() => undefined);
      const sent = transport({ timeouts: { ...limits, headersMs: 30 } }).send(get(origin), never());
      assert.equal((await problemFrom(sent, 'network/timeout')).phase, 'headers');
    });

    it('body, when it stops on the way', async () => {
      const { origin } = await server((_, response) => response.write('half'));
      const sent = transport({ timeouts: { ...limits, bodyMs: 30 } }).send(get(origin), never());
      assert.equal((await problemFrom(sent, 'network/timeout')).phase, 'body');
    });
  });

  describe('abort', () => {
    const reason = new Error('the user gave up');

    it('before: nothing is sent', async () => {
      let requests = 0;
      const { origin } = await server((_, response) => {
        requests += 1;
        response.end();
      });
      await assert.rejects(transport().send(get(origin), AbortSignal.abort(reason)), (error) => error === reason);
      assert.equal(requests, 0);
    });

    it('while connecting', async () => {
      const controller = new AbortController();
      const lookup: LookupFunction = () => {
        controller.abort(reason);
      };
      const sent = transport({ lookup }).send(get('https://api.example.invalid'), controller.signal);
      await assert.rejects(sent, (error) => error === reason);
    });

    it('while the server is silent: the connection ends there too', async () => {
      const controller = new AbortController();
      const closed = new Promise<void>((resolve) => {
        void server((request) => {
          request.socket.once('close', () => {
            resolve();
          });
          controller.abort(reason);
        }).then(async ({ origin }) => {
          await assert.rejects(transport().send(get(origin), controller.signal), (error) => error === reason);
        });
      });
      await closed;
    });

    it('in the body', async () => {
      const controller = new AbortController();
      let serverSide: ServerResponse | undefined;
      const { origin } = await server((_, response) => {
        serverSide = response;
        response.write('half', () => {
          controller.abort(reason);
        });
      });
      await assert.rejects(transport().send(get(origin), controller.signal), (error) => error === reason);
      if (!serverSide!.destroyed) await once(serverSide!, 'close');
    });

    it('of one request leaves the others alone', async () => {
      const controller = new AbortController();
      const { origin } = await server((request, response) => {
        if (request.url === '/silent') controller.abort(reason);
        else controller.signal.addEventListener('abort', () => response.end('ok'));
      });
      const one = transport();
      const [other, aborted] = await Promise.allSettled([
        one.send(get(`${origin}/waits`), never()),
        one.send(get(`${origin}/silent`), controller.signal),
      ]);
      assert.equal(aborted.status, 'rejected');
      assert.equal(other.status, 'fulfilled');
    });

    it('close() ends what is on its way', async () => {
      const one = transport();
      const { origin } = await server(() => {
        one.close();
      });
      await assert.rejects(one.send(get(origin), never()));
    });
  });
});
