import assert from 'node:assert/strict';
import { createPrivateKey, randomUUID } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import path from 'node:path';
import { resolveClasspath } from '../../scripts/lib/mock-oauth2-server.mjs';
import { run } from '../../scripts/lib/processes.mjs';
import { startSandbox } from '../../src/sandbox';
import type { Sandbox } from '../../src/sandbox';
import {
  CLIENT_ID,
  clientWith,
  GRANT_TYPE,
  json,
  postGrant,
  rsaKeyPair,
  SCOPE,
  signGrant,
} from '../unit/sandbox/support';
import type { KeyPair, TokenReply } from '../unit/sandbox/support';
import { JAVA_LIMIT_MS, skipWithoutJava } from './java';
import { others } from './others';

interface OpenIdClient {
  readonly discovery: (
    issuer: URL,
    clientId: string,
    metadata: undefined,
    authentication: unknown,
    options: object,
  ) => Promise<object>;
  readonly None: () => unknown;
  readonly allowInsecureRequests: (configuration: object) => void;
  genericGrantRequest(
    configuration: object,
    grantType: string,
    parameters: Record<string, string>,
  ): Promise<{ readonly access_token: string; readonly token_type: string; expiresIn(): number | undefined }>;
}

interface ClientOAuth2 {
  readonly default: new (options: { accessTokenUri: string }) => {
    readonly jwt: {
      getToken(assertion: string): Promise<{
        readonly accessToken: string;
        readonly tokenType: string;
        readonly data: { readonly scope: string };
      }>;
    };
  };
}

interface JsonWebToken {
  readonly default: {
    sign(claims: object, privateKey: string, options: object): string;
    verify(
      token: string,
      keyOf: (header: { kid?: string }, done: (error: Error | null, key?: string) => void) => void,
      options: object,
      done: (error: Error | null, claims?: JWTPayload) => void,
    ): void;
  };
}

interface JwksRsa {
  readonly JwksClient: new (options: { jwksUri: string }) => {
    getSigningKey(kid: string | undefined): Promise<{ getPublicKey(): string }>;
  };
}

interface GoogleAuthLibrary {
  readonly GoogleToken: new (options: {
    key: string;
    iss: string;
    scope: string;
    additionalClaims: object;
    transporter: { request(options: object): Promise<unknown> };
  }) => { getToken(): Promise<unknown> };
  readonly gaxios: { request(options: object): Promise<unknown> };
}

