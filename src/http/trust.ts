import { X509Certificate } from 'node:crypto';
// Without `node:`, because VS Code hooks this name, and only this, to add the system's certificates.
import tls from 'tls';
import type { SecureContext } from 'tls';

/** What the client shows of itself to the hosts that ask for it. All but the hosts is secret. */
export interface ClientCertificate {
  readonly hosts: readonly string[];
  readonly certPem: string;
  readonly keyPem: string;
  readonly passphrase?: string | undefined;
}

export interface TrustOptions {
  /** PEM certificates to trust in place of Node's list: `trustedCertificates` gives both. */
  readonly ca?: string | readonly string[] | undefined;
  readonly clientCertificates?: readonly ClientCertificate[] | undefined;
}

export type CertificateFile =
  | { readonly ok: true; readonly certificates: readonly string[] }
  /** `none`: there is no certificate in it. `unreadable`: what stands there is none. */
  | { readonly ok: false; readonly reason: 'none' | 'unreadable' };

/** Takes the certificates out of the text of a PEM file (RFC 7468), and reads each of them to see that it is one. */
export function readCertificateFile(text: string): CertificateFile {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) return { ok: false, reason: 'none' };
  try {
    return { ok: true, certificates: blocks.map((block) => new X509Certificate(block).toString()) };
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
}

/**
 * Whom to trust: Node's own list, the system's, NODE_EXTRA_CA_CERTS and the given ones. Undefined, which is Node's
 * default, where nothing can be added to it: a runtime before Node 22.15 cannot list the system's certificates (in
 * VS Code the host adds them), and none are given.
 */
export function trustedCertificates(given: readonly string[]): readonly string[] | undefined {
  const lists = tls as { getCACertificates?: (type: 'default' | 'system') => readonly string[] };
  const system = lists.getCACertificates?.('system') ?? [];
  if (system.length + given.length === 0) return undefined;
  const standard = lists.getCACertificates?.('default') ?? tls.rootCertificates;
  return [...new Set([...standard, ...system, ...given])];
}

/** TLS contexts, made once: to read a hundred certificates for every connection would cost more than the connection. */
export class SecureContexts {
  private readonly made = new Map<ClientCertificate | undefined, SecureContext>();

  constructor(private readonly options: TrustOptions) {}

  /** Undefined where Node's default will do. Throws where a client certificate cannot be read. */
  for(hostname: string): SecureContext | undefined {
    const { ca, clientCertificates = [] } = this.options;
    const own = clientCertificates.find(({ hosts }) => hosts.includes(hostname));
    if (ca === undefined && own === undefined) return undefined;
    const made = this.made.get(own);
    if (made) return made;
    const context = tls.createSecureContext({
      ...(ca !== undefined && { ca: typeof ca === 'string' ? ca : [...ca] }),
      ...(own && { cert: own.certPem, key: own.keyPem }),
      ...(own?.passphrase !== undefined && { passphrase: own.passphrase }),
    });
    this.made.set(own, context);
    return context;
  }
}
