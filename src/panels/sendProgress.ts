import type { Translate } from '../shared/localize';
import type { SendProgress } from '../shared/responseMessages';
import type { RequestProgress } from '../state/requests';
import { wordBytes } from '../words/responses';

/** How often a download is told of. */
const TELL_MS = 100;

/** What a request is at, told no more often than an eye can follow. */
export class SendProgresses {
  current: SendProgress;
  private toldAtMs = 0;

  constructor(
    hasToken: boolean,
    private readonly t: Translate,
    private readonly onDidChange: (progress: SendProgress) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.current = {
      step: hasToken ? 'token' : 'connect',
      beganAtMs: now(),
      received: undefined,
      part: undefined,
    };
  }

  readonly hear = (progress: RequestProgress): void => {
    const nowMs = this.now();
    const isSameStep = progress.step === this.current.step;
    if (isSameStep && (progress.step !== 'download' || nowMs - this.toldAtMs < TELL_MS)) return;
    this.toldAtMs = nowMs;
    this.current = {
      step: progress.step,
      beganAtMs: isSameStep ? this.current.beganAtMs : nowMs,
      ...this.wordReceived(progress),
    };
    this.onDidChange(this.current);
  };

  private wordReceived(progress: RequestProgress): Pick<SendProgress, 'received' | 'part'> {
    if (progress.step !== 'download') return { received: undefined, part: undefined };
    const { bytes, totalBytes } = progress;
    const size = wordBytes(bytes, this.t);
    if (totalBytes === undefined || totalBytes === 0) return { received: size, part: undefined };
    return {
      received: this.t('{size} of {total}', { size, total: wordBytes(totalBytes, this.t) }),
      part: Math.min(1, bytes / totalBytes),
    };
  }
}
