import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../../src/sandbox';
import { CLIENT_ID, clientWith, rsaKeyPair, SCOPE } from '../sandbox/support';

const APP = path.resolve(__dirname, '../../../examples/app/main.mjs');

interface Run {
  readonly exitCode: number;
  readonly printed: string;
}

/** Runs the app as it is, with nothing in its environment but what it is given. */
async function run(variables: Readonly<Record<string, string>>): Promise<Run> {
  const child = spawn(process.execPath, [APP], { env: { PATH: process.env['PATH'], ...variables } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, printed };
}

describe('the example app', () => {
  let sandbox: Sandbox;
  let environment: Record<string, string>;

  before(async () => {
    const { privateJwk, publicJwk } = await rsaKeyPair('client-1');
    sandbox = await startSandbox({ clients: [clientWith([publicJwk])] });
    const { tokenEndpoint } = sandbox.openTexas({ clientId: CLIENT_ID, privateJwk });
    environment = { NAIS_TOKEN_ENDPOINT: tokenEndpoint, API_URL: sandbox.sampleApiUrl };
  });
  after(() => sandbox.stop());

  it('gets a token from its pod’s endpoint and an answer from the API', async () => {
    const { exitCode, printed } = await run(environment);
    assert.equal(exitCode, 0, printed);
    assert.match(printed, /^The API answered 200\n/);
    assert.match(printed, new RegExp(`"scope":"${SCOPE}"`));
    assert.doesNotMatch(printed, /eyJ/, 'no token is printed');
  });

  it('says why it got no token', async () => {
    const { exitCode, printed } = await run({ ...environment, SCOPE: 'ks:fiks' });
    assert.equal(exitCode, 1);
    assert.match(printed, /^No answer from the API\. ks:fiks: 400 invalid_scope\. /);
  });

  it('says what its environment lacks, and how to be started', async () => {
    const { exitCode, printed } = await run({ API_URL: sandbox.sampleApiUrl });
    assert.equal(exitCode, 2);
    assert.match(printed, /^NAIS_TOKEN_ENDPOINT is missing\. Start this with /);
  });
});
