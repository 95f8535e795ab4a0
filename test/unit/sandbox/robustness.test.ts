import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import type { Sandbox, SandboxLimits } from '../../../src/sandbox';
import {
  GRANT_TYPE,
  goodClaims,
  json,
  portOf,
  postGrant,
  SCOPE,
  send,
  sendRaw,
  signGrant,
  useSandbox,
  withoutTrace,
  withoutUndefined,
  withSandbox,
} from './support';
import type { ErrorReply, Reply } from './support';

describe('A sandbox that is sent what no client should send', () => {
  const suite = useSandbox();
  let port: number;
  let path: string;
  let host: string;

  before(() => {
    port = portOf(suite.sandbox);
    ({ pathname: path, host } = new URL(suite.sandbox.issuer));
  });

  // Whatever it was sent, it goes on.
  afterEach(async () => {
    await suite.granted();
  });

  const statusesIn = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status);
  const lines = (...all: readonly string[]) => `${all.join('\r\n')}\r\n\r\n`;
  const post = (...headers: readonly string[]) => lines(`POST ${path}token HTTP/1.1`, `host: ${host}`, ...headers);

  describe('framing', () => {
    const chunked = 'transfer-encoding: chunked';
    const malformed: Readonly<Record<string, () => string>> = {
      'a chunk whose size is no number': () => `${post(chunked)}zz\r\nabc\r\n0\r\n\r\n`,
      'a chunk whose size is negative': () => `${post(chunked)}-1\r\nabc\r\n0\r\n\r\n`,
      'a chunk whose size is beyond all numbers': () => `${post(chunked)}${'f'.repeat(20)}\r\nabc\r\n0\r\n\r\n`,
      'a chunk that is longer than it says': () => `${post(chunked)}3\r\nabcdef\r\n0\r\n\r\n`,
      'a chunk extension without end': () => `${post(chunked)}3;${'x'.repeat(20_000)}`,
      'chunks under another name': () => `${post('transfer-encoding: xchunked')}0\r\n\r\n`,
      'chunks that are not the last coding': () => `${post('transfer-encoding: chunked, gzip')}0\r\n\r\n`,
      'chunks and a length': () => `${post('content-length: 5', chunked)}0\r\n\r\n`,
      'two lengths': () => `${post('content-length: 1', 'content-length: 2')}ab`,
      'a negative length': () => post('content-length: -1'),
      'a length with a sign': () => `${post('content-length: +1')}a`,
      'a space before a colon': () => post('content-length : 0'),
      'a header over two lines': () => post('x-a: 1\r\n folded', 'content-length: 0'),
      'a null in a header': () => post('x-a: \0', 'content-length: 0'),
      'a method that is none': () => lines(`P\u0001ST ${path}token HTTP/1.1`, `host: ${host}`),
      'a version that is none': () => lines(`GET ${path}jwk HTTP/9.9`, `host: ${host}`),
      'what is no HTTP': () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    };
    for (const [title, text] of Object.entries(malformed)) {
      it(`refuses ${title} and closes the connection`, async () => {
        const answer = await sendRaw(port, text());
        assert.match(answer, /^HTTP\/1\.1 (?:400|413) /);
        assert.equal(statusesIn(answer).length, 1);
        assert.deepEqual(suite.events, []);
      });
    }

    it('waits for no chunk after its sender has hung up', async () => {
      const socket = connect(port, '127.0.0.1');
      socket.end(`${post(chunked)}5\r\nab`);
      socket.resume();
      await once(socket, 'close');
      assert.deepEqual(suite.events, []);
    });

    it('takes nothing in a refused body for a request', async () => {
      const smuggled = lines(`GET ${path}jwk HTTP/1.1`, `host: ${host}`);
      for (const [target, hostHeader] of [
        [`${path}nothing`, host],
        [`${path}jwk`, host],
        [`${path}token`, 'attacker.example'],
      ] as const) {
        const length = `content-length: ${smuggled.length}`;
        const head = lines(`POST ${target} HTTP/1.1`, `host: ${hostHeader}`, length, 'connection: close');
        const answer = await sendRaw(port, head + smuggled);
        assert.equal(statusesIn(answer).length, 1);
        assert.ok(!answer.includes('"keys"'), target);
      }
    });
  });

  describe('HTTP/1.0', () => {
    it('is answered once and closed where it names the host', async () => {
      const answer = await sendRaw(port, lines(`GET ${path}jwk HTTP/1.0`, `host: ${host}`));
      assert.deepEqual(statusesIn(answer), ['200']);
      assert.match(answer, /^connection: close\r$/im);
    });

    it('gets nothing without a Host: by an address alone a page could have come there', async () => {
      assert.deepEqual(statusesIn(await sendRaw(port, lines(`GET ${path}jwk HTTP/1.0`))), ['403']);
    });
  });

  describe('pipelined requests', () => {
    it('are answered in their order, each judged by itself', async () => {
      const get = (at: string, ...more: readonly string[]) => lines(`GET ${at} HTTP/1.1`, `host: ${host}`, ...more);
      const foreign = lines(`GET ${path}jwk HTTP/1.1`, 'host: attacker.example');
      const all = [get(`${path}jwk`), get('/'), foreign, get(`${path}token`), get(`${path}jwk`, 'connection: close')];
      assert.deepEqual(statusesIn(await sendRaw(port, all.join(''))), ['200', '404', '403', '405', '200']);
    });

    it('go no further than a refused body that was not read', async () => {
      const first = lines(`POST ${path}jwk HTTP/1.1`, `host: ${host}`, 'content-length: 100000');
      const second = lines(`GET ${path}jwk HTTP/1.1`, `host: ${host}`);
      assert.deepEqual(statusesIn(await sendRaw(port, first + second)), ['405']);
    });

    it('by the thousand are all answered', async () => {
      const one = lines(`GET ${path}jwk HTTP/1.1`, `host: ${host}`);
      const last = lines(`GET ${path}jwk HTTP/1.1`, `host: ${host}`, 'connection: close');
      assert.equal(statusesIn(await sendRaw(port, one.repeat(999) + last)).length, 1_000);
    });
  });

  describe('slowness', () => {
    /** Sends `head`, then a byte of `rest` at a time, until the server has had enough. Gives what it answered. */
    async function trickle(to: number, head: string, rest: string): Promise<string> {
      const socket = connect(to, '127.0.0.1');
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined);
      socket.write(head);
      const timer = setInterval(() => socket.write(rest), 5);
      await once(socket, 'close');
      clearInterval(timer);
      return Buffer.concat(chunks).toString('latin1');
    }

    const hasty: Partial<SandboxLimits> = { headersTimeoutMs: 50, requestTimeoutMs: 100 };

    it('of headers, byte by byte, is cut off though they keep coming', async () => {
      await withSandbox({ clients: [], limits: hasty }, async (slow) => {
        assert.match(await trickle(portOf(slow), `GET / HTTP/1.1\r\nx-a: `, 'x'), /^(?:HTTP\/1\.1 408 |$)/);
      });
    });

    it('of a body, byte by byte, is cut off though it keeps coming', async () => {
      await withSandbox({ clients: [], limits: hasty }, async (slow) => {
        const { host: at, pathname } = new URL(slow.tokenEndpoint);
        const head = lines(`POST ${pathname} HTTP/1.1`, `host: ${at}`, 'content-length: 60000');
        assert.match(await trickle(portOf(slow), head, 'x'), /^(?:HTTP\/1\.1 408 |$)/);
      });
    });

    it('of chunks, byte by byte, is cut off though they keep coming', async () => {
      await withSandbox({ clients: [], limits: hasty }, async (slow) => {
        const { host: at, pathname } = new URL(slow.tokenEndpoint);
        const head = lines(`POST ${pathname} HTTP/1.1`, `host: ${at}`, 'transfer-encoding: chunked');
        assert.match(await trickle(portOf(slow), head, '1\r\nx\r\n'), /^(?:HTTP\/1\.1 408 |$)/);
      });
    });
  });

  it('closes connections beyond its limit unheard, and takes new ones when others have gone', async () => {
    await withSandbox({ clients: [], limits: { maxConnections: 3 } }, async (small) => {
      const open = async (): Promise<Socket> => {
        const socket = connect(portOf(small), '127.0.0.1').on('error', () => undefined);
        await once(socket, 'connect');
        return socket;
      };
      const held = [await open(), await open(), await open()];
      // Each has been accepted once it has been answered.
      for (const socket of held) {
        socket.write(lines('GET / HTTP/1.1', `host: 127.0.0.1:${portOf(small)}`));
        await once(socket, 'data');
      }
      await assert.rejects(send(small.jwksUri), { code: 'ECONNRESET' });
      for (const socket of held) {
        socket.destroy();
        await once(socket, 'close');
      }
      await untilAnswered(small);
    });
  });

  /** The server hears of a closed connection a moment after its client. */
  async function untilAnswered(sandbox: Sandbox): Promise<void> {
    for (;;) {
      const status = await send(sandbox.jwksUri).then(
        (reply) => reply.status,
        () => undefined,
      );
      if (status === 200) return;
    }
  }

  describe('whatever is posted to the token endpoint', () => {
    /** One of the answers that there are: a token, or a refusal in Maskinporten's form. */
    function assertAnswered(reply: Reply): void {
      assert.equal(reply.headers['content-type'], 'application/json', reply.text);
      assert.equal(reply.headers['cache-control'], 'no-store');
      const body = json<Record<string, unknown>>(reply);
      if (reply.status === 200) {
        assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in', 'scope']);
        return;
      }
      assert.ok([400, 403].includes(reply.status), reply.text);
      const { error, error_description: text, error_uri: page, ...more } = body as unknown as ErrorReply;
      assert.deepEqual(more, {});
      assert.match(error, /^[a-z_]+$/);
      assert.match(withoutTrace(text), /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
      if (page !== undefined) assert.ok(page.startsWith(`${suite.sandbox.issuer}errors/MP-`));
    }

    it('is answered, for any bytes of any type', async () => {
      const types = fc.oneof(
        fc.constantFrom('application/x-www-form-urlencoded', 'application/json', 'text/plain', ''),
        fc.string({ unit: 'grapheme-ascii' }).map((text) => text.trim()),
      );
      const bodies = fc.oneof(
        fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
        fc.webQueryParameters().map((text) => Buffer.from(text)),
        fc.string().map((assertion) => {
          const form = new URLSearchParams({ grant_type: GRANT_TYPE, assertion });
          return Buffer.from(form.toString());
        }),
        fc.tuple(fc.json(), fc.json(), fc.base64String()).map(([header, claims, signature]) => {
          const encode = (text: string) => Buffer.from(text).toString('base64url');
          const assertion = `${encode(header)}.${encode(claims)}.${signature}`;
          return Buffer.from(new URLSearchParams({ grant_type: GRANT_TYPE, assertion }).toString());
        }),
      );
      await fc.assert(
        fc.asyncProperty(types, bodies, async (type, body) => {
          const headers = { 'content-type': type };
          assertAnswered(await send(suite.sandbox.tokenEndpoint, { method: 'POST', headers, body }));
        }),
        { numRuns: 300 },
      );
    });

    it('is answered, for any claims that are well signed', async () => {
      const time = fc.oneof(
        fc.integer({ min: -200, max: 200 }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.jsonValue(),
      );
      const value = fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom('910753614', SCOPE, 'not:registered'));
      const claims = fc.record(
        {
          aud: value,
          scope: fc.oneof(fc.constant(SCOPE), value),
          iat: time,
          exp: time,
          jti: value,
          resource: value,
          pid: value,
          consumer_org: value,
          iss_onbehalfof: value,
          authorization_details: fc.oneof(
            value,
            fc.array(
              fc.record(
                {
                  type: fc.oneof(fc.constant('urn:altinn:systemuser'), value),
                  systemuser_org: value,
                  systemuser_id: value,
                  externalRef: value,
                },
                { requiredKeys: [] },
              ),
            ),
          ),
          sub: value,
          nbf: value,
        },
        { requiredKeys: [] },
      );
      await fc.assert(
        fc.asyncProperty(claims, async (changes) => {
          const { iat, exp } = changes;
          const now = suite.clock.seconds;
          const shifted = {
            ...(typeof iat === 'number' && { iat: iat + now }),
            ...(typeof exp === 'number' && { exp: exp + now }),
          };
          const grant = withoutUndefined({ ...goodClaims(suite.sandbox, suite.clock), ...changes, ...shifted });
          assertAnswered(await postGrant(suite.sandbox, await signGrant(suite.keys, grant)));
        }),
        { numRuns: 200 },
      );
    });
  });
});
