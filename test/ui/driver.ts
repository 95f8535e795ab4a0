import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { inRoot, ROOT } from '../../scripts/lib/places.mjs';
import { temporaryFolder } from '../../scripts/lib/temporary.mjs';
import { openWorkbench } from '../../scripts/lib/workbench.mjs';
import { axeFaults, movementsEnd, pixelsOf, placeInEditor, webviewFrame } from './inPage.mjs';
import { palettePng } from './palettePng';

/** The colours that pictures are taken in, by VS Code's own themes, and the class by which the page shows each. */
const THEMES = {
  dark: { id: 'Dark 2026', label: 'Dark 2026', shownBy: 'vs-dark' },
  light: { id: 'Light 2026', label: 'Light 2026', shownBy: 'vs' },
  'high-contrast': { id: 'Default High Contrast', label: 'Dark High Contrast', shownBy: 'hc-black' },
  'high-contrast-light': { id: 'Default High Contrast Light', label: 'Light High Contrast', shownBy: 'hc-light' },
} as const;

export type Theme = keyof typeof THEMES;
export const EVERY_THEME = Object.keys(THEMES) as readonly Theme[];
/** Those that the docs have pictures in. */
export const ALL_THEMES: readonly Theme[] = ['dark', 'light', 'high-contrast'];

/** The package to install and drive in place of the sources, where one is named. */
const VSIX = process.env['UI_FROM_VSIX'];

/** How long to wait for anything that VS Code shows; generous, since a test waits for events and a busy machine is slow. */
const PATIENCE_MS = 30_000;

/** How long what VS Code shows for a moment, a palette or a hover, may take to come, and how often it is asked for. */
const BRIEF_PATIENCE_MS = 10_000;
const MOST_TRIES = 3;

export interface WorkbenchOptions {
  /** The folder to open. */
  readonly workspace: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: Theme;
  /** Keeps everything of this VS Code from one start to the next; a temporary folder unless named. */
  readonly stateDir?: string;
  /** The browser keeps secrets by address, so a start that shall find them needs the port of the one before. */
  readonly port?: number;
  /** Further extension folders under development, beside this project's. */
  readonly extensions?: string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Asks whether the folder is trusted: it is not, until someone says so. Off unless wanted, and then all are. */
  readonly workspaceTrust?: boolean;
}

/** A text inside a selector, whatever quotes it holds. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A text inside a regular expression that matches it and nothing else. */
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A package that was installed once stays installed in the state folder. */
function open(options: WorkbenchOptions, stateDir: string, port: number | undefined, isFirst = true) {
  const { workspace, settings, theme = 'dark', extensions = [], env, workspaceTrust = false } = options;
  return openWorkbench({
    workspace,
    stateDir,
    workspaceTrust,
    ...(VSIX && isFirst ? { vsix: VSIX } : {}),
    extensions: VSIX ? extensions : [ROOT, ...extensions],
    settings: { 'workbench.colorTheme': THEMES[theme].id, ...settings },
    ...(port === undefined ? {} : { port }),
    ...(env ? { env } : {}),
  });
}

/** A VS Code with the extension under development, driven through what a user sees. */
export class Workbench {
  private constructor(
    private readonly options: WorkbenchOptions,
    private readonly stateDir: string,
    private host: Awaited<ReturnType<typeof openWorkbench>>,
    private readonly removeState: (() => Promise<void>) | undefined,
  ) {}

  /** Starts a VS Code on a folder. End it with `close`. */
  static async start(options: WorkbenchOptions): Promise<Workbench> {
    const temporary = options.stateDir === undefined ? await temporaryFolder('ui') : undefined;
    const stateDir = options.stateDir ?? temporary!.folder;
    const host = await open(options, stateDir, options.port);
    const workbench = new Workbench(options, stateDir, host, temporary?.remove);
    await workbench.showsTheme(options.theme ?? 'dark');
    return workbench;
  }

  get page(): Page {
    return this.host.page;
  }

  get port(): number {
    return this.host.port;
  }

  /** Where this VS Code keeps its user data: settings, logs, storage. */
  get userDataDir(): string {
    return this.host.folders.user;
  }

  async close(): Promise<void> {
    await this.host.close();
    await this.removeState?.();
  }

  /** Ends VS Code, its server and the browser, and starts them again with the same user data and address. */
  async restart(): Promise<void> {
    const { port } = this;
    await this.host.close();
    this.host = await open(this.options, this.stateDir, port, false);
  }

  /** Loads the window anew; the server stays. */
  async reload(): Promise<void> {
    await this.host.reload();
  }

  /** The label of a list row that reads exactly so, with or without an icon before it. */
  private label(text: string): Locator {
    return this.page.locator('.label-name', { hasText: new RegExp(`^\\s*${escaped(text)}$`) });
  }

