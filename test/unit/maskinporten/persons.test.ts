import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { UndiciTransport } from '../../../src/http/transport';
import { consentDetails, systemUserDetails } from '../../../src/maskinporten/authorizationDetails';
import { MaskinportenClient } from '../../../src/maskinporten/client';
import { Discovery } from '../../../src/maskinporten/discovery';
import type { TokenRequest } from '../../../src/maskinporten/model';
import { startSandbox, type Sandbox } from '../../../src/sandbox';
import { createTranslate } from '../../../src/shared/localize';
import { wordClaims } from '../../../src/words/claims';
import { wordProblem } from '../../../src/words/problems';
import { makeKeyPair, never, PERSON, problemFrom, type KeyPair } from './support';

const CLIENT_ID = 'b0ae1b43-7b3c-4d0f-8c1e-3f1a0a8a1c55';
const SCOPE = 'altinn:consentrequests.read';
const CONSENT_ID = '77ed8698-e619-4066-9eb4-5c1eb3f165a1';
const FROM = `urn:altinn:person:identifier-no:${PERSON}`;
const SYSTEM_USER = { organisation: '313367002', id: '33a0911a-5459-456f-bc57-3d37ef9a016c', systemId: '974761076_x' };
const t = createTranslate({});

describe('a token for a person, by a consent or of a system user, from the grant to the claims', () => {
  let sandbox: Sandbox;
  let transport: UndiciTransport;
  let key: KeyPair;

  before(async () => {
    key = await makeKeyPair();
    const consent = { id: CONSENT_ID, from: FROM, resource: 'inntekt', validTo: '2030-01-20T10:34:34.836+00:00' };
    sandbox = await startSandbox({
      clients: [
        {
          clientId: CLIENT_ID,
          name: 'app',
          keys: [key.publicJwk],
          scopes: [SCOPE],
          consents: [consent],
          systemUsers: [SYSTEM_USER],
        },
      ],
    });
    transport = new UndiciTransport();
  });

  after(async () => {
    transport.close();
    await sandbox.stop();
  });

  function get(request: Partial<TokenRequest>) {
    const environment = { kind: 'sandbox', issuer: sandbox.issuer } as const;
    const credential = { environment, clientId: CLIENT_ID, privateJwk: key.privateJwk };
    const client = new MaskinportenClient({ transport, discovery: new Discovery(transport), credential });
    return client.getToken({ scopes: [SCOPE], ...request }, never());
  }

  it('pid is in the grant, and in the token that it is exchanged for', async () => {
    const { accessToken, grant } = await get({ pid: PERSON });
    assert.equal(grant?.claims['pid'], PERSON);
    assert.equal(decodeJwt(accessToken)['pid'], PERSON);
  });

  it('a consent is in the grant as it was asked for, and in the token as it was given', async () => {
    const details = [consentDetails(CONSENT_ID, PERSON)];
    const { accessToken, grant } = await get({ authorizationDetails: details });
    assert.deepEqual(grant?.claims['authorization_details'], [
      { type: 'urn:altinn:consent', id: CONSENT_ID, from: FROM },
    ]);
    const [given] = decodeJwt(accessToken)['authorization_details'] as Record<string, unknown>[];
    assert.deepEqual([given?.['id'], given?.['from']], [CONSENT_ID, FROM]);
    assert.ok(Array.isArray(given?.['consentRights']));
  });

  it('a system user is in both as well', async () => {
    const details = [systemUserDetails(SYSTEM_USER.organisation)];
    const { accessToken, grant } = await get({ authorizationDetails: details });
    assert.deepEqual(grant?.claims['authorization_details'], details);
    const [given] = decodeJwt(accessToken)['authorization_details'] as Record<string, unknown>[];
    assert.deepEqual(given?.['systemuser_id'], [SYSTEM_USER.id]);
  });

  it('whoever it is about is in none of what is shown', async () => {
    const details = [consentDetails(CONSENT_ID, PERSON)];
    const { accessToken, grant } = await get({ pid: PERSON, authorizationDetails: details });
    assert.ok(grant);
    const shown = JSON.stringify([
      wordClaims('claims', decodeJwt(accessToken), t),
      wordClaims('grant-claims', grant.claims, t),
    ]);
    assert.ok(!shown.includes(PERSON));
    assert.match(shown, /Hidden here; Copy has it/);
  });

  it('a consent of somebody else’s is refused (MP-303), and nobody is named', async () => {
    const other = '17858296439';
    const refused = get({ pid: PERSON, authorizationDetails: [consentDetails(CONSENT_ID, other)] });
    const problem = await problemFrom(refused, 'MP-303');
    const told = JSON.stringify([problem, wordProblem(problem, t)]);
    assert.ok(!told.includes(other) && !told.includes(PERSON));
    assert.match(wordProblem(problem, t).cause, /no such system user or consent/);
  });
});
