import { createServer, request as httpRequest } from 'node:http';
import { Trouble } from './progress.mjs';

/** code-server's port proxy: it would serve any local program on the origin that keeps the user's secrets. */
const PORT_PROXY = /^\/+(abs)?proxy(\/|$)/i;

/** Headers by which a client could claim another host than the one that it called. */
const FORWARDED = /^(forwarded|x-forwarded-.*)$/i;

/** Those that hold for one connection only (RFC 9110 section 7.6.1); an upgrade keeps its own. */
const HOP_BY_HOP = /^(connection|keep-alive|proxy-connection|transfer-encoding|te|trailer|upgrade)$/i;

function pathOf(url) {
  const raw = url.split(/[?#]/, 1)[0];
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

/**
 * Decides on one request before VS Code sees it. A VS Code in the browser is a shell: only pages that it served itself
 * may talk to it. A foreign Host is a DNS name that was rebound to this machine; a foreign Origin, or a request that the
 * browser marks as begun by another site (Fetch Metadata), is another page of the same browser.
 *
 * @param {{method?: string, url?: string, headers: Record<string, string | string[] | undefined>}} request
 * @param {number} port the port on 127.0.0.1 that VS Code is served on
 * @returns {{verdict: 'pass'} | {verdict: 'refuse', status: 403 | 404, reason: string} | {verdict: 'redirect', location: string}}
 */
export function judge({ method = 'GET', url = '/', headers }, port) {
  const authority = `127.0.0.1:${port}`;
  const refuse = (status, reason) => ({ verdict: 'refuse', status, reason });
  const fromOutside = ['cross-site', 'same-site'].includes(headers['sec-fetch-site']);
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (headers.host === `localhost:${port}` && method === 'GET' && !headers.upgrade) {
    // The same server under its other name is another origin, with other secrets.
    return { verdict: 'redirect', location: `http://${authority}${url.startsWith('/') ? url : '/'}` };
  }
  if (headers.host !== authority) return refuse(403, 'This address is not served here.');
  if (headers.origin !== undefined && headers.origin !== `http://${authority}`) {
    return refuse(403, 'Pages of another origin are not served here.');
  }
  if (fromOutside && !(isNavigation && method === 'GET')) return refuse(403, 'Other sites are not served here.');
  if (PORT_PROXY.test(pathOf(url))) return refuse(404, 'There is no port proxy here.');
  return { verdict: 'pass' };
}

function forwardable(rawHeaders, isUpgrade) {
  const kept = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name, value] = [rawHeaders[at], rawHeaders[at + 1]];
    if (FORWARDED.test(name) || (!isUpgrade && HOP_BY_HOP.test(name))) continue;
    kept.push(name, value);
  }
  return kept;
}

function headLines(rawHeaders) {
  const lines = [];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return lines.join('\r\n');
}

function refusalOf(decision) {
  const location = decision.location ? [['Location', decision.location]] : [];
  const body = `${decision.reason ?? ''}\n`;
  const headers = [
    ...location,
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Length', String(Buffer.byteLength(body))],
  ];
  return { status: decision.status ?? 307, headers: Object.fromEntries(headers), body };
}

function pass(request, response, socketPath) {
  const { method, url, rawHeaders } = request;
  const upstream = httpRequest({
    socketPath,
    method,
    path: url,
    headers: forwardable(rawHeaders, false),
    setHost: false,
  });
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode, answer.statusMessage, forwardable(answer.rawHeaders, false));
    answer.pipe(response);
    answer.once('error', () => response.destroy());
  });
  upstream.once('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'Content-Type': 'text/plain' }).end('VS Code does not answer.\n');
  });
  response.once('close', () => upstream.destroy());
  request.pipe(upstream);
}

function passUpgrade(request, socket, head, socketPath) {
  const { method, url, rawHeaders } = request;
  const upstream = httpRequest({
    socketPath,
    method,
    path: url,
    headers: forwardable(rawHeaders, true),
    setHost: false,
  });
  const end = () => socket.destroy();
  upstream.once('upgrade', (answer, tunnel, tunnelHead) => {
    socket.write(`HTTP/1.1 101 ${answer.statusMessage}\r\n${headLines(answer.rawHeaders)}\r\n\r\n`);
    if (tunnelHead.length > 0) socket.write(tunnelHead);
    if (head.length > 0) tunnel.write(head);
    for (const side of [socket, tunnel]) side.setNoDelay?.(true).setTimeout?.(0);
    tunnel.pipe(socket);
    socket.pipe(tunnel);
    tunnel.once('error', end).once('close', end);
    socket.once('close', () => tunnel.destroy());
  });
  upstream.once('response', (answer) => {
    answer.resume();
    socket.end(
      `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
  });
  upstream.once('error', end);
  upstream.end();
}

function listening(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(
        new Trouble(
          `Port ${port} is taken by another program. Name a free one: npm start -- --browser --port ${port + 1}`,
        ),
      );
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => resolve(server.address().port));
  });
}

/**
 * Serves what listens on the Unix socket `socketPath` on 127.0.0.1, to its own pages only. See `judge`.
 *
 * @param {{port?: number, socketPath: string}} options `port` 0 takes any free one
 * @returns {Promise<{port: number, close: () => Promise<void>}>}
 */
export async function startGuard({ port: wanted = 0, socketPath }) {
  let port = wanted;
  const tunnels = new Set();
  const server = createServer((request, response) => {
    const decision = judge(request, port);
    if (decision.verdict === 'pass') return pass(request, response, socketPath);
    const { status, headers, body } = refusalOf(decision);
    response.writeHead(status, headers).end(body);
  });
  server.on('upgrade', (request, socket, head) => {
    tunnels.add(socket);
    socket.once('close', () => tunnels.delete(socket));
    socket.on('error', () => socket.destroy());
    const decision = judge(request, port);
    if (decision.verdict === 'pass') return passUpgrade(request, socket, head, socketPath);
    const { status, headers, body } = refusalOf(decision);
    socket.end(
      `HTTP/1.1 ${status} Refused\r\n${headLines(Object.entries({ ...headers, Connection: 'close' }).flat())}\r\n\r\n${body}`,
    );
  });
  port = await listening(server, wanted);
  const close = async () => {
    for (const socket of tunnels) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, close };
}