  private rowIn(part: Locator, label: string): Locator {
    return part.locator('.monaco-list-row', { has: this.label(label) }).first();
  }

  /** Runs a command by the title that the palette shows, such as `Maskinporten: Get Maskinporten Token`. */
  async command(title: string): Promise<void> {
    for (let left = MOST_TRIES; ; left--) {
      const input = await this.openQuickInput('F1');
      try {
        await input.fill(`>${title}`, { timeout: BRIEF_PATIENCE_MS });
        await this.rowIn(this.quickInput, title).click({ timeout: BRIEF_PATIENCE_MS });
        return;
      } catch (error) {
        // A page that comes into view takes the focus, and the palette goes; what became available while the palette
        // was open is not in it. Opened again, it has all.
        if (left === 1) throw error;
        if (await input.isVisible()) await input.press('Escape');
      }
    }
  }

  /** Opens a file of the workspace by its path in it, and gives the editor. */
  async openFile(file: string): Promise<Locator> {
    const input = await this.openQuickInput('Control+P');
    await input.fill(file);
    const name = path.posix.basename(file);
    await this.rowIn(this.quickInput, name).click({ timeout: PATIENCE_MS });
    await this.tab(name).waitFor({ timeout: PATIENCE_MS });
    const editor = this.editor;
    await editor.locator('.view-line').first().waitFor({ timeout: PATIENCE_MS });
    return editor;
  }

  /** The text editor of the active group. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor[role="code"]').first();
  }

  /** An editor's tab by its label. */
  tab(label: string): Locator {
    return this.page.locator(`.tabs-container [role="tab"][aria-label^=${quoted(label)}]`);
  }

  /** An icon of the activity bar by its title. */
  activity(title: string): Locator {
    return this.page.locator(`.part.activitybar .action-item .action-label[aria-label*=${quoted(title)}]`).first();
  }

  /** Shows a view container of the activity bar, unless it is shown already (a second click would hide it). */
  async openActivity(title: string): Promise<void> {
    const icon = this.activity(title);
    await icon.waitFor({ timeout: PATIENCE_MS });
    const isShown = await icon.locator('xpath=..').evaluate((item) => item.classList.contains('checked'));
    if (!isShown) await icon.click();
  }

  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** The rows that the tree in the side bar shows now, top to bottom: label, then description, as they read. */
  async treeRows(): Promise<string[]> {
    const rows = await this.sideBar.locator('.monaco-list-row').all();
    const placed = await Promise.all(
      rows.map(async (row) => ({
        top: (await row.boundingBox())?.y ?? 0,
        text: (await row.locator('.label-name, .label-description').allInnerTexts()).filter(Boolean).join(' '),
      })),
    );
    return placed.sort((a, b) => a.top - b.top).map(({ text }) => text);
  }

  /** A row of the tree in the side bar by its label. */
  treeRow(label: string): Locator {
    return this.rowIn(this.sideBar, label);
  }

  /** The row that is selected in the tree, which need not have the focus. */
  get selectedTreeRow(): Locator {
    return this.sideBar.locator('.monaco-list-row.selected');
  }

  /** The text that stands in place of an empty tree, with its buttons and links. */
  get welcome(): Locator {
    return this.sideBar.locator('.welcome-view-content');
  }

  /** The line above the rows of the tree. */
  get viewMessage(): Locator {
    return this.sideBar.locator('.tree-explorer-viewlet-tree-view .message');
  }

  /** An action in the title of the view in the side bar. */
  viewAction(title: string): Locator {
    return this.sideBar.locator(`.actions-container .action-label[aria-label^=${quoted(title)}]`).first();
  }

  /** Opens the context menu of a part of the page and takes an entry. */
  async contextMenu(part: Locator, entry: string): Promise<void> {
    await part.click({ button: 'right', timeout: PATIENCE_MS });
    await this.takeFromMenu(entry);
  }

  /** An entry of the menu that is open, by how its text begins. */
  menuItem(entry: string): Locator {
    return this.page.locator('.monaco-menu .action-item', { hasText: entry }).first();
  }

