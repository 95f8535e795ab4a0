import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';

/** What the API needs to be asked with, by its path. */
const SCOPES: Readonly<Record<string, string>> = {
  '/contact': 'krr:global/kontaktinformasjon.read',
  '/tax': 'skatteetaten:skattekort',
};

const PIECE = Buffer.alloc(1_000_000, '0123456789');

export interface LoopbackApi {
  readonly origin: string;
  /** Paths that were asked for, with whether a token came along. */
  readonly asked: { readonly path: string; readonly hasToken: boolean }[];
  /** Resolves when the client has left the request to `/slow`. */
  readonly slowIsLeft: Promise<void>;
  /** Sends what `/held` holds back. */
  release(): void;
  close(): Promise<void>;
}

/**
 * An API on this machine: it asks for scopes as RFC 6750 section 3.1 has it, redirects, lets wait, and answers with
 * more than anyone reads. It looks into tokens and trusts them: who made them is not its question.
 */
export async function startLoopbackApi(): Promise<LoopbackApi> {
  const asked: { path: string; hasToken: boolean }[] = [];
  let left: () => void = () => undefined;
  const slowIsLeft = new Promise<void>((resolve) => {
    left = resolve;
  });
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, hasToken: request.headers.authorization !== undefined });
    answer(path, request, response, { left, released });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, asked, slowIsLeft, release, close: () => end(server) };
}

async function end(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

interface Signals {
  readonly left: () => void;
  readonly released: Promise<void>;
}

function answer(path: string, request: IncomingMessage, response: ServerResponse, { left, released }: Signals): void {
  const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
  const scope = SCOPES[path];
  if (scope !== undefined) {
    const [, token = ''] = request.headers.authorization?.split(' ') ?? [];
    const granted = token === '' ? [] : String(decodeJwt(token)['scope']).split(' ');
    if (granted.includes(scope)) json(200, { granted });
    else
      json(
        403,
        { title: 'Forbidden', status: 403, detail: `The token lacks ${scope}.` },
        {
          'content-type': 'application/problem+json',
          'www-authenticate': `Bearer realm="test", error="insufficient_scope", scope="${scope}"`,
        },
      );
    return;
  }
  switch (path) {
    case '/moved':
      response.writeHead(302, { location: '/landed' }).end();
      return;
    case '/away':
      response.writeHead(307, { location: `http://localhost:${request.socket.localPort ?? 0}/landed` }).end();
      return;
    case '/slow':
      response.once('close', left);
      return;
    case '/busy':
      json(429, { title: 'Too Many Requests' }, { 'retry-after': '90' });
      return;
    case '/image':
      response
        .writeHead(200, { 'content-type': 'image/png' })
        .end(Buffer.from('\u0089PNG\r\n\u001a\n\0\0\0\rIHDR', 'latin1'));
      return;
    case '/large':
      large(response);
      return;
    case '/held':
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 20 * PIECE.length });
      response.write(Buffer.concat(Array.from({ length: 19 }, () => PIECE)));
      void released.then(() => response.end(PIECE));
      return;
    case '/many':
      json(200, { path, rows: rows(6000) });
      return;
    default:
      json(200, { path, rows: rows(400) });
  }
}

function rows(length: number): readonly { readonly id: number; readonly name: string }[] {
  return Array.from({ length }, (_, id) => ({ id, name: `Row ${id}` }));
}

/** 30 MB of text, no faster than it is read. */
function large(response: ServerResponse): void {
  const pieces = 30;
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': pieces * PIECE.length });
  let sent = 0;
  const pump = () => {
    while (sent < pieces) {
      sent += 1;
      if (!response.write(PIECE)) {
        response.once('drain', pump);
        return;
      }
    }
    response.end();
  };
  pump();
}
