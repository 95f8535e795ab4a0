import { randomUUID } from 'node:crypto';
import { SIGNING_ALGORITHMS } from './algorithms';
import type { ClientCredential, IssuerMetadata, SentGrant, TokenRequest } from './model';
import { preflight } from './preflight';
import { ProblemError } from './problem';

/** Time enough for a clock that is a little behind, and below the 120 seconds that Digdir allows. */
const LIFETIME_SECONDS = 100;

export interface Grant {
  /** The signed JWT (RFC 7523 section 3): a secret until it has been used or has expired. */
  readonly assertion: string;
  readonly sent: SentGrant;
}

/**
 * Makes and signs a JWT grant as Digdir's page "JWT grant" describes it: `aud` is the issuer identifier, `jti` is
 * fresh, and there is no claim beyond those named there. Rejects with a ProblemError: `grant/bad-request` for a claim
 * that would be refused, `discovery/issuer-mismatch` for an issuer that the credential is not for,
 * `grant/key-unusable` when the key cannot sign.
 */
export async function buildGrant(
  credential: ClientCredential,
  metadata: IssuerMetadata,
  request: TokenRequest,
  nowMs: number,
): Promise<Grant> {
  const fault = preflight(credential, request);
  if (fault) throw new ProblemError(fault);
  if (metadata.issuer !== credential.environment.issuer) {
    throw new ProblemError({
      code: 'discovery/issuer-mismatch',
      step: 'grant',
      sent: [],
      expected: credential.environment.issuer,
      actual: metadata.issuer,
    });
  }
  const header = headerFor(credential);
  const claims = claimsFor(credential, metadata, request, Math.floor(nowMs / 1000));
  return { assertion: await sign(header, claims, credential), sent: { header, claims } };
}

/** A type, not an interface: so it is also a record of unknown members. */
type GrantHeader = Readonly<{ alg: string; kid: string }>;

/** Registered keys are RS256 keys (Digdir's page "Administration API"), so that is what a key without `alg` is. */
function headerFor({ privateJwk }: ClientCredential): GrantHeader {
  const { alg = 'RS256', kid } = privateJwk;
  if (!SIGNING_ALGORITHMS.includes(alg)) throw keyUnusable('unsupported-alg');
  if (kid === undefined || kid === '') throw keyUnusable('no-kid');
  return { alg, kid };
}

function claimsFor(
  { clientId }: ClientCredential,
  { issuer }: IssuerMetadata,
  request: TokenRequest,
  iat: number,
): Record<string, unknown> {
  const { scopes, resource, consumerOrg, authorizationDetails } = request;
  return {
    aud: issuer,
    iss: clientId,
    scope: scopes.join(' '),
    iat,
    exp: iat + LIFETIME_SECONDS,
    jti: randomUUID(),
    ...(resource !== undefined && { resource }),
    ...(consumerOrg !== undefined && { consumer_org: consumerOrg }),
    ...(authorizationDetails !== undefined && { authorization_details: authorizationDetails }),
  };
}

async function sign(
  header: GrantHeader,
  claims: Record<string, unknown>,
  { privateJwk }: ClientCredential,
): Promise<string> {
  const { SignJWT } = await import('./jose');
  try {
    // jose keeps the imported key by the identity of this object, so the second grant need not import it again.
    return await new SignJWT(claims).setProtectedHeader({ ...header }).sign(privateJwk);
  } catch {
    // What the library says could quote the key.
    throw keyUnusable('unreadable');
  }
}

function keyUnusable(reason: 'unsupported-alg' | 'no-kid' | 'unreadable'): ProblemError {
  return new ProblemError({ code: 'grant/key-unusable', step: 'grant', sent: [], reason });
}
