import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { CredentialDrop } from '../../../src/explorer/credentialDrop';
import { putInTerminal } from '../../../src/platform/terminal';
import { startSandbox, type Sandbox } from '../../../src/sandbox';
import { base64, mapValues } from '../../unit/maskinporten/recognise/support';
import { makeKeyPair, type KeyPair } from '../../unit/maskinporten/support';
import { awake } from '../awake';
import { Inputs, type Reply } from '../inputs';

const SCOPE = 'skatteetaten:inntekt';
const { Back } = vscode.QuickInputButtons;

describe('the commands of credentials', () => {
  const clientId = randomUUID();
  let pair: KeyPair;
  let issuer: Sandbox;
  let folder: vscode.Uri;
  let manifestUri: string;
  let inputs: Inputs;

  before(async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = workspace.uri;
    const uri = vscode.Uri.joinPath(folder, '.nais', 'nais.yaml');
    manifestUri = uri.toString();
    await vscode.window.showTextDocument(uri);
    await awake();
    pair = await makeKeyPair();
    issuer = await startSandbox({
      clients: [{ clientId, name: 'inntektsvarsel', keys: [pair.publicJwk], scopes: [SCOPE] }],
    });
  });

  after(async () => {
    await issuer.stop();
  });

  beforeEach(() => {
    inputs = new Inputs();
  });

  afterEach(async () => {
    // The desk of the test that ended may have been left with replies to questions that were not asked.
    inputs.sitDown(['Delete All Credentials…'], ['Delete']);
    if ((await listed()).length > 0) await run('manageCredentials', ['Delete All Credentials…'], ['Delete']);
    inputs.standUp();
    await setClearing(undefined);
  });

  async function run(command: string, replies: readonly Reply[], buttons: readonly string[] = [], argument?: unknown) {
    inputs.sitDown(replies, buttons);
    await vscode.commands.executeCommand(`maskinporten.${command}`, argument);
  }

  /** The credentials that "Manage Credentials…" lists, as their rows read. */
  async function listed(): Promise<string[]> {
    const before = inputs.asked.length;
    await run('manageCredentials', [undefined]);
    const rows = inputs.asked[before]?.rows ?? [];
    return rows
      .filter(({ detail }) => detail)
      .map(({ label, description, detail }) => `${label} | ${description} | ${detail}`);
  }

  function rowsOf(title: string): string[] {
    const shown = inputs.asked.filter((question) => question.title === title).at(-1);
    return (shown?.rows ?? []).map(({ label, description }) => [label, description].filter(Boolean).join(' | '));
  }

  async function setClearing(value: 'always' | 'never' | undefined): Promise<void> {
    const settings = vscode.workspace.getConfiguration('maskinporten');
    await settings.update('clipboard.clearAfterImport', value, vscode.ConfigurationTarget.Global);
  }

  function secretOf(change: Record<string, string> = {}): string {
    const values = {
      MASKINPORTEN_CLIENT_ID: clientId,
      MASKINPORTEN_CLIENT_JWK: JSON.stringify(pair.privateJwk),
      MASKINPORTEN_SCOPES: SCOPE,
      MASKINPORTEN_ISSUER: issuer.issuer,
      ...change,
    };
    const metadata = {
      name: 'maskinporten-inntektsvarsel-1a2b3c4d',
      namespace: 'team-varsel',
      labels: { app: 'inntektsvarsel' },
    };
    return JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, data: mapValues(values, base64) });
  }

  function showsNoSecret(): void {
    const { d, p, q } = pair.privateJwk;
    for (const secret of [d, p, q]) assert.ok(!inputs.shown.includes(String(secret)));
  }

  it('take a Secret from the clipboard in two steps, and put it to use', async () => {
    inputs.clipboard = secretOf();
    await run('addCredential', ['From the Clipboard', 'Save and Use'], ['Clear It, Now and Always']);
    const host = new URL(issuer.issuer).host;
    assert.match(inputs.said.join('\n'), /is kept, and tokens now come from it/);
    const [row] = await listed();
    assert.equal(row, `$(check) inntektsvarsel · ${host} | ${host} · ${issuer.issuer} | client ${clientId}`);
    showsNoSecret();
  });

  it('leave alone what was copied since', async () => {
    inputs.clipboard = secretOf();
    inputs.whileSaying = (message) => {
      if (message.includes('clipboard')) inputs.clipboard = 'something else';
    };
    await run('addCredential', ['From the Clipboard', 'Save and Use'], ['Clear It, Now and Always']);
    assert.equal(inputs.clipboard, 'something else');
  });

  it('clear the clipboard once it was said, and ask no second time', async () => {
    inputs.clipboard = secretOf();
    await run('addCredential', ['From the Clipboard', 'Save and Use'], ['Clear It, Now and Always']);
    assert.equal(inputs.clipboard, '');
    inputs.clipboard = secretOf();
    await run('addCredential', ['From the Clipboard', 'Save and Use']);
    assert.equal(inputs.clipboard, '', 'asked no second time');
    await setClearing('never');
    inputs.clipboard = secretOf();
    await run('addCredential', ['From the Clipboard', 'Save and Use']);
    assert.equal(inputs.clipboard, secretOf());
  });

  it('show what was recognised, and ask for one token where the user wants to know first', async () => {
    inputs.clipboard = secretOf();
    await run('addCredential', ['From the Clipboard', 'Try It First…', undefined]);
    const rows = rowsOf('Add Credential').join('\n');
    assert.match(rows, /It works: a token for skatteetaten:inntekt came/);
    for (const fact of [
      clientId,
      'RSA, 2048 bits, RS256',
      pair.privateJwk.kid,
      issuer.issuer,
      'maskinporten-inntektsvarsel-1a2b3c4d',
    ])
      assert.ok(rows.includes(fact), fact);
    assert.deepEqual(await listed(), [], 'trying keeps nothing');
    showsNoSecret();
  });

  it('ask for what is missing, and go back without losing what was said', async () => {
    inputs.clipboard = JSON.stringify(pair.privateJwk);
    await run('addCredential', [
      'From the Clipboard',
      'Fill In the Client Id…',
      clientId,
      'Choose the Environment…',
      'Another issuer…',
      Back,
      'Another issuer…',
      issuer.issuer,
      'Name',
      'Mine',
      'On behalf of',
      '889640783',
      '889640782',
      'Save and Use',
    ]);
    assert.match(inputs.complaints.join('\n'), /nine digits/);
    assert.match((await listed()).join(), /Mine \|.*on behalf of 889640782/);
  });

  it('cannot save a public key', async () => {
    inputs.clipboard = secretOf({ MASKINPORTEN_CLIENT_JWK: JSON.stringify(pair.publicJwk) });
    await run('addCredential', ['From the Clipboard', undefined]);
    const rows = rowsOf('Add Credential').join('\n');
    assert.match(rows, /It is the public half of a key/);
    assert.doesNotMatch(rows, /Save/);
  });

  it('have a doubt looked at before saving', async () => {
    const { alg, ...unsaid } = pair.privateJwk;
    assert.ok(alg);
    inputs.clipboard = secretOf({ MASKINPORTEN_CLIENT_JWK: JSON.stringify(unsaid) });
    await run('addCredential', ['From the Clipboard', 'Save All the Same', undefined]);
    assert.match(inputs.said.join('\n'), /RS256 is assumed/);
    assert.deepEqual(await listed(), []);
    await run('addCredential', ['From the Clipboard', 'Save All the Same'], ['Save All the Same']);
    assert.equal((await listed()).length, 1);
  });

  it('say that the issuer does not answer, and keep the credential if the user wants it', async () => {
    inputs.clipboard = secretOf({ MASKINPORTEN_ISSUER: 'http://127.0.0.1:1/' });
    await run('addCredential', ['From the Clipboard', 'Save and Use', 'Save All the Same'], ['Save All the Same']);
    assert.match(rowsOf('Add Credential').join('\n'), /127\.0\.0\.1/);
    assert.equal((await listed()).length, 1);
  });

  it('take the endpoints of an issuer that publishes no metadata', async () => {
    inputs.clipboard = secretOf({ MASKINPORTEN_ISSUER: 'http://127.0.0.1:1/' });
    const { port } = new URL(issuer.issuer);
    await run('addCredential', [
      'From the Clipboard',
      'Save and Use',
      'It Publishes No Metadata: Fill In Its Endpoints…',
      'http://issuer.example/token',
      `http://127.0.0.1:${port}/token`,
      Back,
      `http://127.0.0.1:${port}/token`,
      `http://127.0.0.1:${port}/jwks`,
      'Save and Use',
    ]);
    assert.match(inputs.complaints.join('\n'), /must use https/);
    assert.equal((await listed()).length, 1);
  });

  it('offer production and do not choose it', async () => {
    const PROD = 'https://maskinporten.no/';
    inputs.clipboard = secretOf({ MASKINPORTEN_ISSUER: PROD });
    await run('addCredential', ['From the Clipboard', 'Save', 'Save All the Same'], ['Save All the Same']);
    assert.match(inputs.said.join('\n'), /for production, so it is not in use yet/);
    const [row = ''] = await listed();
    assert.match(row, /^inntektsvarsel · Production/, 'no check mark');
    const before = inputs.asked.length;
    await run('manageCredentials', [row.split(' | ')[0], undefined]);
    assert.doesNotMatch(JSON.stringify(inputs.asked.slice(before)), /the Default of/);
  });

  it('use one for the session only, in no store', async () => {
    inputs.clipboard = secretOf();
    await run('addCredential', ['From the Clipboard', 'Use for This Session Only']);
    assert.match((await listed()).join(), /for this session only · client/);
  });

  it('explain what they cannot read, with the command that can', async () => {
    inputs.clipboard = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----';
    await run('addCredential', ['From the Clipboard', undefined], ['Put It in a Terminal']);
    assert.match(inputs.said.join('\n'), /encrypted[\s\S]*openssl pkey -in key\.pem/);
    const [line] = inputs.terminalLines;
    assert.match(line?.text ?? '', /^openssl pkey -in key\.pem \| /);
    assert.equal(line?.run, false);
    inputs.clipboard = 'a shopping list';
    await run('addCredential', ['From the Clipboard', undefined]);
    assert.match(inputs.said.join('\n'), /There is no credential in this/);
  });

  it('take a file that was dropped on the tree', async () => {
    const file = vscode.Uri.joinPath(folder, 'dropped.json');
    await writeFile(file.fsPath, secretOf());
    try {
      await run('addCredential', ['Save and Use'], [], file);
      assert.equal((await listed()).length, 1);
      await run('addCredential', [undefined], [], vscode.Uri.joinPath(folder, 'no-such-file'));
      assert.match(inputs.said.join('\n'), /no-such-file could not be read/);
    } finally {
      await rm(file.fsPath);
    }
  });

  it('take the first of several files in a drop, and bytes where there is no file', async () => {
    const drop = new CredentialDrop();
    const file = vscode.Uri.joinPath(folder, 'dropped.json');
    await writeFile(file.fsPath, secretOf());
    try {
      const list = ['# a comment', file.toString(), vscode.Uri.joinPath(folder, 'other.json').toString()].join('\r\n');
      inputs.sitDown(['Save and Use']);
      const files = new vscode.DataTransfer();
      files.set('text/uri-list', new vscode.DataTransferItem(list));
      await drop.handleDrop(undefined, files);
      assert.equal((await listed()).length, 1);

      inputs.sitDown(['Save and Use']);
      const bytes = new vscode.DataTransfer();
      const data = () => Promise.resolve(new Uint8Array(Buffer.from(secretOf())));
      bytes.set('files', Object.assign(new vscode.DataTransferItem(''), { asFile: () => ({ name: 'dropped', data }) }));
      await drop.handleDrop(undefined, bytes);
      assert.equal((await listed()).length, 2);
    } finally {
      await rm(file.fsPath);
    }
  });

  it('take a folder with a file for each variable, as it is mounted into a pod', async () => {
    const mounted = vscode.Uri.joinPath(folder, 'mounted');
    const { data } = JSON.parse(secretOf()) as { data: Record<string, string> };
    for (const [name, value] of Object.entries(data)) {
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(mounted, name), Buffer.from(value, 'base64'));
    }
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(mounted, 'README'), Buffer.from('not a variable'));
    try {
      await run('addCredential', ['Save and Use'], [], mounted);
      assert.equal((await listed()).length, 1);
    } finally {
      await vscode.workspace.fs.delete(mounted, { recursive: true });
    }
  });

  describe('that manage what is kept', () => {
    beforeEach(async () => {
      inputs.clipboard = secretOf();
      await run('addCredential', ['From the Clipboard', 'Name', 'Mine', 'Save and Use']);
    });

    it('rename, edit and duplicate', async () => {
      await run('manageCredentials', ['Mine', 'Rename…', 'Ours', 'Ours', 'Duplicate…', 'Copy', undefined]);
      await run('manageCredentials', ['Copy', 'Change the Client Id…', 'another-client', undefined]);
      assert.deepEqual(
        (await listed()).map((row) => row.replace(/ \|.* \| /, ' | ')),
        [`$(check) Ours | client ${clientId}`, 'Copy | client another-client'],
      );
    });

    it('delete one after a question, and nothing without it', async () => {
      await run('manageCredentials', ['Mine', 'Delete…', undefined]);
      assert.equal((await listed()).length, 1);
      await run('manageCredentials', ['Mine', 'Delete…', undefined], ['Delete']);
      assert.deepEqual(await listed(), []);
    });

    it('begin each folder with its default, until the user chooses', async () => {
      inputs.clipboard = secretOf();
      await run('addCredential', ['From the Clipboard', 'Name', 'Other', 'Save and Use']);
      const name = folder.path.split('/').at(-1)!;
      await run('manageCredentials', ['Mine', `Make It the Default of ${name}`, undefined]);
      assert.match((await listed()).join('\n'), /\$\(check\) Mine/);
      await run('manageCredentials', ['Other', 'Use It Now']);
      assert.match((await listed()).join('\n'), /\$\(check\) Other/);
      await run('manageCredentials', ['Mine', `No Longer the Default of ${name}`, undefined]);
    });

    it('import the rotated key again from the Secret that is remembered', async () => {
      const remoteName = Object.getOwnPropertyDescriptor(vscode.env, 'remoteName');
      Object.defineProperty(vscode.env, 'remoteName', { configurable: true, value: undefined });
      try {
        const rotated = await makeKeyPair();
        inputs.clipboard = secretOf({ MASKINPORTEN_CLIENT_JWK: JSON.stringify(rotated.privateJwk) });
        await run(
          'manageCredentials',
          ['Mine', 'Import Again…', 'dev-gcp', 'Test after a rotation', 'Replace the Key'],
          ['Import from Clipboard'],
        );
        const [line] = inputs.terminalLines;
        assert.match(
          line?.text ?? '',
          /^nais secret get maskinporten-inntektsvarsel-1a2b3c4d --team team-varsel --environment dev-gcp --with-values --reason "Test after a rotation" --output json \| /,
        );
        assert.equal(line?.run, false);
        assert.ok(rowsOf('Import Mine Again').join('\n').includes(rotated.privateJwk.kid));
        assert.equal((await listed()).length, 1);

        // All of it is remembered now, so that one click is enough for the line.
        inputs.clipboard = secretOf();
        await run('importCredentialAgain', ['Mine', 'Replace the Key'], ['Import from Clipboard']);
        assert.equal(inputs.terminalLines.at(-1)?.text, line.text);
        assert.equal(inputs.terminalLines.length, 2);
      } finally {
        if (remoteName) Object.defineProperty(vscode.env, 'remoteName', remoteName);
        else Reflect.deleteProperty(vscode.env, 'remoteName');
      }
    });
  });

  describe('that show the command', () => {
    const workload = 'inntektsvarsel';

    it('first forward the port of the pod, and then use the Texas behind it', async () => {
      await run(
        'showCommand',
        ['Use the Texas of Its Pod', 'http://127.0.0.1:7164', 'Test', 'Save and Use'],
        ['Use Texas Endpoint'],
        { manifestUri, workload },
      );
      const line = { text: 'kubectl port-forward -n team-varsel deploy/inntektsvarsel 7164:7164', run: false };
      assert.deepEqual(inputs.terminalLines, [line]);
      const [row = ''] = await listed();
      assert.match(row, /inntektsvarsel · Test · Texas \|.*Texas at http:\/\/127\.0\.0\.1:7164\/api\/v1\/token/);
    });

    it('put no line in a terminal that it would run by itself', () => {
      inputs.sitDown([]);
      for (const line of ['one\ntwo', 'one\r', 'one\u2028two', 'one\u0003'])
        assert.throws(() => {
          putInTerminal(line);
        });
      assert.deepEqual(inputs.terminalLines, []);
    });

    for (const [what, name] of [
      ['a command', 'app; touch pwned'],
      ['a substitution', '$(touch pwned)'],
      ['an option', '--all-namespaces'],
    ] as const) {
      it(`put no name in a terminal that is ${what}`, async () => {
        const hostile = vscode.Uri.joinPath(folder, '.nais', `hostile-${what.replaceAll(' ', '-')}.yaml`);
        const text = [
          'apiVersion: nais.io/v1alpha1',
          'kind: Application',
          'metadata:',
          `  name: ${JSON.stringify(name)}`,
          '  namespace: team-varsel',
          'spec: { maskinporten: { enabled: true } }',
        ];
        await vscode.workspace.fs.writeFile(hostile, Buffer.from(text.join('\n')));
        try {
          await vscode.window.showTextDocument(hostile);
          const argument = { manifestUri: hostile.toString(), workload: name };
          await run('showCommand', ['Use the Texas of Its Pod'], [], argument);
          assert.deepEqual(inputs.terminalLines, []);
          assert.match(inputs.said.join('\n'), /No command was made: the name of the workload/);
        } finally {
          await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
          await vscode.workspace.fs.delete(hostile);
        }
      });
    }
  });

  describe('with a Texas endpoint', () => {
    let texas: Server;
    const bodies: unknown[] = [];

    before(async () => {
      texas = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ access_token: 'opaque', token_type: 'Bearer', expires_in: 60 }));
        });
      });
      await new Promise<void>((resolve) => texas.listen(0, '127.0.0.1', resolve));
    });

    after(() => {
      texas.close();
    });

    it('get tokens from it, with no key here', async () => {
      const { port } = texas.address() as AddressInfo;
      await run('useTexasEndpoint', [`http://127.0.0.1:${port}`, 'Test', 'Try It First…', SCOPE, 'Save and Use']);
      assert.match(rowsOf('Add Credential').join('\n'), /It works: a token for skatteetaten:inntekt came/);
      assert.deepEqual(bodies, [{ identity_provider: 'maskinporten', target: SCOPE }]);
      await run('getToken', [], [], { manifestUri, workload: 'inntektsvarsel', scopes: [SCOPE] });
      assert.equal((await listed()).length, 1);
    });

    it('refuse an address that goes over the network in the clear', async () => {
      await run('useTexasEndpoint', ['http://texas.example', undefined]);
      assert.equal(inputs.complaints.length, 1);
    });
  });
});
