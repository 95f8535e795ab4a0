import assert from 'node:assert/strict';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import type { Sandbox, SandboxExposedScope, SandboxOptions } from '../../../src/sandbox';
import {
  CLIENT_ID,
  Clock,
  clientWith,
  goodClaims,
  json,
  ORGANISATION,
  OTHER_SCOPE,
  postGrant,
  rsaKeyPair,
  SCOPE,
  send,
  signGrant,
  withSandbox,
} from './support';
import type { KeyPair, TokenReply } from './support';

describe('An access token', () => {
  const clock = new Clock();
  let keys: KeyPair;

  before(async () => {
    keys = await rsaKeyPair('key-1');
  });

  const options = (): SandboxOptions => ({ clients: [clientWith([keys.publicJwk])], now: clock.now });

  async function tokenFor(sandbox: Sandbox, claims: Record<string, unknown> = {}): Promise<TokenReply> {
    const reply = await postGrant(sandbox, await signGrant(keys, { ...goodClaims(sandbox, clock), ...claims }));
    assert.equal(reply.status, 200, reply.text);
    return json<TokenReply>(reply);
  }

  async function claimsFor(sandbox: Sandbox, claims: Record<string, unknown> = {}): Promise<JWTPayload> {
    return decodeJwt((await tokenFor(sandbox, claims)).access_token);
  }

  it('has the claims of Maskinporten’s tokens and no others', async () => {
    await withSandbox(options(), async (sandbox) => {
      const { jti, ...claims } = await claimsFor(sandbox);
      assert.deepEqual(claims, {
        scope: SCOPE,
        iss: sandbox.issuer,
        client_amr: 'private_key_jwt',
        token_type: 'Bearer',
        exp: clock.seconds + 120,
        iat: clock.seconds,
        client_id: CLIENT_ID,
        consumer: { authority: 'iso6523-actorid-upis', ID: `0192:${ORGANISATION}` },
      });
      assert.match(jti ?? '', /^[\w-]{43}$/);
      const next = await claimsFor(sandbox);
      assert.notEqual(next.jti, jti);
    });
  });

  it('is verified by the published keys', async () => {
    await withSandbox(options(), async (sandbox) => {
      const { access_token: token } = await tokenFor(sandbox);
      const jwks = json<JSONWebKeySet>(await send(sandbox.jwksUri));
      const { protectedHeader } = await jwtVerify(token, createLocalJWKSet(jwks), {
        issuer: sandbox.issuer,
        algorithms: ['RS256'],
        currentDate: new Date(clock.ms),
      });
      assert.deepEqual(protectedHeader, { kid: jwks.keys[0]?.kid, alg: 'RS256' });
    });
  });

  it('is signed RS256 when the grant was signed RS512', async () => {
    await withSandbox(options(), async (sandbox) => {
      const reply = await postGrant(sandbox, await signGrant(keys, goodClaims(sandbox, clock), { alg: 'RS512' }));
      assert.equal(decodeProtectedHeader(json<TokenReply>(reply).access_token).alg, 'RS256');
    });
  });

  it('has aud as the grant asked for it, by string or by list', async () => {
    await withSandbox(options(), async (sandbox) => {
      assert.equal((await claimsFor(sandbox, { resource: 'https://api.example.no/' })).aud, 'https://api.example.no/');
      const list = ['https://api.example.no/', 'https://api2.example.no/'];
      assert.deepEqual((await claimsFor(sandbox, { resource: list })).aud, list);
    });
  });

  it('has pid when the grant has it', async () => {
    await withSandbox(options(), async (sandbox) => {
      assert.equal((await claimsFor(sandbox, { pid: '22877998165' }))['pid'], '22877998165');
    });
  });

  it('names the client’s own organisation as consumer, else the sandbox’s', async () => {
    const own = clientWith([keys.publicJwk], { organisation: '974761076' });
    await withSandbox({ ...options(), organisation: '991825827' }, async (sandbox) => {
      assert.deepEqual((await claimsFor(sandbox))['consumer'], {
        authority: 'iso6523-actorid-upis',
        ID: '0192:991825827',
      });
      sandbox.setClients([own]);
      assert.deepEqual((await claimsFor(sandbox))['consumer'], {
        authority: 'iso6523-actorid-upis',
        ID: '0192:974761076',
      });
    });
  });

  describe('lives', () => {
    const lifetimes: readonly (readonly [
      title: string,
      scope: string,
      exposed: SandboxExposedScope[],
      options: Partial<SandboxOptions>,
      seconds: number,
    ])[] = [
      ['120 s when nobody in the sandbox exposes its scope', SCOPE, [], {}, 120],
      ['as long as the option says in that case', SCOPE, [], { defaultLifetimeSeconds: 3_600 }, 3_600],
      ['30 s when its scope is exposed without atMaxAge', SCOPE, [{ name: SCOPE }], {}, 30],
      ['for its exposed scope’s atMaxAge', SCOPE, [{ name: SCOPE, atMaxAgeSeconds: 600 }], {}, 600],
      [
        'for the shortest of its scopes’ lifetimes',
        `${SCOPE} ${OTHER_SCOPE}`,
        [{ name: SCOPE, atMaxAgeSeconds: 600 }],
        {},
        600,
      ],
      ['an hour when its scope is Altinn’s', OTHER_SCOPE, [], {}, 3_600],
      ['as long as a scenario says', SCOPE, [], { scenarios: [{ kind: 'lifetime', seconds: 7 }] }, 7],
    ];
    for (const [title, scope, exposedScopes, more, seconds] of lifetimes) {
      it(title, async () => {
        await withSandbox({ ...options(), exposedScopes, ...more }, async (sandbox) => {
          const reply = await tokenFor(sandbox, { scope });
          assert.equal(reply.expires_in, seconds);
          assert.equal(decodeJwt(reply.access_token).exp, clock.seconds + seconds);
        });
      });
    }
  });
});
