import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { FrameLocator, Locator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/places.mjs';
import { Workbench } from './driver';
import { storedTexts } from './inPage.mjs';
import { findSecrets, recordedMessages, recordMessages } from './leaks';

const SCOPE = 'skatteetaten:inntekt';
const REQUEST = `Request: ${SCOPE}`;
/** What stands on its tab once Send has looked at what was typed. */
const CHECKED = 'GET api.example.no';
const SECRET = 'hemmelig-nøkkel-1234567890';

/** What hardly anyone can pass by, and what most cannot (axe-core, "impact"). */
const GRAVE: ReadonlySet<string> = new Set(['serious', 'critical']);

describe('the form of a request', function () {
  this.timeout(120_000);

  let folder: string;
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-request-'));
    workspace = path.join(folder, 'inntektsvarsel');
    await cp(inRoot('examples'), workspace, { recursive: true });
    workbench = await Workbench.start({ workspace, stateDir: path.join(folder, 'state') });
    await recordMessages(workbench.page);
    await workbench.openActivity('Maskinporten');
    await workbench.treeRow(SCOPE).waitFor();
  });

  after(async () => {
    await (workbench as Workbench | undefined)?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  it('is filled in from the scope, and sent as it is', async () => {
    await workbench.treeAction(SCOPE, 'Send Test Request');
    const view = await workbench.webview(REQUEST);
    await waitForValue(urlOf(view), /^http:\/\/127\.0\.0\.1:\d+\/.*\/api\/sample$/);
    await view.getByText('From your pod, the same address is the pod itself.').waitFor();
    await view.getByRole('button', { name: 'Send', exact: true }).click();
    await view.getByText('200 OK', { exact: true }).waitFor();
  });

  it('suggests the addresses of the manifest, and says where each is from', async () => {
    const view = await workbench.webview(REQUEST);
    await urlOf(view).fill('kontakt');
    const list = view.getByRole('listbox', { name: 'URL' });
    await list.getByText('KRR_URL in .nais/nais.yaml').waitFor();
    assert.deepEqual(await list.getByRole('option').allInnerTexts(), [
      'https://test.kontaktregisteret.no/rest/v2/personer\nKRR_URL in .nais/nais.yaml',
      'https://test.kontaktregisteret.no/\noutbound rule in .nais/nais.yaml',
    ]);
    await workbench.picture('request-suggestions');
    await urlOf(view).press('ArrowDown');
    await urlOf(view).press('Enter');
    assert.equal(await urlOf(view).inputValue(), 'https://test.kontaktregisteret.no/rest/v2/personer');
    await list.waitFor({ state: 'hidden' });
    await view.getByText('Your pod can reach this host.', { exact: true }).waitFor();
    await view.getByText(/A sandbox token does not go|no other API would accept its tokens/).waitFor();
  });

  it('keeps the query of the URL and its table in step', async () => {
    const view = await workbench.webview(REQUEST);
    await urlOf(view).fill('https://test.kontaktregisteret.no/v2?navn=K%C3%A5re&side=2#top');
    await formOf(view).getByRole('tab', { name: 'Query (2)' }).click();
    const names = view.getByRole('combobox', { name: 'Parameter name' });
    const values = view.getByRole('combobox', { name: 'Parameter value' });
    assert.equal(await values.first().inputValue(), 'Kåre');
    await values.nth(1).fill('3 & 4');
    assert.equal(
      await urlOf(view).inputValue(),
      'https://test.kontaktregisteret.no/v2?navn=K%C3%A5re&side=3%20%26%204#top',
    );
    await view.getByRole('checkbox', { name: 'Send this parameter: navn' }).uncheck();
    assert.equal(await urlOf(view).inputValue(), 'https://test.kontaktregisteret.no/v2?side=3%20%26%204#top');
    await formOf(view).getByRole('tab', { name: 'Query (1)' }).waitFor();
    assert.equal(await names.count(), 2);
  });

  it('says at the field what would be refused, while it is typed', async () => {
    const view = await workbench.webview(REQUEST);
    await urlOf(view).fill('http://api.example.no/');
    await view.getByText(/Plain http is for this machine only/).waitFor();
    assert.equal(await urlOf(view).getAttribute('aria-invalid'), 'true');
    const described = await urlOf(view).getAttribute('aria-describedby');
    assert.match(await view.locator(`[id="${described!}"]`).innerText(), /Plain http is for this machine only/);

    await formOf(view)
      .getByRole('tab', { name: /^Headers/ })
      .click();
    await view.getByRole('button', { name: 'Add Header' }).click();
    await view.getByRole('combobox', { name: 'Header name' }).last().fill('Authorization');
    await view.getByRole('combobox', { name: 'Header value' }).last().fill('Basic x');
    await view.getByText(/The request has a token already/).waitFor();
    await formOf(view).getByRole('tab', { name: 'Headers (2): has a fault' }).waitFor();
    await view.getByRole('checkbox', { name: 'Send this header: Authorization' }).uncheck();
    await view.getByText(/The request has a token already/).waitFor({ state: 'hidden' });

    await view.getByRole('button', { name: 'Send', exact: true }).click();
    await view.locator('.url .input:focus').waitFor(); // it leads there, and sends nothing
    assert.deepEqual(await view.getByText(/^Not sent/).allTextContents(), []);
  });

  it('names the place of a fault in JSON, and indents what has none', async () => {
    const view = await workbench.webview(CHECKED);
    await urlOf(view).fill('https://api.example.no/v1');
    await fill(view.getByRole('combobox', { name: 'Method' }), 'POST');
    await formOf(view).getByRole('tab', { name: /^Body/ }).click();
    await view.locator('.body-kind').click();
    await view.getByText('JSON', { exact: true }).last().click();
    const body = view.getByRole('textbox', { name: 'Body' });
    await body.fill('{"navn": "Kåre",\n "alder": 042}');
    await view.getByText('Line 2, column 11: this is not a number as JSON writes them.').waitFor();
    await workbench.pictureInEachTheme('request-compose');
    await (await bodyIn(CHECKED)).fill('{"navn": "Kåre", "alder": 12345678901234567890.0}');
    const again = await workbench.webview(CHECKED);
    await again.getByRole('button', { name: 'Format' }).click();
    await waitForValue(await bodyIn(CHECKED), /^\{\n {2}"navn": "Kåre",\n {2}"alder": 12345678901234567890\.0\n\}$/);
    await formOf(again)
      .getByRole('tab', { name: /^Headers/ })
      .click();
    await again.getByText('The body adds Content-Type: application/json.').waitFor();
  });

  it('survives a reload of the window, without what is secret', async () => {
    const view = await workbench.webview(CHECKED);
    await formOf(view)
      .getByRole('tab', { name: /^Headers/ })
      .click();
    await view.getByRole('button', { name: 'Add Header' }).click();
    await view.getByRole('combobox', { name: 'Header name' }).last().fill('Ocp-Apim-Subscription-Key');
    await view.getByRole('combobox', { name: 'Header value' }).last().fill(SECRET);
    await fill(urlOf(view), `https://api.example.no/v1?access_token=${SECRET}&a=b`);
    // VS Code in a browser writes what it keeps every few seconds, and not when its window goes.
    const isKept = async () => {
      const all = await workbench.page.evaluate(storedTexts);
      return all.some(({ text }) => text.includes('access_token=•••'));
    };
    while (!(await isKept()));
    await workbench.reload();
    await recordMessages(workbench.page);
    const restored = await workbench.webview('POST api.example.no');
    await waitForValue(urlOf(restored), /^https:\/\/api\.example\.no\/v1\?access_token=•••&a=b$/);
    await restored.getByText(/A value was left out here/).waitFor();
    assert.equal(await restored.getByRole('combobox', { name: 'Method' }).inputValue(), 'POST');
    await formOf(restored).getByRole('tab', { name: 'Body (JSON)' }).click();
    assert.match(await restored.getByRole('textbox', { name: 'Body' }).inputValue(), /"navn": "Kåre"/);
    await formOf(restored)
      .getByRole('tab', { name: /^Headers/ })
      .click();
    assert.equal(
      await restored.getByRole('combobox', { name: 'Header name' }).last().inputValue(),
      'Ocp-Apim-Subscription-Key',
    );
    assert.equal(await restored.getByRole('combobox', { name: 'Header value' }).last().inputValue(), '');
    assert.deepEqual(findSecrets(await recordedMessages(workbench.page), [SECRET]), []);
  });

  it('has the rule added that the pod needs, once variables tell what the others are', async () => {
    await workbench.treeRow(SCOPE).waitFor();
    await workbench.treeAction(SCOPE, 'Send Test Request');
    const view = await workbench.webview(REQUEST);
    await waitForValue(urlOf(view), /api\/sample$/);
    await fill(urlOf(view), 'https://api.example.no/v1');
    await view.getByText(/A template decides on the outbound rules/).waitFor();
    await view.getByRole('button', { name: 'Resolve Variables With…' }).click();
    await workbench.pick('.nais/dev.yaml');
    await view.getByText(/No outbound rule for api\.example\.no/).waitFor();
    await workbench.picture('request-pod');
    await view.getByRole('button', { name: 'Add Outbound Rule' }).click();
    await workbench.page.locator('.view-line', { hasText: 'api.example.no' }).first().waitFor();
    await workbench.tab(REQUEST).last().click();
    const again = await workbench.webview(REQUEST);
    await again.getByText('Your pod can reach this host.', { exact: true }).waitFor();
    assert.doesNotMatch(await readFile(path.join(workspace, '.nais', 'nais.yaml'), 'utf8'), /api\.example\.no/); // unsaved
  });

  it('takes over the options that were chosen for its token', async () => {
    const view = await workbench.webview(REQUEST);
    await view.getByRole('button', { name: 'Options…' }).click();
    const token = await workbench.webview(`Token: ${SCOPE}`);
    const options = token.getByRole('region', { name: 'Options' });
    await options.getByLabel('Resource (resource)').fill('https://api.example.no/v1');
    await options.getByRole('button', { name: 'Get Token' }).click();
    await token
      .getByText(/^Valid, /)
      .first()
      .waitFor();
    await token.getByRole('button', { name: 'Send Request' }).click();
    const again = await workbench.webview(REQUEST);
    await again.getByText('resource https://api.example.no/v1').waitFor();
    await waitForValue(urlOf(again), /^https:\/\/api\.example\.no\/v1$/); // it is the same panel
    await again.getByText(/^Token: Valid, /).waitFor();
  });

  it('has nothing that keeps people out', async () => {
    const view = await workbench.webview(REQUEST);
    for (const tab of [/^Query/, /^Headers/, /^Body/]) {
      await formOf(view).getByRole('tab', { name: tab }).click();
      assert.deepEqual(await graveFaults(view), []);
    }
  });

  it('is composed, sent and read with the keyboard alone', async () => {
    const { keyboard, mouse } = workbench.page;
    // A list that opens below the mouse takes the entry there for the one that is meant.
    await mouse.move(0, 0);
    await keyboard.press('F1');
    await workbench.page.locator('.quick-input-widget .quick-input-box input').waitFor();
    await keyboard.type('Maskinporten: Send Test Request');
    await workbench.page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: 'Send Test' }).waitFor();
    await keyboard.press('Enter');
    const view = await workbench.webview('Test Request');
    await view.locator('.url .input:focus').waitFor();
    await waitForValue(urlOf(view), /api\/sample$/);
    await keyboard.press('Tab');
    await view.locator('.token-select:focus-within').waitFor();
    await keyboard.press('ArrowDown');
    // Up from “Without token”, over typing scopes and the second scope, to the first.
    for (let up = 0; up < 3; up += 1) await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await view
      .getByText('No token yet: Send gets one')
      .or(view.getByText(/^Token: Valid/))
      .waitFor();
    await keyboard.press('Control+Enter');
    await view.getByText('200 OK', { exact: true }).waitFor();
    await view
      .getByRole('status')
      .filter({ hasText: /^200 OK after / })
      .waitFor({ state: 'attached' });
  });

  async function bodyIn(title: string): Promise<Locator> {
    const view = await workbench.webview(title);
    await formOf(view).getByRole('tab', { name: /^Body/ }).click();
    return view.getByRole('textbox', { name: 'Body' });
  }

  async function graveFaults(view: FrameLocator): Promise<string[]> {
    const body = await view.locator('body').elementHandle();
    const frame = await body.ownerFrame();
    await frame!.evaluate(await readFile(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8'));
    const results = await frame!.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    return results.violations
      .filter(({ impact }) => GRAVE.has(String(impact)))
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.flat().join(' ')}`));
  }
});

/** The response below it has tabs, too. */
function formOf(view: FrameLocator): Locator {
  return view.getByRole('region', { name: 'Request', exact: true });
}

function urlOf(view: FrameLocator): Locator {
  return view.getByRole('combobox', { name: 'URL' });
}

/** Types, and closes the suggestions that came with it. */
async function fill(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press('Escape');
}

async function waitForValue(field: Locator, expected: RegExp): Promise<void> {
  await field.waitFor();
  const handle = await field.elementHandle();
  const frame = await handle.ownerFrame();
  await frame!.waitForFunction(
    ([element, source]) => new RegExp(source).test((element as HTMLInputElement).value),
    [handle, expected.source] as const,
    { timeout: 30_000 },
  );
}
