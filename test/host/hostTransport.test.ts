import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { problemOf } from '../../src/maskinporten/problem';
import type { TransportRequest } from '../../src/maskinporten/transport';
import type { Language } from '../../src/platform/language';
import type { Log } from '../../src/platform/log';
import { createTranslate } from '../../src/shared/localize';
import { HostTransport } from '../../src/state/hostTransport';
import { makeCertificate } from '../unit/http/certificate';

const { signal } = new AbortController();
const FARAWAY: TransportRequest = {
  step: 'token',
  method: 'GET',
  url: 'https://maskinporten.invalid/',
  headers: [],
  maxBodyBytes: 1000,
};

async function set(setting: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
}

describe('the transport of the host', () => {
  const warnings: string[] = [];
  const log = { warn: (text: string) => warnings.push(text) } as unknown as Log;
  const asked: (string | undefined)[] = [];
  let server: Server;
  let origin: string;
  let transport: HostTransport;

  beforeEach(async () => {
    warnings.length = 0;
    asked.length = 0;
    server = createServer((_, response) => response.end('direct'));
    server.on('connect', ({ url, headers }, socket) => {
      asked.push(url, headers['proxy-authorization']);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    transport = new HostTransport({ t: createTranslate({}) } as unknown as Language, log);
  });

  afterEach(async () => {
    for (const setting of ['http.proxy', 'http.proxyAuthorization', 'maskinporten.http.caFile']) {
      await set(setting, undefined);
    }
    await set('maskinporten.http.client', undefined);
    transport.dispose();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const failure = async (url = FARAWAY.url) => {
    const problem = await transport.send({ ...FARAWAY, url }, signal).then(
      () => assert.fail('it was answered'),
      (error: unknown) => problemOf(error),
    );
    return problem?.code;
  };

  it('asks the proxy of the user’s settings for a tunnel, from the next request on', async () => {
    await transport.send({ ...FARAWAY, url: origin }, signal);
    assert.deepEqual(asked, []);
    await set('http.proxyAuthorization', 'Basic bWU6bWU=');
    await set('http.proxy', origin);
    assert.equal(await failure(), 'network/proxy');
    assert.deepEqual(asked, ['maskinporten.invalid:443', 'Basic bWU6bWU=']);
  });

  it('says once that the CA file cannot be read, and sends all the same', async () => {
    await set('maskinporten.http.caFile', '/not/there/ca.pem');
    for (let count = 0; count < 3; count++) {
      const { status } = await transport.send({ ...FARAWAY, url: origin }, signal);
      assert.equal(status, 200);
    }
    assert.deepEqual(warnings, ['The CA file /not/there/ca.pem is not used: missing.']);
    await set('maskinporten.http.caFile', 'ca.pem');
    await transport.send({ ...FARAWAY, url: origin }, signal);
    assert.deepEqual(warnings.slice(1), ['The CA file ca.pem is not used: relative.']);
  });

  it('trusts what the CA file holds, as soon as it can be read', async () => {
    const { key, cert } = makeCertificate({ hostnames: ['localhost'] });
    const secure = createTlsServer({ key, cert }, (_, response) => response.end('trusted'));
    secure.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => secure.listen(0, 'localhost', resolve));
    const folder = await mkdtemp(path.join(tmpdir(), 'host-transport-'));
    try {
      const url = `https://localhost:${(secure.address() as AddressInfo).port}/`;
      const file = path.join(folder, 'ca.pem');
      await set('maskinporten.http.caFile', file);
      assert.equal(await failure(url), 'network/certificate');
      await writeFile(file, cert);
      const { body } = await transport.send({ ...FARAWAY, url }, signal);
      assert.equal(Buffer.from(body).toString(), 'trusted');
      assert.equal(warnings.length, 1);
    } finally {
      secure.closeAllConnections();
      await new Promise((resolve) => secure.close(resolve));
      await rm(folder, { recursive: true });
    }
  });

  it('sends with the host’s own fetch where the settings ask for it', async () => {
    const own = await transport.send({ ...FARAWAY, url: origin }, signal);
    assert.equal(own.wireBytes, 'direct'.length);
    await set('maskinporten.http.client', 'vscode');
    const hosts = await transport.send({ ...FARAWAY, url: origin }, signal);
    assert.equal(Buffer.from(hosts.body).toString(), 'direct');
    assert.equal(hosts.wireBytes, undefined);
  });
});
