/** The step that failed. */
export type ProblemStep = 'discovery' | 'grant' | 'token' | 'jwks' | 'exchange' | 'api';

/** A value of ours that matters to the failure, fit to be shown: secrets never get here. */
export interface SentValue {
  /** The field's own name for it: `iss`, `aud`, `kid`, `scope`, `url`. */
  readonly name: string;
  readonly value: string;
}

/** What an issuer answered, when it answered an error (RFC 6749 section 5.2). Others' words: show as text only. */
export interface IssuerRefusal {
  readonly status: number;
  readonly error: string;
  readonly description: string | undefined;
  readonly errorUri: string | undefined;
  readonly traceId: string | undefined;
  /** When to come back, where the answer says so (RFC 9110 section 10.2.3). */
  readonly retryAfterSeconds?: number | undefined;
  /** Came by way of Texas, which drops the code (nais/texas, src/handler.rs): what it is known by is its text. */
  readonly relayedBy?: 'texas' | undefined;
}

interface Refused {
  readonly refusal: IssuerRefusal;
}

interface ScopesRefused extends Refused {
  /** Those of the scopes asked for that the answer names; empty where it names none. */
  readonly refusedScopes: readonly string[];
}

interface RefusedByClock extends Refused {
  /** This machine's clock minus the issuer's, measured from the answer's `Date` header. */
  readonly clockSkewSeconds: number | undefined;
}

/** An answer that is not what it should be: a web page, half a body, an error without words. */
export interface Unreadable {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** It went on beyond what is read of such an answer. */
  readonly tooLarge?: boolean | undefined;
}

interface Host {
  readonly host: string;
}

/** Why a private key cannot sign grants. */
export type KeyFault =
  | 'unreadable'
  | 'not-rsa'
  | 'not-private'
  | 'no-kid'
  | 'too-short'
  | 'unsupported-alg'
  /** The private part does not belong to the public one. */
  | 'inconsistent';

/** Why a claim of the grant would be refused. */
export type ClaimFault =
  | 'empty'
  /** Characters that a scope cannot have (RFC 6749 section 3.3), a space among them. */
  | 'illegal-characters'
  | 'not-nine-digits'
  | 'not-eleven-digits'
  | 'check-digit'
  | 'not-absolute-uri'
  | 'has-fragment'
  /** `exp` is later after `iat` than Digdir allows, or not after it. */
  | 'too-long'
  | 'not-objects'
  | 'no-type'
  /** Two system users in one grant. */
  | 'one-party'
  | 'unknown-member'
  | 'missing-member'
  | 'bad-member';

/** Why a certificate chain cannot stand in a grant's header. */
export type CertificateFault =
  | 'unreadable'
  /** None of the certificates is of the private key. */
  | 'not-for-this-key'
  /** A certificate is there that did not issue the one before it. */
  | 'broken-chain'
  | 'expired'
  | 'not-yet-valid';

/** What a grant can have and Texas has no field for: it knows `target`, `resource` and `authorization_details`. */
export type TexasLimit = 'consumer_org' | 'pid' | 'x5c';

export type HeaderFault =
  'illegal-name' | 'illegal-value' | 'set-by-transport' | 'authorization-beside-token' | 'illegal-token';

/** Why a proxy let nothing through. */
export type ProxyFault = 'unreachable' | 'certificate' | 'authentication' | 'refused' | 'malformed' | 'unsupported';

/** What took longer than it may: the first three share one limit. */
export type TimedPhase = 'lookup' | 'connect' | 'tls' | 'headers' | 'body';

