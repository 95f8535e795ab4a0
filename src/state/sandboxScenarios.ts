import * as vscode from 'vscode';
import {
  endOf,
  scenariosAt,
  targetFor,
  withScenario,
  type ActiveScenario,
  type ScenarioChoice,
  type ScenarioTarget,
} from '../shared/scenario';
import type { SandboxHost } from './sandboxHost';
import type { Tokens } from './tokens';

/**
 * What goes wrong in this window's sandbox on purpose: in memory alone, so that every start is a normal one. A switch
 * reaches the sandbox first, then what it gave before is forgotten, and then it is told.
 */
export class SandboxScenarios implements vscode.Disposable {
  private current: readonly ActiveScenario[] = [];
  private readonly changed = new vscode.EventEmitter<ScenarioTarget>();
  /** Switches one after the other: the sandbox must end up as the last one says. */
  private work: Promise<void> = Promise.resolve();
  private ending: NodeJS.Timeout | undefined;
  /** Tells where it is otherwise now; nothing named is everywhere. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly sandbox: Pick<SandboxHost, 'setScenarios'>,
    private readonly tokens: Pick<Tokens, 'forgetSandbox'>,
    private readonly now: () => number = Date.now,
  ) {}

  get active(): readonly ActiveScenario[] {
    return this.current;
  }

  /** Those that were chosen for exactly this target. */
  at(target: ScenarioTarget): readonly ActiveScenario[] {
    return scenariosAt(this.current, target);
  }

  /** Rejects when the sandbox does not start: then nothing is changed. */
  async switchOn(choice: ScenarioChoice, target: ScenarioTarget): Promise<void> {
    const reached = targetFor(choice.kind, target);
    await this.change(reached, (before) => withScenario(before, { ...reached, choice, begunAtMs: this.now() }));
  }

  /** Ends what was chosen for exactly this target; everything where none is named. */
  async backToNormal(target: ScenarioTarget = {}): Promise<void> {
    const isAll = target.workload === undefined && target.scope === undefined;
    await this.change(target, (before) => {
      const gone = isAll ? before : scenariosAt(before, target);
      return before.filter((one) => !gone.includes(one));
    });
  }

  private change(
    target: ScenarioTarget,
    next: (before: readonly ActiveScenario[]) => readonly ActiveScenario[],
  ): Promise<void> {
    const change = async () => {
      const after = next(this.current);
      // What was chosen once more begins once more; the sandbox would take it for what is on already.
      await this.sandbox.setScenarios(after.filter((one) => this.current.includes(one)));
      await this.sandbox.setScenarios(after);
      this.current = after;
      this.tokens.forgetSandbox(target);
      this.changed.fire(target);
      this.waitForEnds();
    };
    const done = this.work.then(change);
    this.work = done.catch(() => undefined);
    return done;
  }

  /** What has come to its end is over in the sandbox by itself; here it goes off the list. */
  private waitForEnds(): void {
    clearTimeout(this.ending);
    const [first] = this.current
      .flatMap((scenario) => {
        const endsAtMs = endOf(scenario);
        return endsAtMs === undefined ? [] : [{ scenario, endsAtMs }];
      })
      .sort((one, other) => one.endsAtMs - other.endsAtMs);
    if (!first) return;
    this.ending = setTimeout(() => {
      const { workload, scope } = first.scenario;
      void this.change({ workload, scope }, (before) => before.filter((one) => one !== first.scenario)).catch(
        () => undefined, // without a sandbox nothing goes wrong in it
      );
    }, first.endsAtMs - this.now());
  }

  dispose(): void {
    clearTimeout(this.ending);
    this.changed.dispose();
  }
}
