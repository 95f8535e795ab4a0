import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from './body';
import { guard } from './guard';
import type { Access } from './guard';
import { problemAnswer } from './http';
import type { Answer, Request, Route } from './http';
import type { SandboxLimits } from './model';

const LONGEST_CHECK_INTERVAL_MS = 1_000;

/** On every answer that says nothing else: not cached, sniffed or read by another origin. */
const COMMON_HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export interface ServerOptions {
  /** Any free port when it is 0. */
  readonly port: number;
  readonly bind: string;
  readonly limits: SandboxLimits;
  /** What answers carry as their `Date`. */
  readonly now: () => number;
}

/** How requests are told apart, once the port is known. */
export interface Served {
  readonly access: Access;
  /** Gets the path without its query. */
  readonly routeOf: (path: string) => Route | undefined;
}

/** An HTTP server that answers by a table of routes, and logs nothing. It listens on 127.0.0.1 unless told otherwise. */
export class LoopbackServer {
  readonly #server: Server;
  readonly #limits: SandboxLimits;
  readonly #now: () => number;
  #dated = { seconds: NaN, text: '' };

  private constructor(server: Server, limits: SandboxLimits, now: () => number) {
    this.#server = server;
    this.#limits = limits;
    this.#now = now;
  }

  /** Opens the port. Rejects with Node's own error, `EADDRINUSE` when the port is taken. */
  static async open({ port, bind, limits, now }: ServerOptions): Promise<LoopbackServer> {
    const server = createServer({
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(LONGEST_CHECK_INTERVAL_MS, limits.headersTimeoutMs),
      noDelay: true,
    });
    server.maxConnections = limits.maxConnections;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, bind, () => {
        server.off('error', reject);
        // A connection that could not be accepted (EMFILE) is lost; unheard, it would end the process.
        server.on('error', () => undefined);
        resolve();
      });
    });
    return new LoopbackServer(server, limits, now);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Answers from now on. */
  serve(served: Served): void {
    this.#server.on('request', (request, response) => {
      this.#answer(request, response, served)
        .then((answer) => {
          this.#write(request, response, answer);
        })
        .catch(() => response.destroy());
    });
  }

  /** Ends every connection. May be called again. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse, { access, routeOf }: Served): Promise<Answer> {
    const refused = guard(request, access);
    if (refused) return refused;
    const [path = '', ...query] = (request.url ?? '').split('?');
    const route = routeOf(path);
    if (!route) return problemAnswer(404, 'Not Found', 'The sandbox has nothing at this address.');
    const method = request.method ?? '';
    if (!route.methods.includes(method)) {
      const allow = route.methods.join(', ');
      if (route.otherMethods) return { ...route.otherMethods, headers: { allow, ...route.otherMethods.headers } };
      return problemAnswer(405, 'Method Not Allowed', `This address takes ${allow}.`, { allow });
    }
    const body = await readBody(request, this.#limits.maxBodyBytes);
    if (!body) {
      return problemAnswer(413, 'Content Too Large', `The body is over ${this.#limits.maxBodyBytes} bytes.`);
    }
    try {
      return await route.handle(new ServedRequest(request, response, query.join('?'), body));
    } catch {
      // A fault of ours: its message may quote what was sent, so it stays here.
      return problemAnswer(500, 'Internal Server Error', 'The sandbox failed to answer this request.');
    }
  }

  /** Said once a second, as it stands. */
  #date(): string {
    const seconds = Math.floor(this.#now() / 1_000);
    if (seconds !== this.#dated.seconds) {
      this.#dated = { seconds, text: new Date(seconds * 1_000).toUTCString() };
    }
    return this.#dated.text;
  }

  #write(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
    if (answer.hangUp) {
      response.destroy();
      return;
    }
    // The issuer's clock, not the machine's: clients measure their skew by this header.
    response.sendDate = false;
    response.writeHead(answer.status, {
      ...COMMON_HEADERS,
      date: this.#date(),
      // What is left of an unread body must not be taken for the next request.
      ...(request.complete ? {} : { connection: 'close' }),
      'content-length': Buffer.byteLength(answer.body),
      ...answer.headers,
    });
    response.end(answer.body);
  }
}

/** What a route gets. Parts that few routes look at are made when they are looked at. */
class ServedRequest implements Request {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly #query: string;
  readonly #response: ServerResponse;
  #signal: AbortSignal | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, query: string, body: Buffer) {
    this.method = request.method ?? '';
    this.headers = request.headers;
    this.body = body;
    this.#query = query;
    this.#response = response;
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.#query);
  }

  get signal(): AbortSignal {
    if (!this.#signal) {
      const gone = new AbortController();
      this.#signal = gone.signal;
      if (this.#response.closed) gone.abort();
      else {
        this.#response.once('close', () => {
          gone.abort();
        });
      }
    }
    return this.#signal;
  }
}
