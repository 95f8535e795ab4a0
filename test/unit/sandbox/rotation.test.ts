import assert from 'node:assert/strict';
import { decodeProtectedHeader } from 'jose';
import type { Sandbox } from '../../../src/sandbox';
import {
  Clock,
  clientWith,
  goodClaims,
  json,
  OTHER_SCOPE,
  postGrant,
  rsaKeyPair,
  send,
  signGrant,
  withSandbox,
} from './support';
import type { KeyPair, TokenReply } from './support';

describe('Rotation of the issuer’s key', () => {
  const clock = new Clock();
  let keys: KeyPair;

  before(async () => {
    keys = await rsaKeyPair('key-1');
  });

  async function tokenOf(sandbox: Sandbox): Promise<string> {
    const reply = await postGrant(sandbox, await signGrant(keys, goodClaims(sandbox, clock)));
    return json<TokenReply>(reply).access_token;
  }

  async function publishedBy(sandbox: Sandbox): Promise<(string | undefined)[]> {
    return json<{ keys: { kid?: string }[] }>(await send(sandbox.jwksUri)).keys.map(({ kid }) => kid);
  }

  async function apiStatus(sandbox: Sandbox, token: string): Promise<number> {
    return (await send(sandbox.sampleApiUrl, { headers: { authorization: `Bearer ${token}` } })).status;
  }

  it('signs with the new key, publishes both, and lets the tokens of the one before go on', async () => {
    await withSandbox({ clients: [clientWith([keys.publicJwk])], now: clock.now }, async (sandbox) => {
      const [before, [oldKid]] = [await tokenOf(sandbox), await publishedBy(sandbox)];
      await sandbox.rotateKey();
      const after = await tokenOf(sandbox);
      const newKid = decodeProtectedHeader(after).kid;
      assert.notEqual(newKid, oldKid);
      assert.deepEqual(await publishedBy(sandbox), [newKid, oldKid]);
      for (const token of [before, after]) assert.equal(await apiStatus(sandbox, token), 200);
    });
  });

  it('is followed by Altinn’s exchange, which takes the tokens of both keys and signs with the new one', async () => {
    await withSandbox({ clients: [clientWith([keys.publicJwk])], now: clock.now }, async (sandbox) => {
      const forAltinn = async () =>
        json<TokenReply>(
          await postGrant(sandbox, await signGrant(keys, { ...goodClaims(sandbox, clock), scope: OTHER_SCOPE })),
        ).access_token;
      const before = await forAltinn();
      await sandbox.rotateKey();
      const [newKid] = await publishedBy(sandbox);
      for (const token of [before, await forAltinn()]) {
        const headers = { authorization: `Bearer ${token}` };
        const reply = await send(sandbox.altinnExchangeUrl, { headers });
        assert.equal(reply.status, 200);
        assert.equal(decodeProtectedHeader(reply.text).kid, newKid);
      }
    });
  });

  it('withdraws a key at the second rotation', async () => {
    await withSandbox({ clients: [clientWith([keys.publicJwk])], now: clock.now }, async (sandbox) => {
      const oldest = await tokenOf(sandbox);
      await sandbox.rotateKey();
      await sandbox.rotateKey();
      assert.equal((await publishedBy(sandbox)).length, 2);
      assert.equal(await apiStatus(sandbox, oldest), 401);
    });
  });
});
