import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Sandbox, SandboxEvent } from '../../../src/sandbox';
import { startSandbox } from '../../../src/sandbox';
import {
  Clock,
  clientWith,
  goodClaims,
  json,
  portOf,
  postGrant,
  rsaKeyPair,
  send,
  sendRaw,
  signGrant,
  withSandbox,
} from './support';
import type { ErrorReply, KeyPair } from './support';

describe('The sandbox’s server', () => {
  const clock = new Clock();
  let keys: KeyPair;
  let sandbox: Sandbox;
  let port: number;
  let path: string;

  before(async () => {
    keys = await rsaKeyPair('key-1');
    sandbox = await startSandbox({ clients: [clientWith([keys.publicJwk])], now: clock.now });
    port = portOf(sandbox);
    path = new URL(sandbox.issuer).pathname;
  });

  after(() => sandbox.stop());

  describe('addresses', () => {
    it('are on 127.0.0.1 below a path of 128 random bits, and end as Maskinporten’s do', async () => {
      assert.match(sandbox.issuer, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/$/);
      assert.equal(sandbox.tokenEndpoint, `${sandbox.issuer}token`);
      assert.equal(sandbox.jwksUri, `${sandbox.issuer}jwk`);
      await withSandbox({ clients: [] }, (other) => {
        assert.notEqual(new URL(other.issuer).pathname, path);
        return Promise.resolve();
      });
    });

    it('are not found without that path', async () => {
      for (const wrong of ['/', '/token', '/jwk', '/.well-known/oauth-authorization-server', `${path}x`, `/x${path}`]) {
        assert.equal((await send(`http://127.0.0.1:${port}${wrong}`)).status, 404, wrong);
      }
    });

    it('are not reached by dot segments', async () => {
      const answer = await sendRaw(
        port,
        `GET ${path}x/../jwk HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`,
      );
      assert.match(answer, /^HTTP\/1\.1 404 /);
    });

    it('ignore a query', async () => {
      assert.equal((await send(`${sandbox.jwksUri}?x=1`)).status, 200);
    });
  });

  describe('metadata', () => {
    it('has the members that Maskinporten publishes', async () => {
      const reply = await send(sandbox.metadataUrl);
      assert.equal(reply.headers['content-type'], 'application/json');
      assert.deepEqual(json(reply), {
        issuer: sandbox.issuer,
        token_endpoint: sandbox.tokenEndpoint,
        jwks_uri: sandbox.jwksUri,
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
        token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS384', 'RS512'],
        grant_types_supported: ['urn:ietf:params:oauth:grant-type:jwt-bearer'],
        authorization_details_types_supported: ['urn:altinn:systemuser', 'urn:altinn:consent'],
      });
    });

    it('is the same appended to the issuer and inserted before its path', async () => {
      assert.equal(sandbox.metadataUrl, `${sandbox.issuer}.well-known/oauth-authorization-server`);
      const appended = await send(sandbox.metadataUrl);
      const inserted = `http://127.0.0.1:${port}/.well-known/oauth-authorization-server${path}`;
      assert.equal((await send(inserted)).text, appended.text);
      assert.equal((await send(inserted.slice(0, -1))).text, appended.text);
    });
  });

  describe('keys', () => {
    it('are published without their private members', async () => {
      const { keys: published } = json<{ keys: Record<string, unknown>[] }>(await send(sandbox.jwksUri));
      assert.equal(published.length, 1);
      const [key = {}] = published;
      assert.deepEqual(Object.keys(key).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
      assert.equal(Buffer.from(String(key['n']), 'base64url').length * 8, 2_048);
    });
  });

  describe('Host', () => {
    const at = (host: string | string[]) => send(sandbox.jwksUri, { headers: { host } });

    it('may be 127.0.0.1 or localhost with the port', async () => {
      for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`]) {
        assert.equal((await at(host)).status, 200, host);
      }
    });

    it('must not be any other: a page that resolves its name to 127.0.0.1 gets nothing', async () => {
      const foreign = [
        `attacker.example:${port}`,
        'attacker.example',
        '127.0.0.1',
        'localhost',
        `127.0.0.1:${port + 1}`,
        `127.0.0.1:${port}.attacker.example`,
        `localhost.:${port}`,
        `[::1]:${port}`,
        `0.0.0.0:${port}`,
      ];
      for (const host of foreign) {
        const reply = await at(host);
        assert.equal(reply.status, 403, host);
        assert.ok(!reply.text.includes('"keys"'));
      }
    });

    it('must be there, and once', async () => {
      const own = `host: 127.0.0.1:${port}\r\n`;
      const twice = `GET ${path}jwk HTTP/1.1\r\n${own}host: attacker.example\r\nconnection: close\r\n\r\n`;
      assert.match(await sendRaw(port, twice), /^HTTP\/1\.1 403 /);
      const empty = `GET ${path}jwk HTTP/1.1\r\nhost:\r\nconnection: close\r\n\r\n`;
      assert.match(await sendRaw(port, empty), /^HTTP\/1\.1 403 /);
      assert.match(await sendRaw(port, `GET ${path}jwk HTTP/1.1\r\nconnection: close\r\n\r\n`), /^HTTP\/1\.1 400 /);
      assert.match(await sendRaw(port, `GET ${path}jwk HTTP/1.0\r\n\r\n`), /^HTTP\/1\.1 403 /);
      assert.match(
        await sendRaw(port, `GET ${path}jwk HTTP/1.1\r\n${own}connection: close\r\n\r\n`),
        /^HTTP\/1\.1 200 /,
      );
    });

    it('is judged for each request of a connection', async () => {
      const ask = (host: string, more = '') => `GET ${path}jwk HTTP/1.1\r\nhost: ${host}\r\n${more}\r\n`;
      const pipelined =
        ask(`127.0.0.1:${port}`) + ask('attacker.example') + ask(`localhost:${port}`, 'connection: close\r\n');
      const statuses = (await sendRaw(port, pipelined)).match(/HTTP\/1\.1 \d+/g);
      assert.deepEqual(statuses, ['HTTP/1.1 200', 'HTTP/1.1 403', 'HTTP/1.1 200']);
    });

    it('does not come from the request target', async () => {
      const target = `http://127.0.0.1:${port}${path}jwk`;
      const absolute = `GET ${target} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`;
      assert.match(await sendRaw(port, absolute), /^HTTP\/1\.1 400 /);
    });
  });

  describe('Origin', () => {
    const from = (origin: string | string[]) => send(sandbox.jwksUri, { headers: { origin } });

    it('may be the sandbox’s own', async () => {
      assert.equal((await from(`http://127.0.0.1:${port}`)).status, 200);
      assert.equal((await from(`http://localhost:${port}`)).status, 200);
    });

    it('must not be any other', async () => {
      for (const origin of ['https://attacker.example', 'null', `http://127.0.0.1:${port + 1}`, 'http://localhost']) {
        assert.equal((await from(origin)).status, 403, origin);
      }
    });

    it('is judged before a grant is', async () => {
      const events: SandboxEvent[] = [];
      const listener = sandbox.onEvent((event) => events.push(event));
      const headers = { origin: 'https://attacker.example', 'content-type': 'application/x-www-form-urlencoded' };
      const reply = await send(sandbox.tokenEndpoint, { method: 'POST', headers, body: 'grant_type=x' });
      listener.dispose();
      assert.equal(reply.status, 403);
      assert.deepEqual(events, []);
    });

    it('gets no CORS header, not even its own', async () => {
      for (const reply of [
        await from(`http://127.0.0.1:${port}`),
        await send(sandbox.sampleApiUrl, { method: 'OPTIONS', headers: { 'access-control-request-method': 'GET' } }),
      ]) {
        assert.deepEqual(
          Object.keys(reply.headers).filter((name) => name.startsWith('access-control-')),
          [],
        );
      }
    });
  });

  describe('methods', () => {
    const refused: readonly (readonly [
      address: 'tokenEndpoint' | 'jwksUri' | 'metadataUrl' | 'sampleApiUrl',
      method: string,
      allow: string,
    ])[] = [
      ['tokenEndpoint', 'GET', 'POST'],
      ['tokenEndpoint', 'PUT', 'POST'],
      ['jwksUri', 'POST', 'GET, HEAD'],
      ['metadataUrl', 'DELETE', 'GET, HEAD'],
      ['sampleApiUrl', 'OPTIONS', 'GET, HEAD, POST, PUT, PATCH, DELETE'],
      ['sampleApiUrl', 'TRACE', 'GET, HEAD, POST, PUT, PATCH, DELETE'],
    ];
    for (const [address, method, allow] of refused) {
      it(`${method} is not for ${address}, which allows ${allow}`, async () => {
        const reply = await send(sandbox[address], { method });
        assert.equal(reply.status, 405);
        assert.equal(reply.headers.allow, allow);
      });
    }

    it('HEAD is answered as GET, without the body', async () => {
      const [head, get] = [await send(sandbox.jwksUri, { method: 'HEAD' }), await send(sandbox.jwksUri)];
      assert.deepEqual([head.status, head.text], [200, '']);
      assert.equal(head.headers['content-length'], get.headers['content-length']);
    });
  });

  describe('limits', () => {
    const LIMIT = 64 * 1024;
    const type = { 'content-type': 'application/x-www-form-urlencoded' };

    it('a body of just the limit is read', async () => {
      const reply = await send(sandbox.tokenEndpoint, { method: 'POST', headers: type, body: 'x'.repeat(LIMIT) });
      assert.equal(json<ErrorReply>(reply).error, 'invalid_request');
    });

    it('a body over it is refused, with its length declared', async () => {
      const reply = await send(sandbox.tokenEndpoint, { method: 'POST', headers: type, body: 'x'.repeat(LIMIT + 1) });
      assert.equal(reply.status, 413);
    });

    it('a body over it is refused, in chunks and however long', async () => {
      const headers = { ...type, 'transfer-encoding': 'chunked' };
      const body = Buffer.alloc(8 * 1024 * 1024, 'x');
      assert.equal((await send(sandbox.sampleApiUrl, { method: 'POST', headers, body })).status, 413);
    });

    it('headers over Node’s limit are refused', async () => {
      const long = `GET ${path}jwk HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`;
      assert.match(await sendRaw(port, long), /^HTTP\/1\.1 431 /);
    });

    it('two lengths for one body are refused', async () => {
      const lines = ['content-length: 5', 'transfer-encoding: chunked', 'connection: close'];
      const text = `POST ${path}token HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${lines.join('\r\n')}\r\n\r\n0\r\n\r\n`;
      assert.match(await sendRaw(port, text), /^HTTP\/1\.1 400 /);
    });

    it('a client that sends its headers too slowly is cut off', async () => {
      const limits = { headersTimeoutMs: 50, requestTimeoutMs: 60_000 };
      await withSandbox({ clients: [], limits }, async (slow) => {
        assert.match(await sendRaw(portOf(slow), `GET / HTTP/1.1\r\nhost: 127`), /^HTTP\/1\.1 408 /);
      });
    });

    it('a client that sends its body too slowly is cut off', async () => {
      const limits = { headersTimeoutMs: 50, requestTimeoutMs: 100 };
      await withSandbox({ clients: [], limits }, async (slow) => {
        const { host, pathname } = new URL(slow.tokenEndpoint);
        const text = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 10\r\n\r\nabc`;
        assert.match(await sendRaw(portOf(slow), text), /^HTTP\/1\.1 408 /);
      });
    });

    it('new grants are put off when too many are remembered', async () => {
      const options = { clients: [clientWith([keys.publicJwk])], now: clock.now, limits: { maxRememberedGrants: 1 } };
      await withSandbox(options, async (small) => {
        const grant = async () => postGrant(small, await signGrant(keys, goodClaims(small, clock)));
        assert.equal((await grant()).status, 200);
        const reply = await grant();
        assert.equal(reply.status, 503);
        assert.equal(json<ErrorReply>(reply).error, 'temporarily_unavailable');
      });
    });
  });

  describe('answers', () => {
    it('carry the issuer’s clock, by which clients measure theirs', async () => {
      const reply = await send(sandbox.jwksUri);
      assert.equal(reply.headers.date, new Date(clock.ms).toUTCString());
    });

    it('are kept by clients where they stay the same', async () => {
      for (const url of [sandbox.metadataUrl, sandbox.jwksUri]) {
        assert.equal((await send(url)).headers['cache-control'], 'max-age=300');
      }
    });

    it('are else not cached, sniffed or read by other origins', async () => {
      for (const url of [sandbox.sampleApiUrl, `${sandbox.issuer}errors/MP-200`, sandbox.issuer]) {
        const { headers } = await send(url);
        assert.equal(headers['cache-control'], 'no-store', url);
        assert.equal(headers['x-content-type-options'], 'nosniff', url);
        assert.equal(headers['cross-origin-resource-policy'], 'same-origin', url);
        assert.equal(headers['referrer-policy'], 'no-referrer', url);
      }
    });

    it('tell nothing of a fault of the server itself', async () => {
      let faults = 0;
      const now = () => {
        if (faults-- > 0) throw new Error('told to nobody');
        return clock.ms;
      };
      await withSandbox({ clients: [clientWith([keys.publicJwk])], now }, async (faulty) => {
        const assertion = await signGrant(keys, goodClaims(faulty, clock));
        faults = 1;
        const reply = await postGrant(faulty, assertion);
        assert.equal(reply.status, 500);
        assert.deepEqual(json(reply), {
          type: 'about:blank',
          title: 'Internal Server Error',
          status: 500,
          detail: 'The sandbox failed to answer this request.',
        });
        assert.equal((await postGrant(faulty, assertion)).status, 200);
      });
    });

    it('are given up for a client that goes away, and others are served on', async () => {
      const { host, pathname } = new URL(sandbox.tokenEndpoint);
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 10\r\nexpect: 100-continue\r\n\r\n`);
      await once(socket, 'data');
      socket.resetAndDestroy();
      await once(socket, 'close');
      assert.equal((await send(sandbox.jwksUri)).status, 200);
    });

    it('do not depend on listeners that throw', async () => {
      const events: SandboxEvent[] = [];
      const first = sandbox.onEvent(() => {
        throw new Error('fault of a listener');
      });
      const second = sandbox.onEvent((event) => events.push(event));
      const reply = await postGrant(sandbox, await signGrant(keys, goodClaims(sandbox, clock)));
      first.dispose();
      second.dispose();
      assert.equal(reply.status, 200, reply.text);
      assert.equal(events.length, 1);
      await send(sandbox.sampleApiUrl);
      assert.equal(events.length, 1);
    });
  });

  describe('start and stop', () => {
    it('opens the port that is asked for, and says so when it is taken', async () => {
      await assert.rejects(startSandbox({ clients: [], port }), { code: 'EADDRINUSE' });
    });

    it('listens on 127.0.0.1 alone', async () => {
      const local = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
      const others = local.filter(({ address }) => address !== '127.0.0.1' && !address.startsWith('fe80:'));
      for (const address of new Set(['::1', ...others.map((other) => other.address)])) {
        await assert.rejects(once(connect(port, address), 'connect'), address);
      }
    });

    it('closes open connections and the port, twice if need be', async () => {
      const short = await startSandbox({ clients: [] });
      const socket = connect(portOf(short), '127.0.0.1');
      await once(socket, 'connect');
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => undefined).resume();
      socket.write('GET /');
      await Promise.all([short.stop(), closed]);
      await short.stop();
      await assert.rejects(send(short.jwksUri), { code: 'ECONNREFUSED' });
    });
  });
});
