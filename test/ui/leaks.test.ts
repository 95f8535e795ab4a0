import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from '../../scripts/lib/places.mjs';
import { startSandbox, type Sandbox } from '../../src/sandbox';
import type { Scenario } from '../../src/sandbox';
import { base64, mapValues } from '../unit/maskinporten/recognise/support';
import { makeKeyPair, type KeyPair } from '../unit/maskinporten/support';
import { Workbench } from './driver';
import { skipSince } from '../skip';
import { everyCommand } from './everyCommand';
import { plantText, removePlanted } from './inPage.mjs';
import {
  findSecrets,
  formsOf,
  leakingFiles,
  leakingProcesses,
  recordedMessages,
  recordMessages,
  storedInBrowser,
} from './leaks';

const SCOPE = 'skatteetaten:inntekt';
const TOKEN = `Token: ${SCOPE}`;
const ALTINN = 'altinn:serviceowner/reportees';

const MOST_TRIES = 5;
const TRY_MS = 5000;

/** Where the browser-hosted VS Code keeps secrets: the one place where a key may be. */
const SECRET_STORE = /^localStorage secrets\.provider$|secret:\/\//;

/** Commands of the palette that this test has no state for, and what that would be. */
const NOT_OFFERED: Readonly<Record<string, string>> = {
  'maskinporten.cancelSearch': 'while the workspace is searched, which is over here at once',
  'maskinporten.manageTrust': 'in an untrusted workspace, where no key is read and nothing is sent',
  'maskinporten.allBackToNormal': 'with a scenario of the sandbox',
};

/** What is only in the menus of rows, by the row and the entry there. */
const IN_MENUS: Readonly<Record<string, readonly [row: string, entry: string]>> = {
  'maskinporten.openInEditor': [SCOPE, 'Open in Editor'],
  'maskinporten.openScopeDocumentation': [SCOPE, 'Open Documentation'],
  'maskinporten.copyScope': [SCOPE, 'Copy Scope'],
  'maskinporten.copyFullName': ['nav:varsel/inntektsendring.read', 'Copy Full Name'],
  'maskinporten.copyHost': ['test.kontaktregisteret.no', 'Copy Host'],
};

/** VS Code asks before it opens an address, and nothing else can be done meanwhile. */
const LEAVES_THE_EDITOR = 'maskinporten.openScopeDocumentation';

