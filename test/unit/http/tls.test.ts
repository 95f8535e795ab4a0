import assert from 'node:assert/strict';
import type { LookupFunction } from 'node:net';
import { UndiciTransport } from '../../../src/http/transport';
import { never, problemFrom } from '../maskinporten/support';
import { makeCertificate } from './certificate';
import { get, serveTls, type Running } from './support';

/** Every name is this machine. */
const lookup: LookupFunction = (_, options, callback) => {
  setImmediate(() => {
    if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
    else callback(null, '127.0.0.1', 4);
  });
};

describe('UndiciTransport over TLS', () => {
  const opened: { close(): unknown }[] = [];

  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });

  async function start(certificate: { key: string; cert: string }): Promise<Running> {
    const server = await serveTls(certificate, (request, response) => {
      response.end(request.headers.host);
    });
    opened.push(server);
    return server;
  }

  function send(port: number, ca: string | undefined, host = 'api.example.no') {
    const transport = new UndiciTransport({ lookup, ca });
    opened.push(transport);
    return transport.send(get(`https://${host}:${port}/`), never());
  }

  it('measures lookup, connect and TLS, in this order', async () => {
    const certificate = makeCertificate({ hostnames: ['api.example.no'] });
    const { port } = await start(certificate);
    const { body, phases } = await send(port, certificate.cert);
    assert.equal(Buffer.from(body).toString(), `api.example.no:${port}`);
    const { lookupMs, connectMs, tlsMs, firstByteMs, doneMs } = phases;
    assert.ok(0 < lookupMs! && lookupMs! <= connectMs! && connectMs! <= tlsMs!);
    assert.ok(tlsMs! <= firstByteMs && firstByteMs <= doneMs);
  });

  it('a self-signed certificate that nobody trusts is refused', async () => {
    const { port } = await start(makeCertificate({ hostnames: ['api.example.no'] }));
    const problem = await problemFrom(send(port, undefined), 'network/certificate');
    assert.equal(problem.cause, 'DEPTH_ZERO_SELF_SIGNED_CERT');
    assert.equal(problem.host, `api.example.no:${port}`);
  });

  it('a certificate for another host is refused', async () => {
    const certificate = makeCertificate({ hostnames: ['other.example.no'] });
    const { port } = await start(certificate);
    const problem = await problemFrom(send(port, certificate.cert), 'network/certificate');
    assert.equal(problem.cause, 'ERR_TLS_CERT_ALTNAME_INVALID');
  });

  const day = 86_400_000;
  for (const [what, notBefore, notAfter, cause] of [
    ['an expired certificate', -2 * day, -day, 'CERT_HAS_EXPIRED'],
    ['a certificate of tomorrow', day, 2 * day, 'CERT_NOT_YET_VALID'],
  ] as const) {
    it(`${what} is refused`, async () => {
      const certificate = makeCertificate({
        hostnames: ['api.example.no'],
        notBefore: new Date(Date.now() + notBefore),
        notAfter: new Date(Date.now() + notAfter),
      });
      const { port } = await start(certificate);
      assert.equal((await problemFrom(send(port, certificate.cert), 'network/certificate')).cause, cause);
    });
  }

  it('https to localhost is checked like any other', async () => {
    const certificate = makeCertificate({ hostnames: ['localhost'] });
    const { port } = await start(certificate);
    await problemFrom(send(port, undefined, 'localhost'), 'network/certificate');
    assert.equal((await send(port, certificate.cert, 'localhost')).status, 200);
  });
});
