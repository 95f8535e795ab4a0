import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/places.mjs';
import { startSandbox, type Sandbox } from '../../src/sandbox';
import { asJson, client, type Wanted } from '../unit/maskinporten/provisioning/statuses';
import { base64, mapValues } from '../unit/maskinporten/recognise/support';
import { makeKeyPair, PERSON, type KeyPair } from '../unit/maskinporten/support';
import { ALL_THEMES, Workbench } from './driver';

const CLIENT_ID = 'b0ae1b43-7b3c-4d0f-8c1e-3f1a0a8a1c55';
const INNTEKT = 'skatteetaten:inntekt';
const KRR = 'krr:global/kontaktinformasjon.read';
const ALTINN = 'altinn:consentrequests.read';
/** An organisation that has delegated the scopes of the client to it. */
const CUSTOMER = '974761076';
const CONSENT_ID = '77ed8698-e619-4066-9eb4-5c1eb3f165a1';
const MINUTE_MS = 60_000;

const LACKING = [
  ['Ready', 'True', 'Resource is up-to-date with DigDir'],
  ['InvalidConsumedScopes', 'True', `Organization has no access to scopes: [${KRR}]`],
] as const;

describe('a client that lacks a scope of its manifest', function () {
  this.timeout(180_000);

  let folder: string;
  let workbench: Workbench;
  let issuer: Sandbox;
  let key: KeyPair;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-refusals-'));
    const workspace = path.join(folder, 'inntektsvarsel');
    await cp(inRoot('examples'), workspace, { recursive: true });
    key = await makeKeyPair();
    const from = `urn:altinn:person:identifier-no:${PERSON}`;
    issuer = await startSandbox({
      clients: [
        {
          clientId: CLIENT_ID,
          name: 'inntektsvarsel',
          keys: [key.publicJwk],
          scopes: [INNTEKT, ALTINN],
          delegations: [{ consumer: CUSTOMER }],
          consents: [{ id: CONSENT_ID, from, resource: 'inntekt', validTo: '2030-01-20T10:34:34.836+00:00' }],
        },
      ],
    });
    workbench = await Workbench.start({ workspace, stateDir: path.join(folder, 'state') });
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.openActivity('Maskinporten');
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

  async function copy(text: string): Promise<void> {
    await workbench.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  }

  /** What the cluster says, by way of the clipboard; then the token view again. */
  async function checkProvisioning(wanted: Wanted): Promise<FrameLocator> {
    const consumes = [INNTEKT, KRR];
    await copy(asJson(client({ name: 'inntektsvarsel', clientId: CLIENT_ID, consumes, ...wanted })));
    const view = await workbench.webview(`Token: ${KRR}`);
    await view.getByRole('button', { name: 'Check Provisioning…' }).click();
    await workbench.pick('I Ran It: Read the Clipboard');
    await workbench.tab('Preview inntektsvarsel.md').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.tab(`Token: ${KRR}`).click();
    return workbench.webview(`Token: ${KRR}`);
  }

  async function firstButton(view: FrameLocator): Promise<string> {
    return view.locator('.problem').getByRole('button').first().innerText();
  }

  const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

  it('comes from the clipboard, from what kubectl prints as JSON', async () => {
    const data = {
      MASKINPORTEN_CLIENT_ID: CLIENT_ID,
      MASKINPORTEN_CLIENT_JWK: JSON.stringify(key.privateJwk),
      MASKINPORTEN_SCOPES: `${INNTEKT} ${KRR}`,
      MASKINPORTEN_ISSUER: issuer.issuer,
    };
    const metadata = { name: 'maskinporten-inntektsvarsel-1a2b3c4d', labels: { app: 'inntektsvarsel' } };
    await copy(JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, data: mapValues(data, base64) }, null, 4));
    for (const theme of [...ALL_THEMES].reverse()) {
      await workbench.setTheme(theme);
      await workbench.command('Maskinporten: Add Credential…');
      await workbench.pick('From the Clipboard');
      await workbench.inputBox('This is what will be kept');
      const rows = (await workbench.quickPickEntries()).join('\n');
      for (const fact of [CLIENT_ID, 'RSA, 2048 bits, RS256', issuer.issuer]) assert.ok(rows.includes(fact), fact);
      await workbench.picture(`import-kubectl-${theme}`);
      if (theme !== 'dark') await workbench.page.keyboard.press('Escape');
    }
    await workbench.pick('Save and Use');
    await workbench.answerNotification('still on the clipboard', 'Clear It, Now and Always');
  });

  it('is told that there are three stories while nobody has asked the cluster (MP-200)', async () => {
    await workbench.treeAction(KRR, 'Get Maskinporten Token');
    const view = await workbench.webview(`Token: ${KRR}`);
    await view.getByRole('heading', { name: /Maskinporten does not know the scope/ }).waitFor();
    await view.getByText(/the client may not have got it yet, or its owner may not have granted it/).waitFor();
    assert.equal(await firstButton(view), 'Wait Until It Works');
  });

  it('waits after a deploy', async () => {
    const view = await checkProvisioning({ synchronizationTime: ago(5) });
    await view.getByText(/^The client was brought to Digdir 5 min ago/).waitFor();
    assert.equal(await firstButton(view), 'Wait Until It Works');
  });

  it('asks the owner where Nais found no access', async () => {
    const view = await checkProvisioning({ synchronizationTime: ago(180), conditions: LACKING });
    await view.getByText(/^Its owner had not granted/).waitFor();
    assert.equal(await firstButton(view), 'Copy Access Request');
    await workbench.pictureInEachTheme('refusal-not-granted');
  });

  it('is synchronised again where access came after the deploy', async () => {
    const view = await checkProvisioning({ synchronizationTime: ago(180) });
    await view.getByText(/^Your organisation has access to it, as Nais says/).waitFor();
    assert.equal(await firstButton(view), 'Show the Command That Resyncs');
  });

  it('asks by a consent and for a person, whose number is shown nowhere', async () => {
    await workbench.contextMenu(workbench.treeRow(INNTEKT), 'Get Maskinporten Token With Options…');
    const form = await workbench.webview(`Token: ${INNTEKT}`);
    const options = form.getByRole('region', { name: 'Options' });
    await options.getByText(INNTEKT, { exact: true }).click();
    await form.getByLabel('Other scopes').fill(ALTINN);
    await form.getByLabel('Person (pid)').fill(PERSON);
    await options.locator('vscode-single-select').click();
    await options.getByRole('option', { name: 'A consent in Altinn' }).click();
    await form.getByLabel('Id of the consent').fill(CONSENT_ID);
    await form.getByLabel('Who consented').fill(PERSON);
    await options.getByRole('button', { name: 'Get Token' }).click();
    const view = await workbench.webview(`Token: ${ALTINN}`);
    await view.getByText(/Signature verified with key/).waitFor();
    await view.getByText(`consent ${CONSENT_ID}`).waitFor();
    await view.getByText('Grant that was sent').click();
    const grant = view.getByRole('table', { name: 'Claims of the grant' });
    assert.match(await grant.getByRole('row', { name: 'pid' }).innerText(), /•{11}/);
    assert.match(
      await grant.getByRole('row', { name: 'authorization_details' }).innerText(),
      new RegExp(`"id": "${CONSENT_ID}",\\s+"from": "urn:altinn:person:identifier-no:•{11}"`),
    );
    const claims = view.getByRole('table', { name: 'Claims', exact: true });
    assert.match(await claims.getByRole('row', { name: 'authorization_details' }).innerText(), /"consentRights"/);
    assert.ok(!(await view.getByRole('main').innerText()).includes(PERSON));
    await grant.getByRole('row', { name: 'authorization_details' }).scrollIntoViewIfNeeded();
    await workbench.picture('token-consent');
    await grant.getByRole('button', { name: 'Copy pid' }).click();
    await workbench.page.evaluate(async (person) => {
      while ((await navigator.clipboard.readText()) !== person) await new Promise(requestAnimationFrame);
    }, PERSON);
  });

  it('asks on behalf of a customer for one resource, and the request goes with just that token', async () => {
    await workbench.contextMenu(workbench.treeRow(INNTEKT), 'Get Maskinporten Token With Options…');
    const form = await workbench.webview(`Token: ${INNTEKT}`);
    const options = form.getByRole('region', { name: 'Options' });
    await form.getByLabel('Resource (resource)').fill(issuer.sampleApiUrl);
    await form.getByLabel('On behalf of (consumer_org)').fill(CUSTOMER);
    await options.getByRole('button', { name: 'Get Token' }).click();
    await options.waitFor({ state: 'detached' });
    await form.getByText(/Signature verified with key/).waitFor();
    await form.getByRole('button', { name: 'Send Request' }).click();
    const request = await workbench.webview(`Request: ${INNTEKT}`);
    await request.getByText(`resource ${issuer.sampleApiUrl}`).waitFor();
    await request.getByText(`consumer_org ${CUSTOMER}`).waitFor();
    await request.getByRole('combobox', { name: 'URL' }).fill(issuer.sampleApiUrl);
    await request.getByRole('button', { name: 'Send', exact: true }).click();
    await request.getByText('200 OK', { exact: true }).waitFor();
    const answer = await request.getByRole('main').innerText();
    assert.match(answer, new RegExp(`"consumer": "${CUSTOMER}"`));
    assert.ok(answer.includes(`"audience": "${issuer.sampleApiUrl}"`), answer);
    await workbench.pictureInEachTheme('request-token-options');
  });
});