/** Commands that are neither in the palette nor in a menu of a single row, and where they are driven. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'maskinporten.reveal': 'is the click on a row, here too',
  'maskinporten.getTokens': 'is Get Maskinporten Token for several rows that are selected',
  'maskinporten.backToNormal': 'is on rows with a scenario of the sandbox',
  'maskinporten.tokenEndpoint': 'is for ${command:…} in launch.json',
  'maskinporten.introspectionEndpoint': 'is for ${command:…} in launch.json',
  'maskinporten.sampleApi': 'is for ${command:…} in launch.json',
};

describe('keys and tokens', function () {
  this.timeout(300_000);

  const clientId = randomUUID();
  let folder: string;
  let workspace: string;
  let workbench: Workbench;
  let registered: KeyPair;
  let rotated: KeyPair;
  let issuer: Sandbox;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-leaks-'));
    workspace = path.join(folder, 'inntektsvarsel');
    await cp(inRoot('examples'), workspace, { recursive: true });
    [registered, rotated] = [await makeKeyPair(), await makeKeyPair()];
    issuer = await startSandbox({
      clients: [{ clientId, name: 'inntektsvarsel', keys: [registered.publicJwk], scopes: [SCOPE] }],
    });
    const settings = {
      'terminal.integrated.copyOnSelection': true,
      'terminal.integrated.gpuAcceleration': 'off', // else what it holds is pixels
    };
    workbench = await Workbench.start({ workspace, stateDir: path.join(folder, 'state'), settings });
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await recordMessages(workbench.page);
    await workbench.openActivity('Maskinporten');
    await workbench.treeRow(SCOPE).waitFor();
    await workbench.command('Developer: Set Log Level...');
    await workbench.pick('Trace'); // for all logs, those of VS Code too
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

  /** Whatever a command asks and says is closed again. */
  async function settle(): Promise<void> {
    const dialog = workbench.page.locator('.monaco-dialog-box');
    while ((await dialog.count()) > 0 || (await quickInput().isVisible())) {
      await workbench.page.keyboard.press('Escape');
      await workbench.page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }

  async function copy(text: string): Promise<void> {
    await workbench.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  }

  /** By a loop of the page's own: `waitForFunction` takes the promise of an answer for the answer. */
  async function clipboardIs(holds: 'nothing' | 'something'): Promise<string> {
    return workbench.page.evaluate(async (isWanted) => {
      let text = await navigator.clipboard.readText();
      while ((text !== '') !== isWanted) {
        await new Promise(requestAnimationFrame);
        text = await navigator.clipboard.readText();
      }
      return text;
    }, holds === 'something');
  }

  /** All that the terminals hold, scrollback included; each is closed when it has been read. */
  async function terminalTexts(): Promise<string> {
    const terminal = workbench.page.locator('.terminal-wrapper.active .xterm:visible');
    const texts: string[] = [];
    await workbench.command('Terminal: Focus Terminal'); // another view may have taken the panel; it makes one if need be
    await terminal.waitFor();
    while ((await terminal.count()) > 0) {
      await terminal.locator('.xterm-rows > div', { hasText: /\S/ }).first().waitFor();
      await copy('');
      await workbench.command('Terminal: Select All'); // and copies, by the setting
      texts.push(await clipboardIs('something'));
      const id = await terminal.evaluate((element) => (element.id = `read-${Date.now()}`));
      await workbench.command('Terminal: Kill the Active Terminal Instance');
      await workbench.page.locator(`#${id}:visible`).waitFor({ state: 'detached' });
    }
    await copy('');
    return texts.join('\n');
  }

  /** Where something that looks like a token, or one of `secrets`, is to be found, channel by channel. */
  async function search(secrets: readonly string[]): Promise<string[]> {
    const stored = await storedInBrowser(workbench.page);
    const shown = await recordedMessages(workbench.page);
    return [
      ...findSecrets(shown, secrets).map((what) => `messages and pages: ${what}`),
      ...findSecrets(await terminalTexts(), secrets).map((what) => `terminals: ${what}`),
      ...stored
        .filter(({ place }) => !SECRET_STORE.test(place))
        .flatMap(({ place, text }) => findSecrets(text, secrets).map((what) => `${place}: ${what}`)),
      ...(await leakingFiles(workbench.userDataDir, secrets)),
      ...(await leakingFiles(workspace, secrets)),
      ...(await leakingProcesses(secrets)),
    ];
  }

  const privateParts = ({ privateJwk: { d, p, q, dp, dq, qi } }: KeyPair) =>
    [d, p, q, dp, dq, qi].map(String).flatMap(formsOf);

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

  async function addFromClipboard(key: KeyPair, how: string): Promise<void> {
    await copy(secretWith(key));
    await workbench.command('Maskinporten: Add Credential…');
    await workbench.pick('From the Clipboard');
    await workbench.inputBox('This is what will be kept');
    await workbench.pick(how);
  }

  it('would be found in every place that is searched', async () => {
    const canary = `canary-${randomUUID()}`;
    await workbench.command('Terminal: Create New Terminal');
    const terminal = workbench.page.locator('.terminal-wrapper.active .xterm');
    await terminal.click();
    await workbench.page.keyboard.type(`: ${canary}`);
    await writeFile(path.join(workbench.userDataDir, 'canary'), canary);
    await writeFile(path.join(workspace, 'canary'), canary);
    const sleeper = spawn('sleep', ['60'], { env: { ...process.env, CANARY: canary } });
    let found: string[];
    try {
      await workbench.page.evaluate(plantText, canary);
      found = (await search([canary])).map((where) => where.replace(canary.slice(0, 8), '').replace(/\d+/, 'N'));
    } finally {
      sleeper.kill();
    }
    await rm(path.join(workspace, 'canary'));
    await rm(path.join(workbench.userDataDir, 'canary'));
    await workbench.page.evaluate(removePlanted);
    for (const place of [
      /^messages and pages: /,
      /^terminals: /,
      /^localStorage canary: /,
      /^canary texts "canary": /,
      /^canary: /,
      /^process N \(environ\)/,
    ]) {
      assert.ok(
        found.some((where) => place.test(where)),
        `${String(place)} among ${found.join(' | ')}`,
      );
    }
    assert.equal(found.filter((where) => where.startsWith('canary: ')).length, 2, 'user data and workspace');
  });

  it('come and go: a credential is added, and its token got, copied, decoded and sent', async () => {
    await addFromClipboard(registered, 'Save and Use');
    await workbench.answerNotification('still on the clipboard', 'Clear It, Now and Always');
    await clipboardIs('nothing');
    await workbench.command('Notifications: Toggle Do Not Disturb Mode'); // what is said later would only be in the way
    await workbench.treeAction(SCOPE, 'Get Maskinporten Token');
    const view = await workbench.webview(TOKEN);
    await view.getByText(/Signature verified with key/).waitFor();
    await view.getByText('Grant that was sent').click();
    await view.getByRole('button', { name: 'Copy Token', exact: true }).click();
    assert.match(await clipboardIs('something'), /^eyJ/, 'the token is on the clipboard, as it was asked for');
    await workbench.command('Maskinporten: Decode Token…');
    await workbench.pick('From the Clipboard').catch(() => undefined);
    await (
      await workbench.webview('Decoded Token')
    )
      .getByText(/^Valid, /)
      .first()
      .waitFor();
    await copy('');
    await workbench.treeAction(SCOPE, 'Send Test Request');
    const request = await workbench.webview(`Request: ${SCOPE}`);
    await request.getByRole('combobox', { name: 'URL' }).fill(issuer.sampleApiUrl);
    await request.getByRole('button', { name: 'Send', exact: true }).click();
    await request.getByText('200 OK', { exact: true }).waitFor();
    await settle();
  });

  it('are served to an app by the local token endpoint', async () => {
    await startEndpoint();
    await copy('');
    await workbench.command('Maskinporten: Local Token Endpoint…');
    await workbench.pick('Copy NAIS_TOKEN_ENDPOINT');
    const answer = await fetch(await clipboardIs('something'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identity_provider: 'maskinporten', target: SCOPE }),
    });
    assert.equal(answer.status, 200);
    await workbench.statusItem('→ inntektsvarsel: 1').waitFor();
    await workbench.command('Maskinporten: Local Token Endpoint…');
    await workbench.pick('Show Log of Asks');
    await workbench.page
      .locator('.view-line', { hasText: `Token for ${SCOPE}.` })
      .first()
      .waitFor();
    await workbench.command('Maskinporten: Local Token Endpoint…');
    await workbench.pick('New Terminal');
    await workbench.page.locator('.terminal-wrapper.active .xterm-rows > div', { hasText: /\S/ }).first().waitFor();
    await copy('');
    await workbench.command('Maskinporten: Copy Token Endpoint as .env');
    const lines = await clipboardIs('something');
    assert.match(lines, /^NAIS_TOKEN_ENDPOINT=/m);
    assert.deepEqual(findSecrets(lines, privateParts(registered)), [], 'a key of the user’s own is not handed on');
    await workbench.command('Maskinporten: Stop Local Token Endpoint');
    await endpointItem().waitFor({ state: 'detached' });
    await copy('');
    await settle();
  });

  it('fail in every way: refused, broken off, garbled, too late, and with a key that is not registered', async () => {
    const failures: readonly Scenario[] = [
      { kind: 'not-granted' },
      { kind: 'key-expired' },
      { kind: 'clock-off', seconds: -600 },
      { kind: 'down' },
      { kind: 'error' },
      { kind: 'garbage' },
    ];
    await workbench.tab(TOKEN).first().click();
    const view = await workbench.webview(TOKEN);
    for (const failure of failures) {
      issuer.setScenarios([failure]);
      await view.getByRole('button', { name: /^Get (New )?Token$/ }).click();
      await view.locator('.problem').waitFor();
      await view.locator('.problem').getByRole('button', { name: 'Show Log' }).click();
      await workbench.tab(TOKEN).first().click();
      issuer.setScenarios([]);
      await view.getByRole('button', { name: /^Get (New )?Token$/ }).click();
      await view.locator('.problem').waitFor({ state: 'detached' });
    }
    await addFromClipboard(rotated, 'Use for This Session Only');
    await clipboardIs('nothing');
    await workbench.treeAction(SCOPE, 'Get Maskinporten Token');
    await (await workbench.webview(TOKEN)).locator('.problem').waitFor();
    await settle();
  });

  it('are exchanged for Altinn’s', async () => {
    await workbench.command('Maskinporten: Select Environment…');
    await workbench.pick('Sandbox');
    await workbench.contextMenu(workbench.treeRow(SCOPE), 'Get Maskinporten Token With Options…');
    const form = await workbench.webview(TOKEN);
    const options = form.getByRole('region', { name: 'Options' });
    await options.getByText(SCOPE, { exact: true }).click();
    await form.getByLabel('Other scopes').fill(ALTINN);
    await options.getByRole('button', { name: 'Get Token' }).click();
    const refused = await workbench.webview(`Token: ${ALTINN}`);
    await refused.getByRole('button', { name: 'Add to Manifest' }).click();
    await workbench.editor.locator('.view-line', { hasText: `- name: ${ALTINN}` }).waitFor();
    await workbench.page.keyboard.press('Control+S');
    await workbench.tab(`Token: ${ALTINN}`).click();
    const view = await workbench.webview(`Token: ${ALTINN}`);
    await view.getByRole('button', { name: 'Get Token', exact: true }).click();
    await view.getByRole('button', { name: 'Exchange for Altinn Token' }).click();
    await view.getByRole('button', { name: 'Copy Altinn Token' }).waitFor();
    await settle();
  });

  it('meet every command of the extension', async function () {
    // Minutes long, and a command that opens late takes the palette from the next: not for every run.
    if (process.env['EVERY_COMMAND'] === undefined) skipSince('EVERY_COMMAND=1 is not set', this);
    const { inPalette, hidden } = everyCommand();
    const known = [...Object.keys(IN_MENUS), ...Object.keys(ELSEWHERE)].sort();
    assert.deepEqual([...hidden].sort(), known, 'each command that is not in the palette is driven or named');
    const missed: string[] = [];
    const ready: Readonly<Record<string, () => Promise<void>>> = {
      'maskinporten.clearFilter': filter,
      'maskinporten.stopTokenEndpoint': () => endpointItem().waitFor(),
      'maskinporten.showTokenEndpoint': startEndpoint,
    };
    for (const { id, title } of inPalette) {
      await ready[id]?.();
      if (!(await run(title))) missed.push(id);
      await settle();
    }
    assert.deepEqual(missed.sort(), Object.keys(NOT_OFFERED).sort(), 'each command that is not offered is named');
    for (const [id, [row, entry]] of Object.entries(IN_MENUS)) {
      await workbench.contextMenu(workbench.treeRow(row), entry);
      if (id === LEAVES_THE_EDITOR) await workbench.page.locator('.monaco-dialog-box').waitFor();
      await settle();
    }
    await workbench.treeRow(SCOPE).click();
  });

  /**
   * Whether the palette offers the command, which is run then. What the command before asks may come up late and close
   * the palette: then it is closed in turn, and the palette opened again.
   */
  async function run(title: string): Promise<boolean> {
    const name = title.split(': ').at(-1) ?? title;
    const row = quickInput().locator('.monaco-list-row', { has: workbench.page.getByText(title, { exact: true }) });
    const field = quickInput().locator('.quick-input-box input');
    for (let left = MOST_TRIES; ; left--) {
      try {
        await workbench.page.keyboard.press('F1');
        await field.fill(`>${title}`, { timeout: TRY_MS });
        await row.first().click({ timeout: TRY_MS });
        return true;
      } catch (error) {
        // The palette alone has no title: what another command asks for may have taken its text.
        const isOther = await quickInput().locator('.quick-input-titlebar').isVisible();
        const isOpen = (await field.count()) > 0 && (await field.inputValue()).endsWith(name);
        await settle();
        if (isOpen && !isOther) return false;
        if (left === 0) throw error;
      }
    }
  }

  const endpointItem = () => workbench.statusItem('→ inntektsvarsel');

  async function startEndpoint(): Promise<void> {
    await endpointItem().waitFor({ state: 'detached' });
    assert.ok(await run('Maskinporten: Start Local Token Endpoint'));
    await endpointItem().waitFor();
  }

  async function filter(): Promise<void> {
    assert.ok(await run('Maskinporten: Filter Scopes…'));
    await (await workbench.inputBox('Every word must be found')).fill('skatt');
    await workbench.page.keyboard.press('Enter');
    await settle();
  }

  it('are in the terminal neither, where the lines for the cluster were put', async () => {
    await workbench.command('Maskinporten: Check Provisioning…');
    await workbench.pick('Put It in a Terminal');
    await settle();
    await copy('');
  });

  it('are in the end in the secret store alone', async () => {
    const keyOfUse = registered.privateJwk.d!;
    const stored = await storedInBrowser(workbench.page);
    const holding = stored.filter(({ text }) => formsOf(keyOfUse).some((form) => text.includes(form)));
    for (const { place } of holding) assert.match(place, SECRET_STORE);
    assert.notDeepEqual(await leakingFiles(workbench.userDataDir, [`Token for ${SCOPE}`]), [], 'the logs are searched');
    assert.match(await recordedMessages(workbench.page), /"scope"/, 'the messages to the webviews were recorded');
    assert.deepEqual(await search([registered, rotated].flatMap(privateParts)), []);
  });
});
