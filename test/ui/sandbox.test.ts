import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/places.mjs';
import { skipSince } from '../skip';
import { Workbench } from './driver';
import { isOpen, listenersBelow } from './listeners';

const INNTEKT = 'skatteetaten:inntekt';
const KRR = 'krr:global/kontaktinformasjon.read';

describe('the sandbox', function () {
  this.timeout(120_000);

  let folder: string;
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-sandbox-'));
    workspace = path.join(folder, 'inntektsvarsel');
    await cp(inRoot('examples'), workspace, { recursive: true });
    workbench = await Workbench.start({
      workspace,
      stateDir: path.join(folder, 'state'),
      settings: { 'terminal.integrated.gpuAcceleration': 'off' }, // what is drawn on a canvas cannot be read
    });
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

  it('refuses what a scenario from the tree says, says so at the row, and is back to normal with one click', async () => {
    await getToken();
    await workbench.treeRow(INNTEKT).getByText('token valid').waitFor();
    await workbench.contextMenu(workbench.treeRow(INNTEKT), 'Sandbox Scenario…');
    await workbench.pick('Not granted');
    // The token of before is gone, or nobody would see anything happen.
    await workbench.treeRow(INNTEKT).getByText('not granted · no token').waitFor();
    await getToken();
    const view = await workbench.webview(`Token: ${INNTEKT}`);
    await view.getByRole('heading', { name: /\(MP-200\)/ }).waitFor();
    await view.getByText(`On purpose, in the sandbox: not granted (${INNTEKT}).`).waitFor();
    await workbench.treeRow(INNTEKT).getByText('not granted · refused (MP-200)').waitFor();
    await workbench.pictureInEachTheme('scenario');
    await workbench.treeAction(INNTEKT, 'Back to Normal');
    await workbench.treeRow(INNTEKT).getByText('no token').waitFor();
    await getToken();
    await view.getByText(/Signature verified with key/).waitFor();
  });

  it('is down for everybody when the palette says so, and the view and a request say that it is on purpose', async () => {
    await workbench.command('Maskinporten: Sandbox Scenario…');
    await workbench.quickPickRows.getByText('Not granted', { exact: true }).waitFor();
    await workbench.picture('scenario-choice');
    await workbench.page.keyboard.type('Maskinporten is down'); // the list renders only the rows in sight
    await workbench.pick('Maskinporten is down');
    await workbench.viewMessage.getByText('On purpose, in the sandbox: Maskinporten is down.').waitFor();
    await workbench.treeAction(KRR, 'Get Maskinporten Token');
    await workbench.treeRow(KRR).getByText('no answer').waitFor();
    await workbench.treeAction(KRR, 'Send Test Request');
    const request = await workbench.webview(`Request: ${KRR}`);
    await request.getByText('On purpose, in the sandbox: Maskinporten is down.').waitFor();
    await workbench.viewAction('Sandbox Back to Normal').click();
    await workbench.viewMessage.getByText(/^The sandbox grants what is declared here/).waitFor();
    await workbench.treeRow(KRR).getByText('no token').waitFor();
    await request.getByText(/It grants what the manifest declares/).waitFor();
    await workbench.command('View: Close Editor');
  });

  it('serves tokens for the app from the status bar on: new terminals know where, and the app gets its answer', async () => {
    await workbench.command('Maskinporten: Start Local Token Endpoint');
    await workbench.notification('Tokens of Sandbox for inntektsvarsel are served on 127.0.0.1:');
    await workbench.answerNotification('are served on', 'New Terminal');
    await terminal()
      .getByText(/inntektsvarsel[#$%]/)
      .waitFor(); // what is typed before the shell is there is shown twice
    await typeInTerminal('API_URL=$MASKINPORTEN_SAMPLE_API node app/main.mjs');
    await terminal().getByText('The API answered 200').waitFor();
    await workbench.statusItem('Sandbox → inntektsvarsel: 1').waitFor();
    await workbench.pictureInEachTheme('token-endpoint');
  });

  it('tells in a log what was asked for, and how a scope gets into the manifest that it lacks', async () => {
    await typeInTerminal('SCOPE=ks:fiks API_URL=$MASKINPORTEN_SAMPLE_API node app/main.mjs');
    await terminal().getByText('invalid_scope').first().waitFor();
    await workbench.statusItem('Sandbox → inntektsvarsel').click();
    await workbench.quickPickRows.getByText('Show Log of Asks').waitFor();
    await workbench.picture('token-endpoint-menu');
    await workbench.pick('Show Log of Asks');
    await logLine(`Token for ${INNTEKT}.`).waitFor();
    await logLine('No token for ks:fiks: 400 invalid_scope.').waitFor(); // the rest may wrap
    await workbench.picture('token-endpoint-log');
  });

  it('refuses the app, too, what a scenario says, at once', async () => {
    await workbench.contextMenu(workbench.treeRow(INNTEKT), 'Sandbox Scenario…');
    await workbench.pick('Revoked after the deploy');
    await workbench.treeRow(INNTEKT).getByText('revoked').waitFor();
    await openTerminal();
    await typeInTerminal('clear; API_URL=$MASKINPORTEN_SAMPLE_API node app/main.mjs');
    await terminal().getByText('403 forbidden').first().waitFor();
    await workbench.treeAction(INNTEKT, 'Back to Normal');
    await workbench.treeRow(INNTEKT).getByText('revoked').waitFor({ state: 'detached' });
  });

  it('is gone from new terminals, and from the network, once it is stopped', async () => {
    await typeInTerminal('clear; printf %s "$NAIS_TOKEN_ENDPOINT" > endpoint.txt; echo writ""ten');
    await terminal().getByText('written').waitFor();
    const port = Number(new URL(await readFile(path.join(workspace, 'endpoint.txt'), 'utf8')).port);
    assert.equal(await isOpen(port), true);
    await workbench.command('Maskinporten: Stop Local Token Endpoint');
    await workbench.statusItem('Sandbox → inntektsvarsel').waitFor({ state: 'detached' });
    assert.equal(await isOpen(port), false);
    await openTerminal();
    await typeInTerminal('env | grep -c -e NAIS_TOKEN -e MASKINPORTEN > count.txt; echo coun""ted');
    await terminal().getByText('counted').waitFor();
    assert.equal((await readFile(path.join(workspace, 'count.txt'), 'utf8')).trim(), '0');
  });

  it('starts its endpoint for a task that asks for the address', async () => {
    await workbench.command('Tasks: Run Task');
    await workbench.pick('Run the app');
    await terminal().getByText('The API answered 200').waitFor();
    await workbench.statusItem('Sandbox → inntektsvarsel: 1').waitFor();
  });

  it('runs the app unchanged in the debugger', async () => {
    await workbench.page.keyboard.press('F5');
    await workbench.page.locator('.repl .monaco-list-row', { hasText: 'The API answered 200' }).first().waitFor();
  });

  it('leaves no process and no port when the extension host is killed', async function () {
    const before = await listenersBelow(process.pid);
    if (!before) skipSince('the ports of a process can be read on Linux alone', this);
    const own = before.filter(({ command }) => command.includes('--type=extensionHost'));
    assert.ok(own.length >= 2, `the sandbox and the token endpoint listen: ${JSON.stringify(before)}`);
    const pids = new Set(own.map(({ pid }) => pid));
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await workbench.statusItem('Sandbox → inntektsvarsel').waitFor({ state: 'detached' });
    for (const { port } of own) assert.equal(await isOpen(port), false, String(port));
    const after = await listenersBelow(process.pid);
    assert.deepEqual(
      after?.filter(({ pid }) => pids.has(pid)),
      [],
    );
  });

  const logLine = (text: string): Locator =>
    workbench.page.locator('.part.panel .view-line', { hasText: text }).first();

  const terminal = (): Locator => workbench.page.locator('.part.panel .terminal-wrapper:visible').last();

  async function openTerminal(): Promise<void> {
    await workbench.command('Terminal: Create New Terminal');
  }

  async function typeInTerminal(line: string): Promise<void> {
    await terminal().locator('.xterm-screen').click();
    await workbench.page.keyboard.type(line);
    await workbench.page.keyboard.press('Enter');
  }

  async function getToken(): Promise<void> {
    await workbench.treeAction(INNTEKT, 'Get Maskinporten Token');
  }
});
