import * as vscode from 'vscode';
import type { ConsumedScope } from '../manifest';
import { ConfigValue } from '../platform/config';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { toRange } from '../platform/positions';
import type { Environments } from '../state/environments';
import type { TokenAsk, Tokens } from '../state/tokens';
import { wordProblemShort } from '../words/shortProblem';
import { untilFewerMinutesMs, wordMinutesLeft } from '../words/tokenState';
import { workloadName, type Manifests, type ManifestSource } from '../workspace/manifests';
import type { Targets } from '../workspace/targets';
import { nameOf, type Variables } from '../workspace/variables';
import { isNamed, type WorkloadReadings } from '../workspace/workloadReadings';
import { MANIFEST_SELECTOR } from './selector';

export interface CodeLensServices {
  readonly manifests: Pick<Manifests, 'whenRead'>;
  readonly readings: Pick<WorkloadReadings, 'resolvedAt'>;
  readonly variables: Pick<Variables, 'choiceOf' | 'onDidChange'>;
  readonly targets: Pick<Targets, 'targetsOf' | 'onDidChange'>;
  readonly tokens: Pick<Tokens, 'peek' | 'lastProblem' | 'onDidChange'>;
  readonly environments: Pick<Environments, 'onDidChange'>;
  readonly language: Pick<Language, 't' | 'onDidChange'>;
}

/** The time, and who calls when it has come. */
export interface Clock {
  nowMs(): number;
  /** Runs it once, after so many milliseconds, unless it is disposed of before. */
  after(delayMs: number, run: () => void): { dispose(): void };
}

const SYSTEM_CLOCK: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return {
      dispose: () => {
        clearTimeout(timer);
      },
    };
  },
};

/** A loop may make hundreds of scopes of one line. */
const MOST_NAMES = 4;
/** Each takes time in which the extension host does nothing else; no manifest that people write has half as many. */
const MOST_SCOPES = 500;
/** Of the variables files of a manifest that no one has chosen yet. */
const MOST_FILES = 3;

/**
 * `Get token · Send request · 54 min left` over each consumed scope whose name is known, be it by the chosen variables.
 * Over a template the variables files of its deploys, or the one that is chosen.
 */
export class ScopeCodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly enabled = new ConfigValue('codeLens.enabled', true);
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: readonly { dispose(): unknown }[];
  private wake: { readonly timer: { dispose(): void }; readonly atMs: number } | undefined;
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly services: CodeLensServices,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {
    const { tokens, environments, language, variables, targets } = services;
    const announce = () => {
      this.changed.fire();
    };
    this.disposables = [
      this.enabled,
      this.changed,
      this.enabled.onDidChange(announce),
      ...[tokens, environments, language, variables, targets].map((service) => service.onDidChange(announce)),
      vscode.languages.registerCodeLensProvider(MANIFEST_SELECTOR, this),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const file = this.enabled.value ? await this.services.manifests.whenRead(document) : undefined;
    if (!file) return [];
    const source = { uri: document.uri, file };
    const consumed = file.documents.flatMap((read, index) =>
      read.manifest.consumes.map((scope) => ({ workload: workloadName(read, index), scope })),
    );
    const manifestUri = document.uri.toString();
    const lenses = consumed.slice(0, MOST_SCOPES).flatMap(({ workload, scope }) => {
      const names = this.namesOf(source, scope);
      const range = toRange(document, scope.name.range);
      return names.flatMap((name) => this.lensesOf({ manifestUri, workload, scopes: [name] }, range, names.length > 1));
    });
    return [...this.variablesLenses(source), ...lenses];
  }

  /** The scopes that the item stands for: several where a loop makes them of it, none where only the deploy knows. */
  private namesOf(source: ManifestSource, scope: ConsumedScope): readonly string[] {
    if (isNamed(scope)) return [scope.name.value];
    if (!scope.name.templated) return [];
    const rangeOf = ({ name }: ConsumedScope) => name.range;
    const resolved = this.services.readings.resolvedAt(source, rangeOf(scope), ({ consumes }) => consumes, rangeOf);
    const names = new Set((resolved?.things ?? []).filter(isNamed).map(({ name }) => name.value));
    return [...names].slice(0, MOST_NAMES);
  }

  /** Nothing where neither a workflow names a variables file nor someone has chosen one. */
  private variablesLenses({ uri, file }: ManifestSource): vscode.CodeLens[] {
    const { variables, targets, language } = this.services;
    const { t } = language;
    const top = new vscode.Range(0, 0, 0, 0);
    const lens = (title: string, ...args: readonly string[]) =>
      new vscode.CodeLens(top, { title, command: COMMANDS.resolveVariables, arguments: [uri.toString(), ...args] });
    const choice = variables.choiceOf(uri);
    if (choice) return [lens(t('Values from {file}', { file: nameOf(choice) }))];
    if (file.text?.includes('{{') !== true) return [];
    const files = new Map(targets.targetsOf(uri).map((target) => [target.variables?.toString(), target.variables]));
    return [...files]
      .slice(0, MOST_FILES)
      .flatMap(([key, each]) =>
        each && key !== undefined ? [lens(t('Resolve with {file}', { file: nameOf(each) }), key)] : [],
      );
  }

  private lensesOf(ask: TokenAsk, range: vscode.Range, isOneOfSeveral: boolean): vscode.CodeLens[] {
    const { t } = this.services.language;
    const lens = (title: string, command: string) => new vscode.CodeLens(range, { title, command, arguments: [ask] });
    const scope = ask.scopes.join(' ');
    if (isOneOfSeveral) return [lens(t('Get token for {scope}', { scope }), COMMANDS.getToken)];
    const state = this.stateOf(ask);
    return [
      lens(t('Get token'), COMMANDS.getToken),
      lens(t('Send request'), COMMANDS.sendRequest),
      ...(state === undefined ? [] : [lens(state, COMMANDS.getToken)]), // a token that is still good is only shown
    ];
  }

  /** What became of the scope in the current environment; nothing where no token was asked for, or it is over. */
  private stateOf(ask: TokenAsk): string | undefined {
    const { tokens, language } = this.services;
    const { t } = language;
    const problem = tokens.lastProblem(ask);
    if (problem) return wordProblemShort(problem, t);
    const now = this.clock.nowMs();
    const expiresAtMs = tokens.peek(ask)?.expiresAtMs ?? 0;
    if (expiresAtMs <= now) return undefined;
    this.wakeAt(now + untilFewerMinutesMs(expiresAtMs, now));
    return wordMinutesLeft(expiresAtMs, now, t);
  }

  /** The editor asks again for what it shows, which sets the next time; where it shows none, nothing ticks. */
  private wakeAt(atMs: number): void {
    if (this.wake && this.wake.atMs <= atMs) return;
    this.wake?.timer.dispose();
    const timer = this.clock.after(atMs - this.clock.nowMs(), () => {
      this.wake = undefined;
      this.changed.fire();
    });
    this.wake = { timer, atMs };
  }

  dispose(): void {
    this.wake?.timer.dispose();
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