interface ProblemData {
  /** Maskinporten's own codes, from `error_uri`, else recognised by `error` and the stem of the text. */
  'MP-011': Refused;
  'MP-012': Refused;
  'MP-100': Refused;
  'MP-110': Refused;
  'MP-120': Refused;
  'MP-121': Refused;
  'MP-122': Refused;
  'MP-123': Refused;
  'MP-124': Refused;
  'MP-130': RefusedByClock;
  'MP-200': ScopesRefused;
  'MP-201': ScopesRefused;
  'MP-250': ScopesRefused;
  'MP-251': ScopesRefused;
  'MP-301': Refused;
  'MP-302': Refused;
  'MP-303': Refused;
  /** Refusals to which Digdir gives no code. */
  'token/unknown-kid': Refused;
  'token/kid-required': Refused;
  'token/issued-in-future': RefusedByClock;
  'token/own-consumer-org': Refused;
  /** A refusal that we do not know: shown as it came. `mpCode` is from its `error_uri`. */
  'token/refused': Refused & { readonly mpCode: string | undefined };
  /** The answer is no token response and no OAuth error. */
  'token/unreadable': Unreadable;
  'discovery/unreadable': Unreadable;
  'discovery/issuer-mismatch': { readonly expected: string; readonly actual: string };
  'discovery/endpoint-refused': { readonly member: string; readonly endpoint: string };
  'jwks/unreadable': Unreadable;
  /** Its pod has no Maskinporten client. */
  'texas/not-enabled': Refused;
  /** It did not understand the request, as another version of it may not. */
  'texas/request-rejected': Refused;
  /** It could not make a grant from the pod's key. */
  'texas/cannot-sign': Refused;
  /** It got no answer from Maskinporten. */
  'texas/upstream-unreachable': Refused;
  /** It got an answer that it could not read: a refusal without a description is one. */
  'texas/upstream-unreadable': Refused;
  /** What answers is not Texas. */
  'texas/unreadable': Unreadable;
  /** The token is of another issuer than the environment that the endpoint was added for. */
  'texas/issuer-mismatch': { readonly expected: string; readonly actual: string };
  'texas/unsupported': { readonly field: TexasLimit };
  /** Found before anything was sent. */
  'workspace/untrusted': unknown;
  /** The user was asked whether to act in production, and did not say yes. */
  'production/not-confirmed': unknown;
  'credential/unavailable': { readonly name: string; readonly reason: 'missing' | 'unreadable' };
  'grant/key-unusable': { readonly reason: KeyFault };
  'grant/certificate-unusable': { readonly reason: CertificateFault };
  /** `member` is the part of `authorization_details` that is at fault, as in `[0].systemuser_org.ID`. */
  'grant/bad-request': { readonly claim: string; readonly reason: ClaimFault; readonly member?: string };
  /** Altinn does not take the Maskinporten token: 401 where it is not valid, 403 where it may not be exchanged. */
  'altinn/refused': { readonly status: number };
  'altinn/unreadable': Unreadable;
  /** Altinn is there for Maskinporten's test and production alone. */
  'altinn/no-environment': { readonly issuer: string };
  'network/refused': Host;
  'network/unreachable': Host;
  'network/dns': Host;
  'network/reset': Host;
  /** `cause` is Node's code: CERT_HAS_EXPIRED, DEPTH_ZERO_SELF_SIGNED_CERT and so on. */
  'network/certificate': Host & { readonly cause: string };
  /** `proxy` is its host and port, never its credentials; `status` is what it answered instead of a tunnel. */
  'network/proxy': Host & { readonly proxy: string; readonly reason: ProxyFault; readonly status?: number };
  'network/timeout': Host & { readonly phase: TimedPhase; readonly limitMs: number };
  /** `cause` is a code of Node or undici, never a message. */
  'network/protocol': Host & { readonly cause: string };
  'network/encoding': Host & { readonly encoding: string; readonly reason: 'unsupported' | 'damaged' };
  'request/insecure-url': { readonly url: string };
  'request/bad-url': { readonly url: string };
  'request/url-credentials': unknown;
  'request/bad-method': { readonly method: string };
  'request/bad-header': { readonly header: string; readonly reason: HeaderFault };
  'request/sandbox-token-elsewhere': Host;
  /** A header refers to a value that is kept elsewhere, is not there, and was not typed in. */
  'request/value-missing': unknown;
}

export type ProblemCode = keyof ProblemData;

/** Problem of one code. */
export type ProblemOf<C extends ProblemCode> = {
  readonly code: C;
  readonly step: ProblemStep;
  readonly sent: readonly SentValue[];
} & ProblemData[C];

/** A failed step: what failed, what was sent, and the facts that words need to name cause and cure. */
export type Problem = { [C in ProblemCode]: ProblemOf<C> }[ProblemCode];

/** Carries a Problem through promises. Its message is the code alone: words are put elsewhere. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

/** Bundles are loaded apart and each has its own class, so the carrier is known by its shape. */
export function problemOf(error: unknown): Problem | undefined {
  return error instanceof Error && error.name === 'ProblemError' && 'problem' in error
    ? (error.problem as Problem)
    : undefined;
}
