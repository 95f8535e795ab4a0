import * as vscode from 'vscode';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import {
  reachOf,
  SCENARIO_KINDS,
  type ScenarioChoice,
  type ScenarioKind,
  type ScenarioReach,
  type ScenarioTarget,
} from '../shared/scenario';
import { SANDBOX_ID, type Environments } from '../state/environments';
import type { SandboxScenarios } from '../state/sandboxScenarios';
import { explainScenarioKind, wordScenario, wordScenarioKind } from '../words/scenarios';
import { isNamed, type WorkloadReadings } from '../workspace/workloadReadings';
import { asksFromArguments } from './ask';
import { referenceFromArgument } from './askWorkload';
import { askChoice, askText, isAnswer, separator, type Choice } from './wizard';

/** How fast the clock of a propagation runs. Fast, a minute takes a second. */
const REAL_TIME = 1;
const FAST = 60;

/** What can be asked for, in whole numbers. A day is longer than anything takes at Digdir. */
const LIMITS = {
  minutes: { least: 1, most: 24 * 60 },
  lifetime: { least: 1, most: 24 * 3_600 },
  clock: { least: -24 * 3_600, most: 24 * 3_600 },
  delay: { least: 1, most: 600 },
} as const;

/** The kinds by how they are grouped in the choice; a test holds the list complete. */
const GROUPS: readonly ScenarioReach[] = ['scope', 'client', 'sandbox'];

export interface ScenarioServices {
  readonly scenarios: SandboxScenarios;
  readonly environments: Environments;
  readonly readings: WorkloadReadings;
  readonly language: Language;
}

type Picked = { readonly kind: ScenarioKind } | { readonly normal: true };

/** "Sandbox Scenario…": makes something go wrong in the sandbox on purpose, and "Back to Normal" ends it. */
export class SandboxScenarioCommands implements vscode.Disposable {
  private readonly commands: vscode.Disposable;

  constructor(private readonly services: ScenarioServices) {
    this.commands = vscode.Disposable.from(
      vscode.commands.registerCommand(COMMANDS.sandboxScenario, (row: unknown) => this.choose(targetOf(row))),
      vscode.commands.registerCommand(COMMANDS.backToNormal, (row: unknown) => this.backToNormal(targetOf(row))),
      // From the title of the view VS Code hands over the row that is selected there, which is not what is meant.
      vscode.commands.registerCommand(COMMANDS.allBackToNormal, () => this.backToNormal({})),
    );
  }

  private get t() {
    return this.services.language.t;
  }

  private get isSandbox(): boolean {
    return this.services.environments.current.id === SANDBOX_ID;
  }

  private async choose(named: ScenarioTarget): Promise<void> {
    if (!this.isSandbox || !vscode.workspace.isTrusted) return;
    const picked = await this.pickKind(named);
    if (!isAnswer(picked)) return;
    if ('normal' in picked) {
      await this.backToNormal(named);
      return;
    }
    const { kind } = picked;
    const target = named.workload || reachOf(kind) === 'sandbox' ? named : await this.pickTarget(kind);
    if (!target) return;
    const choice = await this.complete(kind);
    if (!isAnswer(choice)) return;
    await this.services.scenarios.switchOn(choice, target);
  }

  private async backToNormal(target: ScenarioTarget): Promise<void> {
    const { scenarios } = this.services;
    await scenarios.backToNormal(target);
    vscode.window.setStatusBarMessage(
      scenarios.active.length === 0
        ? this.t('The sandbox is back to normal.')
        : this.t('Back to normal here. Other scenarios are still on.'),
      STATUS_MS,
    );
  }

  private async pickKind(target: ScenarioTarget) {
    const { t } = this;
    const { scenarios, language } = this.services;
    const on = target.workload ? scenarios.at(target) : scenarios.active;
    const everywhere = scenarios.at({});
    const isWhole = target.workload !== undefined && target.scope === undefined;
    const row = (kind: ScenarioKind): Choice<Picked> => {
      const active = [...on, ...everywhere].find(({ choice }) => choice.kind === kind);
      return {
        label: `$(${active ? 'check' : 'blank'}) ${wordScenarioKind(kind, t)}`,
        ...(active && { description: wordScenario(active, language.locale, t) }),
        detail: explainScenarioKind(kind, isWhole, t),
        value: { kind },
      };
    };
    const normal: Choice<Picked> = {
      label: `$(${on.length === 0 ? 'check' : 'blank'}) ${t('Normal')}`,
      detail: t('The sandbox grants what the manifest declares.'),
      value: { normal: true },
    };
    const groups = GROUPS.filter((reach) => reach !== 'client' || target.scope === undefined);
    const items: Choice<Picked>[] = [
      normal,
      ...groups.flatMap((reach) => [
        separator(this.wordReach(reach, target)),
        ...SCENARIO_KINDS.filter((kind) => reachOf(kind) === reach).map(row),
      ]),
    ];
    return askChoice({
      title: t('Sandbox Scenario'),
      placeholder: t('What should happen to the next ask for a token?'),
      items,
      back: false,
    });
  }

