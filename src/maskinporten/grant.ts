import { randomUUID } from 'node:crypto';
import { SIGNING_ALGORITHMS } from './algorithms';
import type { ClientCredential, IssuerMetadata, ResourceForm, SentGrant, TokenRequest } from './model';
import { preflight } from './preflight';
import { ProblemError } from './problem';

/** Time enough for a clock that is a little behind, and below the 120 seconds that Digdir allows. */
const LIFETIME_SECONDS = 100;

export interface GrantOptions {
  /** `string` where it is left out, as Texas sends it. */
  readonly resourceForm?: ResourceForm | undefined;
  /** From `iat` to `exp`: 100 where it is left out, 120 at most. */
  readonly lifetimeSeconds?: number | undefined;
}

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
  { resourceForm = 'string', lifetimeSeconds = LIFETIME_SECONDS }: GrantOptions = {},
): Promise<Grant> {
  const fault = preflight(credential, request, lifetimeSeconds);
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
  const iat = Math.floor(nowMs / 1000);
  const claims = {
    aud: metadata.issuer,
    iss: credential.clientId,
    ...scopeClaims(request, resourceForm),
    iat,
    exp: iat + lifetimeSeconds,
    jti: randomUUID(),
  };
  return { assertion: await sign(header, claims, credential), sent: { header, claims } };
}

/** A type, not an interface: so it is also a record of unknown members. */
type GrantHeader = Readonly<{ alg: string; kid: string } | { alg: string; x5c: string[] }>;

/** Registered keys are RS256 keys (Digdir's page "Administration API"), so that is what a key without `alg` is. */
function headerFor({ privateJwk, x5c }: ClientCredential): GrantHeader {
  const { alg = 'RS256', kid } = privateJwk;
  if (!SIGNING_ALGORITHMS.includes(alg)) throw keyUnusable('unsupported-alg');
  if (x5c !== undefined && x5c.length > 0) return { alg, x5c: [...x5c] };
  if (kid === undefined || kid === '') throw keyUnusable('no-kid');
  return { alg, kid };
}

/** A scope that is asked for twice is written once: it is a set, whatever its order (RFC 6749 section 3.3). */
function scopeClaims(
  { scopes, resource, consumerOrg, pid, authorizationDetails }: TokenRequest,
  resourceForm: ResourceForm,
): Record<string, unknown> {
  return {
    scope: [...new Set(scopes)].join(' '),
    ...(resource !== undefined && { resource: resourceForm === 'array' ? [resource] : resource }),
    ...(consumerOrg !== undefined && { consumer_org: consumerOrg }),
    ...(pid !== undefined && { pid }),
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
