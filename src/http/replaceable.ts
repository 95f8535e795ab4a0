import { ProblemError } from '../maskinporten/problem';
import type { BodyRest, Transport, TransportRequest, TransportResponse } from '../maskinporten/transport';

export interface ClosableTransport extends Transport {
  /** Ends what is on its way. */
  close(): void;
}

/**
 * A Transport whose means can be replaced while it is in use. They are made for the first request that needs them; the
 * requests of those before end as they began, and with the last of them their connections are closed.
 */
export class ReplaceableTransport implements Transport {
  private readonly open = new Set<Generation>();
  private current: Generation | undefined;
  private closed = false;

  constructor(private readonly make: () => Promise<ClosableTransport>) {}

  async send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse> {
    signal.throwIfAborted();
    if (this.closed) throw closedProblem(request);
    this.current ??= this.begin();
    return this.current.send(request, signal);
  }

  /** The next request is sent by what is made then. */
  replace(): void {
    this.current?.retire();
    this.current = undefined;
  }

  /** Ends every connection; requests that are on their way fail, and so does each later one. */
  close(): void {
    this.closed = true;
    this.current = undefined;
    for (const generation of this.open) generation.close();
  }

  private begin(): Generation {
    const generation: Generation = new Generation(this.make(), () => {
      this.open.delete(generation);
    });
    this.open.add(generation);
    return generation;
  }
}

/** One Transport and who uses it. */
class Generation {
  private users = 0;
  private retired = false;
  private closed = false;

  constructor(
    private readonly made: Promise<ClosableTransport>,
    private readonly onEnd: () => void,
  ) {}

  async send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse> {
    this.users += 1;
    let isLeft = false;
    const leave = () => {
      if (isLeft) return;
      isLeft = true;
      this.users -= 1;
      this.endIfDone();
    };
    let rest: BodyRest | undefined;
    try {
      const transport = await this.made;
      signal.throwIfAborted();
      if (this.closed) throw closedProblem(request);
      const response = await transport.send(request, signal);
      rest = response.rest;
      return rest ? { ...response, rest: restWith(rest, leave) } : response;
    } finally {
      if (!rest) leave();
    }
  }

  retire(): void {
    this.retired = true;
    this.endIfDone();
  }

  close(): void {
    this.closed = true;
    this.onEnd();
    void this.made.then(
      (transport) => {
        transport.close();
      },
      () => undefined,
    );
  }

  private endIfDone(): void {
    if (this.retired && this.users === 0 && !this.closed) this.close();
  }
}

/** A body that waits on its connection is a use of it, until it is read or stopped. */
function restWith(rest: BodyRest, leave: () => void): BodyRest {
  async function* read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      yield* rest.read(signal);
    } finally {
      leave();
    }
  }
  return {
    read,
    stop: () => {
      rest.stop();
      leave();
    },
  };
}

function closedProblem({ step, url }: TransportRequest): ProblemError {
  const host = URL.canParse(url) ? new URL(url).host : '';
  return new ProblemError({ code: 'network/protocol', step, sent: [], host, cause: 'CLOSED' });
}
