import { headerValues } from '../maskinporten/headers';
import { ProblemError } from '../maskinporten/problem';
import type {
  BodyRest,
  HeaderFields,
  Phases,
  Transport,
  TransportRequest,
  TransportResponse,
  TransportTimeouts,
} from '../maskinporten/transport';
import type { LookupFunction } from 'net';
import { checkRequest } from './checkRequest';
import type { ConnectionClock } from './connectionClock';
import { Connection, IdleConnections } from './connection';
import { ClientExchange } from './exchange';
import { networkProblem, type FailedRequest } from './failure';
import { downloadListener } from './progress';
import { chooseProxy, type Proxy, type ProxySettings } from './proxy';
import { ACCEPT_ENCODING, isEventStream, readBody, type ReadBody } from './readBody';
import { DEFAULT_TIMEOUTS } from './timeouts';
import { SecureContexts, type TrustOptions } from './trust';
import { ProxyFailure } from './tunnel';
import type * as Undici from './undici';

export interface UndiciTransportOptions extends TrustOptions {
  /** For names that need a lookup; Node's own by default. */
  readonly lookup?: LookupFunction | undefined;
  /** None where nothing is given: the environment is for the caller to hand over. */
  readonly proxy?: ProxySettings | undefined;
  /** Where a request has none of its own. */
  readonly timeouts?: Partial<TransportTimeouts>;
  readonly maxHeaderBytes?: number;
  readonly userAgent?: string;
}

/** RFC 9110 section 6.4.1: these have no body, whatever length they name; undici takes it for a body that is missing. */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);
const NO_BODY: ReadBody = { body: new Uint8Array(), truncated: false, wireBytes: 0, rest: undefined };

const MAX_HEADER_BYTES = 64 * 1024;

/**
 * Sends requests with connections of its own, apart from the host's fetch. https, or http that stays on this
 * machine; redirects are never followed; every phase has its own limit.
 */
export class UndiciTransport implements Transport {
  private readonly idle = new IdleConnections();
  private readonly busy = new Set<Connection>();
  private readonly contexts: SecureContexts;
  private parts: Promise<typeof Undici> | undefined;

  constructor(private readonly options: UndiciTransportOptions = {}) {
    this.contexts = new SecureContexts(options);
  }

  async send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse> {
    signal.throwIfAborted();
    const { step } = request;
    const url = checkRequest(request);
    const timeouts = { ...DEFAULT_TIMEOUTS, ...this.options.timeouts, ...request.timeouts };
    const beganAt = performance.now();
    this.parts ??= import('./undici');
    const parts = await this.parts;
    signal.throwIfAborted();
    const failed: FailedRequest = { step, url, timeouts };
    const connection = this.idle.take(url.origin) ?? this.open(failed, parts);
    this.busy.add(connection);
    const abort = () => {
      connection.destroy(new Error('aborted'));
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      const { rest, ...response } = await this.exchange(connection, request, url, timeouts, beganAt);
      if (rest) return { ...response, rest: this.restOf(rest, connection, failed) };
      if (connection.isReusable && !response.truncated) this.idle.put(connection);
      else connection.destroy(new Error('done'));
      this.busy.delete(connection);
      return response;
    } catch (error) {
      connection.destroy(new Error('failed'));
      this.busy.delete(connection);
      signal.throwIfAborted();
      throw new ProblemError(networkProblem(error, failed));
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Ends every connection; requests that are on their way fail. */
  close(): void {
    const reason = new Error('closed');
    this.idle.destroyAll(reason);
    for (const connection of this.busy) connection.destroy(reason);
  }

  private open({ step, url, timeouts }: FailedRequest, parts: typeof Undici): Connection {
    let secureContext;
    let proxy: Proxy | undefined;
    try {
      proxy = this.proxyFor(url);
      secureContext = url.protocol === 'https:' ? this.contexts.for(url.hostname) : undefined;
    } catch (error) {
      throw new ProblemError(networkProblem(error, { step, url, timeouts }));
    }
    const { lookup, maxHeaderBytes = MAX_HEADER_BYTES } = this.options;
    return new Connection(url.origin, parts, { lookup, proxy, secureContext, maxHeaderBytes }, (connection) => {
      this.idle.remove(connection);
    });
  }

  private proxyFor(url: URL): Proxy | undefined {
    const choice = chooseProxy(url, this.options.proxy ?? {});
    if (choice.kind === 'unusable') throw new ProxyFailure(choice.shown, 'unsupported');
    return choice.kind === 'proxy' ? choice.proxy : undefined;
  }

  /** Until it is read or stopped, `close` ends it too. */
  private restOf(rest: NonNullable<ReadBody['rest']>, connection: Connection, failed: FailedRequest): BodyRest {
    const end = (why: string) => {
      connection.destroy(new Error(why));
      this.busy.delete(connection);
    };
    async function* read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
      const abort = () => {
        end('aborted');
      };
      signal.addEventListener('abort', abort, { once: true });
      try {
        signal.throwIfAborted();
        yield* rest;
      } catch (error) {
        signal.throwIfAborted();
        throw new ProblemError(networkProblem(error, failed));
      } finally {
        signal.removeEventListener('abort', abort);
        end('done');
      }
    }
    return {
      read,
      stop: () => {
        end('stopped');
      },
    };
  }

  private async exchange(
    connection: Connection,
    request: TransportRequest,
    url: URL,
    timeouts: TransportTimeouts,
    beganAt: number,
  ): Promise<Omit<TransportResponse, 'rest'> & Pick<ReadBody, 'rest'>> {
    const { onProgress } = request;
    const clock = connection.begin(
      timeouts.connectMs,
      onProgress &&
        ((step) => {
          onProgress({ step });
        }),
    );
    const exchange = new ClientExchange();
    connection.client.dispatch(
      {
        path: url.pathname + url.search,
        method: request.method,
        headers: this.withDefaults(request.headers).flat(),
        body: request.body ?? null,
        headersTimeout: timeouts.headersMs,
        bodyTimeout: timeouts.bodyMs,
      },
      exchange,
    );
    const { status, statusText, headers } = await exchange.head;
    const firstByteAt = performance.now();
    const coding = headerValues(headers, 'content-encoding').join(', ');
    const read = await readBody(exchange, coding, {
      maxBytes: request.maxBodyBytes,
      keepRest: request.keepRest,
      endsInSilence: isEventStream(headers),
      onBytes: onProgress && downloadListener(onProgress, headers),
    }).catch((error: unknown) => {
      if (BODILESS.has(status)) return NO_BODY;
      throw error;
    });
    return {
      httpVersion: connection.httpVersion,
      status,
      statusText,
      headers,
      ...read,
      phases: phasesOf(clock, beganAt, firstByteAt, performance.now()),
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

function phasesOf(times: ConnectionClock, beganAt: number, firstByteAt: number, doneAt: number): Phases {
  const since = (at: number | undefined) => (at === undefined ? undefined : at - beganAt);
  return {
    lookupMs: since(times.lookupAt),
    connectMs: since(times.connectAt),
    tlsMs: since(times.tlsAt),
    firstByteMs: firstByteAt - beganAt,
    doneMs: doneAt - beganAt,
  };
}
