import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/places.mjs';
import { record, run } from '../unit/http/export/recorder';
import { ALL_THEMES, Workbench } from './driver';
import { findSecrets, leakingFiles, recordedMessages, recordMessages } from './leaks';

const SCOPE = 'skatteetaten:inntekt';
const KEY = 'n0ekkel-som-ingen-skal-se';
const OWN_PATH = '/api/v2/inntekt?aar=2026';

describe('requests that are kept', function () {
  this.timeout(120_000);

  let folder: string;
  let workspace: string;
  let workbench: Workbench;
  /** The API: it keeps what arrives. */
  let api: Awaited<ReturnType<typeof record>>;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-kept-'));
    workspace = path.join(folder, 'inntektsvarsel');
    await cp(inRoot('examples'), workspace, { recursive: true });
    api = await record();
    workbench = await Workbench.start({ workspace, stateDir: path.join(folder, 'state') });
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await recordMessages(workbench.page);
    await workbench.openActivity('Maskinporten');
    await workbench.treeRow(SCOPE).waitFor();
  });

  after(async () => {
    // `before` may have failed on the way.
    await (workbench as Workbench | undefined)?.close();
    await (api as typeof api | undefined)?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  it('are sent with what the user typed', async () => {
    await workbench.treeAction(SCOPE, 'Send Test Request');
    const view = await workbench.webview(`Request: ${SCOPE}`);
    await view.getByRole('tab', { name: /^Headers/ }).click();
    await view.getByRole('button', { name: 'Add Header' }).click();
    await fill(view.getByRole('combobox', { name: 'Header name' }).last(), 'X-Api-Key');
    await fill(view.getByRole('combobox', { name: 'Header value' }).last(), KEY);
    await fill(urlOf(view), api.origin + OWN_PATH);
    await send(view);
    assert.equal(header('X-Api-Key'), KEY);
    assert.match(header('Authorization') ?? '', /^Bearer ey/);
  });

  it('are copied as a curl command that has variables in the place of secrets, and works', async () => {
    const view = await workbench.webview(title());
    await view.getByRole('button', { name: 'Copy as…' }).click();
    await workbench.menuItem('Copy Request as cURL').waitFor();
    await workbench.picture('request-copy-as');
    await workbench.takeFromMenu('Copy Request as cURL');
    const toast = await workbench.notification('it reads MASKINPORTEN_TOKEN, X_API_KEY from the environment');
    const command = await clipboard();
    assert.deepEqual(findSecrets(command, [KEY]), []);
    await run('sh', ['-s'], command, { MASKINPORTEN_TOKEN: 'mine', X_API_KEY: 'other' });
    assert.equal(api.arrivals.at(-1)?.target, OWN_PATH);
    assert.deepEqual([header('Authorization'), header('X-Api-Key')], ['Bearer mine', 'other']);
    await toast.locator('.monaco-button', { hasText: 'Open' }).first().click();
    await workbench.editor.locator('.view-line', { hasText: '$MASKINPORTEN_TOKEN' }).waitFor();
    await closeTab();
  });

  it('are copied with their secrets after a question alone', async () => {
    // The panel comes back to the front, and with it the focus: until then, it would take it from the palette.
    await urlOf(await workbench.webview(title())).click();
    await workbench.command('Maskinporten: Copy Request as cURL With the Token…');
    await workbench.answerDialog('Copy the request with its secrets?', 'Copy');
    await workbench.notification('with the access token in it');
    const command = await clipboard();
    assert.match(command, /Authorization: Bearer eyJ/);
    await run('sh', ['-s'], command, {});
    assert.equal(header('X-Api-Key'), KEY);
  });

  it('are copied as the app would send them', async () => {
    await workbench.command('Maskinporten: Copy Request as the App Would Send It, in Kotlin');
    await workbench.notification('Texas + Kotlin');
    assert.match(await clipboard(), /System\.getenv\("NAIS_TOKEN_ENDPOINT"\)/);
  });

  it('are in the history, without their secrets, and are opened from there', async () => {
    await openHistory();
    const [entry] = await workbench.quickPickEntries();
    assert.match(entry ?? '', /^GET \/api\/v2\/inntekt\?aar=2026 ?200 · .* 127\.0\.0\.1:\d+ · skatteetaten:inntekt$/);
    await workbench.page.keyboard.press('Escape');
    await closeTab();
    await openHistory();
    await workbench.page.keyboard.press('Enter');
    const again = await workbench.webview(title());
    assert.equal(await urlOf(again).inputValue(), api.origin + OWN_PATH);
    await again.getByRole('tab', { name: 'Headers (2)' }).click();
    assert.equal(await again.getByRole('combobox', { name: 'Header value' }).last().inputValue(), '{{X_API_KEY}}');
    const before = api.arrivals.length;
    await send(again);
    assert.equal(api.arrivals.length, before + 1);
    assert.equal(header('X-Api-Key'), KEY, 'its value comes from the secret store');
  });

  it('are searched in the history by all words, and deleted from it', async () => {
    for (const theme of ALL_THEMES) {
      await workbench.setTheme(theme);
      await openHistory();
      await workbench.picture(`request-history-${theme}`);
      await workbench.page.keyboard.press('Escape');
    }
    await workbench.setTheme('dark');
    const field = await openHistory();
    await field.fill('inntekt get x-api-key');
    assert.equal((await workbench.quickPickEntries()).length, 2);
    await field.fill('inntekt delete');
    await workbench.quickPickRows.first().waitFor({ state: 'detached' });
    await field.fill('');
    await workbench.quickPickRows.first().hover();
    await workbench.quickPickRows.first().locator('.action-label[aria-label*="Delete From History"]').click();
    await workbench.quickPickRows.nth(1).waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Escape');
  });

  it('are saved in a file of the workspace, which has no secret in it', async () => {
    const view = await workbench.webview(title());
    await view.getByRole('toolbar').getByRole('button', { name: 'Save…' }).click();
    await workbench.answer('A name for it', 'Inntekt i år');
    await workbench.notification('“Inntekt i år” is saved.');
    const text = await readFile(path.join(workspace, '.nais', 'maskinporten-requests.json'), 'utf8');
    assert.deepEqual(findSecrets(text, [KEY]), []);
    assert.deepEqual((JSON.parse(text) as { requests: unknown }).requests, [
      {
        name: 'Inntekt i år',
        method: 'GET',
        url: api.origin + OWN_PATH,
        headers: ['Accept: application/json', 'X-Api-Key: {{X_API_KEY}}'],
        scopes: [SCOPE],
      },
    ]);
    await workbench.answerNotification('“Inntekt i år” is saved.', 'Open File');
    await workbench.editor.locator('.view-line', { hasText: '{{X_API_KEY}}' }).waitFor();
    await workbench.pictureInEachTheme('saved-requests');
    await closeTab();
  });

  it('are opened from the file, and sent with the value from the secret store', async () => {
    await closeTab();
    await workbench.command('Maskinporten: Open Saved Request…');
    await workbench.pick('Inntekt i år');
    const view = await workbench.webview(title());
    const before = api.arrivals.length;
    await send(view);
    assert.equal(api.arrivals.length, before + 1);
    assert.equal(header('X-Api-Key'), KEY);
    await workbench.pictureInEachTheme('request-saved');
  });

  it('in a file with a mistake stay as they are, and its line is told', async () => {
    const file = path.join(workspace, '.nais', 'maskinporten-requests.json');
    const before = await readFile(file, 'utf8');
    const broken = before.replace('"version": 1,', '"version": 1');
    await writeFile(file, broken);
    await workbench.command('Maskinporten: Open Saved Request…');
    const told = 'maskinporten-requests.json is not valid JSON: see line 3. Nothing in it was changed.';
    await workbench.quickPickRows.filter({ hasText: told }).waitFor();
    await workbench.page.keyboard.press('Escape');
    const view = await workbench.webview(title());
    await view.getByRole('toolbar').getByRole('button', { name: 'Save…' }).click();
    await workbench.answer('A name for it', 'Another');
    await workbench.notification('is not valid JSON: see line 3');
    assert.equal(await readFile(file, 'utf8'), broken);
    await writeFile(file, before);
  });

  it('are gone from the history once it is cleared', async () => {
    await openHistory();
    await workbench.quickPickButton('Clear History…').click();
    await workbench.answerDialog('Clear the history of requests of this workspace?', 'Clear');
    await workbench.command('Maskinporten: Show Request History…');
    await workbench.inputBox('Nothing was sent from here yet.');
    await workbench.page.keyboard.press('Escape');
  });

  it('have left no token and no key behind', async () => {
    assert.deepEqual(findSecrets(await recordedMessages(workbench.page), []), []);
    assert.deepEqual(await leakingFiles(workbench.userDataDir, [KEY]), []);
    assert.deepEqual(await leakingFiles(workspace, [KEY]), []);
  });

  async function send(view: FrameLocator): Promise<void> {
    await view.getByRole('button', { name: 'Send', exact: true }).click();
    await view.getByText('200 OK', { exact: true }).waitFor();
  }

  /** What stands on the tab of the request. */
  function title(): string {
    return `GET ${new URL(api.origin).host}`;
  }

  async function openHistory(): Promise<Locator> {
    await workbench.command('Maskinporten: Show Request History…');
    return workbench.inputBox('Search by method');
  }

  /** What the request that arrived last had in a header. */
  function header(name: string): string | undefined {
    return api.arrivals.at(-1)?.headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
  }

  function clipboard(): Promise<string> {
    return workbench.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Only once its tab is gone does VS Code leave the focus to what comes next. */
  async function closeTab(): Promise<void> {
    const tabs = workbench.page.locator('.editor-group-container.active .tab');
    const count = await tabs.count();
    await workbench.command('View: Revert and Close Editor');
    await tabs.nth(count - 1).waitFor({ state: 'detached' });
  }
});

function urlOf(view: FrameLocator): Locator {
  return view.getByRole('combobox', { name: 'URL' });
}

/** Types, and closes the suggestions that came with it. */
async function fill(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press('Escape');
}
