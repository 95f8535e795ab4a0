import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { awake } from '../awake';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(claims: object): string {
  return `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.c2ln`;
}

async function hoverTexts(document: vscode.TextDocument, at: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(at) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value))
    .join('\n')
    .replaceAll('&nbsp;', ' ');
}

describe('a hover over a JWT', () => {
  const now = Math.floor(Date.now() / 1000);
  const jwt = token({ scope: 'a:b c:d', exp: now - 600, consumer: { ID: '0192:889640782' } });

  before(async () => {
    await awake();
  });

  const open = (language: string, content: string) => vscode.workspace.openTextDocument({ language, content });

  it('says in JSON and YAML what the token says of itself', async () => {
    for (const [language, content] of [
      ['json', `{"token": "${jwt}"}`],
      ['yaml', `token: ${jwt}\n`],
    ] as const) {
      const text = await hoverTexts(await open(language, content), 'eyJ');
      assert.match(text, /Expired 10 min ago/);
      assert.match(text, /signature was not checked/);
      assert.match(text, /a:b, c:d/);
      assert.match(text, /889640782/);
      assert.match(text, /command:maskinporten\.decodeToken\?/);
      assert.ok(!text.includes(jwt), 'the token itself is in no link');
    }
  });

  it('does not take a token for valid that does not say when it ends', async () => {
    const text = await hoverTexts(await open('json', `["${token({ scope: 'a:b' })}"]`), 'eyJ');
    assert.match(text, /Cannot tell whether it is valid/);
  });

  it('takes claims for text, whatever is in them', async () => {
    const evil = token({ scope: '[x](command:workbench.action.quit)', exp: now });
    const text = await hoverTexts(await open('json', `["${evil}"]`), 'eyJ');
    assert.doesNotMatch(text, /\]\(command:workbench/);
  });

  it('stays away from other files, other places and lines without end', async () => {
    assert.equal(await hoverTexts(await open('plaintext', jwt), 'eyJ'), '');
    assert.equal(await hoverTexts(await open('json', `{"token": "${jwt}"}`), 'token'), '');
    assert.equal(await hoverTexts(await open('json', `["${jwt}", "${'x'.repeat(20_000)}"]`), 'eyJ'), '');
  });

  it('can be turned off', async () => {
    const settings = vscode.workspace.getConfiguration('maskinporten');
    await settings.update('decode.hover', false, vscode.ConfigurationTarget.Global);
    try {
      assert.equal(await hoverTexts(await open('json', `["${jwt}"]`), 'eyJ'), '');
    } finally {
      await settings.update('decode.hover', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
