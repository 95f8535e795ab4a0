import { X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { refuse } from './refusals';
import type { Refusal } from './refusals';

/** As Norwegian business certificates name their organisation: EN 319 412-1 section 5.1.4, or the older serial number. */
const ORGANISATION = /^(?:organizationIdentifier=NTRNO-|serialNumber=)(\d{9})$/m;

const LONGEST_CHAIN = 10;

export type CertificateVerdict =
  { readonly trusted: true; readonly publicKey: KeyObject } | { readonly trusted: false; readonly refusal: Refusal };

/** Reads certificates in PEM. Throws Node's own error for a text that is none. */
export function readAuthorities(pems: readonly string[]): readonly X509Certificate[] {
  return pems.map((pem) => new X509Certificate(pem));
}

/**
 * Judges the certificates in the header `x5c` (RFC 7515 section 4.1.6: base64 of DER, the signer's own first), for a
 * client that has no registered key. Gives the signer's key, or why it is not to be trusted.
 */
export function judgeCertificates(
  x5c: unknown,
  organisation: string,
  authorities: readonly X509Certificate[],
  nowMs: number,
): CertificateVerdict {
  const chain = readChain(x5c);
  const [own] = chain ?? [];
  if (!chain || !own) return { trusted: false, refusal: refuse('MP-123') };
  if (!isTrusted(chain, authorities)) return { trusted: false, refusal: refuse('MP-120') };
  // Digdir's page on troubleshooting names an expired certificate under this code.
  if (!isValidAt(own, nowMs)) return { trusted: false, refusal: refuse('MP-124') };
  const [, owner] = ORGANISATION.exec(own.subject) ?? [];
  if (owner !== organisation) return { trusted: false, refusal: refuse('MP-122') };
  return { trusted: true, publicKey: own.publicKey };
}

function readChain(x5c: unknown): X509Certificate[] | undefined {
  if (!Array.isArray(x5c) || x5c.length > LONGEST_CHAIN) return undefined;
  const texts: readonly unknown[] = x5c;
  try {
    return texts.map((text) => {
      if (typeof text !== 'string') throw new TypeError('not a string');
      return new X509Certificate(Buffer.from(text, 'base64'));
    });
  } catch {
    return undefined;
  }
}

/** Each certificate is issued by the next, and the last by an authority, or is one itself. */
function isTrusted(chain: readonly X509Certificate[], authorities: readonly X509Certificate[]): boolean {
  return chain.every((certificate, index) => {
    const next = chain[index + 1];
    if (next) return isIssuedBy(certificate, next);
    return authorities.some(
      (authority) => isIssuedBy(certificate, authority) || certificate.fingerprint256 === authority.fingerprint256,
    );
  });
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function isValidAt({ validFrom, validTo }: X509Certificate, nowMs: number): boolean {
  return Date.parse(validFrom) <= nowMs && nowMs <= Date.parse(validTo);
}
