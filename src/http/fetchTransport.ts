import { ProblemError } from '../maskinporten/problem';
import type { Transport, TransportRequest, TransportResponse, TransportTimeouts } from '../maskinporten/transport';
import { checkRequest } from './checkRequest';
import { ConnectTimeout } from './connect';
import { EncodingError, networkProblem } from './failure';
import { downloadListener } from './progress';
import { readBody } from './readBody';
import { DEFAULT_TIMEOUTS } from './timeouts';

export interface FetchTransportOptions {
  /** The host's own `fetch`: in VS Code it knows the proxy scripts, which no extension is told. */
  readonly fetch: typeof globalThis.fetch;
  readonly timeouts?: Partial<TransportTimeouts>;
  readonly userAgent?: string;
}

/** Codes of zlib for a body that is not what its Content-Encoding says. */
const ZLIB_CODE = /^(?:Z_|ERR_BROTLI|ERR__ERROR_|ZSTD_)/;

/**
 * Sends requests through a `fetch` that is given: same rules as `UndiciTransport`, other means. It measures no phase of
 * the connection and no bytes on the wire, has no client certificates, and one limit for connecting and waiting.
 */
export class FetchTransport implements Transport {
  private readonly busy = new Set<AbortController>();

  constructor(private readonly options: FetchTransportOptions) {}

  async send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse> {
    signal.throwIfAborted();
    const { step } = request;
    const url = checkRequest(request);
    const timeouts = { ...DEFAULT_TIMEOUTS, ...this.options.timeouts, ...request.timeouts };
    const exchange = new Exchange(signal, () => {
      this.busy.delete(exchange.controller);
    });
    this.busy.add(exchange.controller);
    const fail = (error: unknown): never => {
      exchange.end();
      signal.throwIfAborted();
      throw new ProblemError(
        networkProblem(exchange.timedOut ?? rootOf(error, exchange.encoding), { step, url, timeouts }),
      );
    };
    try {
      return await this.exchange(request, url, timeouts, exchange, fail);
    } catch (error) {
      return fail(error);
    }
  }

  /** Ends what is on its way. */
  close(): void {
    for (const controller of this.busy) controller.abort(new Error('closed'));
  }

  private async exchange(
    request: TransportRequest,
    url: URL,
    timeouts: TransportTimeouts,
    exchange: Exchange,
    fail: (error: unknown) => never,
  ): Promise<TransportResponse> {
    const beganAt = performance.now();
    exchange.limit(timeouts.connectMs + timeouts.headersMs, 'UND_ERR_HEADERS_TIMEOUT');
    const { body = null, method, headers, maxBodyBytes, keepRest, onProgress } = request;
    onProgress?.({ step: 'wait' });
    const hasAgent = headers.some(([name]) => name.toLowerCase() === 'user-agent');
    const agent: [string, string] = ['user-agent', this.options.userAgent ?? 'nais-maskinporten'];
    const response = await this.options.fetch(url, {
      method,
      headers: [...headers.map(([name, value]): [string, string] => [name, value]), ...(hasAgent ? [] : [agent])],
      body: typeof body === 'string' || body === null ? body : Uint8Array.from(body),
      redirect: 'manual',
      credentials: 'omit',
      signal: exchange.controller.signal,
    });
    const firstByteAt = performance.now();
    exchange.encoding = response.headers.get('content-encoding') ?? '';
    const pieces = exchange.watch(response.body, timeouts.bodyMs);
    // `fetch` has decoded it, and tells nothing of the wire.
    const { rest, ...read } = await readBody(pieces, '', {
      maxBytes: maxBodyBytes,
      keepRest,
      // Content-Length is that of the wire, and these are the decoded bytes.
      onBytes: onProgress && downloadListener(onProgress, exchange.encoding === '' ? [...response.headers] : []),
    });
    const doneMs = performance.now() - beganAt;
    if (!rest) exchange.end();
    const answer: TransportResponse = {
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers],
      ...read,
      wireBytes: undefined,
      phases: {
        lookupMs: undefined,
        connectMs: undefined,
        tlsMs: undefined,
        firstByteMs: firstByteAt - beganAt,
        doneMs,
      },
    };
    return rest
      ? {
          ...answer,
          rest: {
            read: (signal) => exchange.readRest(rest, signal, fail),
            stop: () => {
              exchange.end();
            },
          },
        }
      : answer;
  }
}

/** One request on its way: its limits, and what ends it. */
class Exchange {
  readonly controller = new AbortController();
  timedOut: Error | undefined;
  /** What the answer says of its body's coding, for the failure to name. */
  encoding = '';
  private timer: NodeJS.Timeout | undefined;
  private readonly abort = () => {
    this.controller.abort(this.signal.reason);
  };

  constructor(
    private readonly signal: AbortSignal,
    private readonly onEnd: () => void,
  ) {
    signal.addEventListener('abort', this.abort, { once: true });
  }

  /** Ends the exchange as `code` would if nothing else is heard within `ms`. */
  limit(ms: number, code: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timedOut = Object.assign(new Error(code), { code });
      this.controller.abort(this.timedOut);
    }, ms);
  }

  /** The body's pieces; the limit runs while one is waited for, and not while nobody asks for one. */
  async *watch(body: ReadableStream<Uint8Array> | null, silenceMs: number): AsyncGenerator<Buffer, void> {
    clearTimeout(this.timer);
    if (!body) return;
    const reader = body.getReader();
    try {
      for (;;) {
        this.limit(silenceMs, 'UND_ERR_BODY_TIMEOUT');
        const { done, value } = await reader.read();
        clearTimeout(this.timer);
        if (done) return;
        yield Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      }
    } finally {
      clearTimeout(this.timer);
    }
  }

  async *readRest(
    rest: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
    fail: (error: unknown) => never,
  ): AsyncGenerator<Uint8Array> {
    const abort = () => {
      this.controller.abort(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      signal.throwIfAborted();
      yield* rest;
    } catch (error) {
      signal.throwIfAborted();
      fail(error);
    } finally {
      signal.removeEventListener('abort', abort);
      this.end();
    }
  }

  end(): void {
    clearTimeout(this.timer);
    this.signal.removeEventListener('abort', this.abort);
    this.controller.abort(new Error('done'));
    this.onEnd();
  }
}

/** `fetch` says "fetch failed" or "terminated", and keeps what happened in `cause`. */
function rootOf(error: unknown, encoding: string): unknown {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  if (root instanceof Error && 'code' in root && typeof root.code === 'string') {
    if (ZLIB_CODE.test(root.code)) return new EncodingError(encoding, 'damaged');
    if (root.code === 'UND_ERR_CONNECT_TIMEOUT') return new ConnectTimeout();
  }
  return root;
}
