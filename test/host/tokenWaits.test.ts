import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Token } from '../../src/maskinporten/model';
import { ProblemError } from '../../src/maskinporten/problem';
import type { WaitClock } from '../../src/maskinporten/waitUntil';
import { TokenWaits, type TokenWaitServices } from '../../src/panels/tokenWaits';
import type { ActiveEnvironment } from '../../src/state/environments';
import type { TokenAsk } from '../../src/state/tokens';
import { SILENT_LOG } from './silentLog';

const ASK: TokenAsk = { manifestUri: 'file:///nais.yaml', workload: 'app', scopes: ['a:b'], resource: 'https://api' };

function unknownScope(): ProblemError {
  const refusal = { status: 400, error: 'invalid_scope', description: 'x', errorUri: undefined, traceId: undefined };
  return new ProblemError({ code: 'MP-200', step: 'token', sent: [], refusal, refusedScopes: ['a:b'] });
}

describe('waiting until it works', () => {
  const asked: TokenAsk[] = [];
  const pauses: number[] = [];
  let refusals: number;
  let current: ActiveEnvironment;
  let changed: vscode.EventEmitter<void>;
  let onPause: () => void;
  let waits: TokenWaits;

  beforeEach(() => {
    asked.length = 0;
    pauses.length = 0;
    refusals = 2;
    current = { id: 'mine', kind: 'test', label: 'Mine', issuer: 'https://test.maskinporten.no/', clientId: 'client' };
    changed = new vscode.EventEmitter();
    onPause = () => undefined;
    let nowMs = 0;
    const clock: WaitClock = {
      now: () => nowMs,
      sleep: (ms, signal) => {
        pauses.push(ms);
        nowMs += ms;
        onPause();
        return signal.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve();
      },
    };
    const services = {
      tokens: {
        get: (ask: TokenAsk) => {
          asked.push(ask);
          return asked.length > refusals ? Promise.resolve({} as Token) : Promise.reject(unknownScope());
        },
      },
      environments: {
        get current() {
          return current;
        },
        onDidChange: changed.event,
      },
      language: { t: (text: string) => text, locale: 'en' },
      log: SILENT_LOG,
    } as unknown as TokenWaitServices;
    waits = new TokenWaits(services, clock);
  });

  afterEach(() => {
    waits.dispose();
    changed.dispose();
  });

  const wait = () => waits.wait(ASK, () => undefined);

  it('asks for the very wish, past every cache, until it is granted', async () => {
    await wait();
    assert.deepEqual(asked, Array(3).fill({ ...ASK, skipCache: true }));
    assert.deepEqual(pauses, [15_000, 30_000]);
  });

  it('is under way once for a wish, and tells when it begins and ends', async () => {
    const states: boolean[] = [];
    waits.onDidChange(() => states.push(waits.isWaiting(ASK)));
    const first = wait();
    assert.equal(waits.isWaiting(ASK), true);
    assert.equal(waits.isWaiting({ ...ASK, resource: undefined }), false);
    await Promise.all([first, wait()]);
    assert.deepEqual(states, [true, false]);
    assert.equal(asked.length, 3);
  });

  it('ends when somebody stops it', async () => {
    onPause = () => {
      waits.stop(ASK);
    };
    await wait();
    assert.equal(asked.length, 1);
    assert.equal(waits.isWaiting(ASK), false);
  });

  it('ends when another environment is chosen, and goes on when something else changes', async () => {
    onPause = () => {
      if (pauses.length === 2) current = { ...current, id: 'other' };
      changed.fire();
    };
    refusals = 10;
    await wait();
    assert.equal(asked.length, 2);
  });

  it('gives up after a quarter of an hour', async () => {
    refusals = Infinity;
    await wait();
    assert.ok(pauses.reduce((sum, ms) => sum + ms, 0) <= 15 * 60_000);
    assert.ok(asked.length > 10);
  });
});
