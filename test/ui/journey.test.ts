import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { inRoot } from '../../scripts/lib/places.mjs';
import { startSandbox, type Sandbox } from '../../src/sandbox';
import { Workbench } from './driver';
import { findSecrets, recordMessages, recordedMessages } from './leaks';

const SCOPE = 'skatteetaten:inntekt';

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
    await recordMessages(workbench.page.context());
  });

  after(async () => {
    await workbench.close();
    await issuer.stop();
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
    await workbench.placeCursorAfter(SCOPE);
    await workbench.page.keyboard.type('::');
    await workbench.squiggles('warning').first().waitFor();
    await workbench.picture('squiggle');
    for (let typed = 0; typed < 2; typed++) await workbench.page.keyboard.press('Backspace');
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
    const view = await workbench.webview('Token');
    await view.getByRole('heading', { name: SCOPE }).waitFor();
    await view.getByText(/Valid, \d+ (min|s)/).first().waitFor();
  });

  it('4. shows it decoded, verified, counting down, with what was asked for and granted', async () => {
    const view = await workbench.webview('Token');
    await view.getByText(/Signature verified with key/).waitFor();
    const state = view.getByText(/Valid, /).first();
    const before = await state.innerText();
    await workbench.page.waitForFunction(() => true);
    await view.getByText(before, { exact: true }).waitFor({ state: 'detached' }); // it counts down
    const main = await view.getByRole('main').innerText();
    for (const expected of ['consumer', '889640782', 'private_key_jwt', 'Bearer']) assert.ok(main.includes(expected), expected);
    const row = view.getByRole('row', { name: SCOPE });
    assert.match(await row.first().innerText(), /Yes|asked|granted|✓|yes/i);
    await workbench.pictureInEachTheme('token');
  });

  it('5. sends the test request with the token, and without it', async () => {
    await workbench.treeAction(SCOPE, 'Send Test Request');
    const view = await workbench.webview('Request');
    await view.getByText('Send', { exact: true }).click();
    await view.getByText('200 OK').waitFor();
    const body = await view.getByRole('main').innerText();
    assert.match(body, new RegExp(SCOPE));
    assert.match(body, /889640782/);
    await workbench.pictureInEachTheme('request');
  });
});
