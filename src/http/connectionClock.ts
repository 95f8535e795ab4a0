import type { TransportProgress } from '../maskinporten/transport';

export type ConnectionStep = Exclude<TransportProgress['step'], 'download'>;

/** The way of one request to its answer: what it is at, and by `performance.now()` when each part of the way there ended. */
export class ConnectionClock {
  lookupAt: number | undefined;
  connectAt: number | undefined;
  tlsAt: number | undefined;
  step: ConnectionStep = 'connect';

  constructor(private readonly onStep?: (step: ConnectionStep) => void) {}

  begin(step: ConnectionStep): void {
    this.step = step;
    this.onStep?.(step);
  }

  /** The part that went on is over. */
  end(): void {
    const now = performance.now();
    if (this.step === 'lookup') this.lookupAt = now;
    else if (this.step === 'connect') this.connectAt = now;
    else if (this.step === 'tls') this.tlsAt = now;
  }
}
