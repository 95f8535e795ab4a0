import * as vscode from 'vscode';
import { problemOf } from '../maskinporten/problem';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Environments } from '../state/environments';
import type { EndpointPlan, LocalTokenEndpoint, RunningEndpoint } from '../state/localTokenEndpoint';
import type { SandboxHost } from '../state/sandboxHost';
import type { TerminalEnvironment } from '../state/terminalEnvironment';
import { wordProblem } from '../words/problems';
import type { Manifests } from '../workspace/manifests';
import type { WorkloadReadings } from '../workspace/workloadReadings';

export interface TokenEndpointParts {
  readonly extensionUri: vscode.Uri;
  readonly endpoint: LocalTokenEndpoint;
  readonly terminals: TerminalEnvironment;
  readonly sandbox: SandboxHost;
  readonly environments: Environments;
  readonly manifests: Manifests;
  readonly readings: WorkloadReadings;
  readonly language: Language;
}

interface Entry extends vscode.QuickPickItem {
  readonly run?: () => unknown;
}

const STATUS_MS = 3_000;
const PORT_SETTING = 'maskinporten.localTokenEndpoint.port';

/**
 * "Start Local Token Endpoint" and what belongs to it. Three of its commands are for launch.json and tasks.json, where
 * `${command:…}` stands for what they give: VS Code starts nothing where they give nothing.
 */
export class TokenEndpointCommands implements vscode.Disposable {
  private readonly disposables: vscode.Disposable;

  constructor(
    private readonly parts: TokenEndpointParts,
    private readonly showLog: () => void,
  ) {
    const { endpoint } = parts;
    this.disposables = vscode.Disposable.from(
      vscode.commands.registerCommand(COMMANDS.startTokenEndpoint, () => this.startAndTell()),
      vscode.commands.registerCommand(COMMANDS.stopTokenEndpoint, () => endpoint.stop()),
      vscode.commands.registerCommand(COMMANDS.showTokenEndpoint, () => this.show()),
      vscode.commands.registerCommand(COMMANDS.copyDotEnv, () => this.copyDotEnv()),
      vscode.commands.registerCommand(COMMANDS.tokenEndpoint, async () => (await this.running())?.tokenEndpoint),
      vscode.commands.registerCommand(
        COMMANDS.introspectionEndpoint,
        async () => (await this.running())?.introspectionEndpoint,
      ),
      vscode.commands.registerCommand(COMMANDS.sampleApi, async () =>
        vscode.workspace.isTrusted ? (await parts.sandbox.start()).sampleApiUrl : undefined,
      ),
      endpoint.onDidLoseSource(({ environment }) => {
        void vscode.window.showInformationMessage(
          this.t('The local token endpoint has stopped: {name} is gone, or is for another issuer now.', {
            name: environment.label,
          }),
        );
      }),
    );
  }

  private get t() {
    return this.parts.language.t;
  }

  /** The endpoint that runs, else one that is started now. Undefined when the user did not want it. */
  private async running(): Promise<RunningEndpoint | undefined> {
    return this.parts.endpoint.running ?? this.start();
  }

  private async startAndTell(): Promise<void> {
    const endpoint = await this.start();
    if (!endpoint) return;
    const { t } = this;
    const open = t('New Terminal');
    const copy = t('Copy as .env');
    const how = t('How to Use It');
    const answer = await vscode.window.showInformationMessage(
      t('Tokens of {environment} for {workload} are served on {host}. New terminals have NAIS_TOKEN_ENDPOINT.', {
        environment: endpoint.environment.label,
        workload: endpoint.label,
        host: new URL(endpoint.tokenEndpoint).host,
      }),
      open,
      copy,
      how,
    );
    if (answer === open) openTerminal(endpoint);
    if (answer === copy) await this.copyDotEnv();
    if (answer === how) await this.showHowTo();
  }

  private async start(): Promise<RunningEndpoint | undefined> {
    if (!vscode.workspace.isTrusted) return undefined;
    const plan = await this.plan();
    return plan && this.startWith(plan);
  }

  private async startWith(plan: EndpointPlan): Promise<RunningEndpoint | undefined> {
    const { t } = this;
    const { endpoint, terminals } = this.parts;
    try {
      const start = await endpoint.start(plan);
      switch (start.kind) {
        case 'started':
          await terminals.ready;
          return start.endpoint;
        case 'port-taken':
          await this.sayPort(
            t('Port {port} is taken, perhaps by the endpoint of another window. Stop that one, or set the port to 0.', {
              port: start.port,
            }),
          );
          return undefined;
        case 'port-refused':
          await this.sayPort(
            t('Port {port} may not be opened. Choose one from 1024 to 65535, or 0 for any that is free.', {
              port: start.port,
            }),
          );
          return undefined;
        case 'not-confirmed':
          return undefined;
      }
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      const { title, cause, cure } = wordProblem(problem, t);
      void vscode.window.showErrorMessage([title, cause, cure].filter(Boolean).join(' '));
      return undefined;
    }
  }

