import assert from 'node:assert/strict';
import { SendProgresses } from '../../../src/panels/sendProgress';
import { createTranslate } from '../../../src/shared/localize';
import type { SendProgress } from '../../../src/shared/responseMessages';

describe('the progress of a request', () => {
  let nowMs = 0;
  let told: SendProgress[] = [];
  const progresses = () => {
    nowMs = 1000;
    told = [];
    return new SendProgresses(
      true,
      createTranslate({}),
      (progress) => told.push(progress),
      () => nowMs,
    );
  };
  const download = (bytes: number, totalBytes?: number) => ({ step: 'download', bytes, totalBytes }) as const;

  it('begins with the token', () => {
    assert.deepEqual(progresses().current, { step: 'token', beganAtMs: 1000, received: undefined, part: undefined });
  });

  it('tells each step once, and when it began', () => {
    const one = progresses();
    one.hear({ step: 'token' });
    nowMs = 2000;
    one.hear({ step: 'wait' });
    one.hear({ step: 'wait' });
    assert.deepEqual(
      told.map(({ step, beganAtMs }) => [step, beganAtMs]),
      [['wait', 2000]],
    );
  });

  it('tells of a download now and then, and how much of the whole is there', () => {
    const one = progresses();
    one.hear(download(0, 1000));
    for (let bytes = 1; bytes < 500; bytes++) one.hear(download(bytes, 1000));
    nowMs += 100;
    one.hear(download(500, 1000));
    assert.deepEqual(
      told.map(({ received, part, beganAtMs }) => [received, part, beganAtMs]),
      [
        ['0 B of 1 kB', 0, 1000],
        ['500 B of 1 kB', 0.5, 1000],
      ],
    );
  });

  it('does not know the part of an unknown whole', () => {
    const one = progresses();
    one.hear(download(2000));
    assert.deepEqual([told[0]?.received, told[0]?.part], ['2 kB', undefined]);
  });
});
