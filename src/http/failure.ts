import type { Problem, ProblemStep } from '../maskinporten/problem';
import type { TransportTimeouts } from '../maskinporten/transport';
import { ConnectTimeout } from './connect';
import { shownUrl } from './target';
import { ProxyFailure } from './tunnel';

/** The request that failed, as far as its failure needs it. */
export interface FailedRequest {
  readonly step: ProblemStep;
  readonly url: URL;
  readonly timeouts: TransportTimeouts;
}

/** A body that cannot be decoded. */
export class EncodingError extends Error {
  constructor(
    readonly encoding: string,
    readonly reason: 'unsupported' | 'damaged',
  ) {
    super(reason);
  }
}

/** Node's codes for a certificate that is not trusted (nodejs.org, "TLS", X509 certificate error codes). */
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'CERT_SIGNATURE_FAILURE',
  'CRL_SIGNATURE_FAILURE',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_HAS_EXPIRED',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'INVALID_CA',
  'PATH_LENGTH_EXCEEDED',
  'INVALID_PURPOSE',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
]);

/** Turns what Node or undici failed with into a Problem. Only codes are read: messages may quote what was sent. */
export function networkProblem(error: unknown, { step, url, timeouts }: FailedRequest): Problem {
  const base = { step, sent: [{ name: 'url', value: shownUrl(url) }], host: url.host } as const;
  if (error instanceof EncodingError) {
    return { code: 'network/encoding', ...base, encoding: error.encoding, reason: error.reason };
  }
  if (error instanceof ProxyFailure) {
    const { proxy, reason, status } = error;
    return { code: 'network/proxy', ...base, proxy, reason, ...(status !== undefined && { status }) };
  }
  if (error instanceof ConnectTimeout) {
    const phase = error.step === 'wait' ? 'connect' : error.step;
    return { code: 'network/timeout', ...base, phase, limitMs: timeouts.connectMs };
  }
  const cause = codeOf(error);
  if (CERTIFICATE_CODES.has(cause)) return { code: 'network/certificate', ...base, cause };
  switch (cause) {
    case 'ETIMEDOUT':
      return { code: 'network/timeout', ...base, phase: 'connect', limitMs: timeouts.connectMs };
    case 'UND_ERR_HEADERS_TIMEOUT':
      return { code: 'network/timeout', ...base, phase: 'headers', limitMs: timeouts.headersMs };
    case 'UND_ERR_BODY_TIMEOUT':
      return { code: 'network/timeout', ...base, phase: 'body', limitMs: timeouts.bodyMs };
    case 'ECONNREFUSED':
      return { code: 'network/refused', ...base };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'ENODATA':
      return { code: 'network/dns', ...base };
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
    case 'EACCES':
    case 'EPERM':
      return { code: 'network/unreachable', ...base };
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return { code: 'network/reset', ...base };
    default:
      return { code: 'network/protocol', ...base, cause };
  }
}

/** The code of an error, or of the first of several: a name with several addresses fails once for each. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  // What undici says of a 100 or a 101 that nobody asked for has no code of its own.
  if (error instanceof Error && error.message === 'bad response') return 'BAD_INTERIM_RESPONSE';
  if ('code' in error && typeof error.code === 'string' && /^\w{2,64}$/.test(error.code)) return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return 'UNKNOWN';
}
