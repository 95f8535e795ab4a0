import assert from 'node:assert/strict';
import { SignJWT } from 'jose';
import type { Scenario } from '../../../src/sandbox';
import { REFUSAL_NAMES } from '../../../src/sandbox/refusals';
import type { RefusalName } from '../../../src/sandbox/refusals';
import {
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
  START_MS,
  useSandbox,
  withoutTrace,
} from './support';
import type { ErrorReply, Reply, SuiteSandbox } from './support';
import { makeCertificate, ORGANISATION_IDENTIFIER, pem } from './x509';
import type { MadeCertificate } from './x509';

const DAY_MS = 86_400_000;
const [CUSTOMER, STRANGER] = ['910753614', '974761076'];
const CLIENT_FAILED = 'Invalid assertion. Client authentication failed.';

const certificate = () =>
  makeCertificate({
    subject: [[ORGANISATION_IDENTIFIER, `NTRNO-${ORGANISATION}`]],
    notBeforeMs: START_MS - DAY_MS,
    notAfterMs: START_MS + DAY_MS,
    isAuthority: true,
  });

interface Row {
  readonly error: string;
  /** Status; 400 when it is left out. */
  readonly status?: number;
  /** The whole text, but for the trace id. */
  readonly text: string;
  /** Digdir's page or a published answer has the word and the text together. */
  readonly published?: true;
  readonly ask: (suite: SuiteSandbox) => Promise<Reply>;
}

/** What goes wrong with a grant that is good in all else. */
const withClaims = (claims: Record<string, unknown>) => (suite: SuiteSandbox) => suite.ask(claims);
const withHeader = (header: Record<string, unknown>) => (suite: SuiteSandbox) => suite.ask({}, header);
const withScenario = (scenario: Scenario) => (suite: SuiteSandbox) => {
  suite.sandbox.setScenarios([scenario]);
  return suite.ask();
};
const detail = (more: object) => ({ authorization_details: [{ type: 'urn:altinn:systemuser', ...more }] });

/** What a client without registered keys gets, whose grant is signed with this certificate. */
const withCertificate = (made: () => MadeCertificate, organisation?: string) => async (suite: SuiteSandbox) => {
  suite.have({ keys: [], organisation });
  const { der, privateKey } = made();
  const grant = new SignJWT(goodClaims(suite.sandbox, suite.clock))
    .setProtectedHeader({ alg: 'RS256', x5c: [der.toString('base64')] })
    .sign(privateKey);
  return postGrant(suite.sandbox, await grant);
};

