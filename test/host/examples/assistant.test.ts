import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import * as vscode from 'vscode';
import { TOOLS } from '../../../src/platform/ids';
import { awake } from '../awake';

const OURS: readonly string[] = Object.values(TOOLS);
const SETTING = 'languageModelTools.enabled';

async function enable(enabled: boolean | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('maskinporten');
  await settings.update(SETTING, enabled, vscode.ConfigurationTarget.Global);
}

async function invoke(name: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe('the tools for language models', () => {
  before(awake);
  afterEach(() => enable(undefined));

  it('cannot be used unless the setting says so', async () => {
    for (const name of OURS) await assert.rejects(invoke(name, { body: '{}' }), name);
  });

  it('list the scopes and findings of the manifests', async () => {
    await enable(true);
    const text = await invoke(TOOLS.manifest, { file: '.nais/nais.yaml' });
    const { manifests } = JSON.parse(text) as {
      manifests: { file: string; workloads: { name: string; consumes: string[] }[] }[];
    };
    assert.deepEqual(
      manifests.map(({ file }) => file),
      ['.nais/nais.yaml'],
    );
    assert.equal(manifests[0]?.workloads[0]?.name, 'inntektsvarsel');
    assert.ok(manifests[0].workloads[0].consumes.includes('skatteetaten:inntekt'));
    assert.deepEqual(JSON.parse(await invoke(TOOLS.manifest, { file: '/etc/passwd' })), { manifests: [], leftOut: 0 });
  });

  it('give no value of the manifest’s variables away, and no key that stands in one', async () => {
    await enable(true);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { d = '' } = privateKey.export({ format: 'jwk' });
    const document = await vscode.workspace.openTextDocument({
      language: 'yaml',
      content: [
        'apiVersion: nais.io/v1alpha1',
        'kind: Application',
        'metadata: {name: leaky}',
        'spec:',
        '  env:',
        `    - {name: MASKINPORTEN_CLIENT_JWK, value: '{"d":"${d}"}'}`,
        '  maskinporten:',
        '    enabled: true',
        `    scopes: {consumes: [{name: '"d":"${d}"'}]}`,
      ].join('\n'),
    });
    await vscode.window.showTextDocument(document);
    const text = await invoke(TOOLS.manifest, {});
    assert.match(text, /leaky/);
    assert.ok(!text.includes(d));
  });

  it('explain a refusal, and read none that holds a token', async () => {
    await enable(true);
    const body = JSON.stringify({ error: 'invalid_grant', error_uri: 'https://x.maskinporten.no/MP-110' });
    assert.match(await invoke(TOOLS.refusal, { body }), /"code": "MP-110"/);
    const token = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.e30.c2ln`;
    const answer = await invoke(TOOLS.refusal, { body: JSON.stringify({ error: token }) });
    assert.match(answer, /was not read/);
    assert.ok(!answer.includes(token));
  });
});

describe('Report Issue…', () => {
  before(awake);

  it('opens what would be reported, to be read: it goes nowhere by itself', async () => {
    await vscode.env.clipboard.writeText('as before');
    void vscode.commands.executeCommand('maskinporten.reportIssue');
    await new Promise<void>((resolve) => {
      const subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.languageId !== 'markdown') return;
        subscription.dispose();
        resolve();
      });
    });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.isUntitled, true);
    assert.match(document.getText(), /- Environment: sandbox\n/);
    assert.equal(await vscode.env.clipboard.readText(), 'as before');
  });
});
