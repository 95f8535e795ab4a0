import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ReplayStore } from '../../../src/sandbox/replay';

describe('The memory of used grants', () => {
  const WINDOW_MS = 21_000;

  it('sees every reuse within the window, wherever the window begins', () => {
    for (let startMs = 0; startMs < 3 * WINDOW_MS; startMs += 1_000) {
      const store = new ReplayStore(WINDOW_MS, 1_000);
      store.use('client', 'other', 1_000_000);
      assert.equal(store.use('client', 'jti', 1_000_000 + startMs), 'new');
      for (let laterMs = 0; laterMs < WINDOW_MS; laterMs += 1_000) {
        const nowMs = 1_000_000 + startMs + laterMs;
        assert.equal(store.use('client', 'jti', nowMs), 'used', `${startMs} + ${laterMs}`);
      }
    }
  });

  it('sees reuse while other grants keep coming', () => {
    const store = new ReplayStore(WINDOW_MS, 1_000);
    for (let second = 0; second < 200; second++) {
      assert.equal(store.use('client', `jti-${second}`, second * 1_000), 'new');
      const first = Math.max(0, second - 20);
      assert.equal(store.use('client', `jti-${first}`, second * 1_000), 'used');
    }
  });

  it('holds no more than two windows of grants', () => {
    const store = new ReplayStore(WINDOW_MS, 1_000_000);
    let largest = 0;
    for (let index = 0; index < 20_000; index++) {
      store.use('client', `jti-${index}`, index * 10);
      largest = Math.max(largest, store.size);
    }
    assert.ok(largest <= (2 * WINDOW_MS) / 10, String(largest));
  });

  it('forgets what is long past at once', () => {
    const store = new ReplayStore(WINDOW_MS, 10);
    for (let index = 0; index < 10; index++) store.use('client', `jti-${index}`, 1_000_000);
    store.use('client', 'late', 1_000_000 + 2 * WINDOW_MS);
    assert.equal(store.size, 1);
  });

  it('puts new grants off when it is full, and still sees reuse', () => {
    const store = new ReplayStore(WINDOW_MS, 2);
    store.use('client', 'a', 1_000_000);
    store.use('client', 'b', 1_000_000);
    assert.equal(store.use('client', 'c', 1_000_000), 'full');
    assert.equal(store.use('client', 'a', 1_000_000), 'used');
    assert.equal(store.use('client', 'c', 1_000_000 + WINDOW_MS), 'new');
    assert.equal(store.use('client', 'a', 1_000_000 + WINDOW_MS), 'used');
  });

  it('goes on turning when the clock is set back', () => {
    const store = new ReplayStore(WINDOW_MS, 2);
    store.use('client', 'ahead', 10_000_000);
    assert.equal(store.use('client', 'back', 1_000_000), 'new');
    assert.equal(store.use('client', 'back', 1_000_000), 'used');
    assert.equal(store.use('client', 'later', 1_000_000 + WINDOW_MS), 'new');
    assert.equal(store.use('client', 'back', 1_000_000 + WINDOW_MS), 'used');
    assert.equal(store.use('client', 'last', 1_000_000 + 3 * WINDOW_MS), 'new');
    assert.equal(store.size, 1);
  });

  it('never takes a grant twice in one window, whatever comes between, and holds no more than two generations', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('use' as const), jti: fc.integer({ min: 0, max: 5 }) }),
        fc.record({ kind: fc.constant('flood' as const), count: fc.integer({ min: 1, max: 15 }) }),
        fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 1.5 * WINDOW_MS }) }),
      ),
      { maxLength: 100 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 20 }), (all, maxEntries) => {
        const store = new ReplayStore(WINDOW_MS, maxEntries);
        const takenAtMs = new Map<string, number>();
        let nowMs = 1_000_000;
        let others = 0;
        for (const step of all) {
          if (step.kind === 'wait') nowMs += step.ms;
          else if (step.kind === 'flood') {
            for (let index = 0; index < step.count; index += 1) store.use('flood', String((others += 1)), nowMs);
          } else {
            const jti = String(step.jti);
            const verdict = store.use('client', jti, nowMs);
            const ageMs = nowMs - (takenAtMs.get(jti) ?? -Infinity);
            if (ageMs < WINDOW_MS) assert.equal(verdict, 'used');
            if (ageMs > 2 * WINDOW_MS) assert.notEqual(verdict, 'used');
            if (verdict === 'new') takenAtMs.set(jti, nowMs);
          }
          assert.ok(store.size <= 2 * maxEntries);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells clients apart, however their ids and jtis are cut', () => {
    const store = new ReplayStore(WINDOW_MS, 10);
    assert.equal(store.use('a', 'bc', 1_000_000), 'new');
    assert.equal(store.use('ab', 'c', 1_000_000), 'new');
  });

  it('keeps its memory when the clock is set back', () => {
    const store = new ReplayStore(WINDOW_MS, 10);
    store.use('client', 'a', 1_000_000);
    assert.equal(store.use('client', 'a', 900_000), 'used');
  });
});
