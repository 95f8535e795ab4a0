/** What one side of a webview may say to the other. */
export interface Vocabulary {
  /** Each is answered with a reply, or with a failure. */
  readonly request: { readonly type: string };
  /** What each request is answered with, by its type. */
  readonly replies: object;
  /** Not answered. */
  readonly event: { readonly type: string };
}

/**
 * Why a request came to nothing. The receiver words it: the text of an error never crosses, since nobody
 * has looked at what it holds.
 * - `refused`: the other side did not take the message for one of its own
 * - `failed`: the other side's handler threw
 * - `closed`: one of the two sides is gone
 */
export type RpcFailure = 'refused' | 'failed' | 'closed';

/** The rejection of a request. Its message is the reason alone. */
export class RpcError extends Error {
  override readonly name = 'RpcError';

  constructor(readonly reason: RpcFailure) {
    super(reason);
  }
}

type Envelope =
  | { readonly id: string; readonly request: unknown }
  | { readonly inReplyTo: string; readonly ok: true; readonly value: unknown }
  | { readonly inReplyTo: string; readonly ok: false; readonly error: RpcFailure }
  | { readonly event: unknown };

export interface RpcHandlers<Hears extends Vocabulary> {
  /** Give undefined for anything that is not a request of the other side, to the letter. */
  parseRequest(value: unknown): Hears['request'] | undefined;
  parseEvent(value: unknown): Hears['event'] | undefined;
  onRequest(request: Hears['request']): Promise<unknown>;
  onEvent(event: Hears['event']): void;
  /** A message was not taken. It is not handed on: what it holds is unknown. */
  onRefused(): void;
  /** A handler threw. The other side is told no more than `failed`. */
  onError(error: unknown): void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: RpcError) => void;
}

/**
 * Requests with replies, and events, over a channel that carries plain messages. Both sides of a webview
 * use it: each says what `Says` holds and hears what `Hears` holds.
 */
export class Rpc<Says extends Vocabulary, Hears extends Vocabulary> {
  private readonly waiting = new Map</* request id */ string, Waiting>();
  private sent = 0;
  private disposed = false;

  /**
   * `connection` is new for each Rpc: a webview that was loaded again must not take the reply to a request
   * of its earlier life for one of its own.
   */
  constructor(
    private readonly connection: string,
    private readonly post: (message: unknown) => void,
    private readonly handlers: RpcHandlers<Hears>,
  ) {}

  /** Rejects with an RpcError, and with nothing else. */
  request<R extends Says['request']>(request: R): Promise<Says['replies'][R['type'] & keyof Says['replies']]> {
    return new Promise((resolve, reject) => {
      if (this.disposed) {
        reject(new RpcError('closed'));
        return;
      }
      const id = `${this.connection}:${++this.sent}`;
      this.waiting.set(id, {
        // The vocabulary says what comes back; the channel cannot.
        resolve: (value) => {
          resolve(value as Parameters<typeof resolve>[0]);
        },
        reject,
      });
      this.send({ id, request });
    });
  }

  notify(event: Says['event']): void {
    this.send({ event });
  }

  /** Takes whatever came through the channel. */
  receive(message: unknown): void {
    if (this.disposed) return;
    if (!isObject(message)) {
      this.handlers.onRefused();
    } else if (typeof message['inReplyTo'] === 'string') {
      this.settle(message['inReplyTo'], message);
    } else if (typeof message['id'] === 'string') {
      void this.answer(message['id'], message['request']);
    } else {
      this.hear(message['event']);
    }
  }

  /** Rejects whoever still waits; later messages are dropped in both directions. */
  dispose(): void {
    this.disposed = true;
    for (const { reject } of this.waiting.values()) reject(new RpcError('closed'));
    this.waiting.clear();
  }

  private settle(id: string, reply: Readonly<Record<string, unknown>>): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return; // a reply to a webview's earlier life
    this.waiting.delete(id);
    if (reply['ok'] === true) waiting.resolve(reply['value']);
    else waiting.reject(new RpcError(reply['error'] === 'refused' ? 'refused' : 'failed'));
  }

  private async answer(id: string, value: unknown): Promise<void> {
    const request = this.handlers.parseRequest(value);
    if (!request) {
      this.handlers.onRefused();
      this.send({ inReplyTo: id, ok: false, error: 'refused' });
      return;
    }
    try {
      this.send({ inReplyTo: id, ok: true, value: await this.handlers.onRequest(request) });
    } catch (error) {
      this.handlers.onError(error);
      this.send({ inReplyTo: id, ok: false, error: 'failed' });
    }
  }

  private hear(value: unknown): void {
    const event = this.handlers.parseEvent(value);
    if (!event) {
      this.handlers.onRefused();
      return;
    }
    try {
      this.handlers.onEvent(event);
    } catch (error) {
      this.handlers.onError(error);
    }
  }

  private send(envelope: Envelope): void {
    if (!this.disposed) this.post(envelope);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
