import assert from 'node:assert/strict';
import { soak } from './soak';

/** `npm run bench sandbox` does it with a hundred thousand and ten thousand. */
const TOKENS = Number(process.env['SOAK_TOKENS'] ?? 2_000);
const BAD = Number(process.env['SOAK_BAD'] ?? 500);

const SAMPLES = 8;
/** What a heap may differ by when nothing is kept: compiled code, and caches of Node’s own. */
const SLACK_MEGABYTES = 1.5;

describe('A sandbox that runs for long', () => {
  it(`gives ${TOKENS} tokens and refuses ${BAD} bad requests, each as it must, and its memory stays flat`, async function () {
    this.timeout(Math.max(120_000, TOKENS * 20));
    const samples = await soak(TOKENS, BAD, SAMPLES);
    const last = samples.at(-1) ?? assert.fail();
    assert.ok(last.tokens >= TOKENS && last.refused >= BAD);
    // The first half is for the engine to settle.
    const settled = samples.slice(SAMPLES / 2).map(({ heapMegabytes }) => heapMegabytes);
    const growth = settled.at(-1)! - settled[0]!;
    assert.ok(growth < SLACK_MEGABYTES, samples.map(({ heapMegabytes }) => heapMegabytes.toFixed(2)).join(' '));
  });
});
