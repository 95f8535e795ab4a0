import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateKeyPair, SignJWT } from 'jose';
import type { FrameLocator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/places.mjs';
import { Workbench } from './driver';
import { findSecrets, recordedMessages, recordMessages } from './leaks';

const INNTEKT = 'skatteetaten:inntekt';
const KRR = 'krr:global/kontaktinformasjon.read';
const MISSPELT = 'skatteetaten:intekt';
const UNDECLARED = 'altinn:serviceowner/reportees';
/** Nobody listens there, and the test never says yes to asking. */
const STRANGER = 'https://issuer.invalid/';

describe('tokens', function () {
  this.timeout(120_000);

  let folder: string;
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-tokens-'));
    workspace = path.join(folder, 'inntektsvarsel');
    await cp(inRoot('examples'), workspace, { recursive: true });
    const { privateKey } = await generateKeyPair('RS256');
    const expired = await new SignJWT({
      scope: INNTEKT,
      consumer: { authority: 'iso6523-actorid-upis', ID: '0192:889640782' },
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'a-key' })
      .setIssuer(STRANGER)
      .setIssuedAt(Math.floor(Date.now() / 1000) - 300)
      .setExpirationTime(Math.floor(Date.now() / 1000) - 180)
      .setJti(randomUUID())
      .sign(privateKey);
    await writeFile(path.join(workspace, 'call.http'), `${expired}\n`);
    workbench = await Workbench.start({ workspace, stateDir: path.join(folder, 'state') });
    await recordMessages(workbench.page);
    await workbench.openActivity('Maskinporten');
    await workbench.treeRow(INNTEKT).waitFor();
  });

  after(async () => {
    await (workbench as Workbench | undefined)?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  it('are had for two scopes at once, from a form that says what Digdir advises', async () => {
    await workbench.contextMenu(workbench.treeRow(INNTEKT), 'Get Maskinporten Token With Options…');
    const view = await workbench.webview(`Token: ${INNTEKT}`);
    await view.getByRole('region', { name: 'Options' }).getByText(KRR, { exact: true }).click();
    await view.getByText('Digdir advises one scope for each token.', { exact: true }).waitFor();
    await workbench.pictureInEachTheme('token-options');
    await view.getByRole('region', { name: 'Options' }).getByRole('button', { name: 'Get Token' }).click();
    const both = await workbench.webview(`Token: ${INNTEKT} ${KRR}`);
    await both.getByText(/Signature verified with key/).waitFor();
    for (const scope of [INNTEKT, KRR]) {
      assert.match(await both.getByRole('row', { name: scope }).first().innerText(), /Yes\s+Yes\s+Yes/);
    }
    assert.equal(await both.getByRole('region', { name: 'Options' }).count(), 0, 'the form is closed');
    await workbench.pictureInEachTheme('token-two-scopes');
  });

  it('count down', async () => {
    const view = await workbench.webview(`Token: ${INNTEKT} ${KRR}`);
    const state = view.getByRole('main').getByText(/^Valid, /);
    const before = await state.innerText();
    await view.getByRole('main').getByText(before, { exact: true }).waitFor({ state: 'detached' });
    await state.waitFor();
  });

  it('say at the field what cannot be asked for, before anything is sent', async () => {
    const view = await openOptions(INNTEKT);
    await view.getByLabel('On behalf of (consumer_org)').fill('88964078');
    await view.getByRole('region', { name: 'Options' }).getByRole('button', { name: 'Get Token' }).click();
    await view.getByText(/“88964078” is not an organisation number/).waitFor();
    await view.getByRole('region', { name: 'Options' }).getByRole('button', { name: 'Close' }).click();
    await view.getByRole('region', { name: 'Options' }).waitFor({ state: 'detached' });
  });

  it('are had with one click in place of a misspelt scope (MP-200)', async () => {
    await askFor(MISSPELT);
    const view = await workbench.webview(`Token: ${MISSPELT}`);
    await view.getByRole('heading', { name: /Maskinporten does not know the scope skatteetaten:intekt/ }).waitFor();
    await view.getByText(`It is not in the manifest; ${INNTEKT} is.`).waitFor();
    await workbench.pictureInEachTheme('refusal-misspelt');
    await view.getByRole('button', { name: `Replace with ${INNTEKT}` }).click();
    const mended = await workbench.webview(`Token: ${INNTEKT}`);
    await mended.getByText(/Signature verified with key/).waitFor();
    // The tab of before for the same scope has given way: this one is left, and that for two scopes.
    await workbench.tab(`Token: ${INNTEKT}`).nth(2).waitFor({ state: 'detached' });
    assert.equal(await workbench.tab(`Token: ${INNTEKT}`).count(), 2);
  });

  it('are had for a scope that the manifest lacked, once the button has added it (MP-200)', async () => {
    await askFor(UNDECLARED);
    const title = `Token: ${UNDECLARED}`;
    const view = await workbench.webview(title);
    await view.getByRole('button', { name: 'Add to Manifest' }).click();
    await workbench.editor.locator('.view-line', { hasText: `- name: ${UNDECLARED}` }).waitFor();
    await workbench.treeRow(UNDECLARED).waitFor();
    await workbench.pictureInEachTheme('refusal-scope-added');
    await workbench.tab('nais.yaml').click();
    await workbench.page.keyboard.press('Control+S');
    await workbench.tab(title).click();
    const again = await workbench.webview(title);
    await again.getByRole('button', { name: 'Get Token', exact: true }).click();
    await again.getByText(/Signature verified with key/).waitFor();
    const text = await readFile(path.join(workspace, '.nais', 'nais.yaml'), 'utf8');
    assert.match(text, new RegExp(`- name: ${UNDECLARED}\n`));
  });

  it('are exchanged for one of Altinn’s, which is shown beside the first', async () => {
    const view = await workbench.webview(`Token: ${UNDECLARED}`);
    await view.getByRole('button', { name: 'Exchange for Altinn Token' }).click();
    await view.getByRole('button', { name: 'Copy Altinn Token' }).waitFor();
    assert.equal(
      await view
        .getByRole('main')
        .getByText(/^Valid, /)
        .count(),
      2,
    );
    await view.getByRole('button', { name: 'Copy Altinn Token' }).scrollIntoViewIfNeeded();
    await view
      .getByText(/Signature verified with key/)
      .nth(1)
      .waitFor();
    await workbench.picture('altinn-token');
  });

  it('tell in a .http file what they are when the mouse rests on them', async () => {
    await workbench.openFile('call.http');
    const text = (await (await workbench.hover('eyJ')).innerText()).replaceAll('\u00a0', ' ');
    assert.match(text, /Expired \d min ago/);
    assert.match(text, /The signature was not checked\./);
    assert.match(text, new RegExp(INNTEKT));
    assert.match(text, /889640782/);
    await workbench.picture('jwt-hover');
    await workbench.page.keyboard.press('Escape');
  });

  it('are decoded from the selection, expired ones too, and nobody unknown is asked for keys', async () => {
    await workbench.placeCursorAfter('eyJ');
    await workbench.page.keyboard.press('Control+A');
    await workbench.command('Maskinporten: Decode Token…');
    const view = await workbench.webview('Decoded Token');
    await view
      .getByText(/^Expired \d min ago/)
      .first()
      .waitFor();
    await view.getByText(/No environment here has its issuer, https:\/\/issuer\.invalid\//).waitFor();
    await view.getByRole('button', { name: 'Fetch the Keys of Its Issuer…' }).waitFor();
    assert.match(await view.getByRole('main').innerText(), /From call\.http/);
    await workbench.pictureInEachTheme('decode-expired');
    await view.getByRole('button', { name: 'Fetch the Keys of Its Issuer…' }).click();
    await workbench.answerDialog('Fetch the keys of https://issuer.invalid/?', 'Cancel');
    await view.getByText(/No environment here has its issuer/).waitFor();
  });

  it('are forgotten all at once, in the views that are open too, which ask for none of themselves', async () => {
    await workbench.tab(`Token: ${UNDECLARED}`).click();
    const view = await workbench.webview(`Token: ${UNDECLARED}`);
    await view.getByRole('button', { name: 'Copy Altinn Token' }).waitFor();
    await workbench.command('Maskinporten: Forget All Tokens');
    await view.getByRole('button', { name: /^Copy / }).waitFor({ state: 'detached' });
    await view.getByText(/Signature verified with key/).waitFor({ state: 'detached' });
    for (const scope of [INNTEKT, KRR, UNDECLARED]) {
      await workbench.treeRow(scope).getByText('no token').waitFor();
    }
    await workbench.tab(`Token: ${INNTEKT} ${KRR}`).click();
    const unseen = await workbench.webview(`Token: ${INNTEKT} ${KRR}`);
    const get = unseen.getByRole('button', { name: 'Get Token', exact: true });
    await get.waitFor();
    assert.equal(await unseen.getByText(/Signature verified with key/).count(), 0);
    await get.click();
    await unseen.getByText(/Signature verified with key/).waitFor();
  });

  it('are never in a message to a webview', async () => {
    const shown = await recordedMessages(workbench.page);
    assert.match(shown, /"scope"/, 'the messages to the webviews were recorded');
    assert.deepEqual(findSecrets(shown, []), []);
  });

  async function openOptions(scope: string): Promise<FrameLocator> {
    await workbench.contextMenu(workbench.treeRow(scope), 'Get Maskinporten Token With Options…');
    const view = await workbench.webview(`Token: ${scope}`);
    await view.getByRole('region', { name: 'Options' }).waitFor();
    return view;
  }

  async function askFor(scope: string): Promise<void> {
    const view = await openOptions(KRR);
    await view.getByRole('region', { name: 'Options' }).getByText(KRR, { exact: true }).click();
    await view.getByLabel('Other scopes').fill(scope);
    await view.getByRole('region', { name: 'Options' }).getByRole('button', { name: 'Get Token' }).click();
  }
});