  private wordReach(reach: ScenarioReach, { workload, scope }: ScenarioTarget): string {
    const { t } = this;
    switch (reach) {
      case 'scope':
        if (scope !== undefined) return t('For {scope}', { scope });
        return workload ? t('For every scope of {workload}', { workload: workload.workload ?? '' }) : t('For a scope');
      case 'client':
        return workload ? t('For the client of {workload}', { workload: workload.workload ?? '' }) : t('For a client');
      case 'sandbox':
        return t('For the whole sandbox');
    }
  }

  /** Which workload, and which of its scopes where the kind tells them apart. */
  private async pickTarget(kind: ScenarioKind): Promise<ScenarioTarget | undefined> {
    const { t } = this;
    const items = this.services.readings.atHand.flatMap(({ source, manifest, workload, label }) => {
      const reference = { manifestUri: source.uri.toString(), workload };
      const whole: Choice<ScenarioTarget> = {
        label,
        description: vscode.workspace.asRelativePath(source.uri),
        value: { workload: reference },
      };
      if (manifest.maskinporten === undefined) return [];
      if (reachOf(kind) === 'client') return [whole];
      const scopes = [...new Set(manifest.consumes.filter(isNamed).map(({ name }) => name.value))];
      return [
        { ...whole, label: t('Every scope of {workload}', { workload: label }) },
        ...scopes.map((scope) => ({ label: scope, description: label, value: { workload: reference, scope } })),
      ];
    });
    if (items.length === 0) {
      void vscode.window.showInformationMessage(t('No manifest here has a maskinporten block.'));
      return undefined;
    }
    const answer = await askChoice({
      title: wordScenarioKind(kind, t),
      placeholder: reachOf(kind) === 'client' ? t('Which workload?') : t('For which scopes?'),
      items,
      back: false,
    });
    return isAnswer(answer) ? answer : undefined;
  }

  /** Asks for the numbers that the kind needs. */
  private async complete(kind: ScenarioKind) {
    const { t } = this;
    switch (kind) {
      case 'propagating':
        return this.completePropagation();
      case 'lifetime': {
        const seconds = await this.askNumber(kind, t('How many seconds do tokens live?'), '30', LIMITS.lifetime);
        return isAnswer(seconds) ? ({ kind, seconds } as const) : seconds;
      }
      case 'clock-off': {
        const prompt = t('How many seconds is Maskinporten’s clock ahead? A negative number is behind.');
        const seconds = await this.askNumber(kind, prompt, '30', LIMITS.clock);
        return isAnswer(seconds) ? ({ kind, seconds } as const) : seconds;
      }
      case 'slow': {
        const seconds = await this.askNumber(kind, t('How many seconds late is each answer?'), '3', LIMITS.delay);
        return isAnswer(seconds) ? ({ kind, delayMs: seconds * 1_000 } as const) : seconds;
      }
      default:
        return { kind };
    }
  }

  private async completePropagation() {
    const { t } = this;
    const kind = 'propagating';
    const minutes = await this.askNumber(kind, t('After how many minutes is it granted?'), '15', LIMITS.minutes);
    if (!isAnswer(minutes)) return minutes;
    const speed = await askChoice({
      title: wordScenarioKind(kind, t),
      placeholder: t('How fast does the time pass?'),
      items: [
        { label: t('In real time'), detail: t('As it is after a deploy.'), value: REAL_TIME },
        { label: t('Fast'), detail: t('A minute takes a second.'), value: FAST },
      ],
      back: false,
    });
    return isAnswer(speed) ? ({ kind, seconds: minutes * 60, speed } satisfies ScenarioChoice) : speed;
  }

  private async askNumber(
    kind: ScenarioKind,
    prompt: string,
    value: string,
    { least, most }: { readonly least: number; readonly most: number },
  ) {
    const { t } = this;
    const text = await askText({
      title: wordScenarioKind(kind, t),
      prompt,
      value,
      back: false,
      check: (typed) => {
        const isFit = /^-?\d+$/.test(typed) && Number(typed) >= least && Number(typed) <= most;
        return isFit ? undefined : t('Give a whole number from {least} to {most}.', { least, most });
      },
    });
    return isAnswer(text) ? Number(text) : text;
  }

  dispose(): void {
    this.commands.dispose();
  }
}

const STATUS_MS = 3_000;

/** The scope or the workload of a row; nothing where the command was not called on one. */
function targetOf(row: unknown): ScenarioTarget {
  const [ask] = asksFromArguments(row, undefined);
  if (ask) {
    const { manifestUri, workload, scopes } = ask;
    return { workload: { manifestUri, workload }, scope: scopes[0] };
  }
  const workload = isRow(row) ? referenceFromArgument(row.reference) : undefined;
  return workload ? { workload } : {};
}

function isRow(row: unknown): row is { readonly reference: unknown } {
  return typeof row === 'object' && row !== null && 'reference' in row;
}