/** Whoever can make a JWT grant must get a token of the sandbox, and whoever verifies JWTs by a JWKS must take it. */
describe('The sandbox, with OAuth clients and verifiers that others have written', () => {
  let keys: KeyPair;
  let privatePem: string;
  let sandbox: Sandbox;

  before(async () => {
    keys = await rsaKeyPair('key-1');
    privatePem = createPrivateKey({ key: { ...keys.privateJwk }, format: 'jwk' })
      .export({ type: 'pkcs8', format: 'pem' })
      .toString();
    sandbox = await startSandbox({ clients: [clientWith([keys.publicJwk])] });
  });

  after(() => sandbox.stop());

  const nowSeconds = () => Math.floor(Date.now() / 1_000);
  const claims = (changes: Record<string, unknown> = {}) => {
    const iat = nowSeconds();
    return { aud: sandbox.issuer, iss: CLIENT_ID, scope: SCOPE, iat, exp: iat + 60, jti: randomUUID(), ...changes };
  };

  async function verifiedByJose(token: string): Promise<JWTPayload> {
    const published = createRemoteJWKSet(new URL(sandbox.jwksUri));
    return (await jwtVerify(token, published, { issuer: sandbox.issuer, algorithms: ['RS256'] })).payload;
  }

  async function verifiedByJsonWebToken(token: string): Promise<JWTPayload> {
    const { default: jsonWebToken } = await others<JsonWebToken>('jsonwebtoken');
    const { JwksClient } = await others<JwksRsa>('jwks-rsa');
    const published = new JwksClient({ jwksUri: sandbox.jwksUri });
    return new Promise((resolve, reject) => {
      jsonWebToken.verify(
        token,
        ({ kid }, done) => {
          published.getSigningKey(kid).then(
            (key) => {
              done(null, key.getPublicKey());
            },
            (error: unknown) => {
              done(error as Error);
            },
          );
        },
        { issuer: sandbox.issuer, algorithms: ['RS256'] },
        (error, verified) => {
          if (verified) resolve(verified);
          else reject(error ?? new Error('neither error nor claims'));
        },
      );
    });
  }

  const VERIFIERS = { 'jose’s remote JWKS': verifiedByJose, 'jsonwebtoken with jwks-rsa': verifiedByJsonWebToken };

  async function assertTakenByAll(token: string): Promise<void> {
    for (const [name, verified] of Object.entries(VERIFIERS)) {
      const { client_id: clientId, scope } = (await verified(token)) as Record<string, unknown>;
      assert.deepEqual([clientId, scope], [CLIENT_ID, SCOPE], name);
    }
  }

  describe('openid-client', () => {
    let client: OpenIdClient;
    let configuration: object;

    before(async () => {
      client = await others<OpenIdClient>('openid-client');
      const { discovery, None, allowInsecureRequests } = client;
      // It looks for the metadata where RFC 8414 puts it, and takes no other issuer than the one it asked for.
      configuration = await discovery(new URL(sandbox.issuer), CLIENT_ID, undefined, None(), {
        algorithm: 'oauth2',
        execute: [allowInsecureRequests],
      });
    });

    it('finds the sandbox by its metadata and gets a token that every verifier takes', async () => {
      const assertion = await signGrant(keys, claims());
      const token = await client.genericGrantRequest(configuration, GRANT_TYPE, { assertion });
      assert.equal(token.token_type, 'bearer');
      assert.ok((token.expiresIn() ?? 0) > 100);
      await assertTakenByAll(token.access_token);
    });

    it('reads a refusal: its word, its text and its status', async () => {
      const assertion = await signGrant(keys, claims({ scope: 'skatteetaten:intekt' }));
      await assert.rejects(client.genericGrantRequest(configuration, GRANT_TYPE, { assertion }), (thrown) => {
        const { error, error_description: text, status } = thrown as Record<string, unknown>;
        assert.deepEqual([error, status], ['invalid_scope', 400]);
        assert.match(String(text), /^Token request contains invalid scopes for client, skatteetaten:intekt \(trace_id/);
        return true;
      });
    });
  });

  describe('client-oauth2, with a grant signed by jsonwebtoken', () => {
    it('gets a token that every verifier takes', async () => {
      const { default: jsonWebToken } = await others<JsonWebToken>('jsonwebtoken');
      const { default: OAuth2 } = await others<ClientOAuth2>('client-oauth2');
      const assertion = jsonWebToken.sign({ scope: SCOPE }, privatePem, {
        algorithm: 'RS256',
        keyid: 'key-1',
        issuer: CLIENT_ID,
        audience: sandbox.issuer,
        expiresIn: 60,
        jwtid: randomUUID(),
      });
      const token = await new OAuth2({ accessTokenUri: sandbox.tokenEndpoint }).jwt.getToken(assertion);
      assert.deepEqual([token.tokenType, token.data.scope], ['bearer', SCOPE]);
      await assertTakenByAll(token.accessToken);
    });
  });

  describe('google-auth-library', () => {
    it('names no key in its grants, and is told so as Maskinporten tells it', async () => {
      const { GoogleToken, gaxios } = await others<GoogleAuthLibrary>('google-auth-library');
      const iat = nowSeconds();
      const token = new GoogleToken({
        key: privatePem,
        iss: CLIENT_ID,
        scope: SCOPE,
        additionalClaims: { aud: sandbox.issuer, iat, exp: iat + 60 },
        // Its endpoint is Google's and cannot be set otherwise.
        transporter: { request: (options) => gaxios.request({ ...options, url: sandbox.tokenEndpoint }) },
      });
      await assert.rejects(token.getToken(), {
        message: /^invalid_grant: .*The client requires pre-registered jwk and no key identifier \(kid\) provided\./,
      });
    });
  });

  describe('nimbus-jose-jwt and java.net.http', function () {
    this.timeout(JAVA_LIMIT_MS);

    before(async function () {
      await skipWithoutJava(this);
    });

    /** What test/interop/JwtGrant.java prints: what it was answered, and whether Nimbus took the token. */
    async function askByJava(scope: string) {
      const classpath = await resolveClasspath();
      const printed = await run('java', ['-cp', classpath, path.join(import.meta.dirname, 'JwtGrant.java'), scope], {
        env: {
          ...process.env,
          MASKINPORTEN_WELL_KNOWN_URL: sandbox.metadataUrl,
          MASKINPORTEN_CLIENT_ID: CLIENT_ID,
          MASKINPORTEN_CLIENT_JWK: JSON.stringify(keys.privateJwk),
        },
      });
      return JSON.parse(printed) as {
        readonly status: number;
        readonly answer: { readonly access_token?: string; readonly error?: string };
        readonly verified?: Record<string, unknown>;
      };
    }

    it('get a token that every verifier takes, Nimbus’s among them', async () => {
      const { status, answer, verified } = await askByJava(SCOPE);
      assert.equal(status, 200, JSON.stringify(answer));
      assert.deepEqual([verified?.['client_id'], verified?.['scope']], [CLIENT_ID, SCOPE]);
      await assertTakenByAll(answer.access_token ?? '');
    });

    it('read a refusal', async () => {
      const { status, answer } = await askByJava('skatteetaten:intekt');
      assert.deepEqual([status, answer.error], [400, 'invalid_scope']);
    });
  });

  describe('a verifier', () => {
    async function token(): Promise<string> {
      return json<TokenReply>(await postGrant(sandbox, await signGrant(keys, claims()))).access_token;
    }

    for (const [name, verified] of Object.entries(VERIFIERS)) {
      it(`${name} takes no token whose claims were changed`, async () => {
        const [header, payload = '', signature] = (await token()).split('.');
        const changed = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), scope: 'nav:all' };
        const forged = `${header}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}`;
        await assert.rejects(verified(forged), /signature/);
      });

      it(`${name} takes the tokens of both keys after a rotation`, async () => {
        const before = await token();
        await sandbox.rotateKey();
        for (const each of [before, await token()]) assert.equal((await verified(each))['client_id'], CLIENT_ID);
      });
    }
  });
});
