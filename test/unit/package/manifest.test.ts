import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS, PANELS, TOOLS, VIEW_ID } from '../../../src/platform/ids';

const ROOT = path.resolve(__dirname, '../../..');

interface Setting {
  readonly type: string;
  readonly scope: string;
  readonly order: number;
  readonly default?: unknown;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

interface PackageJson {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
      readonly enablement?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly when: string }[];
    readonly keybindings: readonly { readonly command: string; readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly media: { readonly image: Readonly<Record<string, string>> };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly languageModelTools: readonly { readonly name: string; readonly when: string }[];
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
  const { activationEvents, capabilities, contributes, icon } = JSON.parse(
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

  it('describes each setting in Markdown, with its scope, its place, and a word for each choice', () => {
    for (const [name, setting] of Object.entries(contributes.configuration.properties)) {
      assert.match(setting.markdownDescription, /^%[\w.]+%$/, name);
      assert.ok(['application', 'machine', 'machine-overridable', 'window', 'resource'].includes(setting.scope), name);
      assert.equal(typeof setting.order, 'number', name);
      assert.notEqual(setting.default, undefined, name);
      assert.equal(setting.enumDescriptions?.length, setting.enum?.length, name);
    }
  });

  it('lets no workspace say where a grant or a token goes, how it is sent, or whom it trusts', () => {
    const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
    const settings = Object.entries(contributes.configuration.properties);
    const ofTransport = settings.filter(([name]) => /http|issuer|endpoint|texas|prox|host|url|\bca/i.test(name));
    assert.ok(ofTransport.length > 1);
    for (const [name, { scope }] of ofTransport) {
      assert.ok(['machine', 'application'].includes(scope), `${name}: ${scope}`);
      assert.ok(restrictedConfigurations.includes(name) || scope === 'application', name);
    }
    for (const name of restrictedConfigurations) assert.ok(contributes.configuration.properties[name], name);
  });

  it('offers the tools that the code has to language models, and none unless the setting says so', () => {
    const setting = 'maskinporten.languageModelTools.enabled';
    const { scope, default: usual } = contributes.configuration.properties[setting] ?? {};
    assert.deepEqual([usual, scope], [false, 'application']);
    assert.deepEqual(contributes.languageModelTools.map(({ name }) => name).sort(), Object.values(TOOLS).sort());
    for (const { name, when } of contributes.languageModelTools) assert.equal(when, `config.${setting}`, name);
  });

  it('has an icon of 256 pixels, and one for the activity bar that takes its colour from the theme', () => {
    const png = readFileSync(path.join(ROOT, icon));
    assert.deepEqual([png.toString('latin1', 12, 16), png.readUInt32BE(16), png.readUInt32BE(20)], ['IHDR', 256, 256]);
    const svg = readFileSync(path.join(ROOT, 'media/maskinporten.svg'), 'utf8');
    assert.match(svg, /currentColor/);
    assert.doesNotMatch(svg, /#[0-9a-f]{3,6}\b|<script|href=/i);
  });

  it('has one walkthrough, of four steps with small pictures for each theme and events that can come', () => {
    const [walkthrough, ...others] = contributes.walkthroughs;
    assert.deepEqual([others.length, walkthrough?.steps.length], [0, 4]);
    const known = new Set(contributes.commands.map(({ command }) => command));
    let bytes = 0;
    for (const { id, media, completionEvents } of walkthrough?.steps ?? []) {
      assert.deepEqual(Object.keys(media.image), ['dark', 'light', 'hc', 'hcLight'], id);
      for (const file of new Set(Object.values(media.image))) bytes += readFileSync(path.join(ROOT, file)).length;
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) {
        const [kind, name = ''] = event.split(':');
        assert.ok(kind === 'onView' ? name === VIEW_ID : known.has(name), event);
      }
    }
    assert.ok(bytes < 100_000, `${bytes} bytes of pictures`);
  });

  it('opens the walkthrough for the one command that is named after it, and never by itself', () => {
    assert.equal(code.split('openWalkthrough').length - 1, 1);
  });

  it('says in the palette whose each command is, in both languages', () => {
    const hidden = contributes.menus['commandPalette']!.filter(({ when }) => when === 'false');
    const unseen = new Set(hidden.map(({ command }) => command));
    for (const file of ['package.nls.json', 'package.nls.nb.json']) {
      const texts = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Readonly<Record<string, string>>;
      for (const { command, title, category } of contributes.commands.filter((each) => !unseen.has(each.command))) {
        const text = texts[title.replaceAll('%', '')] ?? '';
        assert.ok(category === 'Maskinporten' || text.includes('Maskinporten'), `${command}: ${text}`);
      }
    }
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

  it('asks for the context keys that the code sets, and for no others', () => {
    const set = [...code.matchAll(/contextKeys\.set\('([\w.]+)'/g)].map(([, key]) => key);
    const { viewsWelcome, menus, keybindings, commands } = contributes;
    const clauses = [...viewsWelcome, ...Object.values(menus).flat(), ...keybindings].map(({ when }) => when);
    const enablements = commands.flatMap(({ enablement }) => enablement ?? []);
    const named = [...clauses, ...enablements].flatMap((when) => when.match(/(?<!config\.)\bmaskinporten\.\w+/g) ?? []);
    const notKeys = [VIEW_ID, ...Object.values<string>(PANELS)];
    const asked = named.filter((key) => !notKeys.includes(key));
    assert.ok(asked.length > 0);
    assert.deepEqual([...new Set(asked)].sort(), [...new Set(set)].sort());
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
