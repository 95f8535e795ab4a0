import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { problemOf } from '../../src/maskinporten/problem';
import type { Language } from '../../src/platform/language';
import type { ActiveScenario, ScenarioChoice, ScenarioTarget } from '../../src/shared/scenario';
import { workloadKey } from '../../src/shared/workload';
import { SandboxHost, type SandboxWorld } from '../../src/state/sandboxHost';
import { SandboxKeys } from '../../src/state/sandboxKeys';
import { SandboxScenarios } from '../../src/state/sandboxScenarios';
import { SILENT_LOG } from './silentLog';
import { Stores } from './stores';

const APP = { manifestUri: 'file:///nais.yaml', workload: 'app' };
const JOB = { manifestUri: 'file:///nais.yaml', workload: 'job' };
const SCOPE = 'skatteetaten:inntekt';
const OTHER = 'ks:fiks';
const signal = new AbortController().signal;

describe('the sandbox of a window', () => {
  let stores: Stores;
  let world: SandboxWorld;
  let worldChanged: vscode.EventEmitter<void>;
  let host: SandboxHost;
  let scenarios: SandboxScenarios;
  let forgotten: (ScenarioTarget | undefined)[];
  const opened: { dispose(): void }[] = [];

  /** This window, or the same one after a restart. */
  function openWindow(): void {
    worldChanged = new vscode.EventEmitter<void>();
    const language = { t: (message: string) => message, locale: 'en' } as unknown as Language;
    const keys = new SandboxKeys(stores.index, stores.secrets, SILENT_LOG);
    const onDidChangeWorld = worldChanged.event;
    host = new SandboxHost({ world: () => world, onDidChangeWorld, keys, language, log: SILENT_LOG });
    scenarios = new SandboxScenarios(host, { forgetSandbox: (target) => forgotten.push(target) });
    opened.push(scenarios, host, worldChanged);
  }

  beforeEach(() => {
    stores = new Stores();
    forgotten = [];
    world = {
      organisation: '889640782',
      workloads: [
        { key: workloadKey(APP), name: 'app', scopes: [SCOPE, OTHER] },
        { key: workloadKey(JOB), name: 'job', scopes: [SCOPE] },
      ],
      exposedScopes: [],
    };
    openWindow();
  });

  afterEach(() => {
    for (const each of opened.splice(0)) each.dispose();
  });

  /** What the workload gets when it asks for a scope: `token`, or the code of the refusal. */
  async function answer(reference = APP, scope = SCOPE): Promise<string> {
    const credential = await host.credentialFor(workloadKey(reference));
    const source = (await host.start()).tokenSource(credential);
    return source.getToken({ scopes: [scope] }, signal).then(
      () => 'token',
      (error: unknown) => problemOf(error)?.code ?? String(error),
    );
  }

  it('grants what the manifests declare, to clients that many ask for at once', async () => {
    assert.deepEqual(await Promise.all([answer(), answer(JOB), answer(APP, OTHER)]), ['token', 'token', 'token']);
    assert.equal(await answer(JOB, OTHER), 'MP-200');
  });

  const cases: readonly (readonly [ScenarioChoice, ScenarioTarget, app: string, appOther: string, job: string])[] = [
    [{ kind: 'not-granted' }, { workload: APP, scope: SCOPE }, 'MP-200', 'token', 'token'],
    [{ kind: 'not-granted' }, { workload: APP }, 'MP-100', 'MP-100', 'token'],
    [{ kind: 'revoked' }, { workload: APP, scope: SCOPE }, 'MP-250', 'token', 'token'],
    [{ kind: 'not-for-maskinporten' }, { workload: APP }, 'MP-201', 'MP-201', 'token'],
    [{ kind: 'propagating', seconds: 900, speed: 1 }, { workload: APP, scope: SCOPE }, 'MP-200', 'token', 'token'],
    [{ kind: 'key-expired' }, { workload: APP, scope: SCOPE }, 'MP-121', 'MP-121', 'token'],
    [{ kind: 'client-unknown' }, { workload: JOB }, 'token', 'token', 'MP-100'],
    [{ kind: 'clock-off', seconds: 300 }, { workload: APP }, 'MP-130', 'MP-130', 'MP-130'],
    [{ kind: 'down' }, {}, 'network/reset', 'network/reset', 'network/reset'],
  ];
  for (const [choice, target, ...expected] of cases) {
    const where = [target.workload?.workload ?? 'everybody', target.scope].filter(Boolean).join(' ');
    it(`makes ${choice.kind} happen to ${where}, and to nobody else, until it is back to normal`, async () => {
      await scenarios.switchOn(choice, target);
      assert.deepEqual([await answer(), await answer(APP, OTHER), await answer(JOB)], expected);
      await scenarios.backToNormal();
      assert.deepEqual([await answer(), await answer(APP, OTHER), await answer(JOB)], ['token', 'token', 'token']);
    });
  }

  it('forgets what it gave where a scenario came or went, before anybody is told', async () => {
    const seen: number[] = [];
    opened.push(scenarios.onDidChange(() => seen.push(forgotten.length)));
    await scenarios.switchOn({ kind: 'revoked' }, { workload: APP, scope: SCOPE });
    await scenarios.switchOn({ kind: 'down' }, { workload: APP });
    await scenarios.backToNormal({ workload: APP, scope: SCOPE });
    assert.deepEqual(forgotten, [{ workload: APP, scope: SCOPE }, {}, { workload: APP, scope: SCOPE }]);
    assert.deepEqual(seen, [1, 2, 3]);
    assert.deepEqual(
      scenarios.active.map(({ choice }) => choice.kind),
      ['down'],
    );
  });

  it('grants a scope that was on its way once its time has come, and takes the scenario off the list', async () => {
    const over = new Promise<void>((resolve) => {
      scenarios.onDidChange(() => {
        if (scenarios.active.length === 0) resolve();
      });
    });
    await scenarios.switchOn({ kind: 'propagating', seconds: 60, speed: 600 }, { workload: APP, scope: SCOPE });
    await over;
    assert.equal(await answer(), 'token');
  });

  it('begins anew with what is chosen once more', async () => {
    const told: (readonly ActiveScenario[])[] = [];
    const listening = {
      setScenarios: (active: readonly ActiveScenario[]) => {
        told.push(active);
        return Promise.resolve();
      },
    };
    const again = new SandboxScenarios(listening, { forgetSandbox: () => undefined });
    opened.push(again);
    const choice = { kind: 'propagating', seconds: 900, speed: 1 } as const;
    await again.switchOn(choice, { workload: APP, scope: SCOPE });
    const [first] = again.active;
    await again.switchOn(choice, { workload: APP, scope: SCOPE });
    assert.equal(again.active.length, 1);
    assert.notEqual(again.active[0], first);
    // The sandbox goes on with what it has already, so it has to lose it first.
    assert.deepEqual(told, [[], [first], [], again.active]);
  });

  it('knows a scope as soon as the manifest has it, also for apps that ask by themselves', async () => {
    const { clientId, privateJwk } = await host.credentialFor(workloadKey(JOB));
    const source = (await host.start()).tokenSource({ clientId, privateJwk });
    world = { ...world, workloads: [{ key: workloadKey(JOB), name: 'job', scopes: [OTHER] }] };
    worldChanged.fire();
    for (;;) {
      const code = await source.getToken({ scopes: [OTHER] }, signal).then(
        () => 'token',
        (error: unknown) => problemOf(error)?.code,
      );
      if (code === 'token') break;
      assert.equal(code, 'MP-200'); // the change is on its way
    }
  });

  it('has the same clients after a restart, with the same keys, and starts without scenarios', async () => {
    const before = await host.clientOf(workloadKey(APP));
    await scenarios.switchOn({ kind: 'down' }, {});
    openWindow();
    assert.deepEqual(await host.clientOf(workloadKey(APP)), before);
    assert.deepEqual(scenarios.active, []);
    assert.equal(await answer(), 'token');
  });

  it('makes no keys for workloads that nobody asks for', async () => {
    await answer();
    assert.equal(stores.secretValues.size, 1);
  });

  it('is another one with other clients after a reset', async () => {
    const before = await host.clientOf(workloadKey(APP));
    const { issuer } = await host.start();
    await host.reset();
    assert.equal(stores.secretValues.size, 0);
    assert.equal(host.isRunning, false);
    const after = await host.clientOf(workloadKey(APP));
    assert.notEqual(after?.clientId, before?.clientId);
    assert.notEqual((await host.start()).issuer, issuer);
    assert.equal(await answer(), 'token');
  });
});
