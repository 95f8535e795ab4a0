import * as vscode from 'vscode';
import { guessTarget, type ManifestKind, type Target } from '../manifest';
import { portForwardCommand, readSecretCommand, type CommandLine } from '../maskinporten/commands';
import { maskinportenSecretName } from '../maskinporten/secretName';
import { COMMANDS } from '../platform/ids';
import { putInTerminal } from '../platform/terminal';
import type { Language } from '../platform/language';
import type { CredentialOrigin, CredentialProfile } from '../state/credentials';
import { wordRefusedCommand } from '../words/recognition';
import type { Manifests } from '../workspace/manifests';
import type { Targets } from '../workspace/targets';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import type { AddCredential } from './addCredential';
import { askDeployed, askLabel, pickWorkload, referenceFromArgument, type Deployed } from './askWorkload';
import { terminalClipboard } from './terminalClipboard';
import { askChoice, askText, isAnswer } from './wizard';

/** What the audit log of Nais asks for at least. */
const SHORTEST_REASON = 10;

/** A cluster, and what Digdir's environment is there as far as that is known. */
interface Place {
  readonly cluster: string;
  readonly offered: 'test' | 'prod' | undefined;
}

/**
 * "Show Me the Command…": how to get at a workload's client. It puts a line in a terminal, leaves it to the user to run
 * it, and goes on from there. First the way on which no key leaves the cluster.
 */
export class ShowCommand implements vscode.Disposable {
  private readonly commands: vscode.Disposable;

  constructor(
    private readonly manifests: Manifests,
    private readonly readings: WorkloadReadings,
    private readonly targets: Targets,
    private readonly adding: AddCredential,
    private readonly language: Language,
  ) {
    this.commands = vscode.Disposable.from(
      vscode.commands.registerCommand(COMMANDS.showCommand, (argument: unknown) => this.run(argument)),
      vscode.commands.registerCommand(COMMANDS.useTexasEndpoint, () => adding.useTexas({})),
    );
  }

  /** Brings the line for a credential's Secret, with all that is remembered of it. */
  async readAgain(profile: CredentialProfile): Promise<void> {
    const { origin } = profile;
    if (!origin || profile.kind === 'texas') return this.adding.run({ replaces: profile });
    const cluster = origin.cluster ?? (await this.askCluster(undefined))?.cluster;
    if (cluster === undefined) return;
    const reason = origin.reason ?? (await this.askReason());
    if (reason === undefined) return;
    await this.showReading({ ...origin, cluster, reason }, { replaces: profile });
  }

  private async run(argument: unknown): Promise<void> {
    const reference =
      referenceFromArgument(argument) ?? (await pickWorkload(this.manifests, this.title, this.language));
    const document = reference && this.manifests.documentFor(reference);
    if (!document || reference.manifestUri === undefined) return;
    const uri = vscode.Uri.parse(reference.manifestUri, true);
    const deployed = await askDeployed(this.readings.manifestsFor(reference), this.title, this.language);
    if (!deployed) return;
    const way = await this.askWay(document.manifest.kind, deployed);
    if (way === 'texas') await this.forward(deployed, uri);
    if (way === 'secret') await this.readSecret(document.manifest.kind, deployed, uri);
  }

  private get title(): string {
    return this.language.t('Show Me the Command');
  }

  private async askWay(kind: ManifestKind, deployed: Deployed): Promise<'texas' | 'secret' | undefined> {
    const { t } = this.language;
    const { workload } = deployed;
    const forward = portForwardCommand(deployed);
    const texas = {
      label: `$(plug) ${t('Use the Texas of Its Pod')}`,
      description: t('no key leaves the cluster'),
      detail: forward.ok ? forward.line : wordRefusedCommand(forward.field, t),
    };
    const noDeployment = {
      label: texas.label,
      detail: t('Only an Application has a Deployment whose port can be forwarded.'),
    };
    const canReadHere = terminalClipboard() !== undefined;
    const answer = await askChoice<'texas' | 'secret'>({
      title: `${this.title}: ${workload}`,
      back: false,
      placeholder: t('A line for the terminal: you press Enter there'),
      items: [
        kind === 'Application' ? { ...texas, value: 'texas' } : noDeployment,
        {
          label: `$(key) ${t('Read Its Secret to the Clipboard')}`,
          description: t('Nais logs who reads it, and wants a reason'),
          ...(canReadHere
            ? { value: 'secret' as const, detail: `nais secret get ${secretDetail(kind, workload)}` }
            : {
                detail: t(
                  'Not from here: this terminal is on another machine, so the key would not reach your clipboard.',
                ),
              }),
        },
      ],
    });
    return isAnswer(answer) ? answer : undefined;
  }

