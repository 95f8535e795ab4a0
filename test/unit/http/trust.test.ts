import assert from 'node:assert/strict';
import type { LookupFunction } from 'node:net';
import tls from 'node:tls';
import { UndiciTransport } from '../../../src/http/transport';
import { readCertificateFile, SecureContexts, trustedCertificates } from '../../../src/http/trust';
import { never, problemFrom } from '../maskinporten/support';
import { makeCertificate } from './certificate';
import { get, serveTls } from './support';

/** Every name is this machine. */
const lookup: LookupFunction = (_, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

describe('whom to trust', () => {
  const one = makeCertificate({ hostnames: ['one.example.no'] });
  const two = makeCertificate({ hostnames: ['two.example.no'] });

  it('every certificate of a file is read, and whatever else stands there is not', () => {
    const file = readCertificateFile(`# ours\n${one.cert}\n${one.key}${two.cert}`);
    assert.deepEqual(file, { ok: true, certificates: [one.cert, two.cert] });
  });

  it('a file without a certificate is told apart from one that is damaged', () => {
    assert.deepEqual(readCertificateFile(one.key), { ok: false, reason: 'none' });
    const damaged = one.cert.replace(/\n[^-]{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
    assert.deepEqual(readCertificateFile(damaged), { ok: false, reason: 'unreadable' });
  });

  it('what is given is added to Node’s list, and never takes its place', () => {
    const trusted = trustedCertificates([one.cert])!;
    assert.ok(trusted.includes(one.cert));
    assert.ok(trusted.includes(tls.rootCertificates[0]!));
  });

  it('a context is made once, and none where Node’s default will do', () => {
    assert.equal(new SecureContexts({}).for('a.no'), undefined);
    const contexts = new SecureContexts({ ca: one.cert });
    assert.equal(contexts.for('a.no'), contexts.for('b.no'));
  });
});

describe('a client certificate', () => {
  const server = makeCertificate({ hostnames: ['api.example.no', 'other.example.no'] });
  const client = makeCertificate({ hostnames: ['client'] });
  const clientCertificates = [{ hosts: ['api.example.no'], certPem: client.cert, keyPem: client.key }];

  it('is shown to its own hosts and to no other', async () => {
    const { port, ...running } = await serveTls(
      { ...server, ca: client.cert, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        const socket = request.socket as unknown as { getPeerCertificate(): { subject?: { CN: string } } };
        const { subject } = socket.getPeerCertificate();
        response.end(subject?.CN ?? 'nobody');
      },
    );
    const transport = new UndiciTransport({ lookup, ca: server.cert, clientCertificates });
    try {
      for (const [host, seen] of [
        ['api.example.no', 'client'],
        ['other.example.no', 'nobody'],
      ] as const) {
        const { body } = await transport.send(get(`https://${host}:${port}/`), never());
        assert.equal(Buffer.from(body).toString(), seen);
      }
    } finally {
      transport.close();
      await running.close();
    }
  });

  it('that cannot be read is a Problem, with nothing of the key in it', async () => {
    const [certificate] = clientCertificates;
    const broken = [{ ...certificate!, keyPem: client.key.replace(/\n[^-]{20}/, '\nAAAAAAAAAAAAAAAAAAAA') }];
    const transport = new UndiciTransport({ lookup, clientCertificates: broken });
    const problem = await problemFrom(transport.send(get('https://api.example.no/'), never()), 'network/protocol');
    assert.doesNotMatch(JSON.stringify(problem), /PRIVATE/);
  });
});