  private async sayPort(message: string): Promise<void> {
    const open = this.t('Open Setting');
    const answer = await vscode.window.showErrorMessage(message, open);
    if (answer === open) await vscode.commands.executeCommand('workbench.action.openSettings', PORT_SETTING);
  }

  /** The workload of the manifest that the user works with, and a question where there are several. */
  private async plan(): Promise<EndpointPlan | undefined> {
    const { t } = this;
    const { manifests, readings, environments } = this.parts;
    // F5 may be the first thing that a user does in a window.
    if (!manifests.isReady) await manifests.search();
    const environment = environments.current;
    const plans = readings.atHand
      .filter(({ manifest }) => manifest.consumes.length > 0)
      .map(({ source, workload, label }) => {
        const plan = { environment, workload: { manifestUri: source.uri.toString(), workload }, label };
        return { label, description: vscode.workspace.asRelativePath(source.uri), plan };
      });
    const [first, ...others] = plans;
    if (!first) {
      void vscode.window.showInformationMessage(
        t('No manifest here consumes a Maskinporten scope, so there is no workload to serve tokens for.'),
      );
      return undefined;
    }
    if (others.length === 0) return first.plan;
    const picked = await vscode.window.showQuickPick(plans, {
      title: t('Local Token Endpoint'),
      placeHolder: t('For which workload?'),
      matchOnDescription: true,
    });
    return picked?.plan;
  }

  /** What the click on the status bar item leads to. */
  private async show(): Promise<void> {
    const { t } = this;
    const { running, counts } = this.parts.endpoint;
    if (!running) {
      await this.startAndTell();
      return;
    }
    const entries: Entry[] = [
      { label: `$(debug-stop) ${t('Stop')}`, run: () => this.parts.endpoint.stop() },
      {
        label: `$(copy) ${t('Copy as .env')}`,
        detail: t('The variables of new terminals, for docker compose, IntelliJ or a file that git ignores.'),
        run: () => this.copyDotEnv(),
      },
      {
        label: `$(link) ${t('Copy NAIS_TOKEN_ENDPOINT')}`,
        description: new URL(running.tokenEndpoint).host,
        run: () => this.copyAddress(running),
      },
      {
        label: `$(output) ${t('Show Log of Asks')}`,
        description: t('{served} served, {refused} refused', { served: counts.served, refused: counts.refused }),
        run: () => {
          this.showLog();
        },
      },
      {
        label: `$(terminal) ${t('New Terminal')}`,
        run: () => {
          openTerminal(running);
        },
      },
      { label: `$(book) ${t('How to Use It')}`, run: () => this.showHowTo() },
    ];
    const picked = await vscode.window.showQuickPick(entries, {
      title: t('Local Token Endpoint'),
      placeHolder: t('Tokens of {environment} for {workload}.', {
        environment: running.environment.label,
        workload: running.label,
      }),
    });
    await picked?.run?.();
  }

  private async copyDotEnv(): Promise<void> {
    if (!(await this.running())) return;
    await vscode.env.clipboard.writeText(await this.parts.terminals.dotEnv());
    const message = this.t('The variables are on the clipboard. They are good until the endpoint stops.');
    vscode.window.setStatusBarMessage(message, STATUS_MS);
  }

  private async copyAddress({ tokenEndpoint }: RunningEndpoint): Promise<void> {
    await vscode.env.clipboard.writeText(tokenEndpoint);
    vscode.window.setStatusBarMessage(this.t('The address is on the clipboard.'), STATUS_MS);
  }

  private async showHowTo(): Promise<void> {
    const page = vscode.Uri.joinPath(this.parts.extensionUri, 'docs', 'sandbox.md');
    await vscode.commands.executeCommand('markdown.showPreview', page.with({ fragment: 'run-your-app-against-it' }));
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** In the workload's folder: variables are for terminals of that folder alone. */
function openTerminal({ workload }: RunningEndpoint): void {
  const uri = workload.manifestUri === undefined ? undefined : vscode.Uri.parse(workload.manifestUri);
  const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
  vscode.window.createTerminal({ name: 'Maskinporten', ...(folder && { cwd: folder.uri }) }).show();
}
