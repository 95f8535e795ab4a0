import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from '../../scripts/lib/places.mjs';
import { startSandbox, type Sandbox } from '../../src/sandbox';
import { base64, mapValues } from '../unit/maskinporten/recognise/support';
import { makeKeyPair, type KeyPair } from '../unit/maskinporten/support';
import { Workbench } from './driver';
import { findSecrets, formsOf, leakingFiles, leakingProcesses, recordedMessages, recordMessages } from './leaks';

const SCOPE = 'skatteetaten:inntekt';
const TOKEN = `Token: ${SCOPE}`;

describe('a credential', function () {
  this.timeout(180_000);

  const clientId = randomUUID();
  let folder: string;
  let workspace: string;
  let workbench: Workbench;
  let registered: KeyPair;
  let rotated: KeyPair;
  let issuer: Sandbox;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-credentials-'));
    workspace = path.join(folder, 'inntektsvarsel');
    await cp(inRoot('examples'), workspace, { recursive: true });
    [registered, rotated] = [await makeKeyPair(), await makeKeyPair()];
    issuer = await startSandbox({
      clients: [{ clientId, name: 'inntektsvarsel', keys: [registered.publicJwk], scopes: [SCOPE] }],
    });
    workbench = await Workbench.start({ workspace, stateDir: path.join(folder, 'state') });
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await recordMessages(workbench.page);
  });

  after(async () => {
    // `before` may have failed on the way.
    await (workbench as Workbench | undefined)?.close();
    await (issuer as Sandbox | undefined)?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const quickInput = () => workbench.page.locator('.quick-input-widget:not(.quick-input-widget-closing)');

  async function cancel(): Promise<void> {
    await workbench.page.keyboard.press('Escape');
    await quickInput().waitFor({ state: 'hidden' });
  }

  async function clipboardIsEmpty(): Promise<void> {
    await workbench.page.evaluate(async () => {
      while ((await navigator.clipboard.readText()) !== '') await new Promise(requestAnimationFrame);
    });
  }

  async function copy(text: string): Promise<void> {
    await workbench.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  }

  function secretWith({ privateJwk }: KeyPair): string {
    const data = {
      MASKINPORTEN_CLIENT_ID: clientId,
      MASKINPORTEN_CLIENT_JWK: JSON.stringify(privateJwk),
      MASKINPORTEN_SCOPES: SCOPE,
      MASKINPORTEN_ISSUER: issuer.issuer,
    };
    const metadata = { name: 'maskinporten-inntektsvarsel-1a2b3c4d', labels: { app: 'inntektsvarsel' } };
    return JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, data: mapValues(data, base64) });
  }

  it('1. is written down in a log that says all it can', async () => {
    await workbench.openActivity('Maskinporten');
    await workbench.command('Developer: Set Log Level...');
    await workbench.pick('Trace'); // for all logs, those of VS Code too
  });

  it('2. comes from the clipboard with one look at what was recognised, and leaves it', async () => {
    await copy(secretWith(registered));
    await workbench.command('Maskinporten: Add Credential…');
    await workbench.pick('From the Clipboard');
    await workbench.inputBox('This is what will be kept');
    const rows = (await workbench.quickPickEntries()).join('\n');
    for (const fact of [clientId, registered.privateJwk.kid, 'RSA, 2048 bits, RS256', issuer.issuer, SCOPE])
      assert.ok(rows.includes(fact), fact);
    await workbench.pick('Name');
    await workbench.answer('A name for it', 'Mine');
    await workbench.pick('Save and Use');
    await workbench.answerNotification('still on the clipboard', 'Clear It, Now and Always');
    await workbench.statusItem('Mine').waitFor();
    await clipboardIsEmpty();
  });

  it('3. gets a token', async () => {
    await workbench.treeAction(SCOPE, 'Get Maskinporten Token');
    const view = await workbench.webview(TOKEN);
    await view.getByText(/Signature verified with key/).waitFor();
  });

  it('4. is refused with a key that is not registered, and says so', async () => {
    await copy(secretWith(rotated));
    await workbench.command('Maskinporten: Add Credential…');
    await workbench.pick('From the Clipboard');
    await workbench.pick('Try It First…');
    await quickInput()
      .getByText(/does not know|does not accept/)
      .first()
      .waitFor();
    await workbench.pick('Use for This Session Only');
    await clipboardIsEmpty();
  });

  it('5. is told what cannot be taken for one', async () => {
    const damaged = secretWith(registered).slice(0, -200);
    for (const text of [damaged, JSON.stringify(registered.publicJwk).slice(0, 40), 'a shopping list']) {
      await copy(text);
      await workbench.command('Maskinporten: Add Credential…');
      await workbench.pick('From the Clipboard');
      await workbench.answerDialog('', 'Cancel');
      await quickInput().getByText('From a File…').waitFor();
      await cancel();
    }
    await copy('');
  });

  it('6. is renamed, duplicated and listed', async () => {
    await workbench.command('Maskinporten: Manage Credentials…');
    await workbench.pick('Mine');
    await workbench.pick('Rename…');
    await workbench.answer('A name for it', 'Ours');
    await workbench.pick('Ours');
    await workbench.pick('Duplicate…');
    await workbench.answer('A name for it', 'Copy');
    await workbench.pick('Copy');
    await quickInput().getByText('Duplicate…').waitFor();
    await cancel();
    await workbench.command('Maskinporten: Show Log');
    await workbench.page.locator('.view-line', { hasText: 'Token for' }).first().waitFor();
  });

  it('7. is nowhere but in the secret store: not in files, logs, messages, the page or a process', async () => {
    const secrets = [registered, rotated].flatMap(({ privateJwk: { d, p, q, dp, dq, qi } }) =>
      [d, p, q, dp, dq, qi].map(String).flatMap(formsOf),
    );
    const shown = await recordedMessages(workbench.page);
    assert.match(shown, /"scope"/, 'the messages to the webviews were recorded');
    assert.notDeepEqual(await leakingFiles(workbench.userDataDir, [`Token for ${SCOPE}`]), [], 'the logs are searched');
    assert.deepEqual(findSecrets(shown, secrets), []);
    assert.deepEqual(await leakingFiles(workbench.userDataDir, secrets), []);
    assert.deepEqual(await leakingFiles(workspace, secrets), []);
    assert.deepEqual(await leakingProcesses(secrets), []);
  });
});
