import type * as Jose from '../maskinporten/jose';
import {
  audienceRefusal,
  delegationRefusal,
  MAX_SKEW_SECONDS,
  optionalClaimRefusal,
  scopeClaimRefusal,
  scopesOf,
  timeRefusal,
  unknownClaimRefusal,
} from './claims';
import type { Claims } from './claims';
import type { ClientRegistry, RegisteredClient } from './clients';
import { refuse } from './refusals';
import type { Refusal } from './refusals';
import type { ReplayStore } from './replay';

/** RFC 7523 section 2.1. */
export const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Digdir, "JWT grant": no other algorithms. Neither `none` nor an HMAC over a public key gets past this list. */
export const GRANT_ALGORITHMS: readonly string[] = ['RS256', 'RS384', 'RS512'];

/** The longest time between two moments, in whole seconds, at which one grant's `iat` is near enough. */
export const GRANT_WINDOW_MS = (2 * MAX_SKEW_SECONDS + 1) * 1_000;

/** Compact serialisation (RFC 7515 section 7.1) to the letter: decoders skip line breaks, Maskinporten refuses them. */
const COMPACT_JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/;

export interface GrantContext {
  readonly jose: typeof Jose;
  readonly issuer: string;
  readonly clients: ClientRegistry;
  readonly replays: ReplayStore;
  readonly nowMs: number;
}

export interface AcceptedGrant {
  readonly client: RegisteredClient;
  readonly scopes: readonly string[];
  readonly claims: Claims;
}

/** `asked` is what the assertion says of itself, for the log: nothing of it is verified when it is refused. */
export type GrantVerdict = { readonly asked: AskedFor } & (
  { readonly accepted: true; readonly grant: AcceptedGrant } | { readonly accepted: false; readonly refusal: Refusal }
);

export interface AskedFor {
  readonly scope: string | undefined;
  readonly workload: string | undefined;
}

interface DecodedGrant {
  readonly header: Claims;
  readonly claims: Claims;
}

/**
 * Judges an assertion as Maskinporten does (Digdir, "JWT grant"; RFC 7523 section 3). The first check that fails
 * decides, in this order: form, algorithm, client, key, signature; then aud, exp, iat, names of claims, forms of
 * claims, scopes, delegation; last whether the grant was used before, so that a refused grant is not used up.
 */
export async function judgeGrant(assertion: string, context: GrantContext): Promise<GrantVerdict> {
  const decoded = decode(assertion, context.jose);
  if (!decoded) return { asked: { scope: undefined, workload: undefined }, accepted: false, refusal: refuse('MP-011') };
  const { claims } = decoded;
  const { iss, scope } = claims;
  const client = typeof iss === 'string' ? context.clients.find(iss) : undefined;
  const asked = { scope: typeof scope === 'string' ? scope : undefined, workload: client?.name };
  const headerRefusal = algorithmRefusal(decoded.header) ?? issuerRefusal(claims);
  if (headerRefusal) return { asked, accepted: false, refusal: headerRefusal };
  if (!client) return { asked, accepted: false, refusal: refuse('MP-100') };
  const refusal =
    keyRefusal(decoded.header, client) ??
    (await signatureRefusal(assertion, client, context.jose)) ??
    claimsRefusal(claims, client, context);
  if (refusal) return { asked, accepted: false, refusal };
  return { asked, accepted: true, grant: { client, claims, scopes: scopesOf(String(scope)) } };
}

function decode(assertion: string, jose: typeof Jose): DecodedGrant | undefined {
  if (!COMPACT_JWT.test(assertion)) return undefined;
  try {
    return { header: { ...jose.decodeProtectedHeader(assertion) }, claims: jose.decodeJwt(assertion) };
  } catch {
    return undefined;
  }
}

function algorithmRefusal({ alg }: Claims): Refusal | undefined {
  if (typeof alg === 'string' && GRANT_ALGORITHMS.includes(alg)) return undefined;
  return refuse('refused-algorithm', { algorithms: GRANT_ALGORITHMS.join(' ') });
}

function issuerRefusal({ iss }: Claims): Refusal | undefined {
  if (iss === undefined) return refuse('missing-claim', { claim: 'iss' });
  return typeof iss === 'string' ? undefined : refuse('MP-011');
}

/** The sandbox's clients have registered keys, and so must name one by `kid`; a certificate does not do. */
function keyRefusal(header: Claims, client: RegisteredClient): Refusal | undefined {
  const { kid, x5c } = header;
  if (kid === undefined) return refuse('missing-kid');
  if (x5c !== undefined) return refuse('two-keys');
  return typeof kid === 'string' && client.keyIds.has(kid) ? undefined : refuse('unknown-kid');
}

async function signatureRefusal(
  assertion: string,
  client: RegisteredClient,
  jose: typeof Jose,
): Promise<Refusal | undefined> {
  try {
    await jose.compactVerify(assertion, client.keySet, { algorithms: [...GRANT_ALGORITHMS] });
    return undefined;
  } catch {
    // A key that cannot verify (too short, another `alg`) and a signature that does not fit are one to the client.
    return refuse('MP-124');
  }
}

function claimsRefusal(claims: Claims, client: RegisteredClient, context: GrantContext): Refusal | undefined {
  const { clients, issuer, nowMs, replays } = context;
  const formRefusal =
    audienceRefusal(claims, issuer) ??
    timeRefusal(claims, Math.floor(nowMs / 1_000)) ??
    unknownClaimRefusal(claims) ??
    scopeClaimRefusal(claims) ??
    optionalClaimRefusal(claims);
  if (formRefusal) return formRefusal;
  const scopes = scopesOf(String(claims['scope']));
  const refused = clients.refusedScopes(client, scopes);
  if (refused.length > 0) return refuse('MP-200', { scopes: refused.join(' ') });
  return delegationRefusal(claims, client.organisation, scopes) ?? replayRefusal(claims, client, replays, nowMs);
}

/** Reuse is refused, absence is not: `jti` is recommended (Digdir, "JWT grant"). */
function replayRefusal(
  { jti }: Claims,
  { clientId }: RegisteredClient,
  replays: ReplayStore,
  nowMs: number,
): Refusal | undefined {
  if (typeof jti !== 'string') return undefined;
  const verdict = replays.use(clientId, jti, nowMs);
  if (verdict === 'new') return undefined;
  return refuse(verdict === 'used' ? 'MP-012' : 'grants-put-off');
}
