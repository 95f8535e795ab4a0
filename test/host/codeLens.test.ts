import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ScopeCodeLenses, type Clock, type CodeLensServices } from '../../src/editor/codeLens';
import { readFile } from '../../src/manifest';
import { ENGLISH } from './makeManifests';

const NEVER: vscode.Event<never> = () => new vscode.Disposable(() => undefined);

/** A clock that stands still until it is moved. */
class StandingClock implements Clock {
  private time = 0;
  private waiting: { readonly atMs: number; readonly run: () => void }[] = [];

  nowMs(): number {
    return this.time;
  }

  after(delayMs: number, run: () => void) {
    const wait = { atMs: this.time + delayMs, run };
    this.waiting.push(wait);
    return {
      dispose: () => {
        this.waiting = this.waiting.filter((each) => each !== wait);
      },
    };
  }

  get timers(): number {
    return this.waiting.length;
  }

  moveTo(timeMs: number): void {
    this.time = timeMs;
    const due = this.waiting.filter(({ atMs }) => atMs <= timeMs);
    this.waiting = this.waiting.filter(({ atMs }) => atMs > timeMs);
    for (const { run } of due) run();
  }
}

describe('the CodeLens of a scope with a token', () => {
  let clock: StandingClock;
  let lenses: ScopeCodeLenses;
  let changes: number;
  let expiresAtMs: number;
  let document: vscode.TextDocument;

  beforeEach(async () => {
    clock = new StandingClock();
    changes = 0;
    expiresAtMs = 150_000;
    document = await vscode.workspace.openTextDocument({
      language: 'plaintext',
      content:
        'apiVersion: nais.io/v1\nkind: Naisjob\nspec:\n  maskinporten:\n    scopes:\n      consumes:\n        - name: a:b\n',
    });
    const services = {
      manifests: { whenRead: () => Promise.resolve(readFile(document.getText())) },
      readings: { resolvedAt: () => undefined },
      variables: { choiceOf: () => undefined, onDidChange: NEVER },
      targets: { targetsOf: () => [], onDidChange: NEVER },
      tokens: { peek: () => ({ expiresAtMs }), lastProblem: () => undefined, onDidChange: NEVER },
      environments: { onDidChange: NEVER },
      language: { t: ENGLISH.t, onDidChange: NEVER },
    };
    lenses = new ScopeCodeLenses(services as unknown as CodeLensServices, clock);
    lenses.onDidChangeCodeLenses(() => {
      changes++;
    });
  });

  afterEach(() => {
    lenses.dispose();
  });

  async function titles(): Promise<readonly (string | undefined)[]> {
    return (await lenses.provideCodeLenses(document)).map(({ command }) => command?.title);
  }

  it('counts its minutes down, and asks to be drawn anew only when there is one fewer', async () => {
    assert.deepEqual(await titles(), ['Get token', 'Send request', '2 min left']);
    clock.moveTo(30_000);
    assert.equal(changes, 0);
    clock.moveTo(30_001);
    assert.equal(changes, 1);
    assert.deepEqual(await titles(), ['Get token', 'Send request', '1 min left']);
  });

  it('has one timer, however often it is drawn, and none when nobody draws it', async () => {
    await titles();
    await titles();
    assert.equal(clock.timers, 1);
    clock.moveTo(60_000);
    assert.equal(clock.timers, 0);
  });

  it('says nothing of a token that is over, and does not tick for it', async () => {
    clock.moveTo(expiresAtMs);
    assert.deepEqual(await titles(), ['Get token', 'Send request']);
    assert.equal(clock.timers, 0);
  });

  it('leaves no timer behind', async () => {
    await titles();
    lenses.dispose();
    assert.equal(clock.timers, 0);
  });
});
