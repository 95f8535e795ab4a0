import { headerValues } from '../maskinporten/headers';
import { ProblemError } from '../maskinporten/problem';
import type {
  HeaderFields,
  Phases,
  Transport,
  TransportRequest,
  TransportResponse,
  TransportTimeouts,
} from '../maskinporten/transport';
import type { ConnectionTimes, ConnectOptions } from './connect';
import { Connection, IdleConnections } from './connection';
import { networkProblem } from './failure';
import { checkHeaders, isMethod } from './headers';
import { ACCEPT_ENCODING, readBody } from './readBody';
import { checkTarget } from './target';
import type * as Undici from './undici';

export interface UndiciTransportOptions extends ConnectOptions {
  /** Where a request has none of its own. */
  readonly timeouts?: Partial<TransportTimeouts>;
  readonly maxHeaderBytes?: number;
  readonly userAgent?: string;
}

/** undici looks at the limits of headers and body twice a second, so these may be passed by as much. */
const TIMEOUTS: TransportTimeouts = { connectMs: 10_000, headersMs: 30_000, bodyMs: 30_000 };
const MAX_HEADER_BYTES = 64 * 1024;

/**
 * Sends requests with connections of its own, apart from the host's fetch. https, or http that stays on this
 * machine; redirects are never followed; every phase has its own limit.
 */
export class UndiciTransport implements Transport {
  private readonly idle = new IdleConnections();
  private readonly busy = new Set<Connection>();
  private parts: Promise<typeof Undici> | undefined;

  constructor(private readonly options: UndiciTransportOptions = {}) {}

  async send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse> {
    signal.throwIfAborted();
    const { step } = request;
    const url = checkTarget(request.url, step);
    if (!isMethod(request.method)) {
      throw new ProblemError({ code: 'request/bad-method', step, sent: [], method: request.method.slice(0, 50) });
    }
    checkHeaders(request.headers, step);
    const timeouts = { ...TIMEOUTS, ...this.options.timeouts, ...request.timeouts };
    const beganAt = performance.now();
    this.parts ??= import('./undici');
    const parts = await this.parts;
    signal.throwIfAborted();
    const connection = this.idle.take(url.origin) ?? this.open(url.origin, parts);
    this.busy.add(connection);
    const abort = () => {
      connection.destroy(new Error('aborted'));
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      const response = await this.exchange(connection, parts, request, url, timeouts, beganAt);
      if (connection.isReusable && !response.truncated) this.idle.put(connection);
      else connection.destroy(new Error('done'));
      return response;
    } catch (error) {
      connection.destroy(new Error('failed'));
      signal.throwIfAborted();
      throw new ProblemError(networkProblem(error, { step, url, timeouts }));
    } finally {
      signal.removeEventListener('abort', abort);
      this.busy.delete(connection);
    }
  }

  /** Ends every connection; requests that are on their way fail. */
  close(): void {
    const reason = new Error('closed');
    this.idle.destroyAll(reason);
    for (const connection of this.busy) connection.destroy(reason);
  }

  private open(origin: string, parts: typeof Undici): Connection {
    const options = { ...this.options, maxHeaderBytes: this.options.maxHeaderBytes ?? MAX_HEADER_BYTES };
    return new Connection(origin, parts, options, (connection) => {
      this.idle.remove(connection);
    });
  }

  private async exchange(
    connection: Connection,
    { request: sendRequest }: typeof Undici,
    request: TransportRequest,
    url: URL,
    timeouts: TransportTimeouts,
    beganAt: number,
  ): Promise<TransportResponse> {
    const times = connection.begin(timeouts.connectMs);
    const response = await sendRequest.call(connection.client, {
      path: url.pathname + url.search,
      method: request.method,
      headers: this.withDefaults(request.headers).flat(),
      body: request.body ?? null,
      headersTimeout: timeouts.headersMs,
      bodyTimeout: timeouts.bodyMs,
      responseHeaders: 'raw',
    });
    const firstByteAt = performance.now();
    const headers = inPairs(response.headers);
    const coding = headerValues(headers, 'content-encoding').join(', ');
    const read = await readBody(response.body, coding, request.maxBodyBytes);
    return {
      status: response.statusCode,
      statusText: response.statusText,
      headers,
      ...read,
      phases: phasesOf(times, beganAt, firstByteAt, performance.now()),
    };
  }

  private withDefaults(headers: HeaderFields): HeaderFields {
    const given = new Set(headers.map(([name]) => name.toLowerCase()));
    const defaults: HeaderFields = [
      ['user-agent', this.options.userAgent ?? 'nais-maskinporten'],
      ['accept-encoding', ACCEPT_ENCODING],
    ];
    return [...headers, ...defaults.filter(([name]) => !given.has(name))];
  }
}

function phasesOf(times: ConnectionTimes, beganAt: number, firstByteAt: number, doneAt: number): Phases {
  const since = (at: number | undefined) => (at === undefined ? undefined : at - beganAt);
  return {
    lookupMs: since(times.lookupAt),
    connectMs: since(times.connectAt),
    tlsMs: since(times.tlsAt),
    firstByteMs: firstByteAt - beganAt,
    doneMs: doneAt - beganAt,
  };
}

function inPairs(alternating: readonly string[]): [string, string][] {
  return Array.from({ length: alternating.length / 2 }, (_, index) => [
    alternating[2 * index] ?? '',
    alternating[2 * index + 1] ?? '',
  ]);
}
