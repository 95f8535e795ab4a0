import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { exportSPKI, generateKeyPair, importJWK, exportJWK, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import type { Sandbox, SandboxEvent } from '../../../src/sandbox';
import { startSandbox } from '../../../src/sandbox';
import {
  CLIENT_ID,
  Clock,
  clientWith,
  GRANT_TYPE,
  goodClaims,
  json,
  ORGANISATION,
  OTHER_SCOPE,
  postForm,
  postGrant,
  rsaKeyPair,
  SCOPE,
  send,
  signGrant,
  withoutUndefined,
} from './support';
import type { ErrorReply, KeyPair, Reply, TokenReply } from './support';

interface Expected {
  readonly status?: number;
  readonly error: string;
  readonly text: string | RegExp;
  /** Name of the error page. */
  readonly page: string;
  readonly assumed?: boolean;
}

describe('The token endpoint', () => {
  const clock = new Clock();
  const events: SandboxEvent[] = [];
  let keys: KeyPair;
  let otherKeys: KeyPair;
  let sandbox: Sandbox;

  before(async () => {
    [keys, otherKeys] = await Promise.all([rsaKeyPair('key-1'), rsaKeyPair('key-2')]);
    sandbox = await startSandbox({ clients: [], now: clock.now });
    sandbox.onEvent((event) => events.push(event));
  });

  beforeEach(() => {
    clock.ms = new Clock().ms;
    sandbox.setClients(
      [clientWith([keys.publicJwk]), clientWith([otherKeys.publicJwk], { clientId: 'other-client', name: 'other' })],
      [],
    );
    events.length = 0;
  });

  after(() => sandbox.stop());

  async function ask(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Promise<Reply> {
    return postGrant(
      sandbox,
      await signGrant(keys, withoutUndefined({ ...goodClaims(sandbox, clock), ...claims }), header),
    );
  }

  function assertGranted(reply: Reply): TokenReply {
    assert.equal(reply.status, 200, reply.text);
    return json<TokenReply>(reply);
  }

  function assertRefused(reply: Reply, { status = 400, error, text, page, assumed = false }: Expected): void {
    const body = json<ErrorReply>(reply);
    assert.equal(reply.status, status, reply.text);
    assert.equal(body.error, error);
    const [, description = '', traceId] =
      /^(.*) \(trace_id: ([0-9a-f]{32})\)$/.exec(body.error_description) ?? assert.fail(body.error_description);
    if (typeof text === 'string') assert.equal(description, text);
    else assert.match(description, text);
    assert.ok(traceId);
    const pageUrl = `${sandbox.issuer}errors/${page}`;
    assert.equal(body.error_uri, page.startsWith('MP-') ? pageUrl : undefined);
    assert.equal(reply.headers['link'], `<${pageUrl}>; rel="help"`);
    assert.equal(reply.headers['x-sandbox-wording'], assumed ? 'assumed' : undefined);
    assert.equal(reply.headers['cache-control'], 'no-store');
    assert.deepEqual(
      events.map(({ kind, code }) => [kind, code]),
      [['refusal', page]],
    );
  }

  it('grants a token for a grant with nothing wrong', async () => {
    const reply = await ask();
    const body = assertGranted(reply);
    assert.equal(body.token_type, 'Bearer');
    assert.equal(body.expires_in, 120);
    assert.equal(body.scope, SCOPE);
    assert.equal(reply.headers['cache-control'], 'no-store');
    assert.equal(reply.headers.pragma, 'no-cache');
    assert.deepEqual(events, [{ kind: 'token', status: 200, scope: SCOPE, workload: 'aap-fordeling' }]);
  });

  describe('form', () => {
    const unreadable = (reason: string): Expected => ({
      error: 'invalid_request',
      text: `Invalid token request: ${reason}.`,
      page: 'unreadable-form',
      assumed: true,
    });

    async function form(change: Record<string, string>): Promise<Record<string, string>> {
      return {
        grant_type: GRANT_TYPE,
        assertion: await signGrant(keys, goodClaims(sandbox, clock)),
        ...change,
      };
    }

    it('refuses a body that is not declared a form', async () => {
      const body = JSON.stringify(await form({}));
      const headers = { 'content-type': 'application/json' };
      assertRefused(
        await send(sandbox.tokenEndpoint, { method: 'POST', headers, body }),
        unreadable('the content type must be application/x-www-form-urlencoded'),
      );
    });

    it('refuses a form without a declared type', async () => {
      const body = new URLSearchParams(await form({})).toString();
      assertRefused(
        await send(sandbox.tokenEndpoint, { method: 'POST', body }),
        unreadable('the content type must be application/x-www-form-urlencoded'),
      );
    });

    it('takes a form whose type has a charset and upper case', async () => {
      const headers = { 'content-type': 'Application/X-WWW-Form-URLEncoded; charset=UTF-8' };
      const body = new URLSearchParams(await form({})).toString();
      assertGranted(await send(sandbox.tokenEndpoint, { method: 'POST', headers, body }));
    });

    it('refuses another grant type', async () => {
      assertRefused(await postForm(sandbox.tokenEndpoint, await form({ grant_type: 'client_credentials' })), {
        error: 'unsupported_grant_type',
        text: 'Unsupported grant type.',
        page: 'unknown-grant-type',
        assumed: true,
      });
    });

    for (const name of ['grant_type', 'assertion']) {
      it(`refuses a form without ${name}`, async () => {
        const parameters = new URLSearchParams(await form({}));
        parameters.delete(name);
        assertRefused(await postForm(sandbox.tokenEndpoint, parameters.toString()), unreadable(`${name} is missing`));
      });

      it(`refuses a form with an empty ${name}`, async () => {
        assertRefused(
          await postForm(sandbox.tokenEndpoint, await form({ [name]: '' })),
          unreadable(`${name} is missing`),
        );
      });

      it(`refuses a form with ${name} twice`, async () => {
        const parameters = new URLSearchParams(await form({}));
        parameters.append(name, parameters.get(name) ?? '');
        assertRefused(await postForm(sandbox.tokenEndpoint, parameters.toString()), unreadable(`${name} is repeated`));
      });
    }

    it('ignores parameters that it does not know', async () => {
      assertGranted(await postForm(sandbox.tokenEndpoint, await form({ client_id: 'anything' })));
    });
  });

  describe('assertion', () => {
    const malformed: Expected = {
      error: 'invalid_request',
      text: 'Invalid assertion. Invalid parameter value.',
      page: 'MP-011',
    };
    const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

    const shapes: Record<string, (good: string) => string> = {
      'that is no JWT': () => 'token',
      'of two parts': (good) => good.split('.').slice(0, 2).join('.'),
      'of four parts': (good) => `${good}.e30`,
      'with a line break in it': (good) => `${good.slice(0, 60)}\n${good.slice(60)}`,
      'with padding': (good) => `${good}=`,
      'whose header is no JSON': (good) => `bm90LWpzb24.${good.split('.').slice(1).join('.')}`,
      'whose header is a list': (good) => `${segment([])}.${good.split('.').slice(1).join('.')}`,
      'whose claims are no JSON': (good) => good.replace(/\.[^.]+\./, '.bm90LWpzb24.'),
      'whose claims are a list': (good) => good.replace(/\.[^.]+\./, `.${segment([1])}.`),
      'whose claims are null': (good) => good.replace(/\.[^.]+\./, `.${segment(null)}.`),
    };
    for (const [title, shape] of Object.entries(shapes)) {
      it(`refuses one ${title}`, async () => {
        assertRefused(await postGrant(sandbox, shape(await signGrant(keys, goodClaims(sandbox, clock)))), malformed);
      });
    }
  });

  describe('alg', () => {
    const refused: Expected = {
      error: 'invalid_grant',
      text: 'Invalid assertion. Algorithm must be one of RS256 RS384 RS512.',
      page: 'refused-algorithm',
      assumed: true,
    };
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

    for (const alg of ['RS256', 'RS384', 'RS512']) {
      it(`takes ${alg}`, async () => {
        assertGranted(await ask({}, { alg }));
      });
    }

    it('refuses none', async () => {
      const unsigned = `${encode({ alg: 'none', kid: 'key-1' })}.${encode(goodClaims(sandbox, clock))}.`;
      assertRefused(await postGrant(sandbox, unsigned), refused);
    });

    it('refuses an HMAC that is keyed with the public key', async () => {
      const signed = `${encode({ alg: 'HS256', kid: 'key-1' })}.${encode(goodClaims(sandbox, clock))}`;
      const publicKey = (await importJWK(keys.publicJwk, 'RS256', { extractable: true })) as CryptoKey;
      const mac = createHmac('sha256', await exportSPKI(publicKey))
        .update(signed)
        .digest('base64url');
      assertRefused(await postGrant(sandbox, `${signed}.${mac}`), refused);
    });

    it('refuses ES256, even with a registered key', async () => {
      const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
      sandbox.setClients([clientWith([{ ...(await exportJWK(publicKey)), kid: 'ec' }])]);
      const assertion = await new SignJWT(goodClaims(sandbox, clock))
        .setProtectedHeader({ alg: 'ES256', kid: 'ec' })
        .sign(privateKey);
      assertRefused(await postGrant(sandbox, assertion), refused);
    });

    it('refuses PS256', async () => {
      assertRefused(await ask({}, { alg: 'PS256' }), refused);
    });
  });

  describe('iss', () => {
    it('refuses a client that is not registered', async () => {
      assertRefused(await ask({ iss: 'nobody' }), {
        error: 'invalid_grant',
        text: 'Invalid assertion. Client authentication failed.',
        page: 'MP-100',
      });
    });

    it('refuses a grant without it', async () => {
      assertRefused(await ask({ iss: undefined }), {
        error: 'invalid_request',
        text: 'Invalid assertion. The claim iss is required.',
        page: 'missing-claim',
        assumed: true,
      });
    });

    it('refuses one that is no string', async () => {
      assertRefused(await ask({ iss: [CLIENT_ID] }), {
        error: 'invalid_request',
        text: 'Invalid assertion. Invalid parameter value.',
        page: 'MP-011',
      });
    });

    it('names no workload in the event of an unknown client', async () => {
      await ask({ iss: 'nobody' });
      assert.deepEqual(events, [{ kind: 'refusal', status: 400, scope: SCOPE, workload: undefined, code: 'MP-100' }]);
    });
  });

  describe('kid', () => {
    const unknown: Expected = {
      error: 'invalid_grant',
      text: 'Invalid assertion. Client authentication failed. Unknown key identifier (kid) for client.',
      page: 'unknown-kid',
    };
    const missing: Expected = {
      error: 'invalid_grant',
      text: 'Invalid assertion. Client authentication failed. Invalid JWT. The client requires pre-registered jwk and no key identifier (kid) provided.',
      page: 'missing-kid',
    };

    it('refuses a header without it', async () => {
      assertRefused(await ask({}, { kid: undefined }), missing);
    });

    it('refuses a certificate chain in its place', async () => {
      assertRefused(await ask({}, { kid: undefined, x5c: ['MIIF'] }), missing);
    });

    it('refuses a certificate chain beside it', async () => {
      assertRefused(await ask({}, { x5c: ['MIIF'] }), {
        error: 'invalid_grant',
        text: 'Invalid assertion. The header must have one of kid and x5c.',
        page: 'two-keys',
        assumed: true,
      });
    });

    it('refuses one that nobody registered', async () => {
      assertRefused(await ask({}, { kid: 'key-9' }), unknown);
    });

    it('refuses one that another client registered, though the signature fits', async () => {
      assertRefused(await postGrant(sandbox, await signGrant(otherKeys, goodClaims(sandbox, clock))), unknown);
    });

    it('takes the second of two keys', async () => {
      sandbox.setClients([clientWith([otherKeys.publicJwk, keys.publicJwk])]);
      assertGranted(await ask());
    });
  });

  describe('signature', () => {
    const refused: Expected = {
      error: 'invalid_grant',
      text: 'Invalid JWT signature.',
      page: 'MP-124',
      assumed: true,
    };

    it('refuses one by another key under a known kid', async () => {
      const imposter = { ...otherKeys, privateJwk: { ...otherKeys.privateJwk, kid: 'key-1' } };
      assertRefused(await postGrant(sandbox, await signGrant(imposter, goodClaims(sandbox, clock))), refused);
    });

    it('refuses claims that were changed after signing', async () => {
      const claims = goodClaims(sandbox, clock);
      const assertion = await signGrant(keys, claims);
      const changed = Buffer.from(JSON.stringify({ ...claims, scope: OTHER_SCOPE })).toString('base64url');
      assertRefused(await postGrant(sandbox, assertion.replace(/\.[^.]+\./, `.${changed}.`)), refused);
    });

    it('refuses an empty one', async () => {
      const assertion = await signGrant(keys, goodClaims(sandbox, clock));
      assertRefused(await postGrant(sandbox, assertion.replace(/[^.]+$/, '')), refused);
    });

    it('refuses RS384 with a key that is registered for RS256', async () => {
      sandbox.setClients([clientWith([{ ...keys.publicJwk, alg: 'RS256' }])]);
      assertGranted(await ask({}, { alg: 'RS256' }));
      events.length = 0;
      assertRefused(await ask({}, { alg: 'RS384' }), refused);
    });

    it('verifies with the public part of a key that was registered whole', async () => {
      sandbox.setClients([clientWith([keys.privateJwk])]);
      assertGranted(await ask());
    });
  });

  describe('aud', () => {
    const refused: Expected = {
      error: 'invalid_grant',
      text: 'Invalid assertion. Client authentication failed. Invalid JWT claim aud.',
      page: 'MP-110',
    };
    const wrong: Record<string, (sandbox: Sandbox) => unknown> = {
      'the issuer without its final slash': ({ issuer }) => issuer.slice(0, -1),
      'the token endpoint': ({ tokenEndpoint }) => tokenEndpoint,
      'another issuer': () => 'https://test.maskinporten.no/',
      'two values, one of them right': ({ issuer }) => [issuer, 'https://test.maskinporten.no/'],
      'an empty list': () => [],
      nothing: () => undefined,
      'a number': () => 1,
    };
    for (const [title, aud] of Object.entries(wrong)) {
      it(`refuses ${title}`, async () => {
        assertRefused(await ask({ aud: aud(sandbox) }), refused);
      });
    }

    it('takes the issuer in a list of one', async () => {
      assertGranted(await ask({ aud: [sandbox.issuer] }));
    });
  });

  describe('iat and exp', () => {
    const required = (claim: string): Expected => ({
      error: 'invalid_request',
      text: `Invalid assertion. The claim ${claim} is required.`,
      page: 'missing-claim',
      assumed: true,
    });

    it('refuses a grant without iat', async () => {
      assertRefused(await ask({ iat: undefined }), required('iat'));
    });

    it('refuses a grant without exp', async () => {
      assertRefused(await ask({ exp: undefined }), required('exp'));
    });

    for (const claim of ['iat', 'exp']) {
      it(`refuses ${claim} as a string`, async () => {
        assertRefused(await ask({ [claim]: String(clock.seconds) }), {
          error: 'invalid_request',
          text: 'Invalid assertion. Invalid parameter value.',
          page: 'MP-011',
        });
      });
    }

    it('takes an iat 10 s ahead', async () => {
      assertGranted(await ask({ iat: clock.seconds + 10, exp: clock.seconds + 100 }));
    });

    it('refuses an iat 11 s ahead', async () => {
      assertRefused(await ask({ iat: clock.seconds + 11, exp: clock.seconds + 100 }), {
        error: 'invalid_grant',
        text: 'Issue time is after now.',
        page: 'issued-in-future',
      });
    });

    it('takes an iat 10 s ago', async () => {
      assertGranted(await ask({ iat: clock.seconds - 10, exp: clock.seconds + 100 }));
    });

    it('refuses an iat 11 s ago', async () => {
      assertRefused(await ask({ iat: clock.seconds - 11, exp: clock.seconds + 100 }), {
        error: 'invalid_grant',
        text: 'Invalid assertion. The claim iat is 11 s old.',
        page: 'issued-too-long-ago',
        assumed: true,
      });
    });

    const expired: Expected = { error: 'invalid_grant', text: 'JWT is expired.', page: 'MP-130', assumed: true };

    it('takes an exp one second away', async () => {
      assertGranted(await ask({ exp: clock.seconds + 1 }));
    });

    it('refuses an exp that is now', async () => {
      assertRefused(await ask({ exp: clock.seconds }), expired);
    });

    it('calls a grant that is minutes late expired, not too old', async () => {
      const late = await signGrant(keys, goodClaims(sandbox, clock));
      clock.advance(300);
      assertRefused(await postGrant(sandbox, late), expired);
    });

    it('takes an exp 120 s after iat', async () => {
      assertGranted(await ask({ iat: clock.seconds, exp: clock.seconds + 120 }));
    });

    it('refuses an exp 121 s after iat', async () => {
      assertRefused(await ask({ iat: clock.seconds, exp: clock.seconds + 121 }), {
        error: 'invalid_grant',
        text: 'Invalid assertion. The claim exp is 121 s after the claim iat.',
        page: 'lifetime-too-long',
        assumed: true,
      });
    });
  });

  describe('jti', () => {
    const used: Expected = { error: 'invalid_grant', text: 'Grant is used before.', page: 'MP-012', assumed: true };

    it('refuses the same grant a second time', async () => {
      const assertion = await signGrant(keys, goodClaims(sandbox, clock));
      assertGranted(await postGrant(sandbox, assertion));
      events.length = 0;
      assertRefused(await postGrant(sandbox, assertion), used);
    });

    it('refuses the same jti in a new grant, at the far end of the window too', async () => {
      const jti = randomUUID();
      assertGranted(await ask({ jti, iat: clock.seconds + 10, exp: clock.seconds + 100 }));
      clock.advance(20);
      events.length = 0;
      assertRefused(await ask({ jti }), used);
    });

    it('gives one token to two copies that arrive together', async () => {
      const assertion = await signGrant(keys, goodClaims(sandbox, clock));
      const replies = await Promise.all([postGrant(sandbox, assertion), postGrant(sandbox, assertion)]);
      assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400]);
    });

    it('takes the same jti from another client', async () => {
      const jti = randomUUID();
      assertGranted(await ask({ jti }));
      const claims = { ...goodClaims(sandbox, clock), iss: 'other-client', jti };
      assertGranted(await postGrant(sandbox, await signGrant(otherKeys, claims)));
    });

    it('does not use up a grant that it refused', async () => {
      const jti = randomUUID();
      await ask({ jti, scope: 'not:registered' });
      assertGranted(await ask({ jti }));
    });

    it('takes grants without it', async () => {
      assertGranted(await ask({ jti: undefined }));
      assertGranted(await ask({ jti: undefined }));
    });

    it('refuses one that is no string', async () => {
      assertRefused(await ask({ jti: 1 }), {
        error: 'invalid_request',
        text: 'Invalid assertion. Invalid parameter value.',
        page: 'MP-011',
      });
    });
  });

  describe('scope', () => {
    const required: Expected = {
      error: 'invalid_request',
      text: 'Invalid assertion. The claim scope is required.',
      page: 'missing-claim',
      assumed: true,
    };

    it('refuses a grant without it', async () => {
      assertRefused(await ask({ scope: undefined }), required);
    });

    it('refuses one of spaces alone', async () => {
      assertRefused(await ask({ scope: '  ' }), required);
    });

    it('refuses a list', async () => {
      assertRefused(await ask({ scope: [SCOPE] }), {
        error: 'invalid_request',
        text: 'Invalid assertion. Invalid parameter value.',
        page: 'MP-011',
      });
    });

    it('grants several that are registered, each once', async () => {
      const { scope } = assertGranted(await ask({ scope: `${SCOPE} ${OTHER_SCOPE} ${SCOPE}` }));
      assert.equal(scope, `${SCOPE} ${OTHER_SCOPE}`);
    });

    it('refuses those that are not registered, by name, and grants nothing', async () => {
      assertRefused(await ask({ scope: `skatteetaten:intekt ${SCOPE} nav:nothing` }), {
        error: 'invalid_scope',
        text: 'Token request contains invalid scopes for client, skatteetaten:intekt nav:nothing',
        page: 'MP-200',
      });
    });

    it('refuses one that differs in case', async () => {
      assertRefused(await ask({ scope: SCOPE.toUpperCase() }), {
        error: 'invalid_scope',
        text: `Token request contains invalid scopes for client, ${SCOPE.toUpperCase()}`,
        page: 'MP-200',
      });
    });

    it('puts only characters of RFC 6749 in the description', async () => {
      assertRefused(await ask({ scope: 'nav:"æ\\\t' }), {
        error: 'invalid_scope',
        text: 'Token request contains invalid scopes for client, nav:????',
        page: 'MP-200',
      });
    });

    it('follows the clients as they are edited', async () => {
      sandbox.setClients([clientWith([keys.publicJwk], { scopes: ['nav:new'] })]);
      assertGranted(await ask({ scope: 'nav:new' }));
      events.length = 0;
      assertRefused(await ask(), {
        error: 'invalid_scope',
        text: `Token request contains invalid scopes for client, ${SCOPE}`,
        page: 'MP-200',
      });
    });

    it('refuses an exposed scope to organisations that its owner does not list', async () => {
      const clients = [clientWith([keys.publicJwk])];
      sandbox.setClients(clients, [{ name: SCOPE, consumers: ['974761076'] }]);
      assertRefused(await ask(), {
        error: 'invalid_scope',
        text: `Token request contains invalid scopes for client, ${SCOPE}`,
        page: 'MP-200',
      });
      sandbox.setClients(clients, [{ name: SCOPE, consumers: ['974761076', ORGANISATION] }]);
      assertGranted(await ask());
    });
  });

  describe('other claims', () => {
    const malformed: Expected = {
      error: 'invalid_request',
      text: 'Invalid assertion. Invalid parameter value.',
      page: 'MP-011',
    };

    it('refuses claims that Maskinporten does not list, by name', async () => {
      assertRefused(await ask({ azp: 'x', client_id: CLIENT_ID }), {
        error: 'invalid_request',
        text: 'Invalid assertion. Claims not supported: azp client_id.',
        page: 'unknown-claim',
        assumed: true,
      });
    });

    it('tolerates nbf and sub', async () => {
      assertGranted(await ask({ nbf: clock.seconds, sub: CLIENT_ID }));
    });

    for (const [title, resource] of Object.entries({ 'a number': 1, 'an empty string': '', 'an empty list': [] })) {
      it(`refuses ${title} as resource`, async () => {
        assertRefused(await ask({ resource }), malformed);
      });
    }

    it('refuses a pid that is not eleven digits', async () => {
      assertRefused(await ask({ pid: '1234567890' }), malformed);
    });

    it('refuses a consumer_org that is not nine digits', async () => {
      assertRefused(await ask({ consumer_org: '0192:910753614' }), malformed);
    });

    it('refuses a consumer_org that is a number', async () => {
      assertRefused(await ask({ consumer_org: 910753614 }), malformed);
    });

    it('refuses the client’s own organisation as consumer_org', async () => {
      assertRefused(await ask({ consumer_org: ORGANISATION }), {
        error: 'invalid_request',
        text: 'Validation of JWT claim failed: The combination consumer_org in claim and delegation scope on client is invalid.',
        page: 'own-organisation',
      });
    });

    it('refuses a consumer_org that has delegated nothing', async () => {
      assertRefused(await ask({ consumer_org: '910753614' }), {
        status: 403,
        error: 'forbidden',
        text: `Consumer 910753614 has not delegated access to the scope ${SCOPE} to supplier ${ORGANISATION}.`,
        page: 'MP-251',
        assumed: true,
      });
    });

    for (const [title, details] of Object.entries({
      'are an object': { type: 'urn:altinn:systemuser' },
      'are an empty list': [],
      'have no type': [{}],
      'hold null': [null],
    })) {
      it(`refuses authorization_details that ${title}`, async () => {
        assertRefused(await ask({ authorization_details: details }), malformed);
      });
    }

    it('refuses authorization_details of an unknown type', async () => {
      assertRefused(await ask({ authorization_details: [{ type: 'urn:altinn:other' }] }), {
        error: 'invalid_authorization_details',
        text: 'Unknown authorization details type, urn:altinn:other',
        page: 'MP-301',
        assumed: true,
      });
    });

    it('refuses a system user that nobody has given the client', async () => {
      assertRefused(await ask({ authorization_details: [{ type: 'urn:altinn:systemuser' }] }), {
        error: 'invalid_altinn_customer_configuration',
        text: 'Invalid authorization details values, urn:altinn:systemuser',
        page: 'MP-303',
        assumed: true,
      });
    });
  });

  describe('order of the checks', () => {
    /** A grant has one fault and all that come after it in the list: the first decides. */
    const faults: readonly {
      code: string;
      claims?: Record<string, unknown>;
      header?: Record<string, unknown>;
      forged?: boolean;
    }[] = [
      { code: 'refused-algorithm', header: { alg: 'PS256' } },
      { code: 'MP-100', claims: { iss: 'nobody' } },
      { code: 'unknown-kid', header: { kid: 'key-9' } },
      { code: 'MP-124', forged: true },
      { code: 'MP-110', claims: { aud: 'x' } },
      { code: 'issued-in-future', claims: { iat: 4_000_000_000, exp: 4_000_000_500 } },
      { code: 'unknown-claim', claims: { azp: 'x' } },
      { code: 'MP-200', claims: { scope: 'not:registered' } },
      { code: 'MP-251', claims: { consumer_org: '910753614' } },
    ];
    faults.forEach(({ code }, index) => {
      it(`answers ${code} when what comes after it is wrong too`, async () => {
        const [claims, header] = [goodClaims(sandbox, clock), { kid: 'key-1' }];
        for (const fault of faults.slice(index)) {
          Object.assign(claims, fault.claims);
          Object.assign(header, fault.header);
        }
        const forged = faults.slice(index).some((fault) => fault.forged);
        await postGrant(sandbox, await signGrant(forged ? otherKeys : keys, claims, header));
        assert.equal(events[0]?.code, code);
      });
    });
  });
});
