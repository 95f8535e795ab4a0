import assert from 'node:assert/strict';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox';
import { startSandbox } from '../../../src/sandbox';
import { skipSince } from '../../skip';
import { Clock, clientWith, goodClaims, json, postForm, rsaKeyPair, send, signGrant, GRANT_TYPE } from './support';
import type { KeyPair, TokenReply } from './support';

describe('A sandbox that others are to reach', () => {
  const clock = new Clock();
  let keys: KeyPair;

  before(async () => {
    keys = await rsaKeyPair('key-1');
  });

  /** The sandbox, and the port that it has on this machine. */
  async function withPort(
    options: Partial<SandboxOptions>,
    use: (sandbox: Sandbox, port: number) => Promise<void>,
  ): Promise<void> {
    const probe = await startSandbox({ clients: [] });
    const port = Number(new URL(probe.issuer).port);
    await probe.stop();
    const sandbox = await startSandbox({ clients: [clientWith([keys.publicJwk])], now: clock.now, port, ...options });
    try {
      await use(sandbox, port);
    } finally {
      await sandbox.stop();
    }
  }

  it('has one name for all: issuer, addresses and Host', async () => {
    const publicUrl = 'http://host.docker.internal:8099/maskinporten';
    await withPort({ publicUrl }, async (sandbox, port) => {
      assert.equal(sandbox.issuer, `${publicUrl}/`);
      assert.equal(sandbox.tokenEndpoint, `${publicUrl}/token`);
      const here = `http://127.0.0.1:${port}/maskinporten`;
      for (const host of ['host.docker.internal:8099', `127.0.0.1:${port}`]) {
        const metadata = await send(`${here}/.well-known/oauth-authorization-server`, { headers: { host } });
        assert.equal(json<{ issuer: string }>(metadata).issuer, sandbox.issuer);
      }
      const headers = { host: 'host.docker.internal:8099', origin: 'http://host.docker.internal:8099' };
      assert.equal((await send(`${here}/jwk`, { headers })).status, 200);
      assert.equal((await send(`${here}/jwk`, { headers: { host: `host.docker.internal:${port}` } })).status, 403);
      const assertion = await signGrant(keys, goodClaims(sandbox, clock));
      const reply = await postForm(`${here}/token`, { grant_type: GRANT_TYPE, assertion });
      assert.equal(reply.status, 200, reply.text);
      const { access_token: token } = json<TokenReply>(reply);
      const api = await send(`${here}/api/sample`, { headers: { authorization: `Bearer ${token}` } });
      assert.equal(api.status, 200, api.text);
    });
  });

  it('may be at the root of its address', async () => {
    await withPort({ publicUrl: 'https://sandbox.example' }, async (sandbox, port) => {
      assert.equal(sandbox.issuer, 'https://sandbox.example/');
      const headers = { host: 'sandbox.example' };
      assert.equal((await send(`http://127.0.0.1:${port}/jwk`, { headers })).status, 200);
    });
  });

  it('answers to the hosts that it is told of, with its own port unless they have one', async () => {
    await withPort({ allowedHosts: ['host.docker.internal', 'Proxy:9000'] }, async (sandbox, port) => {
      const statusFor = async (host: string) => (await send(sandbox.jwksUri, { headers: { host } })).status;
      assert.equal(await statusFor(`host.docker.internal:${port}`), 200);
      assert.equal(await statusFor('proxy:9000'), 200);
      for (const host of ['host.docker.internal', `proxy:${port}`, `evil.docker.internal:${port}`]) {
        assert.equal(await statusFor(host), 403, host);
      }
    });
  });

  it('listens where it is told to', async function () {
    // Only there is all of 127.0.0.0/8 this machine without being told so.
    if (process.platform !== 'linux') skipSince('only Linux has all of 127.0.0.0/8', this);
    await withPort({ bind: '127.0.0.2' }, async (sandbox, port) => {
      const { pathname } = new URL(sandbox.jwksUri);
      const headers = { host: `127.0.0.1:${port}` };
      assert.equal((await send(`http://127.0.0.2:${port}${pathname}`, { headers })).status, 200);
      await assert.rejects(send(sandbox.jwksUri), { code: 'ECONNREFUSED' });
    });
  });
});
