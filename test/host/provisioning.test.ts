import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { UndiciTransport } from '../../src/http/transport';
import { readFile } from '../../src/manifest';
import type { ClientCredential } from '../../src/maskinporten/model';
import { problemOf } from '../../src/maskinporten/problem';
import { readProvisioning } from '../../src/maskinporten/provisioning';
import { problemCard } from '../../src/panels/problemCard';
import type { Confirmations } from '../../src/platform/confirmations';
import { startSandbox, type Sandbox } from '../../src/sandbox';
import { createTranslate } from '../../src/shared/localize';
import type { Credentials } from '../../src/state/credentials';
import { SANDBOX_ID, type ActiveEnvironment, type Environments } from '../../src/state/environments';
import { ProvisioningReadings } from '../../src/state/provisioning';
import type { SandboxHost } from '../../src/state/sandboxHost';
import { Tokens } from '../../src/state/tokens';
import { problemContextOf } from '../../src/words/problemContext';
import { asJson, client, type Wanted } from '../unit/maskinporten/provisioning/statuses';
import { makeKeyPair } from '../unit/maskinporten/support';
import { SILENT_LOG } from './silentLog';

const CLIENT_ID = 'b0ae1b43-7b3c-4d0f-8c1e-3f1a0a8a1c55';
const REFUSED = 'skatteetaten:inntekt';
const OTHER = 'nav:other';
const ASK = { manifestUri: 'file:///nais.yaml', workload: 'my-app', scopes: [REFUSED] };
const MANIFEST = `apiVersion: nais.io/v1alpha1
kind: Application
metadata: { name: my-app, namespace: my-team }
spec:
  maskinporten:
    enabled: true
    scopes:
      consumes:
        - name: ${REFUSED}
        - name: ${OTHER}
`;
const MINUTE_MS = 60_000;

/** What digdirator writes when the organisation lacks the scope. */
const LACKING = [
  ['Ready', 'True', 'Resource is up-to-date with DigDir'],
  ['InvalidConsumedScopes', 'True', `Organization has no access to scopes: [${REFUSED}]`],
] as const;

describe('a refusal of a scope that the manifest declares (MP-200)', () => {
  let sandbox: Sandbox;
  let transport: UndiciTransport;
  let tokens: Tokens;
  let readings: ProvisioningReadings;
  let current: ActiveEnvironment;

  before(async () => {
    const { privateJwk, publicJwk } = await makeKeyPair();
    // The client is there without the scope, as Maskinporten has it in all three stories.
    sandbox = await startSandbox({
      clients: [{ clientId: CLIENT_ID, name: 'my-app', keys: [publicJwk], scopes: [OTHER] }],
    });
    const environment = { kind: 'custom', issuer: sandbox.issuer } as const;
    const credential: ClientCredential = { environment, clientId: CLIENT_ID, privateJwk };
    current = { id: 'mine', label: 'Mine', clientId: CLIENT_ID, ...environment };
    const never = new vscode.EventEmitter<void>().event;
    const environments = {
      get current() {
        return current;
      },
      onDidChange: never,
    } as unknown as Environments;
    const credentials = { onDidChange: never, read: () => Promise.resolve({ kind: 'found', credential }) };
    transport = new UndiciTransport();
    tokens = new Tokens(
      transport,
      environments,
      credentials as unknown as Credentials,
      {} as unknown as SandboxHost,
      {} as unknown as Confirmations,
      SILENT_LOG,
    );
    readings = new ProvisioningReadings(environments);
    const code = await tokens.get(ASK, new AbortController().signal).then(
      () => undefined,
      (error: unknown) => problemOf(error)?.code,
    );
    assert.equal(code, 'MP-200');
  });

  after(async () => {
    tokens.dispose();
    readings.dispose();
    transport.close();
    await sandbox.stop();
  });

  /** As "Check Provisioning" keeps what it reads from the clipboard. */
  function read(wanted: Wanted, readAtMs = Date.now()): void {
    const consumes = [REFUSED, OTHER];
    const reading = readProvisioning(asJson(client({ clientId: CLIENT_ID, consumes, ...wanted })));
    assert.ok(reading.ok);
    readings.keep(ASK, reading.status, readAtMs);
  }

  function card() {
    const problem = tokens.lastProblem(ASK);
    assert.ok(problem);
    const context = problemContextOf(readFile(MANIFEST).documents[0]?.manifest, readings.factsFor(ASK));
    return problemCard(problem, createTranslate({}), context).card;
  }

  const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS).toISOString();
  const buttons = () => card().actions.map(({ label }) => label);

  it('may have any of the three stories while nobody has asked the cluster, which is offered', () => {
    assert.match(card().cause, /may not have got it yet, or its owner may not have granted it/);
    assert.deepEqual(buttons().slice(0, 2), ['Wait Until It Works', 'Check Provisioning…']);
    assert.ok(buttons().includes('Copy Access Request'));
    assert.ok(buttons().includes('Show the Command That Resyncs'));
  });

  it('is waited for after a deploy of five minutes ago', () => {
    read({ synchronizationTime: ago(5.5) });
    assert.match(card().cause, /^The client was brought to Digdir 5 min ago/);
    assert.equal(buttons()[0], 'Wait Until It Works');
  });

  it('is resynced where Nais has the access and the client is older', () => {
    read({ synchronizationTime: ago(180) });
    assert.match(card().cause, /^Your organisation has access to it, as Nais says/);
    assert.equal(buttons()[0], 'Show the Command That Resyncs');
  });

  it('is asked for where Nais found no access', () => {
    read({ synchronizationTime: ago(180), conditions: LACKING });
    assert.match(card().cause, new RegExp(`^Its owner had not granted ${REFUSED} to your organisation`));
    assert.equal(buttons()[0], 'Copy Access Request');
  });

  it('goes by the last reading, and tells who shows it', () => {
    let changes = 0;
    const subscription = readings.onDidChange(() => changes++);
    read({ synchronizationTime: ago(180), conditions: LACKING });
    read({ synchronizationTime: ago(1) });
    subscription.dispose();
    assert.equal(changes, 2);
    assert.equal(buttons()[0], 'Wait Until It Works');
  });

  it('is explained with the reading of its own client, whatever environment was chosen when it was read', () => {
    const chosen = current;
    read({ synchronizationTime: ago(1), clientId: 'another' });
    assert.equal(buttons()[0], 'Select Environment…', 'the cluster has another client');
    current = { ...chosen, id: SANDBOX_ID };
    read({ synchronizationTime: ago(180), conditions: LACKING });
    assert.equal(readings.factsFor(ASK), undefined, 'no cluster has a client of the sandbox’s');
    current = chosen;
    assert.equal(buttons()[0], 'Copy Access Request');
    current = { ...chosen, id: 'elsewhere', clientId: 'yet-another' };
    assert.equal(readings.factsFor(ASK), undefined);
    current = chosen;
    assert.equal(readings.factsFor({ ...ASK, workload: 'other-app' }), undefined);
  });
});
