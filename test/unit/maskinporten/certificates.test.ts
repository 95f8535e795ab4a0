import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { decodeProtectedHeader, type JWK } from 'jose';
import { certificateSubject, readCertificateChain } from '../../../src/maskinporten/certificates';
import { buildGrant } from '../../../src/maskinporten/grant';
import { importClientKey } from '../../../src/maskinporten/keys';
import type { CertificateFault } from '../../../src/maskinporten/problem';
import { der, oid, sequence, utcTime } from '../http/certificate';

interface Party {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const NOW = Date.parse('2026-06-01T12:00:00Z');
const DAY_MS = 86_400_000;

function party(name: string): Party {
  return { name, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

/** A certificate in PEM (RFC 5280), from a day before `NOW` to a day after it, unless it is said otherwise. */
function certify(subject: Party, issuer: Party, fromMs = NOW - DAY_MS, toMs = NOW + DAY_MS): string {
  const algorithm = sequence(oid('2a864886f70d01010b'), der(0x05, Buffer.alloc(0))); // sha256WithRSAEncryption
  const toBeSigned = sequence(
    der(0x02, Buffer.from([1])),
    algorithm,
    nameOf(issuer),
    sequence(utcTime(new Date(fromMs)), utcTime(new Date(toMs))),
    nameOf(subject),
    subject.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', toBeSigned, issuer.privateKey)]);
  const base64 = sequence(toBeSigned, algorithm, der(0x03, signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function nameOf({ name }: Party): Buffer {
  return sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));
}

describe('readCertificateChain', () => {
  let root: Party;
  let middle: Party;
  let own: Party;
  let stranger: Party;
  let privateJwk: JWK;

  before(() => {
    [root, middle, own, stranger] = [party('Root'), party('Middle'), party('NAV 889640782'), party('Stranger')];
    privateJwk = own.privateKey.export({ format: 'jwk' });
  });

  const read = (pem: string) => readCertificateChain(pem, privateJwk, NOW);
  const chain = () => [certify(own, middle), certify(middle, root), certify(root, root)];

  it('gives the chain from the key’s own certificate upwards, in whatever order it stands in the file', () => {
    const [leaf, above, top] = chain();
    for (const pem of [`${leaf}${above}${top}`, `${top}${leaf}${above}`, `text\n${above}\r\n${top}${leaf}`]) {
      const reading = read(pem);
      assert.ok(reading.ok);
      assert.deepEqual(
        reading.x5c.map((certificate) => new X509Certificate(Buffer.from(certificate, 'base64')).subject),
        ['CN=NAV 889640782', 'CN=Middle', 'CN=Root'],
      );
    }
  });

  it('ends when the first of its certificates does', () => {
    const reading = read(`${certify(own, middle, NOW - DAY_MS, NOW + 5 * DAY_MS)}${certify(middle, root)}`);
    assert.ok(reading.ok);
    assert.equal(reading.endsAtMs, NOW + DAY_MS);
  });

  it('stands in the header of a grant, whose key then needs no kid', async () => {
    const imported = await importClientKey(privateJwk, { needsKid: false });
    const reading = read(chain().join(''));
    assert.ok(imported.ok && reading.ok);
    const issuer = 'https://test.maskinporten.no/';
    const { assertion } = await buildGrant(
      { environment: { kind: 'test', issuer }, clientId: 'c', privateJwk: imported.jwk, x5c: reading.x5c },
      { issuer, tokenEndpoint: `${issuer}token`, jwksUri: `${issuer}jwk` },
      { scopes: ['a:b'] },
      NOW,
    );
    assert.deepEqual(decodeProtectedHeader(assertion), { alg: 'RS256', x5c: reading.x5c });
  });

  it('a key without kid is still refused where no certificate names it', async () => {
    const imported = await importClientKey(privateJwk);
    assert.equal(!imported.ok && imported.problem.reason, 'no-kid');
  });

  for (const [what, pem, reason] of [
    ['no PEM', () => 'MIIB', 'unreadable'],
    ['a damaged certificate', () => chain()[0]!.replace(/\n.{64}/, '\n'), 'unreadable'],
    ['a certificate of another key', () => certify(stranger, root), 'not-for-this-key'],
    ['the chain without its own certificate', () => chain().slice(1).join(''), 'not-for-this-key'],
    ['a stranger in the chain', () => [...chain(), certify(stranger, stranger)].join(''), 'broken-chain'],
    ['a gap in the chain', () => [chain()[0], chain()[2]].join(''), 'broken-chain'],
    [
      'an issuer of the right name with another key',
      () => chain()[0]! + certify({ ...stranger, name: 'Middle' }, root),
      'broken-chain',
    ],
    ['an expired certificate', () => certify(own, root, NOW - 2 * DAY_MS, NOW - 1000), 'expired'],
    ['an expired issuer', () => chain()[0]! + certify(middle, root, NOW - 2 * DAY_MS, NOW - 1000), 'expired'],
    ['a certificate of tomorrow', () => certify(own, root, NOW + 1000, NOW + DAY_MS), 'not-yet-valid'],
  ] satisfies [string, () => string, CertificateFault][]) {
    it(`refuses ${what}: ${reason}`, () => {
      const reading = read(pem());
      assert.equal(!reading.ok && reading.problem.reason, reason);
    });
  }

  it('certificateSubject names whom a chain is of, and takes no offence at nonsense', () => {
    const reading = read(chain().join(''));
    assert.ok(reading.ok);
    assert.equal(certificateSubject(reading.x5c), 'CN=NAV 889640782');
    for (const nonsense of [undefined, [], [1], ['AAAA'], 'x']) assert.equal(certificateSubject(nonsense), '–');
  });
});