  private async forward(deployed: Deployed, uri: vscode.Uri): Promise<void> {
    const { t } = this.language;
    if (!this.put(portForwardCommand(deployed))) return;
    const use = t('Use Texas Endpoint');
    const answer = await vscode.window.showInformationMessage(
      t('Run the line, and leave it running: it stands for the pod’s Texas on this machine.'),
      use,
    );
    if (answer !== use) return;
    const origin = { secret: maskinportenSecretName(deployed.workload), ...deployed };
    await this.adding.useTexas({ origin, offered: this.targets.offeredEnvironment(uri) });
  }

  private async readSecret(kind: ManifestKind, deployed: Deployed, uri: vscode.Uri): Promise<void> {
    const { t } = this.language;
    const secret =
      kind === 'MaskinportenClient'
        ? await askLabel(this.title, t('What is its Secret called? It is spec.secretName of the MaskinportenClient.'), {
            t,
          })
        : maskinportenSecretName(deployed.workload);
    if (secret === undefined) return;
    const place = await this.askCluster(uri);
    if (!place) return;
    const reason = await this.askReason();
    if (reason === undefined) return;
    const { cluster, offered } = place;
    await this.showReading({ secret, ...deployed, cluster, reason }, { offered });
  }

  private async showReading(
    origin: CredentialOrigin & { readonly cluster: string },
    next: Pick<Parameters<AddCredential['fromClipboard']>[0], 'offered' | 'replaces'>,
  ): Promise<void> {
    const { t } = this.language;
    const tool = terminalClipboard();
    if (tool === undefined) {
      void vscode.window.showWarningMessage(
        t('Not from here: this terminal is on another machine, so the key would not reach your clipboard.'),
      );
      return;
    }
    const { secret, team, cluster, reason } = origin;
    if (!this.put(readSecretCommand({ secret, team, environment: cluster, reason }, tool))) return;
    const read = t('Import from Clipboard');
    const answer = await vscode.window.showInformationMessage(
      t('Run the line: the Secret goes to the clipboard, and nothing is printed. Nais logs who read it and why.'),
      read,
    );
    if (answer === read) await this.adding.fromClipboard({ origin, ...next });
  }

  /** A name that could be more than a name never reaches the terminal. */
  private put(command: CommandLine): boolean {
    if (command.ok) putInTerminal(command.line);
    else void vscode.window.showWarningMessage(wordRefusedCommand(command.field, this.language.t));
    return command.ok;
  }

  private async askCluster(uri: vscode.Uri | undefined): Promise<Place | undefined> {
    const { t } = this.language;
    const known = new Map<string, Target>();
    for (const { cluster, target } of uri ? this.targets.targetsOf(uri) : []) {
      if (cluster !== undefined) known.set(cluster, target);
    }
    const places = [...known].map(([cluster, target]): Place => ({ cluster, offered: offeredIn(target) }));
    const [only, ...others] = places;
    if (only && others.length === 0) return only;
    if (!only) {
      const cluster = await askLabel(this.title, t('Which environment of Nais is it in?'), { t }, 'dev-gcp');
      return cluster === undefined ? undefined : { cluster, offered: offeredIn(guessTarget(cluster).target) };
    }
    const answer = await askChoice<Place>({
      title: this.title,
      back: false,
      placeholder: t('Which environment of Nais?'),
      items: places.map((place) => ({ label: place.cluster, value: place })),
    });
    return isAnswer(answer) ? answer : undefined;
  }

  private async askReason(): Promise<string | undefined> {
    const { t } = this.language;
    const answer = await askText({
      title: this.title,
      back: false,
      prompt: t('Why do you read this Secret? Nais keeps the reason in its audit log.'),
      placeholder: t('Test access to an API from my machine'),
      check: (text) => {
        if (text.length < SHORTEST_REASON)
          return t('Nais wants at least {count} characters.', { count: SHORTEST_REASON });
        const sample = readSecretCommand({ secret: 'sample', environment: 'sample', reason: text }, 'pbcopy');
        return sample.ok ? undefined : t('Letters, digits, spaces and . , : / # - only: it becomes part of a command.');
      },
    });
    return isAnswer(answer) ? answer : undefined;
  }

  dispose(): void {
    this.commands.dispose();
  }
}

function secretDetail(kind: ManifestKind, workload: string): string {
  return kind === 'MaskinportenClient' ? '…' : `${maskinportenSecretName(workload)} --with-values …`;
}

function offeredIn(target: Target): 'test' | 'prod' | undefined {
  return target === 'unknown' ? undefined : target === 'prod' ? 'prod' : 'test';
}
