import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { inRoot } from '../../scripts/lib/places.mjs';
import { startSandbox, type Sandbox, type SandboxEvent } from '../../src/sandbox';
import { Workbench } from './driver';
import { findSecrets, leakingFiles, recordedMessages, recordMessages } from './leaks';

const SCOPE = 'skatteetaten:inntekt';
const TOKEN = `Token: ${SCOPE}`;
const REQUEST = `Request: ${SCOPE}`;

interface ClientKey {
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

async function makeKey(): Promise<ClientKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const members = { kid: randomUUID(), alg: 'RS256', use: 'sig' };
  return {
    privateJwk: { ...(await exportJWK(privateKey)), ...members },
    publicJwk: { ...(await exportJWK(publicKey)), ...members },
  };
}

describe('the main job', function () {
  this.timeout(120_000);

  const clientId = randomUUID();
  let folder: string;
  let workbench: Workbench;
  let registered: ClientKey;
  let stranger: ClientKey;
  /** A second issuer on loopback, with a client of its own: what a credential is for. */
  let issuer: Sandbox;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-journey-'));
    await cp(inRoot('examples'), path.join(folder, 'inntektsvarsel'), { recursive: true });
    registered = await makeKey();
    const { privateJwk } = await makeKey();
    stranger = { privateJwk: { ...privateJwk, kid: registered.privateJwk.kid! }, publicJwk: registered.publicJwk };
    issuer = await startSandbox({
      clients: [{ clientId, name: 'inntektsvarsel', keys: [registered.publicJwk], scopes: [SCOPE] }],
    });
    workbench = await Workbench.start({
      workspace: path.join(folder, 'inntektsvarsel'),
      stateDir: path.join(folder, 'state'),
    });
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

  it('1. shows workload, scopes and hosts of a templated manifest in the tree', async () => {
    await workbench.openActivity('Maskinporten');
    await workbench.treeRow(SCOPE).waitFor();
    const rows = await workbench.treeRows();
    assert.deepEqual(rows, [
      'inntektsvarsel .nais/nais.yaml',
      'Consumes',
      'skatteetaten:inntekt no token',
      'krr:global/kontaktinformasjon.read no token',
      'Exposes',
      'nav:varsel/inntektsendring.read 2 consumers · 120 s',
      'Outbound',
      '{{inntekt.host}} from a template',
      'test.kontaktregisteret.no 443',
    ]);
  });

  it('2. underlines a malformed scope while it is typed, and says on a good one who owns it', async () => {
    await workbench.openFile('.nais/nais.yaml');
    assert.equal(await workbench.squiggles('warning').count(), 0);
    await workbench.editor.locator('.codelens-decoration').nth(1).waitFor(); // they move the lines below
    await workbench.placeCursorAfter(SCOPE);
    await workbench.page.keyboard.type('/');
    await workbench.squiggles('warning').first().waitFor();
    await workbench.picture('squiggle');
    await workbench.page.keyboard.press('Backspace');
    await workbench.squiggles('warning').first().waitFor({ state: 'detached' });

    const hover = await workbench.hover(SCOPE);
    const text = (await hover.innerText()).replaceAll('\u00a0', ' ');
    assert.match(text, /Owned by Skatteetaten/);
    assert.match(text, /Sandbox: no token/);
    await workbench.picture('hover');
    await workbench.page.keyboard.press('Escape');
  });

  it('3. gets a token from the sandbox with one click on the key', async () => {
    await workbench.statusItem('Sandbox').waitFor();
    await workbench.treeAction(SCOPE, 'Get Maskinporten Token');
    const view = await workbench.webview(TOKEN);
    await view.getByRole('heading', { name: SCOPE }).waitFor();
    await view
      .getByText(/Valid, \d+ (min|s)/)
      .first()
      .waitFor();
  });

  it('4. shows it decoded, verified, counting down, with what was asked for and granted', async () => {
    const view = await workbench.webview(TOKEN);
    await view.getByText(/Signature verified with key/).waitFor();
    const state = view.getByRole('main').getByText(/^Valid, /);
    const before = await state.innerText();
    await view.getByRole('main').getByText(before, { exact: true }).waitFor({ state: 'detached' }); // it counts down
    await state.waitFor();
    const main = await view.getByRole('main').innerText();
    for (const expected of ['consumer', '889640782', 'private_key_jwt', 'Bearer'])
      assert.ok(main.includes(expected), expected);
    const row = view.getByRole('row', { name: SCOPE });
    assert.match(await row.first().innerText(), /Yes|asked|granted|✓|yes/i);
    await workbench.pictureInEachTheme('token');
  });

  it('5. sends the test request with the token, and without it', async () => {
    await workbench.treeAction(SCOPE, 'Send Test Request');
    const view = await workbench.webview(REQUEST);
    await send(view);
    await view.getByText('200 OK', { exact: true }).waitFor();
    const answer = await view.getByRole('main').innerText();
    assert.match(answer, new RegExp(`"scope": "${SCOPE}"`));
    assert.match(answer, /889640782/);
    await workbench.pictureInEachTheme('request');

    await view.locator('.token-select').click();
    await view.getByText('Without token').last().click();
    await send(view);
    await view.getByText('401 Unauthorized', { exact: true }).waitFor();
    assert.match(await view.getByRole('main').innerText(), /WWW-Authenticate/i);
    await workbench.pictureInEachTheme('request-without-token');
  });

  it('6. takes a credential of its own, once its key is fit for use', async () => {
    await workbench.command('Maskinporten: Add Credential…');
    await workbench.pick('Type It In…');
    await workbench.pick('Another issuer…');
    await workbench.answer('Issuer URL', issuer.issuer);
    await workbench.answer('Client id', clientId);
    await workbench.answer('Private key', JSON.stringify(registered.publicJwk));
    await workbench.inputMessage.getByText(/public/).waitFor();
    await workbench.picture('credential-public-key');
    await workbench.answer('"kty"', JSON.stringify(registered.privateJwk)); // the prompt has given way to the complaint
    await nameAndSave('Mine');
    await workbench.notification('The credential Mine is kept');
    await workbench.statusItem('Mine').waitFor();
    await workbench.command('Get Maskinporten Token');
    await workbench.pick(SCOPE);
    await showsGoodToken();
  });

  it('7. still has it after a full restart, and gets a token with it', async () => {
    await workbench.restart();
    await recordMessages(workbench.page);
    await workbench.statusItem('Mine').waitFor();
    await workbench.openActivity('Maskinporten'); // VS Code may come back with another view where it had to read an installed one anew
    await workbench.treeRow(SCOPE).waitFor();
    const granted = nextEvent('token');
    await getToken();
    assert.equal((await granted).workload, 'inntektsvarsel');
    const view = await workbench.webview(TOKEN);
    assert.ok((await view.getByRole('main').innerText()).includes(issuer.issuer));
    assert.equal(await workbench.tab(TOKEN).count(), 1); // the tab of before the restart has given way
    await workbench.treeAction(SCOPE, 'Send Test Request');
    const request = await workbench.webview(REQUEST);
    await request.getByRole('combobox', { name: 'URL' }).fill(issuer.sampleApiUrl);
    await send(request);
    await request.getByText('200 OK', { exact: true }).waitFor();
  });

  it('8. explains a wrong key with the code and the cure, not with the raw refusal', async () => {
    await workbench.command('Maskinporten: Add Credential…');
    await workbench.pick('Type It In…');
    await workbench.pick('Another issuer…');
    await workbench.answer('Issuer URL', issuer.issuer);
    await workbench.answer('Client id', clientId);
    await workbench.answer('Private key', JSON.stringify(stranger.privateJwk));
    await nameAndSave('Wrong');
    await workbench.statusItem('Wrong').waitFor();
    await workbench.treeAction(SCOPE, 'Get Maskinporten Token');
    const view = await workbench.webview(TOKEN);
    await view
      .getByRole('heading', { name: 'Maskinporten does not accept the signature (MP-124).', exact: true })
      .waitFor();
    const card = await view.getByRole('main').innerText();
    assert.match(card, /Take client id and key from the same secret/);
    assert.match(card, new RegExp(clientId));
    assert.doesNotMatch(card, /[{}]/);
    await workbench
      .treeRow(SCOPE)
      .getByText(/refused \(MP-124\)/)
      .waitFor();
    await workbench.pictureInEachTheme('refusal');
  });

  it('9. has leaked neither key nor token nor assertion on the way', async () => {
    await workbench.command('Maskinporten: Show Log');
    await workbench.page.locator('.view-line', { hasText: 'No token for' }).first().waitFor();
    const secrets = [registered, stranger].flatMap(({ privateJwk }) =>
      [privateJwk.d, privateJwk.p, privateJwk.q, privateJwk.dp, privateJwk.dq, privateJwk.qi].map(String),
    );
    const shown = await recordedMessages(workbench.page);
    assert.match(shown, /"scope"/, 'the messages to the webviews were recorded');
    assert.deepEqual(findSecrets(shown, secrets), []);
    assert.deepEqual(await leakingFiles(workbench.userDataDir, secrets), []);
    assert.deepEqual(await leakingFiles(path.join(folder, 'inntektsvarsel'), secrets), []);
  });

  async function nameAndSave(name: string): Promise<void> {
    await workbench.pick('Name');
    await workbench.answer('A name for it', name);
    await workbench.pick('Save and Use');
  }

  async function getToken(): Promise<void> {
    await workbench.treeAction(SCOPE, 'Get Maskinporten Token');
    await showsGoodToken();
  }

  async function showsGoodToken(): Promise<void> {
    const view = await workbench.webview(TOKEN);
    await view
      .getByRole('main')
      .getByText(/^Valid, /)
      .waitFor();
    await view.getByText(/Signature verified with key/).waitFor();
  }

  async function send(view: FrameLocator): Promise<void> {
    await view.getByRole('button', { name: 'Send', exact: true }).click();
  }

  function nextEvent(kind: SandboxEvent['kind']): Promise<SandboxEvent> {
    return new Promise((resolve) => {
      const subscription = issuer.onEvent((event) => {
        if (event.kind !== kind) return;
        subscription.dispose();
        resolve(event);
      });
    });
  }
});
