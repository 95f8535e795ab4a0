import assert from 'node:assert/strict';
import type { Token, TokenRequest } from '../../../src/maskinporten/model';
import { ProblemError, type IssuerRefusal, type Problem } from '../../../src/maskinporten/problem';
import { waitUntilGranted, type WaitState } from '../../../src/maskinporten/waitUntil';

const refusal: IssuerRefusal = {
  status: 400,
  error: 'invalid_scope',
  description: undefined,
  errorUri: undefined,
  traceId: undefined,
};
const UNKNOWN_SCOPE: Problem = { code: 'MP-200', step: 'token', sent: [], refusal, refusedScopes: ['a:b'] };
const BUSY: Problem = { code: 'token/unreadable', step: 'token', sent: [], status: 503, contentType: undefined };
const token = { accessToken: 't' } as Token;

/** Time that passes only while somebody sleeps, and `askMs` for each ask. */
class Scene {
  nowMs = 0;
  readonly asked: { readonly atMs: number; readonly request: TokenRequest }[] = [];
  readonly states: WaitState[] = [];
  readonly abort = new AbortController();
  askMs = 0;
  private readonly answers: (Problem | Error | Token)[];

  constructor(...answers: (Problem | Error | Token)[]) {
    this.answers = answers;
  }

  run() {
    return waitUntilGranted({
      request: { scopes: ['a:b'], resource: 'https://a/' },
      signal: this.abort.signal,
      onState: (state) => this.states.push(state),
      clock: {
        now: () => this.nowMs,
        sleep: (ms, signal) => {
          signal.throwIfAborted();
          this.nowMs += ms;
          return Promise.resolve();
        },
      },
      ask: (request) => {
        this.asked.push({ atMs: this.nowMs, request });
        this.nowMs += this.askMs;
        const answer = this.answers.length > 1 ? this.answers.shift()! : this.answers[0]!;
        if ('accessToken' in answer) return Promise.resolve(answer);
        return Promise.reject(answer instanceof Error ? answer : new ProblemError(answer));
      },
    });
  }

  get askedAtSeconds(): number[] {
    return this.asked.map(({ atMs }) => atMs / 1000);
  }
}

