import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { workloadKey } from '../shared/workload';
import { SANDBOX_ID } from '../state/environments';
import type { LocalTokenEndpoint } from '../state/localTokenEndpoint';
import type { SandboxHost } from '../state/sandboxHost';
import type { SandboxScenarios } from '../state/sandboxScenarios';
import type { Tokens } from '../state/tokens';
import type { WorkloadReadings } from '../workspace/workloadReadings';

export interface SandboxToolParts {
  readonly sandbox: SandboxHost;
  readonly scenarios: SandboxScenarios;
  readonly endpoint: LocalTokenEndpoint;
  readonly tokens: Tokens;
  readonly readings: WorkloadReadings;
  readonly language: Language;
}

/** A key takes a while to make: of a whole workspace no more clients than these are copied. */
const MOST_CLIENTS = 20;

/** What can be done with the sandbox as a whole: other signing keys, a fresh start, and its addresses for an app. */
export function registerSandboxTools(parts: SandboxToolParts): vscode.Disposable {
  const { sandbox, language } = parts;
  const { t } = language;
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.rotateSandboxKeys, async () => {
      if (!vscode.workspace.isTrusted) return;
      await (await sandbox.start()).rotateKey();
      void vscode.window.showInformationMessage(
        t(
          'The sandbox signs with a new key. The one before stays published, so tokens that are out still verify, until you rotate again.',
        ),
      );
    }),
    vscode.commands.registerCommand(COMMANDS.resetSandbox, () => reset(parts)),
    vscode.commands.registerCommand(COMMANDS.copySandboxConfiguration, async () => {
      if (!vscode.workspace.isTrusted) return;
      await vscode.env.clipboard.writeText(await configurationOf(parts));
      void vscode.window.showInformationMessage(
        t('The addresses of the sandbox and its clients are on the clipboard, with their throw-away private keys.'),
      );
    }),
  );
}

async function reset({ sandbox, scenarios, endpoint, tokens, language }: SandboxToolParts): Promise<void> {
  const { t } = language;
  const yes = t('Reset Sandbox');
  const answer = await vscode.window.showWarningMessage(
    t('Reset the sandbox?'),
    {
      modal: true,
      detail: t(
        'Its clients get new ids and keys: an app that was given the old ones must be given the new. Scenarios end, and so does the local token endpoint where it serves the sandbox’s tokens.',
      ),
    },
    yes,
  );
  if (answer !== yes) return;
  if (endpoint.running?.environment.id === SANDBOX_ID) await endpoint.stop();
  await scenarios.backToNormal();
  await sandbox.reset();
  tokens.forgetSandbox();
}

/** As `nais-maskinporten sandbox` prints it when it is ready, so that what reads the one reads the other. */
async function configurationOf({ sandbox, readings }: SandboxToolParts): Promise<string> {
  const references = readings.atHand.map(({ source, workload }) =>
    workloadKey({ manifestUri: source.uri.toString(), workload }),
  );
  const keys = [...new Set(references)].slice(0, MOST_CLIENTS);
  const clients = await Promise.all(keys.map((key) => sandbox.clientOf(key)));
  const { issuer, metadataUrl, tokenEndpoint, jwksUri, sampleApiUrl } = await sandbox.start();
  const ready = {
    issuer,
    metadata: metadataUrl,
    tokenEndpoint,
    jwksUri,
    sampleApi: sampleApiUrl,
    clients: clients.flatMap((client) =>
      client ? [{ clientId: client.clientId, name: client.name, jwk: client.privateJwk, scopes: client.scopes }] : [],
    ),
  };
  return `${JSON.stringify(ready, undefined, 2)}\n`;
}
