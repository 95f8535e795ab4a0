import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/places.mjs';
import { Workbench } from './driver';
import { startLoopbackApi, type LoopbackApi } from './loopbackApi';

const SCOPE = 'skatteetaten:inntekt';
const DECLARED = 'krr:global/kontaktinformasjon.read';
const UNDECLARED = 'skatteetaten:skattekort';

describe('the answer in the request panel', function () {
  this.timeout(120_000);

  let folder: string;
  let api: LoopbackApi;
  let workbench: Workbench;
  let view: FrameLocator;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-response-'));
    await cp(inRoot('examples'), path.join(folder, 'inntektsvarsel'), { recursive: true });
    api = await startLoopbackApi();
    workbench = await Workbench.start({
      workspace: path.join(folder, 'inntektsvarsel'),
      stateDir: path.join(folder, 'state'),
      settings: { 'files.simpleDialog.enable': true },
    });
    await workbench.openActivity('Maskinporten');
    await workbench.treeRow(SCOPE).waitFor();
    await workbench.treeAction(SCOPE, 'Send Test Request');
    view = await workbench.webview(`Request: ${SCOPE}`);
  });

  after(async () => {
    await (workbench as Workbench | undefined)?.close();
    await (api as LoopbackApi | undefined)?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  beforeEach(openPanel);

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  it('offers a scope that the API asks for and the manifest has, and sends with it', async () => {
    await send('/contact');
    await shows('403 Forbidden');
    await view.getByText(`${DECLARED} is in nais.yaml, but the token was for ${SCOPE}.`).waitFor();
    await workbench.pictureInEachTheme('request-scope');
    await press(`Send with ${DECLARED}`);
    await shows('200 OK');
  });

  it('adds a scope that the manifest lacks, and sends with it then', async () => {
    await send('/tax');
    await shows('403 Forbidden');
    await view.getByText(`${UNDECLARED} is not in nais.yaml.`).waitFor();
    await press('Add to Manifest');
    await workbench.editor.locator('.view-line', { hasText: UNDECLARED }).waitFor();
    await openPanel();
    await press(`Send with ${UNDECLARED}`);
    await shows('200 OK');
    assert.match(await main(), new RegExp(`"${UNDECLARED}"`));
  });

  it('shows a redirect, and follows it with the token on the same origin alone', async () => {
    await send('/moved');
    await shows('302 Found');
    await view.getByText('on the same origin').waitFor();
    await workbench.pictureInEachTheme('request-redirect');
    await press('Follow with the Token');
    await shows('200 OK');
    assert.deepEqual(api.asked.at(-1), { path: '/landed', hasToken: true });
    await send('/away');
    await shows('307 Temporary Redirect');
    await press('Follow without the Token');
    await shows('200 OK');
    assert.deepEqual(api.asked.at(-1), { path: '/landed', hasToken: false });
  });

  it('says what it waits for, and lets go when it is cancelled', async () => {
    await send('/slow');
    await view.getByText('Waiting for the answer').waitFor();
    await workbench.pictureInEachTheme('request-sending');
    await press('Cancel');
    await view.getByText('Cancelled at: Waiting for the answer.').waitFor();
    await api.slowIsLeft;
  });

  it('counts down until the API lets one come again', async () => {
    await send('/busy');
    await shows('429 Too Many Requests');
    const countdown = view.getByText(/^1 min \d+ s left\.$/);
    const before = await countdown.innerText();
    await view.getByText(before, { exact: true }).waitFor({ state: 'detached' });
    await countdown.waitFor();
  });

  it('shows bytes as bytes', async () => {
    await send('/image');
    await shows('200 OK');
    await view.getByText('|.PNG........IHDR|').waitFor();
    await workbench.pictureInEachTheme('request-binary');
  });

  it('opens the body in an editor that cannot be written in', async () => {
    await send('/rows');
    await shows('200 OK');
    await press('Open in Editor');
    await workbench.tab('rows.json').waitFor();
    await workbench.editor.locator('.view-line', { hasText: '"path": "/rows"' }).waitFor();
    await workbench.statusItem('JSON').waitFor();
    await workbench.editor.click();
    await workbench.page.keyboard.type('x');
    await workbench.page.getByText('Cannot edit in read-only editor').first().waitFor();
    await workbench.page.keyboard.press('Control+W');
  });

  it('finds text in all of the body, laid out or not, with the keyboard alone', async () => {
    await send('/many');
    await view.getByText(`GET ${api.origin}/many`, { exact: true }).waitFor();
    await view.getByRole('combobox', { name: 'URL' }).press('Control+f');
    const find = view.getByRole('search', { name: 'Find in the body' });
    const field = find.getByRole('textbox', { name: 'Find in the body' });
    assert.ok(await field.evaluate((element) => element === element.ownerDocument.activeElement));
    assert.equal(
      await workbench.page.locator('.simple-find-part.visible').count(),
      0,
      'VS Code opens no box of its own',
    );
    await field.fill('row 59');
    const count = find.getByRole('status');
    await count.getByText('1 of 111', { exact: true }).waitFor();
    await workbench.pictureInEachTheme('request-find');
    await field.press('Shift+Enter');
    await count.getByText('111 of 111', { exact: true }).waitFor();
    await currentMatchIs('Row 5999');
    await field.press('Enter');
    await count.getByText('1 of 111', { exact: true }).waitFor();
    await currentMatchIs('Row 59"');
    await field.press('Enter');
    await count.getByText('2 of 111', { exact: true }).waitFor();
    await currentMatchIs('Row 590"');
    assert.deepEqual(await workbench.accessibilityFaults(`GET ${new URL(api.origin).host}`), []);
    await field.fill('row 6000');
    await count.getByText('No matches', { exact: true }).waitFor();
    await field.fill('Row 590"');
    await count.getByText('1 of 1', { exact: true }).waitFor();
    await field.press('Escape');
    await find.waitFor({ state: 'hidden' });
    const body = view.getByRole('region', { name: 'Body' });
    assert.equal(await body.evaluate(({ ownerDocument }) => String(ownerDocument.getSelection())), 'Row 590"');
    assert.ok(await body.evaluate((element) => element === element.ownerDocument.activeElement));
  });

  it('goes on with a save when another request is sent, and says where it ended', async () => {
    await send('/held');
    await view.getByText('The answer is longer than 10 MB. The rest waits on the connection.').waitFor();
    await press('Save All to File…');
    const file = path.join(folder, 'held.txt');
    await workbench.saveAs(file);
    await view.getByText(/^Saving: /).waitFor();
    await send('/rows');
    await view.getByText(`GET ${api.origin}/rows`, { exact: true }).waitFor();
    await workbench.notification('held.txt');
    api.release();
    await workbench.notification('Saved 20 MB in ');
    assert.equal((await stat(file)).size, 20_000_000);
  });

  it('pauses a large answer, and saves all of it where it is told to', async () => {
    await send('/large');
    await shows('200 OK');
    await view.getByText('The answer is longer than 10 MB. The rest waits on the connection.').waitFor();
    await workbench.pictureInEachTheme('request-large');
    await press('Save All to File…');
    const file = path.join(folder, 'all.txt');
    await workbench.saveAs(file);
    await view.getByText(/^Saved 30 MB in /).waitFor();
    assert.equal((await stat(file)).size, 30_000_000);
    assert.equal((await readFile(file)).subarray(-10).toString(), '0123456789');
  });

  it('sends an answer of any size into a file', async () => {
    await view.getByRole('combobox', { name: 'URL' }).fill(`${api.origin}/large`);
    await view.getByRole('button', { name: 'Send and Save to File…' }).click();
    const file = path.join(folder, 'sent.txt');
    await workbench.saveAs(file);
    await view.getByText(/^Saved 30 MB in /).waitFor();
    assert.equal((await stat(file)).size, 30_000_000);
  });

  /** Waits until the match that is marked as the current one begins this text, and is in sight within the body. */
  async function currentMatchIs(text: string): Promise<void> {
    const body = await view.getByRole('region', { name: 'Body' }).elementHandle();
    const frame = await body.ownerFrame();
    await frame!.waitForFunction(
      ([element, expected]) => {
        const [current] = CSS.highlights.get('found-current') ?? [];
        if (!(current instanceof Range)) return false;
        const place = current.getBoundingClientRect();
        const { top, bottom } = element.getBoundingClientRect();
        const after = document.createRange();
        after.setStart(current.startContainer, current.startOffset);
        after.setEndAfter(element.lastChild!);
        const isInSight = place.height > 0 && place.top >= top && place.bottom <= bottom;
        return isInSight && after.toString().startsWith(expected);
      },
      [body, text] as const,
    );
  }

  async function send(target: string): Promise<void> {
    await view.getByRole('combobox', { name: 'URL' }).fill(api.origin + target);
    await press('Send');
  }

  async function press(name: string): Promise<void> {
    await view.getByRole('button', { name, exact: true }).first().click();
  }

  async function shows(status: string): Promise<void> {
    await view.getByText(status, { exact: true }).waitFor();
  }

  async function main(): Promise<string> {
    return view.getByRole('main').innerText();
  }

  /** Its tab names scope or host, by what the form holds when the webview is made. */
  async function openPanel(): Promise<void> {
    await workbench.page
      .locator('.tabs-container [role="tab"]', { hasText: /^(Request: |GET )/ })
      .first()
      .click();
    const titles = [`Request: ${SCOPE}`, `GET ${new URL(api.origin).host}`];
    view = await Promise.any(titles.map((title) => workbench.webview(title)));
  }
});
