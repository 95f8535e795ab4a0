import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/places.mjs';
import { Workbench } from './driver';

const SCOPE = 'skatteetaten:inntekt';
/** What examples/.nais/dev.yaml makes of the host that the manifest has from a template. */
const HOST = 'inntekt.api.skatteetaten-test.no';

function application(name: string, spec: string): string {
  return `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: team-varsel
spec:
  image: ${name}:1
${spec}`;
}

/** Nothing of it lies where manifests usually lie. */
const FILES = {
  'services/arkiv/arkiv.yaml': application('arkiv', '  port: 8080\n'),
  'services/fordeling/fordeling.yaml': application(
    'fordeling',
    `  maskinporten:
    enabled: true
    scopes:
      consumes:
        - name: ks:fiks
`,
  ),
  'charts/app/templates/chart.yaml': application('{{ .Values.name }}', '  replicas: {{- .Values.replicas }}\n'),
  'services/inntektsvarsel/vars.yaml': 'maskinporten:\n  scope: skatteetaten:inntekt\n',
  'notes/todo.yaml': 'todo: []\n',
};

describe('the editor and the tree', function () {
  this.timeout(120_000);

  let folder: string;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-editing-'));
    const workspace = path.join(folder, 'team-varsel');
    for (const [file, text] of Object.entries(FILES)) {
      await mkdir(path.join(workspace, path.dirname(file)), { recursive: true });
      await writeFile(path.join(workspace, file), text);
    }
    await cp(
      inRoot('examples', '.nais', 'nais.yaml'),
      path.join(workspace, 'services/inntektsvarsel/inntektsvarsel.yaml'),
    );
    await cp(inRoot('examples', '.nais', 'dev.yaml'), path.join(workspace, 'services/inntektsvarsel/dev.yaml'));
    workbench = await Workbench.start({ workspace, stateDir: path.join(folder, 'state'), workspaceTrust: true });
  });

  after(async () => {
    // `before` may have failed on the way.
    await (workbench as Workbench | undefined)?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  it('1. says why the tree is empty, and what an untrusted workspace lacks', async () => {
    await workbench.openActivity('Maskinporten');
    await workbench.welcome.getByText('No Nais manifest was found in the usual places').waitFor();
    await workbench.welcome.getByText('The workspace is in Restricted Mode').waitFor();
    await workbench.picture('tree-no-manifest');
  });

  it('2. shows the whole workspace on request, sorted, without the charts and the workloads without a block', async () => {
    await workbench.welcome.getByText('Search the Whole Workspace').click();
    await workbench.treeRow('fordeling').waitFor();
    assert.deepEqual(await workbench.treeRows(), [
      'fordeling services/fordeling/fordeling.yaml',
      'Consumes',
      'ks:fiks no token',
      'inntektsvarsel services/inntektsvarsel/inntektsvarsel.yaml',
      'Consumes',
      'skatteetaten:inntekt no token',
      'krr:global/kontaktinformasjon.read no token',
      'Exposes',
      'nav:varsel/inntektsendring.read 2 consumers · 120 s',
      'Outbound',
      '{{inntekt.host}} from a template',
      'test.kontaktregisteret.no 443',
    ]);
    await workbench.viewMessage.getByText('Restricted Mode').waitFor();
    await workbench.picture('tree-restricted');
  });

  it('3. offers tokens once the workspace is trusted', async () => {
    await workbench.viewAction('Manage Workspace Trust').click();
    await workbench.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).click();
    await workbench.viewMessage.getByText('The sandbox grants').waitFor();
    await workbench.viewAction('Manage Workspace Trust').waitFor({ state: 'detached' });
    const above = workbench.page.locator('.monaco-modal-editor-block');
    await above.locator('.action-label.codicon-close').last().click();
    await above.waitFor({ state: 'detached' });
  });

  it('4. filters the tree while the filter is typed, and says when nothing is left', async () => {
    await workbench.viewAction('Filter Scopes').click();
    const input = await workbench.inputBox('Every word must be found');
    await input.pressSequentially('reservasjonsreg');
    await workbench.treeRow('fordeling').waitFor({ state: 'detached' });
    assert.deepEqual(await workbench.treeRows(), [
      'inntektsvarsel services/inntektsvarsel/inntektsvarsel.yaml',
      'Consumes',
      'krr:global/kontaktinformasjon.read no token', // by its owner
    ]);
    await workbench.picture('tree-filter');
    await input.fill('no such thing');
    await workbench.welcome.getByText('matches the filter').waitFor();
    await input.press('Enter');
    await workbench.welcome.getByText('Clear Filter').click();
    await workbench.treeRow('fordeling').waitFor();
  });

  it('5. follows the active file, and the cursor in it, without taking the focus', async () => {
    await workbench.viewAction('Show the Active Manifest Only').click();
    await workbench.openFile('services/inntektsvarsel/inntektsvarsel.yaml');
    await workbench.treeRow('fordeling').waitFor({ state: 'detached' });
    await workbench.placeCursorAfter('kontaktinformasjon.read');
    await workbench.selectedTreeRow.getByText('krr:global/kontaktinformasjon.read').waitFor();
    await workbench.placeCursorAfter('inntektsendring.read');
    await workbench.selectedTreeRow.getByText('nav:varsel/inntektsendring.read').waitFor();
    await workbench.page.keyboard.type('x');
    await workbench.selectedTreeRow.getByText('nav:varsel/inntektsendring.readx').waitFor();
    await workbench.page.keyboard.press('Backspace');
    await workbench.selectedTreeRow.getByText('nav:varsel/inntektsendring.read', { exact: true }).waitFor();
    assert.ok(await isFocused(workbench, '.part.editor'));
  });

  it('6. keeps the rows while the manifest cannot be read', async () => {
    await workbench.placeCursorAfter('kind: Application');
    await workbench.page.keyboard.press('Backspace');
    await workbench.viewMessage.getByText('cannot be read as it stands').waitFor();
    await workbench.treeRow(SCOPE).waitFor();
    await workbench.page.keyboard.type('n');
    await workbench.viewMessage.getByText('The sandbox grants').waitFor();
  });

  it('7. shows a row in the editor and keeps the focus in the tree, until it is opened for good', async () => {
    await workbench.treeRow(SCOPE).click();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    await workbench.selectedTreeRow.getByText('krr:global/kontaktinformasjon.read').waitFor();
    await workbench.page.locator('.statusbar-item').getByText('40 selected').waitFor(); // the whole item, in the editor
    assert.ok(await isFocused(workbench, '.part.sidebar'));
    await workbench.page.keyboard.press('Control+C');
    await workbench.page.getByText('krr:global/kontaktinformasjon.read: copied.').waitFor();
    await workbench.page.keyboard.press('Control+Enter');
    await workbench.page.locator('.part.editor .monaco-editor.focused').waitFor();
  });

  it('8. takes a finding away with its quick fix, and leaves the rest as it was', async () => {
    const before = await workbench.editor.locator('.view-lines').innerText();
    await workbench.placeCursorAfter(SCOPE);
    await workbench.page.keyboard.type('/');
    await workbench.squiggles('warning').first().waitFor();
    await workbench.treeRow(`${SCOPE}/`).getByText('1 problem').waitFor();
    const menu = workbench.page.locator('.action-widget .monaco-list-row');
    // VS Code drops the question where it asks for its light bulb before the answer has come.
    await until(menu.first(), () => workbench.page.keyboard.press('Control+.'));
    await workbench.picture('quick-fix');
    await menu.filter({ hasText: SCOPE }).first().click();
    await workbench.squiggles('warning').first().waitFor({ state: 'detached' });
    await workbench.treeRow(SCOPE).getByText('no token').waitFor();
    assert.equal(await workbench.editor.locator('.view-lines').innerText(), before);
  });

  it('9. gets a token by the CodeLens above a scope', async () => {
    // A CodeLens that is drawn anew under the mouse loses its click.
    await until(workbench.tab(`Token: ${SCOPE}`), () =>
      workbench.editor.locator('.codelens-decoration a').getByText('Get token').first().click(),
    );
    const view = await workbench.webview(`Token: ${SCOPE}`);
    await view
      .getByRole('main')
      .getByText(/^Valid, /)
      .waitFor();
    await workbench
      .treeRow(SCOPE)
      .getByText(/token valid/)
      .waitFor();
    await workbench.openFile('services/inntektsvarsel/inntektsvarsel.yaml');
    await workbench.editor
      .locator('.codelens-decoration a')
      .getByText(/min left$|s left$/)
      .first()
      .waitFor();
    await workbench.picture('codelens');
  });

  it('10. asks whether several scopes shall share a token', async () => {
    const other = 'krr:global/kontaktinformasjon.read';
    await workbench.treeRow(SCOPE).click();
    await workbench.page.locator('.tab.active', { hasText: 'inntektsvarsel.yaml' }).waitFor();
    await workbench.treeRow(other).click({ modifiers: ['Control'] });
    await workbench.selectedTreeRow.nth(1).waitFor();
    await workbench.contextMenu(workbench.treeRow(other), 'Get Tokens for the Selected Scopes');
    const entries = await workbench.quickPickEntries();
    assert.match(entries[0] ?? '', /^One token for each scope ?As Digdir advises/);
    await workbench.picture('several-scopes');
    await workbench.pick('One token for each scope');
    await workbench.webview(`Token: ${other}`);
    await workbench
      .treeRow(other)
      .getByText(/token valid/)
      .waitFor();
  });

  it('11. writes a block into a manifest that has none, with a scope that is offered', async () => {
    await workbench.openFile('services/arkiv/arkiv.yaml');
    await workbench.welcome.getByText('This manifest has no').waitFor();
    await workbench.picture('tree-no-block');
    await workbench.welcome.getByText('Insert Maskinporten Block').click();
    await workbench.pick('Consume a scope');
    await workbench.treeRow('(no name)').waitFor();
    await workbench.page.keyboard.type('fiks');
    const suggestion = workbench.page
      .locator('.suggest-widget.visible .monaco-list-row')
      .filter({ hasText: 'ks:fiks' });
    await suggestion.first().waitFor();
    await workbench.picture('completion');
    await suggestion.first().click();
    await workbench.treeRow('ks:fiks').waitFor();
    await workbench.page.keyboard.press('Escape');
    assert.match(
      await textOf(workbench),
      / {2}maskinporten:\n {4}enabled: true\n {4}scopes:\n {6}consumes:\n {8}- name: "ks:fiks"/,
    );
  });

  it('12. says what a chart’s template and a variables file are', async () => {
    await workbench.openFile('charts/app/templates/chart.yaml');
    await workbench.welcome.getByText('template of a Helm chart').waitFor();
    await workbench.openFile('services/inntektsvarsel/vars.yaml');
    await workbench.welcome.getByText('variables of a manifest').waitFor();
    await workbench.picture('tree-variables');
    await workbench.welcome.getByText('Open Its Manifest').click();
    await workbench.pick('inntektsvarsel');
    await workbench.treeRow(SCOPE).waitFor();
  });

  it('13. tells on a template what the chosen variables make of it, and which file they are from', async () => {
    await workbench.openFile('services/inntektsvarsel/inntektsvarsel.yaml');
    await workbench.command('Maskinporten: Resolve Variables With…');
    await workbench.pick('services/inntektsvarsel/dev.yaml');
    await workbench.treeRow(HOST).waitFor();
    await workbench.treeRow(HOST).click();
    await workbench.statusItem('Ln 42').waitFor(); // the line has come into view
    const hover = await workbench.hover('{{inntekt.host}}');
    const text = (await hover.innerText()).replaceAll('\u00a0', ' ');
    assert.match(text, new RegExp(`${HOST.replaceAll('.', '\\.')}[^]*Values from dev\\.yaml\\.`));
    await workbench.picture('hover-resolved');
    await workbench.page.keyboard.press('Escape');
  });
});

/** Does what VS Code may not heed at once again, until its outcome is to be seen. */
async function until(outcome: Locator, act: () => Promise<void>): Promise<void> {
  for (let left = 10; ; left -= 1) {
    await act();
    try {
      await outcome.waitFor({ timeout: 3000 });
      return;
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

async function textOf(workbench: Workbench): Promise<string> {
  return (await workbench.editor.locator('.view-lines').innerText()).replaceAll('\u00a0', ' ');
}

async function isFocused(workbench: Workbench, part: string): Promise<boolean> {
  return workbench.page.evaluate((selector) => document.activeElement?.closest(selector) !== null, part);
}
