import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS, PANELS, VIEW_ID } from '../../../src/platform/ids';

const ROOT = path.resolve(__dirname, '../../..');

interface PackageJson {
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
  };
}

function sources(folder = 'src'): string {
  const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(ROOT, folder, file), 'utf8'))
    .join('\n');
}

describe('package.json', () => {
  const { activationEvents, capabilities, contributes } = JSON.parse(
    readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
  ) as PackageJson;
  const code = sources();

  it('names the commands that the code has, and no others', () => {
    const named = contributes.commands.map(({ command }) => command).sort();
    assert.deepEqual(named, Object.values<string>(COMMANDS).sort());
    for (const key of Object.keys(COMMANDS)) {
      assert.match(code, new RegExp(`registerCommand\\(\\s*COMMANDS\\.${key}\\b`), `${key} is registered nowhere`);
    }
  });

  it('has menus for its own commands alone', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    for (const { command } of Object.values(contributes.menus).flat()) assert.ok(known.has(command), command);
  });

  it('names the view that the code fills', () => {
    assert.deepEqual(
      Object.values(contributes.views)
        .flat()
        .map(({ id }) => id),
      [VIEW_ID],
    );
  });

  it('has the settings that the code reads, and no others', () => {
    const read = [...code.matchAll(/new ConfigValue[^(]*\(\s*'([^']+)'/g)].map(([, key]) => `maskinporten.${key}`);
    assert.deepEqual(Object.keys(contributes.configuration.properties).sort(), read.sort());
  });

  it('lets no workspace say how requests are sent, or whom they trust', () => {
    const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
    const settings = Object.entries(contributes.configuration.properties);
    const ofHttp = settings.filter(([key]) => key.startsWith('maskinporten.http.'));
    assert.deepEqual(ofHttp.map(([key]) => key).sort(), [...restrictedConfigurations].sort());
    assert.ok(ofHttp.length > 0);
    for (const [key, { scope }] of ofHttp) assert.equal(scope, 'machine', key);
  });

  it('has a welcome text for each reason why the tree may be empty', () => {
    const keys = readFileSync(path.join(ROOT, 'src/platform/contextKeys.ts'), 'utf8');
    const union = /'maskinporten\.view':([^;]*);/.exec(keys)?.[1] ?? '';
    const states = [...union.matchAll(/'(\w+)'/g)].map(([, state]) => String(state));
    assert.ok(states.includes('scopes'));
    const worded = contributes.viewsWelcome.flatMap(
      ({ when }) => /^maskinporten\.view == (\w+)$/.exec(when)?.[1] ?? [],
    );
    // At start there is nothing to say yet.
    assert.deepEqual(worded.sort(), states.filter((state) => state !== 'scopes' && state !== 'loading').sort());
  });

  it('asks for context keys that the code sets', () => {
    const set = [...code.matchAll(/contextKeys\.set\('([\w.]+)'/g)].map(([, key]) => key);
    const clauses = [...contributes.viewsWelcome, ...Object.values(contributes.menus).flat()].map(({ when }) => when);
    // What stands in quotes is compared with: the view type of a panel.
    const keys = clauses.map((when) => when.replace(/'[^']*'/g, ''));
    const asked = keys.flatMap((when) => when.match(/\bmaskinporten\.(?!scopes\b)\w+/g) ?? []);
    assert.ok(asked.length > 0);
    for (const key of asked) assert.ok(set.includes(key), key);
  });

  it('asks for kinds of rows that the tree has', () => {
    const rows = sources('src/explorer');
    const clauses = Object.values(contributes.menus).flatMap((items) => items.map(({ when }) => when));
    const kinds = clauses
      .flatMap((when) => [...when.matchAll(/viewItem (?:!=|=~) (?:\/\\b)?(\w+)/g)])
      .map(([, kind]) => kind);
    assert.ok(kinds.length > 5);
    for (const kind of kinds) assert.match(rows, new RegExp(`'(?:\\w+ )?${kind}'`), kind);
    // A row may be of several kinds at once, so being equal to one of them would leave some of its rows out.
    for (const when of clauses) assert.doesNotMatch(when, /viewItem ==/, when);
  });

  it('keeps commands that only make sense for a row out of the palette', () => {
    const forRows = new Set(contributes.menus['view/item/context']!.map(({ command }) => command));
    const hidden = new Set(
      contributes.menus['commandPalette']!.filter(({ when }) => when === 'false').map(({ command }) => command),
    );
    for (const name of [
      'openInEditor',
      'copyScope',
      'copyFullName',
      'copyHost',
      'openScopeDocumentation',
      'getTokens',
    ] as const) {
      assert.ok(forRows.has(COMMANDS[name]), name);
      assert.ok(hidden.has(COMMANDS[name]), name);
    }
  });

  it('wakes up for each panel that VS Code may have to restore', () => {
    const restored = Object.values(PANELS).map((type) => `onWebviewPanel:${type}`);
    const events = activationEvents.filter((event) => event.startsWith('onWebviewPanel:'));
    assert.deepEqual(events.sort(), restored.sort());
  });

  it('has every form of a copy in the menu of the panel, and in the palette while one is looked at', () => {
    const copies = Object.entries<string>(COMMANDS).flatMap(([key, id]) => (key.startsWith('copyRequest') ? [id] : []));
    const inMenu = contributes.menus['webview/context']!.map(({ command }) => command);
    assert.deepEqual(inMenu.sort(), copies.sort());
    const inPalette = contributes.menus['commandPalette']!.filter(({ command }) => copies.includes(command));
    assert.equal(inPalette.length, copies.length);
    for (const { when } of inPalette) assert.equal(when, "activeWebviewPanelId == 'maskinporten.request'");
    assert.match(sources('src/webview'), /webviewSection: 'copyRequestAs'/);
  });

  it('lets no command that uses the network run in an untrusted workspace', () => {
    for (const name of [
      'getToken',
      'getTokenWithOptions',
      'sendRequest',
      'copyRequestAsCurlWithToken',
      'copyRequestAsPowerShellWithToken',
      'addCredential',
      'refreshPublicScopes',
    ] as const) {
      const command = contributes.commands.find((candidate) => candidate.command === COMMANDS[name]);
      assert.equal(command?.enablement, 'isWorkspaceTrusted', name);
    }
  });
});