  /** Takes an entry of the menu that is open. */
  async takeFromMenu(entry: string): Promise<void> {
    const item = this.menuItem(entry);
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      await item.click({ timeout: PATIENCE_MS });
      try {
        await item.waitFor({ state: 'detached', timeout: PATIENCE_MS / 20 });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error; // else the menu had just opened: VS Code takes no click for a moment
      }
    }
  }

  /** Clicks an action at the end of a tree row, such as the key of a scope. */
  async treeAction(label: string, action: string): Promise<void> {
    const row = this.treeRow(label);
    const button = row.locator(`.action-label[aria-label*=${quoted(action)}]`).first();
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      await row.hover({ timeout: PATIENCE_MS });
      try {
        await button.click({ timeout: PATIENCE_MS / 20 });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error; // else the row moved away under the mouse: a refresh came between
      }
    }
  }

  /** An item of the status bar by a part of its text. */
  statusItem(text: string): Locator {
    return this.page.locator('.part.statusbar .statusbar-item', { hasText: text }).first();
  }

  private get quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  private get quickInputField(): Locator {
    return this.quickInput.locator('.quick-input-box input');
  }

  private async openQuickInput(key: string): Promise<Locator> {
    await this.page.keyboard.press(key);
    await this.quickInputField.waitFor({ timeout: PATIENCE_MS });
    return this.quickInputField;
  }

  /** The entries of the quick pick that is open, as they read. */
  async quickPickEntries(): Promise<string[]> {
    const rows = this.quickInput.locator('.monaco-list-row');
    await rows.first().waitFor({ timeout: PATIENCE_MS });
    return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** The rows of the quick pick that is open. */
  get quickPickRows(): Locator {
    return this.quickInput.locator('.monaco-list-row');
  }

  /** A button in the title of the quick pick that is open. */
  quickPickButton(tooltip: string): Locator {
    return this.quickInput.locator(`.quick-input-titlebar .action-label[aria-label^=${quoted(tooltip)}]`).first();
  }

  /** Takes the entry with this label in the quick pick that is open. */
  async pick(label: string): Promise<void> {
    await this.rowIn(this.quickInput, label).click({ timeout: PATIENCE_MS });
  }

  /** Answers the input box whose prompt or placeholder holds `prompt`, and closes it. */
  async answer(prompt: string, text: string): Promise<void> {
    const input = await this.inputBox(prompt);
    await input.fill(text);
    await input.press('Enter');
  }

  /** The field of the input box whose prompt, title or placeholder holds `prompt`. */
  async inputBox(prompt: string): Promise<Locator> {
    const asked = this.quickInput
      .filter({ hasText: prompt })
      .or(this.quickInput.filter({ has: this.page.locator(`input[placeholder*=${quoted(prompt)}]`) }));
    const input = asked.locator('.quick-input-box input');
    await input.waitFor({ timeout: PATIENCE_MS });
    return input;
  }

  /** What the open input box says about what was typed, or its prompt. */
  get inputMessage(): Locator {
    return this.quickInput.locator('.quick-input-message');
  }

  /** Names the file in the save dialog that is open: with `files.simpleDialog.enable` it is a quick input. */
  async saveAs(file: string): Promise<void> {
    const dialog = this.quickInput.filter({ has: this.page.locator('.quick-input-action, .quick-input-titlebar') });
    // It fills in a path itself when it has read the folder, and would go there.
    await dialog.locator('.monaco-list-row').first().waitFor({ timeout: PATIENCE_MS });
    await this.quickInputField.fill(file);
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      await this.quickInputField.press('Enter');
      try {
        await this.quickInputField.waitFor({ state: 'hidden', timeout: PATIENCE_MS / 20 });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error; // else the dialog was still reading the folder, and took no key
      }
    }
  }

  /** The notification that holds `text`. */
  async notification(text: string): Promise<Locator> {
    const toast = this.page.locator('.notifications-toasts .notification-toast', { hasText: text }).first();
    await toast.waitFor({ timeout: PATIENCE_MS });
    return toast;
  }

  /** Clicks a button of the notification that holds `text`. */
  async answerNotification(text: string, button: string): Promise<void> {
    const toast = await this.notification(text);
    await toast.locator('.monaco-button', { hasText: button }).first().click();
  }

  /** The modal dialog that holds `text`. */
  async dialog(text: string): Promise<Locator> {
    const box = this.page.locator('.monaco-dialog-box', { hasText: text });
    await box.waitFor({ timeout: PATIENCE_MS });
    return box;
  }

  /** Clicks a button of the modal dialog that holds `text`. */
  async answerDialog(text: string, button: string): Promise<void> {
    const box = await this.dialog(text);
    await box.locator('.monaco-button', { hasText: button }).first().click();
    await box.waitFor({ state: 'detached', timeout: PATIENCE_MS });
  }

  /** The inside of the webview whose panel or view has this title. */
  async webview(title: string): Promise<FrameLocator> {
    const name = await this.page.waitForFunction(webviewFrame, title, { timeout: PATIENCE_MS });
    const outer = `iframe.webview[name=${quoted(String(await name.jsonValue()))}]`;
    return this.page.frameLocator(outer).frameLocator('iframe#active-frame');
  }

  /** Where the occurrence number `nth` (from 0) of `text` stands in the active editor, in the page's pixels. */
  private async placeOf(text: string, nth: number): Promise<{ left: number; right: number; middle: number }> {
    const place = await this.page.waitForFunction(placeInEditor, { text, nth }, { timeout: PATIENCE_MS });
    const found = await place.jsonValue();
    assert.ok(found);
    return found;
  }

  /** Rests the mouse on `text` in the active editor and gives the hover that appears. */
  async hover(text: string, nth = 0): Promise<Locator> {
    const hover = this.page.locator(
      '.monaco-resizable-hover .monaco-hover:not(.hidden), .monaco-editor .monaco-hover:not(.hidden)',
    );
    for (let left = MOST_TRIES; ; left--) {
      const { left: start, right, middle } = await this.placeOf(text, nth);
      // From elsewhere: a mouse that does not move over the text brings no hover.
      await this.page.mouse.move(start, middle - 1);
      await this.page.mouse.move((start + right) / 2, middle, { steps: 5 });
      try {
        await hover.first().waitFor({ timeout: BRIEF_PATIENCE_MS });
        return hover.first();
      } catch (error) {
        // The text may have moved from under the mouse: lenses that come late push the lines down.
        if (left === 1) throw error;
      }
    }
  }

  /** Puts the cursor behind `text` in the active editor. */
  async placeCursorAfter(text: string, nth = 0): Promise<void> {
    const { right, middle } = await this.placeOf(text, nth);
    await this.page.mouse.click(right, middle);
  }

  /** The squiggles of a severity that the active editor shows. */
  squiggles(severity: 'error' | 'warning' | 'info'): Locator {
    return this.editor.locator(`.squiggly-${severity}`);
  }

  /** Changes the user's settings and reloads the window: in the browser, VS Code does not watch that file. */
  async changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void> {
    const file = path.join(this.userDataDir, 'User', 'settings.json');
    const settings = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify({ ...settings, ...changes }, null, 2));
    await this.reload();
  }

  /** Changes the colours by VS Code's own picker; everything that is open stays open. */
  async setTheme(theme: Theme): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.quickInput.locator('.monaco-list-row').first().waitFor({ timeout: PATIENCE_MS });
    await this.quickInputField.fill(THEMES[theme].label); // the list renders only the rows in sight
    await this.pick(THEMES[theme].label);
    await this.showsTheme(theme);
    await this.quickInput.waitFor({ state: 'hidden', timeout: PATIENCE_MS }); // it fades, and would be in the picture
  }

  private async showsTheme(theme: Theme): Promise<void> {
    await this.page.locator(`.monaco-workbench.${THEMES[theme].shownBy}`).waitFor({ timeout: PATIENCE_MS });
  }

  /**
   * Takes a picture into out/pictures, and with UPDATE_PICTURES set also into docs/pictures, where the README has them.
   */
  async picture(name: string): Promise<void> {
    await this.page.evaluate(movementsEnd);
    const image = await this.page.screenshot({ animations: 'disabled', caret: 'hide' });
    const folders = [
      inRoot('out', 'pictures'),
      ...(process.env['UPDATE_PICTURES'] ? [inRoot('docs', 'pictures')] : []),
    ];
    for (const folder of folders) {
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, `${name}.png`), image);
    }
  }

  /**
   * Takes a picture of a part of the page for the walkthrough: into out/pictures, and with UPDATE_PICTURES set also into
   * media/walkthrough, where package.json has them. They are part of what is installed, so they are small.
   */
  async walkthroughPicture(name: string, clip: { x: number; y: number; width: number; height: number }): Promise<void> {
    await this.page.evaluate(movementsEnd);
    const shown = await this.page.screenshot({ animations: 'disabled', caret: 'hide', clip });
    const image = palettePng(await this.page.evaluate(pixelsOf, shown.toString('base64')));
    const folders = [
      inRoot('out', 'pictures', 'walkthrough'),
      ...(process.env['UPDATE_PICTURES'] ? [inRoot('media', 'walkthrough')] : []),
    ];
    for (const folder of folders) {
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, `${name}.png`), image);
    }
  }

  /** What axe finds wrong with the webview of this title, a line for each rule that is broken. */
  async accessibilityFaults(title: string): Promise<readonly string[]> {
    const body = await (await this.webview(title)).locator('body').elementHandle({ timeout: PATIENCE_MS });
    const frame = await body.ownerFrame();
    assert.ok(frame);
    // By the debugger, which the page's Content-Security-Policy does not bind.
    await frame.evaluate(await readFile(inRoot('node_modules', 'axe-core', 'axe.min.js'), 'utf8'));
    return frame.evaluate(axeFaults);
  }

  /** Takes the picture `name-theme` in each theme and goes back to the first. */
  async pictureInEachTheme(name: string): Promise<void> {
    for (const theme of ALL_THEMES) {
      await this.setTheme(theme);
      await this.picture(`${name}-${theme}`);
    }
    await this.setTheme('dark');
  }
}
