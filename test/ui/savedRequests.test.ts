import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { record } from '../unit/http/export/recorder';
import { Workbench } from './driver';

const FILE = path.join('.nais', 'maskinporten-requests.json');

describe('saved requests of a workspace with two folders that nobody has trusted', function () {
  this.timeout(120_000);

  let folder: string;
  let workbench: Workbench;
  /** The API: it keeps what arrives. */
  let api: Awaited<ReturnType<typeof record>>;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-saved-'));
    api = await record();
    for (const name of ['varsel', 'fordeling']) {
      await mkdir(path.join(folder, name, '.nais'), { recursive: true });
      const request = { name: `of ${name}`, method: 'GET', url: `${api.origin}/${name}`, headers: [], scopes: [] };
      await writeFile(path.join(folder, name, FILE), JSON.stringify({ version: 1, requests: [request] }));
    }
    const workspace = path.join(folder, 'team.code-workspace');
    await writeFile(workspace, JSON.stringify({ folders: [{ path: 'varsel' }, { path: 'fordeling' }] }));
    workbench = await Workbench.start({ workspace, stateDir: path.join(folder, 'state'), workspaceTrust: true });
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

  it('are listed with the folder that each is from', async () => {
    await workbench.command('Maskinporten: Open Saved Request…');
    await workbench.inputBox('Which request?');
    const entries = (await workbench.quickPickEntries()).map((entry) => entry.replace('GET', ' GET')); // a mere margin
    assert.deepEqual(entries, [
      `of varsel GET ${api.origin}/varsel varsel`,
      `of fordeling GET ${api.origin}/fordeling fordeling`,
    ]);
  });

  it('are read, and not sent', async () => {
    await workbench.pick('of fordeling');
    const view = await workbench.webview(title());
    assert.equal(await view.getByRole('combobox', { name: 'URL' }).inputValue(), `${api.origin}/fordeling`);
    await send(view);
    await view.getByText('In Restricted Mode nothing is signed and nothing is sent.').first().waitFor();
    await workbench.picture('request-restricted');
    assert.deepEqual(api.arrivals, []);
  });

  it('are saved in the folder that the user chooses', async () => {
    await workbench.command('Maskinporten: Save Request…');
    await workbench.inputBox('In which folder is the request to be saved?');
    await workbench.pick('varsel');
    await workbench.answer('A name for it', 'copied');
    await workbench.notification('“copied” is saved.');
    assert.deepEqual(await namesIn('varsel'), ['copied', 'of varsel']);
    assert.deepEqual(await namesIn('fordeling'), ['of fordeling']);
  });

  it('are sent once the workspace is trusted', async () => {
    await workbench.openActivity('Maskinporten');
    await workbench.viewAction('Manage Workspace Trust').click();
    await workbench.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).click();
    await workbench.viewAction('Manage Workspace Trust').waitFor({ state: 'detached' });
    const above = workbench.page.locator('.monaco-modal-editor-block');
    await above.locator('.action-label.codicon-close').last().click();
    await above.waitFor({ state: 'detached' });
    const view = await workbench.webview(title());
    await send(view);
    await view.getByText('200 OK', { exact: true }).waitFor();
    assert.deepEqual(
      api.arrivals.map(({ target }) => target),
      ['/fordeling'],
    );
  });

  /** What stands on the tab of the request. */
  function title(): string {
    return `GET ${new URL(api.origin).host}`;
  }

  async function send(view: FrameLocator): Promise<void> {
    await view.getByRole('button', { name: 'Send', exact: true }).click();
  }

  async function namesIn(name: string): Promise<string[]> {
    const { requests } = JSON.parse(await readFile(path.join(folder, name, FILE), 'utf8')) as {
      requests: { name: string }[];
    };
    return requests.map((request) => request.name);
  }
});
