import assert from 'node:assert/strict';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import type { Answer } from './manifestWorker';
import { mutatedManifest } from './manifests';

/** How many manifests; a run that failed is repeated with the seed and path that fast-check prints. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1000);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);

/** Far more than a manifest takes, and so little that a hang is told from a busy machine. */
const LIMIT_MS = 5000;

/** A thread does not inherit what lets this process load TypeScript. */
const WORKER = `require('tsx/cjs'); require(${JSON.stringify(path.join(__dirname, 'manifestWorker.ts'))});`;

/** Checks texts in a thread of its own, which can be ended when a text takes too long. */
class Checker {
  #worker: Worker | undefined;

  constructor(
    private readonly source: string,
    private readonly limitMs: number,
  ) {}

  check(text: string): Promise<Answer> {
    this.#worker ??= new Worker(this.source, { eval: true });
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(watchdog);
        worker.off('message', onAnswer).off('error', onError);
      };
      const onAnswer = (answer: Answer): void => {
        settle();
        resolve(answer);
      };
      const onError = (error: Error): void => {
        settle();
        this.#worker = undefined;
        reject(error);
      };
      const watchdog = setTimeout(() => {
        void worker.terminate();
        onError(new Error(`no answer within ${this.limitMs} ms`));
      }, this.limitMs);
      worker.on('message', onAnswer).on('error', onError);
      worker.postMessage(text);
    });
  }

  async dispose(): Promise<void> {
    await this.#worker?.terminate();
  }
}

describe(`${RUNS} mutated manifests, seed ${SEED}`, function () {
  this.timeout(0);
  const checker = new Checker(WORKER, LIMIT_MS);

  before('starts the thread, which takes longer than a manifest', async () => {
    await checker.check('');
  });
  after(() => checker.dispose());

  it('are each read, judged and mended in bounded time, without a throw, and with all ranges within the text', async () => {
    let findings = 0;
    let fixes = 0;
    await fc.assert(
      fc.asyncProperty(mutatedManifest, async (text) => {
        const answer = await checker.check(text);
        assert.deepEqual(answer.faults, []);
        findings += answer.findings;
        fixes += answer.fixes;
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // Without them, nothing was tested.
    assert.ok(findings > RUNS && fixes > RUNS / 2, `${findings} findings, ${fixes} fixes`);
  });

  it('are watched: a thread that gives no answer is ended', async () => {
    const hanging = new Checker("require('worker_threads').parentPort.on('message', () => { for (;;); });", 200);
    await assert.rejects(hanging.check(''), /no answer within 200 ms/);
    await hanging.dispose();
  });
});
