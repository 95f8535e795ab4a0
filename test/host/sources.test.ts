import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import * as vscode from 'vscode';
import type { ClientCredential, Environment } from '../../src/maskinporten/model';
import { problemOf } from '../../src/maskinporten/problem';
import type { Transport, TransportRequest, TransportResponse } from '../../src/maskinporten/transport';
import type { Confirmations } from '../../src/platform/confirmations';
import type { CredentialReading, Credentials } from '../../src/state/credentials';
import type { ActiveEnvironment, Environments } from '../../src/state/environments';
import type { SandboxHost } from '../../src/state/sandboxHost';
import { Tokens } from '../../src/state/tokens';
import { makeKeyPair } from '../unit/maskinporten/support';
import { SILENT_LOG } from './silentLog';

const ENVIRONMENT: Environment = {
  kind: 'custom',
  issuer: 'https://issuer.example/',
  endpoints: { tokenEndpoint: 'https://issuer.example/token', jwksUri: 'https://issuer.example/jwks' },
};
const ASK = { scopes: ['nav:x'] };
const signal = new AbortController().signal;

describe('the source of tokens of a credential', () => {
  const sent: TransportRequest[] = [];
  const credentialChanged = new vscode.EventEmitter<string>();
  let credential: ClientCredential;
  let reading: CredentialReading;
  let tokens: Tokens;

  before(async () => {
    const { privateJwk } = await makeKeyPair();
    credential = { environment: ENVIRONMENT, clientId: 'a-client', privateJwk };
  });

  beforeEach(() => {
    sent.length = 0;
    reading = { kind: 'found', credential, consumerOrg: undefined };
    const transport: Transport = {
      send: (request) => {
        sent.push(request);
        return Promise.resolve(granted(`token-${sent.length}`));
      },
    };
    const current: ActiveEnvironment = { id: 'mine', label: 'Mine', clientId: 'a-client', ...ENVIRONMENT };
    const never = new vscode.EventEmitter<void>().event;
    tokens = new Tokens(
      transport,
      { current, all: [current], onDidChange: never } as unknown as Environments,
      { onDidChange: credentialChanged.event, read: () => Promise.resolve(reading) } as unknown as Credentials,
      {} as unknown as SandboxHost,
      {} as unknown as Confirmations,
      SILENT_LOG,
    );
  });

  afterEach(() => {
    tokens.dispose();
  });

  const claims = (request: TransportRequest | undefined) =>
    decodeJwt(new URLSearchParams(String(request?.body)).get('assertion') ?? '');

  it('asks on behalf of the credential’s organisation, unless the request names another', async () => {
    reading = { kind: 'found', credential, consumerOrg: '889640782' };
    await tokens.get(ASK, signal);
    await tokens.get({ ...ASK, consumerOrg: '991825827' }, signal);
    assert.deepEqual(
      sent.map((request) => claims(request)['consumer_org']),
      ['889640782', '991825827'],
    );
  });

  it('is made anew once the credential changed, and what the old key gave is forgotten', async () => {
    assert.equal((await tokens.get(ASK, signal)).accessToken, 'token-1');
    assert.equal((await tokens.get(ASK, signal)).accessToken, 'token-1');
    reading = { kind: 'found', credential: { ...credential, clientId: 'another' }, consumerOrg: undefined };
    credentialChanged.fire('someone-else');
    assert.equal((await tokens.get(ASK, signal)).accessToken, 'token-1');
    credentialChanged.fire('mine');
    assert.equal((await tokens.get(ASK, signal)).accessToken, 'token-2');
    assert.equal(claims(sent[1]).iss, 'another');
  });

  it('is Texas where there is no key, which is asked each time', async () => {
    reading = { kind: 'texas', endpoint: 'http://127.0.0.1:7164/api/v1/token', environment: ENVIRONMENT };
    await tokens.get(ASK, signal);
    await tokens.get(ASK, signal);
    assert.deepEqual(
      sent.map(({ url }) => url),
      ['http://127.0.0.1:7164/api/v1/token', 'http://127.0.0.1:7164/api/v1/token'],
    );
  });

  it('says that the key is missing, and works again once it is back', async () => {
    reading = { kind: 'missing' };
    const problem = await tokens.get(ASK, signal).then(
      () => undefined,
      (error: unknown) => problemOf(error),
    );
    assert.ok(problem?.code === 'credential/unavailable' && problem.reason === 'missing');
    assert.equal(tokens.lastProblem(ASK)?.code, 'credential/unavailable');
    reading = { kind: 'found', credential, consumerOrg: undefined };
    credentialChanged.fire('mine');
    assert.equal(tokens.lastProblem(ASK), undefined);
    assert.equal((await tokens.get(ASK, signal)).accessToken, 'token-1');
  });
});

function granted(accessToken: string): TransportResponse {
  const body = new TextEncoder().encode(
    JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expires_in: 120, scope: 'nav:x' }),
  );
  return {
    status: 200,
    statusText: 'OK',
    headers: [['content-type', 'application/json']],
    body,
    truncated: false,
    wireBytes: body.length,
    phases: {} as TransportResponse['phases'],
  };
}
