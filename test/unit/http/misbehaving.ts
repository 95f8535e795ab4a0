import type { RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTcpServer, type AddressInfo, type LookupFunction, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { UndiciTransportOptions } from '../../../src/http/transport';
import { makeCertificate } from './certificate';
import { serve, serveBytes, serveTls } from './support';

/** A server that misbehaves, running, and how to get to it. */
export interface Misbehaving {
  readonly url: string;
  readonly options?: UndiciTransportOptions;
  close(): unknown;
}

const OK = 'HTTP/1.1 200 OK\r\n';
const day = 86_400_000;
const HOST = 'api.example.no';

/** Every name is this machine. */
const lookup: LookupFunction = (_, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

/** Says `text` to whoever asks, and closes, keeps open or resets the connection. */
export async function says(text: string, then: 'close' | 'stay' | 'reset' = 'close'): Promise<Misbehaving> {
  const { origin, ...server } = await serveBytes((socket) => {
    socket.once('data', () => {
      if (then === 'close') socket.end(text);
      else socket.write(text, () => then === 'reset' && socket.resetAndDestroy());
    });
  });
  return { url: `${origin}/`, close: () => server.close() };
}

export const ok = (head: string, body = '') => says(`${OK}${head}\r\n${body}`);

export async function answers(listener: RequestListener, options?: UndiciTransportOptions): Promise<Misbehaving> {
  const { origin, ...server } = await serve(listener);
  return { url: `${origin}/`, close: () => server.close(), ...(options && { options }) };
}

/** Resets before a request is read at all. */
export async function resetsAtOnce(): Promise<Misbehaving> {
  const { origin, ...server } = await serveBytes((socket) => socket.once('data', () => socket.resetAndDestroy()));
  return { url: `${origin}/`, close: () => server.close() };
}

export type CertificateFlaw = 'self-signed' | 'expired' | 'not-yet-valid' | 'wrong-host';

export async function shows(flaw: CertificateFlaw): Promise<Misbehaving> {
  const shift = flaw === 'expired' ? -2 * day : flaw === 'not-yet-valid' ? day : -day / 2;
  const certificate = makeCertificate({
    hostnames: [flaw === 'wrong-host' ? 'other.example.no' : HOST],
    notBefore: new Date(Date.now() + shift),
    notAfter: new Date(Date.now() + shift + day),
  });
  const { port, ...server } = await serveTls(certificate, (_, response) => response.end());
  const ca = flaw === 'self-signed' ? undefined : certificate.cert;
  return { url: `https://${HOST}:${port}/`, options: { lookup, ca }, close: () => server.close() };
}

/** Takes HTTP/2 in its TLS handshake and nothing else. */
export async function speaksHttp2Alone(): Promise<Misbehaving> {
  const certificate = makeCertificate({ hostnames: [HOST] });
  const server = createSecureServer({ ...certificate, allowHTTP1: false });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('tlsClientError', () => undefined);
  server.on('unknownProtocol', (socket: Socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://${HOST}:${port}/`,
    options: { lookup, ca: certificate.cert },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A proxy that answers every CONNECT with `text`; without one it is not there at all. */
export async function behindProxy(text?: string): Promise<Misbehaving> {
  const proxy = await says(text ?? '');
  if (text === undefined) await proxy.close();
  return { ...proxy, url: `https://${HOST}/`, options: { proxy: { url: proxy.url } } };
}

/** Listens on ::1 alone. */
export async function onIpv6(): Promise<Misbehaving> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(`${OK}Content-Length: 2\r\n\r\nok`));
  });
  await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://[::1]:${port}/`, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** A name that this network does not know, as behind a proxy that nobody has named. */
export function onlyBehindProxy(): Promise<Misbehaving> {
  const unknown: LookupFunction = (_, __, callback) => {
    callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), '');
  };
  return Promise.resolve({ url: `https://${HOST}/`, options: { lookup: unknown }, close: () => undefined });
}

/** 100 MB of JSON without a line break. */
export const hugeJson: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const piece = '"0123456789",'.repeat(5000);
  let left = Math.ceil(100_000_000 / piece.length);
  const pump = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(piece)) return;
    }
    response.end('""]');
  };
  response.on('drain', pump);
  response.write('[');
  pump();
};

export const damagedGzip = (() => {
  const whole = gzipSync('{"a":1}'.repeat(100));
  return whole.subarray(0, whole.length - 9);
})();
