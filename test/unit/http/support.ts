import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import type { TransportRequest } from '../../../src/maskinporten/transport';

export interface Running {
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function serve(listener: RequestListener): Promise<Running> {
  return listen(createServer(listener), 'http');
}

export async function serveTls(options: ServerOptions, listener: RequestListener): Promise<Running> {
  const server = createTlsServer(options, listener);
  server.on('tlsClientError', () => undefined);
  return listen(server, 'https');
}

/** A server that speaks as `speak` has it: for all that no HTTP server would send. */
export async function serveBytes(speak: (socket: Socket) => void): Promise<Running> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    speak(socket);
  });
  const running = await listen(server, 'http');
  return {
    ...running,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return running.close();
    },
  };
}

async function listen(server: TcpServer | Server, scheme: string): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${scheme}://127.0.0.1:${port}`,
    port,
    close: async () => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function get(url: string, given: Partial<TransportRequest> = {}): TransportRequest {
  return { step: 'api', method: 'GET', url, headers: [], maxBodyBytes: 1_000_000, ...given };
}
