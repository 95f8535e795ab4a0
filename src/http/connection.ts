import { connect, type ConnectionTimes, type ConnectOptions } from './connect';
import type * as Undici from './undici';

type UndiciClient = InstanceType<typeof Undici.Client>;

/**
 * One connection to one origin that serves one request at a time. So whatever the connector does during a request is
 * that request's own, and aborting the request may end the connection, even while it is being made.
 */
export class Connection {
  readonly client: UndiciClient;
  private times: ConnectionTimes = {};
  private connectMs = 0;
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
          this.times,
          (error, socket) => {
            this.connecting = undefined;
            if (socket) callback(null, socket);
            else callback(error ?? new Error('not connected'), null);
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

  /** Gives the connection to the next request, whose times are noted in what this returns. */
  begin(connectMs: number): ConnectionTimes {
    this.connectMs = connectMs;
    this.times = {};
    return this.times;
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