describe('waitUntilGranted', () => {
  it('gives the token at once where there is one', async () => {
    const scene = new Scene(token);
    assert.deepEqual(await scene.run(), { kind: 'granted', token, attempts: 1 });
    assert.deepEqual(scene.states, [{ kind: 'asking', attempt: 1, giveUpAtMs: 900_000 }]);
  });

  it('asks after 15 s, then 30 s, then every minute, past every cache', async () => {
    const scene = new Scene(UNKNOWN_SCOPE, UNKNOWN_SCOPE, UNKNOWN_SCOPE, UNKNOWN_SCOPE, token);
    assert.equal((await scene.run()).kind, 'granted');
    assert.deepEqual(scene.askedAtSeconds, [0, 15, 45, 105, 165]);
    for (const { request } of scene.asked) {
      assert.deepEqual(request, { scopes: ['a:b'], resource: 'https://a/', skipCache: true });
    }
  });

  it('gives up before 15 minutes are over, with the last refusal', async () => {
    const scene = new Scene(UNKNOWN_SCOPE);
    const result = await scene.run();
    assert.deepEqual(result, { kind: 'gave-up', problem: UNKNOWN_SCOPE, attempts: 17 });
    assert.equal(scene.askedAtSeconds.at(-1), 885);
  });

  it('counts the time that slow answers take', async () => {
    const scene = new Scene(UNKNOWN_SCOPE);
    scene.askMs = 200_000;
    await scene.run();
    assert.deepEqual(scene.askedAtSeconds, [0, 215, 445, 705]);
  });

  it('says what it does: which try, when the next one is, and why', async () => {
    const scene = new Scene(UNKNOWN_SCOPE, token);
    await scene.run();
    assert.deepEqual(scene.states, [
      { kind: 'asking', attempt: 1, giveUpAtMs: 900_000 },
      { kind: 'waiting', attempt: 1, nextAtMs: 15_000, giveUpAtMs: 900_000, problem: UNKNOWN_SCOPE },
      { kind: 'asking', attempt: 2, giveUpAtMs: 900_000 },
    ]);
  });

  it('does not ask sooner than the issuer wants', async () => {
    const scene = new Scene({ ...BUSY, retryAfterSeconds: 100 }, { ...BUSY, retryAfterSeconds: 1 }, token);
    await scene.run();
    assert.deepEqual(scene.askedAtSeconds, [0, 100, 130]);
  });

  it('does not wait for a time that is too far away', async () => {
    const scene = new Scene({ ...BUSY, retryAfterSeconds: 901 });
    assert.deepEqual([(await scene.run()).kind, scene.asked.length], ['gave-up', 1]);
  });

  for (const problem of [
    { code: 'MP-250', step: 'token', sent: [], refusal, refusedScopes: [] },
    { code: 'MP-251', step: 'token', sent: [], refusal, refusedScopes: [] },
    { code: 'network/timeout', step: 'token', sent: [], host: 'x', phase: 'headers', limitMs: 1 },
    { code: 'network/dns', step: 'discovery', sent: [], host: 'x' },
    { code: 'token/refused', step: 'token', sent: [], refusal: { ...refusal, status: 503 }, mpCode: undefined },
    { code: 'texas/upstream-unreachable', step: 'token', sent: [], refusal },
  ] satisfies Problem[]) {
    it(`goes on after ${problem.code}, which may pass`, async () => {
      assert.equal((await new Scene(problem, token).run()).kind, 'granted');
    });
  }

  for (const problem of [
    { code: 'MP-121', step: 'token', sent: [], refusal },
    { code: 'token/unknown-kid', step: 'token', sent: [], refusal },
    { code: 'token/refused', step: 'token', sent: [], refusal, mpCode: undefined },
    { code: 'token/unreadable', step: 'token', sent: [], status: 404, contentType: undefined },
    { code: 'network/certificate', step: 'token', sent: [], host: 'x', cause: 'CERT_HAS_EXPIRED' },
    { code: 'production/not-confirmed', step: 'grant', sent: [] },
  ] satisfies Problem[]) {
    it(`stops at ${problem.code}, which waiting does not help against`, async () => {
      assert.deepEqual(await new Scene(UNKNOWN_SCOPE, problem).run(), { kind: 'failed', problem, attempts: 2 });
    });
  }

  it('rejects with what is no Problem', async () => {
    const error = new Error('a fault of ours');
    await assert.rejects(new Scene(UNKNOWN_SCOPE, error).run(), error);
  });

  it('is cancelled before it asks, and between two tries', async () => {
    const before = new Scene(token);
    before.abort.abort();
    assert.deepEqual([(await before.run()).kind, before.asked.length], ['cancelled', 0]);
    const between = new Scene(UNKNOWN_SCOPE);
    const states = between.states;
    states.push = (...items) => {
      if (items[0]?.kind === 'waiting' && items[0].attempt === 2) between.abort.abort();
      return Array.prototype.push.apply(states, items);
    };
    assert.deepEqual(await between.run(), { kind: 'cancelled', attempts: 2 });
  });

  it('is cancelled while it sleeps by the clock on the wall, without waiting for it', async () => {
    const abort = new AbortController();
    const result = waitUntilGranted({
      request: { scopes: ['a:b'] },
      signal: abort.signal,
      ask: () => Promise.reject(new ProblemError(UNKNOWN_SCOPE)),
      onState: ({ kind }) => {
        if (kind === 'waiting')
          queueMicrotask(() => {
            abort.abort();
          });
      },
    });
    assert.deepEqual(await result, { kind: 'cancelled', attempts: 1 });
  });
});