/** A real ask for each way in which the sandbox refuses: Digdir's “Feilsøking i Maskinporten”, row by row. */
const ROWS: Readonly<Record<RefusalName, Row>> = {
  'MP-011': {
    error: 'invalid_request',
    text: 'Invalid assertion. Invalid parameter value.',
    published: true,
    ask: async (suite) => postGrant(suite.sandbox, (await suite.grant()).replace(/^(.{60})/, '$1\n')),
  },
  'MP-012': {
    error: 'invalid_grant',
    text: 'Grant is used before.',
    ask: async (suite) => {
      const grant = await suite.grant();
      assert.equal((await postGrant(suite.sandbox, grant)).status, 200);
      return postGrant(suite.sandbox, grant);
    },
  },
  'MP-100': { error: 'invalid_grant', text: CLIENT_FAILED, published: true, ask: withClaims({ iss: 'nobody' }) },
  'MP-110': {
    error: 'invalid_grant',
    text: `${CLIENT_FAILED} Invalid JWT claim aud.`,
    published: true,
    ask: withClaims({ aud: 'https://maskinporten.no/' }),
  },
  'MP-120': {
    error: 'invalid_grant',
    text: `${CLIENT_FAILED} The JWT is signed with an invalid certificate.`,
    published: true,
    ask: withCertificate(certificate),
  },
  'MP-121': {
    error: 'invalid_grant',
    text: `${CLIENT_FAILED} Expired key.`,
    published: true,
    ask: withScenario({ kind: 'key-expired' }),
  },
  'MP-122': {
    error: 'invalid_grant',
    text: 'Invalid JWT. Invalid organization number for client. Does not match certificate orgno.',
    ask: withCertificate(() => TRUSTED, STRANGER),
  },
  'MP-123': {
    error: 'invalid_grant',
    text: 'Invalid JWT header x5c.',
    ask: (suite) => {
      suite.have({ keys: [] });
      return suite.ask({}, { kid: undefined, x5c: ['no certificate'] });
    },
  },
  'MP-124': {
    error: 'invalid_grant',
    text: 'Invalid JWT signature.',
    ask: async (suite) =>
      postGrant(suite.sandbox, await signGrant(await rsaKeyPair('key-1'), goodClaims(suite.sandbox, suite.clock))),
  },
  'MP-130': {
    error: 'invalid_grant',
    text: 'JWT is expired.',
    ask: async (suite) => {
      const grant = await suite.grant();
      suite.clock.advance(120);
      return postGrant(suite.sandbox, grant);
    },
  },
  'MP-200': {
    error: 'invalid_scope',
    text: 'Token request contains invalid scopes for client, skatteetaten:intekt',
    published: true,
    ask: withClaims({ scope: `skatteetaten:intekt ${SCOPE}` }),
  },
  'MP-201': {
    error: 'invalid_scope',
    text: `Token request contains scopes not allowed for maskinporten, ${SCOPE}`,
    published: true,
    ask: withScenario({ kind: 'not-for-maskinporten', scope: SCOPE }),
  },
  'MP-250': {
    status: 403,
    error: 'forbidden',
    text: `Consumer has not been granted access to the scope ${SCOPE}.`,
    ask: withScenario({ kind: 'revoked', scope: SCOPE }),
  },
  'MP-251': {
    status: 403,
    error: 'forbidden',
    text: `Consumer ${CUSTOMER} has not delegated access to the scope ${SCOPE} to supplier ${ORGANISATION}.`,
    ask: withClaims({ consumer_org: CUSTOMER }),
  },
  'MP-301': {
    error: 'invalid_authorization_details',
    text: 'Unknown authorization details type, urn:altinn:other',
    ask: withClaims({ authorization_details: [{ type: 'urn:altinn:other' }] }),
  },
  'MP-302': {
    error: 'invalid_authorization_details',
    text: 'Unknown fields in the authorization details, systemuserorg',
    ask: withClaims(detail({ systemuserorg: {} })),
  },
  'MP-303': {
    error: 'invalid_altinn_customer_configuration',
    text: 'Invalid authorization details values, urn:altinn:systemuser',
    ask: withClaims(detail({ systemuser_org: { authority: 'iso6523-actorid-upis', ID: `0192:${CUSTOMER}` } })),
  },
  'unknown-kid': {
    error: 'invalid_grant',
    text: `${CLIENT_FAILED} Unknown key identifier (kid) for client.`,
    published: true,
    ask: withHeader({ kid: 'rotated-away' }),
  },
  'missing-kid': {
    error: 'invalid_grant',
    text: `${CLIENT_FAILED} Invalid JWT. The client requires pre-registered jwk and no key identifier (kid) provided.`,
    published: true,
    ask: withHeader({ kid: undefined, x5c: ['MIIF'] }),
  },
  'issued-in-future': {
    error: 'invalid_grant',
    text: 'Issue time is after now.',
    published: true,
    ask: withScenario({ kind: 'clock-off', seconds: -20 }),
  },
  'own-organisation': {
    error: 'invalid_request',
    text: 'Validation of JWT claim failed: The combination consumer_org in claim and delegation scope on client is invalid.',
    published: true,
    ask: withClaims({ consumer_org: ORGANISATION }),
  },
  'on-behalf-of': {
    error: 'invalid_request',
    text: 'Invalid assertion. The claim iss_onbehalfof names nobody that is registered.',
    ask: withClaims({ iss_onbehalfof: CUSTOMER }),
  },
  'unreadable-form': {
    error: 'invalid_request',
    text: 'Invalid token request: assertion is missing.',
    ask: ({ sandbox }) => postForm(sandbox.tokenEndpoint, { grant_type: GRANT_TYPE }),
  },
  'unknown-grant-type': {
    error: 'unsupported_grant_type',
    text: 'Unsupported grant type.',
    ask: async (suite) =>
      postForm(suite.sandbox.tokenEndpoint, { grant_type: 'client_credentials', assertion: await suite.grant() }),
  },
  'refused-algorithm': {
    error: 'invalid_grant',
    text: 'Invalid assertion. Algorithm must be one of RS256 RS384 RS512.',
    ask: withHeader({ alg: 'PS256' }),
  },
  'two-keys': {
    error: 'invalid_grant',
    text: 'Invalid assertion. The header must have one of kid and x5c.',
    ask: withHeader({ x5c: ['MIIF'] }),
  },
  'missing-claim': {
    error: 'invalid_request',
    text: 'Invalid assertion. The claim iat is required.',
    ask: withClaims({ iat: undefined }),
  },
  'unknown-claim': {
    error: 'invalid_request',
    text: 'Invalid assertion. Claims not supported: azp.',
    ask: withClaims({ azp: 'x' }),
  },
  'issued-too-long-ago': {
    error: 'invalid_grant',
    text: 'Invalid assertion. The claim iat is 20 s old.',
    ask: withScenario({ kind: 'clock-off', seconds: 20 }),
  },
  'lifetime-too-long': {
    error: 'invalid_grant',
    text: 'Invalid assertion. The claim exp is 3600 s after the claim iat.',
    ask: (suite) => suite.ask({ exp: suite.clock.seconds + 3_600 }),
  },
  'grants-put-off': {
    status: 503,
    error: 'temporarily_unavailable',
    text: 'Too many grants.',
    ask: async (suite) => {
      for (let grant = 0; grant < MAX_GRANTS; grant += 1) await suite.ask();
      return suite.ask();
    },
  },
};

const MAX_GRANTS = 20;
const TRUSTED = certificate();

describe('Every refusal', () => {
  const suite = useSandbox({
    certificateAuthorities: [pem(TRUSTED)],
    limits: { maxRememberedGrants: MAX_GRANTS },
  });

  // Each test begins at one time, and grants of the one before must not fill the memory.
  let turn = 0;
  beforeEach(() => {
    turn += 1;
    suite.clock.advance(turn * 600);
  });

  for (const name of REFUSAL_NAMES) {
    const { error, status = 400, text, published = false, ask } = ROWS[name];
    it(`has an ask that gets it, and a page that explains it: ${name}`, async () => {
      const reply = await ask(suite);
      const body = json<ErrorReply>(reply);
      assert.deepEqual([reply.status, body.error, withoutTrace(body.error_description)], [status, error, text]);
      const page = `${suite.sandbox.issuer}errors/${name}`;
      assert.equal(body.error_uri, name.startsWith('MP-') ? page : undefined);
      assert.equal(reply.headers['x-sandbox-wording'], published ? undefined : 'assumed');
      assert.equal(reply.headers['content-type'], 'application/json');
      assert.equal(suite.events.at(-1)?.code, name);
      const explained = await send(page);
      assert.equal(explained.status, 200);
      assert.ok(explained.text.includes(error));
    });
  }

  it('leaves the next good grant as good as it was', async () => {
    assert.equal((await suite.granted({ scope: `${SCOPE} ${OTHER_SCOPE}` })).token_type, 'Bearer');
  });
});
