import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { asJson, client } from '../../unit/maskinporten/provisioning/statuses';
import { awake } from '../awake';

const SCOPE = 'krr:global/kontaktinformasjon.read';

/** What the commands ask and say, answered in their stead: VS Code has no way to press a button from a test. */
class Desk {
  readonly said: string[] = [];
  readonly offered: string[][] = [];
  clipboard = '';
  private readonly kept = {
    showQuickPick: vscode.window.showQuickPick,
    showInformationMessage: vscode.window.showInformationMessage,
    showWarningMessage: vscode.window.showWarningMessage,
    clipboard: Object.getOwnPropertyDescriptor(vscode.env, 'clipboard'),
  };

  /** `choose` gives the label of the item to pick. */
  sitDown(choose: (labels: readonly string[]) => string | undefined): void {
    const say = (message: string) => {
      this.said.push(message);
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) => {
        const labels = items.map(({ label }) => label);
        this.offered.push(labels);
        const chosen = choose(labels);
        return Promise.resolve(items.find(({ label }) => label === chosen));
      },
      showInformationMessage: say,
      showWarningMessage: say,
    });
    Object.defineProperty(vscode.env, 'clipboard', {
      configurable: true,
      value: {
        readText: () => Promise.resolve(this.clipboard),
        writeText: (text: string) => {
          this.clipboard = text;
          return Promise.resolve();
        },
      },
    });
  }

  standUp(): void {
    const { clipboard, ...windows } = this.kept;
    Object.assign(vscode.window, windows);
    if (clipboard) Object.defineProperty(vscode.env, 'clipboard', clipboard);
  }
}

describe('the cluster’s side', () => {
  let desk: Desk;
  let manifestUri: string;

  before(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, '.nais', 'nais.yaml');
    manifestUri = uri.toString();
    await vscode.window.showTextDocument(uri);
    await awake();
  });

  beforeEach(() => {
    desk = new Desk();
  });

  afterEach(() => {
    desk.standUp();
  });

  function page(name: string): string | undefined {
    const open = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === 'maskinporten-provisioning' && uri.path === `/${name}.md`,
    );
    return open?.getText().replaceAll('\\', '');
  }

  it('shows the line for a workload, and copies it', async () => {
    desk.sitDown(() => 'Copy It');
    await vscode.commands.executeCommand('maskinporten.checkProvisioning', { manifestUri, workload: 'inntektsvarsel' });
    assert.match(desk.clipboard, /^kubectl get maskinportenclient inntektsvarsel -n team-varsel -o json( \| .+)?$/);
  });

  it('explains the answer beside the manifest', async () => {
    desk.sitDown(() => 'I Ran It: Read the Clipboard');
    const conditions = [
      ['Ready', 'True', 'Resource is up-to-date with DigDir'],
      ['InvalidConsumedScopes', 'True', `Organization has no access to scopes: [${SCOPE}]`],
    ] as const;
    const consumes = ['skatteetaten:inntekt', SCOPE, 'ks:fiks'];
    desk.clipboard = asJson(client({ name: 'inntektsvarsel', consumes, conditions }));
    await vscode.commands.executeCommand('maskinporten.checkProvisioning', { manifestUri, workload: 'inntektsvarsel' });
    const text = page('inntektsvarsel');
    assert.match(text ?? '', /^# The client is ready, but some of its scopes are refused\./);
    assert.match(text ?? '', new RegExp(`no access to: ${SCOPE}`));
    assert.match(text ?? '', /Only in the cluster: ks:fiks/);
    assert.deepEqual(desk.said, ['The client is ready, but some of its scopes are refused.']);
  });

  it('says so when the clipboard holds something else', async () => {
    desk.sitDown(() => 'I Ran It: Read the Clipboard');
    desk.clipboard = 'hello';
    await vscode.commands.executeCommand('maskinporten.checkProvisioning', { manifestUri, workload: 'inntektsvarsel' });
    assert.match(desk.said.join(), /not what kubectl says of a MaskinportenClient/);
  });

  it('copies a request for access, after asking for the environment', async () => {
    desk.sitDown((labels) => labels.find((label) => label === 'Production'));
    await vscode.commands.executeCommand('maskinporten.copyAccessRequest', {
      manifestUri,
      workload: 'inntektsvarsel',
      scopes: [SCOPE],
    });
    assert.deepEqual(desk.offered, [['Test and production', 'Test', 'Production']]);
    assert.match(desk.clipboard, /^Emne: Tilgang til krr:global\/kontaktinformasjon\.read i Maskinporten for Nav$/m);
    assert.match(desk.clipboard, /^Environment: production \(maskinporten\.no\)$/m);
    assert.match(desk.said.join(), /on the clipboard/);
  });

  it('asks for no access to what cannot be a scope', async () => {
    desk.sitDown((labels) => labels[0]);
    await vscode.commands.executeCommand('maskinporten.copyAccessRequest', { manifestUri, scopes: ['a b', 'x\ny'] });
    assert.equal(desk.clipboard, '');
    assert.deepEqual(desk.offered, []);
  });
});
