import type { Socket } from 'net';
import { connect, type ConnectOptions } from './connect';
import { ConnectionClock, type ConnectionStep } from './connectionClock';
import type * as Undici from './undici';

type UndiciClient = InstanceType<typeof Undici.Client>;

/**
 * One connection to one origin that serves one request at a time. So whatever the connector does during a request is
 * that request's own, and aborting the request may end the connection, even while it is being made.
 */
export class Connection {
  readonly client: UndiciClient;
  private clock = new ConnectionClock();
  private connectMs = 0;
  private version: string | undefined;
  private connecting: ReturnType<typeof connect> | undefined;

  constructor(
    readonly origin: string,
    { Client }: typeof Undici,
    options: ConnectOptions & { readonly maxHeaderBytes: number },
    onDisconnect: (connection: Connection) => void,
  ) {
    this.client = new Client(origin, {
      maxHeaderSize: options.maxHeaderBytes,
      connect: ({ protocol, hostname, port }, callback) => {
        this.connecting = connect(
          { protocol, hostname, port },
          options,
          this.connectMs,
          this.clock,
          (error, socket) => {
            this.connecting = undefined;
            if (!socket) {
              callback(error ?? new Error('not connected'), null);
              return;
            }
            this.watchVersion(socket);
            this.clock.begin('wait');
            callback(null, socket);
          },
        );
      },
    });
    this.client.on('disconnect', () => {
      onDisconnect(this);
    });
  }

  /** Open still: a server may close after its answer, or the transport may have been closed meanwhile. */
  get isReusable(): boolean {
    return !this.client.destroyed && this.client.stats.connected;
  }

  /** Of the answer that came last, as `1.1`; undefined where it cannot be told. */
  get httpVersion(): string | undefined {
    return this.version;
  }

  /** Gives the connection to the next request, whose way is noted on what this returns. */
  begin(connectMs: number, onStep: ((step: ConnectionStep) => void) | undefined): ConnectionClock {
    this.connectMs = connectMs;
    this.version = undefined;
    this.clock = new ConnectionClock(onStep);
    if (this.isReusable) this.clock.begin('wait');
    return this.clock;
  }

  /** undici does not tell the version of an answer, so its beginning is looked at while undici reads it. */
  private watchVersion(socket: Socket): void {
    const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
    socket.read = (size) => {
      const chunk = read(size);
      if (chunk !== null) this.version ??= /^HTTP\/(\d\.\d) /.exec(chunk.toString('latin1', 0, 9))?.[1];
      return chunk;
    };
  }

  /** Ends the connection and what is using it, with `reason`. */
  destroy(reason: Error): void {
    this.connecting?.destroy(reason);
    // Rejects for a client that is closed already: then there is nothing left to do.
    this.client.destroy(reason).catch(() => undefined);
  }
}

/** Connections that are open and idle, by origin. Each leaves when its server, or the idle limit, closes it. */
export class IdleConnections {
  private readonly idle = new Map</* origin */ string, Connection[]>();

  take(origin: string): Connection | undefined {
    return this.idle.get(origin)?.pop();
  }

  put(connection: Connection): void {
    const others = this.idle.get(connection.origin);
    if (others) others.push(connection);
    else this.idle.set(connection.origin, [connection]);
  }

  remove(connection: Connection): void {
    const left = (this.idle.get(connection.origin) ?? []).filter((other) => other !== connection);
    if (left.length > 0) this.idle.set(connection.origin, left);
    else this.idle.delete(connection.origin);
  }

  destroyAll(reason: Error): void {
    for (const connection of [...this.idle.values()].flat()) connection.destroy(reason);
    this.idle.clear();
  }
}
