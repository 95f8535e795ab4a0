import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS, VIEW_ID } from '../../../src/platform/ids';

const ROOT = path.resolve(__dirname, '../../..');

interface PackageJson {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

function sources(): string {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(ROOT, 'src', file), 'utf8'))
    .join('\n');
}

describe('package.json', () => {
  const { activationEvents, contributes } = JSON.parse(
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

  it('asks for context keys that the code sets, with values that it gives', () => {
    const tree = readFileSync(path.join(ROOT, 'src/explorer/scopeTree.ts'), 'utf8');
    for (const { when } of contributes.viewsWelcome) {
      const value = /^maskinporten\.view == (\w+)$/.exec(when)?.[1];
      assert.ok(value && tree.includes(`'${value}'`), when);
    }
  });

  it('wakes up for each panel that VS Code may have to restore', () => {
    const restored = [...code.matchAll(/const VIEW_TYPE = '([^']+)'/g)].map(([, type]) => `onWebviewPanel:${type}`);
    assert.ok(restored.length > 0);
    for (const event of restored) assert.ok(activationEvents.includes(event), event);
  });

  it('lets no command that uses the network run in an untrusted workspace', () => {
    for (const name of ['getToken', 'sendRequest', 'addCredential', 'refreshPublicScopes'] as const) {
      const command = contributes.commands.find((candidate) => candidate.command === COMMANDS[name]);
      assert.equal(command?.enablement, 'isWorkspaceTrusted', name);
    }
  });
});
