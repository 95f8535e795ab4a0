import { X509Certificate } from 'node:crypto';
import type { JWK } from 'jose';
import type { CertificateFault, ProblemOf } from './problem';

/** A chain has three or four; far more than that is something else. */
const MAX_CERTIFICATES = 20;
const MAX_TEXT_LENGTH = 256 * 1024;

export type ChainReading =
  | {
      readonly ok: true;
      /** Base64 of DER, the key's own certificate first (RFC 7515 section 4.1.6). */
      readonly x5c: readonly string[];
      /** When the first certificate of the chain to end does so. */
      readonly endsAtMs: number;
    }
  | { readonly ok: false; readonly problem: ProblemOf<'grant/certificate-unusable'> };

/**
 * Reads the business certificate of a private key, and those above it, from PEM (RFC 7468 section 5), in whatever order
 * they stand there. Gives them as a grant's `x5c` needs them, or a Problem that says nothing of what was read. Whether
 * Maskinporten trusts whoever issued them is for Maskinporten to say.
 */
export function readCertificateChain(pem: string, privateJwk: JWK, nowMs: number): ChainReading {
  const certificates = parse(pem);
  if (!certificates) return refused('unreadable');
  const own = certificates.find((certificate) => isOfKey(certificate, privateJwk));
  if (!own) return refused('not-for-this-key');
  const chain = chainFrom(own, certificates);
  if (chain.length < certificates.length) return refused('broken-chain');
  if (chain.some((certificate) => Date.parse(certificate.validFrom) > nowMs)) return refused('not-yet-valid');
  const endsAtMs = Math.min(...chain.map((certificate) => Date.parse(certificate.validTo)));
  if (endsAtMs <= nowMs) return refused('expired');
  return { ok: true, x5c: chain.map(({ raw }) => raw.toString('base64')), endsAtMs };
}

/** Whom the first certificate of a grant's `x5c` names, in one line; a dash where it cannot be read. */
export function certificateSubject(x5c: unknown): string {
  const first: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  if (typeof first !== 'string') return '–';
  try {
    return new X509Certificate(Buffer.from(first, 'base64')).subject.replaceAll('\n', ', ').slice(0, 500);
  } catch {
    return '–';
  }
}

function parse(pem: string): X509Certificate[] | undefined {
  if (pem.length > MAX_TEXT_LENGTH) return undefined;
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || blocks.length > MAX_CERTIFICATES) return undefined;
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
}

function isOfKey(certificate: X509Certificate, { n, e }: JWK): boolean {
  const { publicKey } = certificate;
  if (publicKey.asymmetricKeyType !== 'rsa') return false;
  const its = publicKey.export({ format: 'jwk' });
  return its.n === n && its.e === e;
}

/** Each certificate followed by the one that issued it, up to one that issued itself or whose issuer is not there. */
function chainFrom(own: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const chain = [own];
  for (let last = own; ;) {
    const above = all.find(
      (other) => !chain.includes(other) && last.checkIssued(other) && last.verify(other.publicKey),
    );
    if (!above) return chain;
    chain.push(above);
    last = above;
  }
}

function refused(reason: CertificateFault): ChainReading {
  return { ok: false, problem: { code: 'grant/certificate-unusable', step: 'grant', sent: [], reason } };
}
