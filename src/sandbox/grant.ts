import type { KeyObject, X509Certificate } from 'node:crypto';
import type * as Jose from '../maskinporten/jose';
import { judgeCertificates } from './certificates';
import {
  audienceRefusal,
  MAX_SKEW_SECONDS,
  optionalClaimRefusal,
  scopeClaimRefusal,
  scopesOf,
  timeRefusal,
  unknownClaimRefusal,
} from './claims';
import type { Claims } from './claims';
import type { ClientRegistry, RegisteredClient } from './clients';
import { detailsOf, partiesOf } from './delegation';
import type { Parties } from './delegation';
import { refuse } from './refusals';
import type { Refusal } from './refusals';
import type { ReplayStore } from './replay';
import type { ScenarioBoard } from './scenarios';

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
  readonly scenarios: ScenarioBoard;
  readonly authorities: readonly X509Certificate[];
  /** Time as it passes, whatever the issuer's clock shows: by this a grant that was used is remembered. */
  readonly nowMs: number;
}

export interface AcceptedGrant {
  readonly client: RegisteredClient;
  readonly scopes: readonly string[];
  readonly claims: Claims;
  readonly parties: Parties;
  /** What the token says of a system user or a consent. */
  readonly details: readonly Claims[] | undefined;
  /** The token's `client_amr`: how the client proved who it is (Digdir, "Access token"). */
  readonly method: 'private_key_jwt' | 'virksomhetssertifikat';
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
 * claims, scopes, delegation, system user; last whether the grant was used before, so that a refused grant is not
 * used up.
 */
export async function judgeGrant(assertion: string, context: GrantContext): Promise<GrantVerdict> {
  const decoded = decode(assertion, context.jose);
  if (!decoded) return { asked: { scope: undefined, workload: undefined }, accepted: false, refusal: refuse('MP-011') };
  const { claims, header } = decoded;
  const { iss, scope } = claims;
  const asked = askedFor(claims, context.clients);
  const no = (refusal: Refusal): GrantVerdict => ({ asked, accepted: false, refusal });
  const headerRefusal = algorithmRefusal(header) ?? issuerRefusal(claims);
  if (headerRefusal) return no(headerRefusal);
  const client = context.clients.find(String(iss));
  if (!client) return no(refuse('MP-100'));
  const key = keyOf(header, client, context);
  if ('refusal' in key) return no(key.refusal);
  const refusal =
    (await signatureRefusal(assertion, key.key, context.jose)) ??
    claimsRefusal(claims, context.issuer, context.scenarios.issuerNowMs());
  if (refusal) return no(refusal);
  const scopes = scopesOf(String(scope));
  const refusedScopes = scopesRefusal(claims, scopes, client, context);
  if (refusedScopes) return no(refusedScopes);
  const parties = partiesOf(claims, client, scopes, context.scenarios);
  if (!parties.allowed) return no(parties.refusal);
  const details = detailsOf(claims, client, parties.parties.consumer);
  if (!details.allowed) return no(details.refusal);
  const used = replayRefusal(claims, client, context.replays, context.nowMs);
  if (used) return no(used);
  const { method } = key;
  const grant = { client, claims, scopes, parties: parties.parties, details: details.details, method };
  return { asked, accepted: true, grant };
}

/** What the claims of a grant say that it asks for, verified or not. */
export function askedFor({ iss, scope }: Claims, clients: ClientRegistry): AskedFor {
  return {
    scope: typeof scope === 'string' ? scope : undefined,
    workload: typeof iss === 'string' ? clients.nameOf(iss) : undefined,
  };
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

type FoundKey =
  | { readonly key: KeyObject | RegisteredClient['keySet']; readonly method: AcceptedGrant['method'] }
  | { readonly refusal: Refusal };

/** A client with registered keys must name one by `kid`, and a certificate does not do; one without signs with a certificate. */
function keyOf({ kid, x5c }: Claims, client: RegisteredClient, context: GrantContext): FoundKey {
  if (kid !== undefined && x5c !== undefined) return { refusal: refuse('two-keys') };
  if (kid === undefined && client.keyIds.size === 0) {
    const { authorities, scenarios } = context;
    const verdict = judgeCertificates(x5c, client.organisation, authorities, scenarios.issuerNowMs());
    return verdict.trusted ? { key: verdict.publicKey, method: 'virksomhetssertifikat' } : { refusal: verdict.refusal };
  }
  if (kid === undefined) return { refusal: refuse('missing-kid') };
  if (typeof kid !== 'string' || !client.keyIds.has(kid)) return { refusal: refuse('unknown-kid') };
  if (context.scenarios.hits('key-expired', client)) return { refusal: refuse('MP-121') };
  return { key: client.keySet, method: 'private_key_jwt' };
}

async function signatureRefusal(
  assertion: string,
  key: KeyObject | RegisteredClient['keySet'],
  jose: typeof Jose,
): Promise<Refusal | undefined> {
  const options = { algorithms: [...GRANT_ALGORITHMS] };
  try {
    await (typeof key === 'function'
      ? jose.compactVerify(assertion, key, options)
      : jose.compactVerify(assertion, key, options));
    return undefined;
  } catch {
    // A key that cannot verify (too short, another `alg`) and a signature that does not fit are one to the client.
    return refuse('MP-124');
  }
}

function claimsRefusal(claims: Claims, issuer: string, issuerNowMs: number): Refusal | undefined {
  return (
    audienceRefusal(claims, issuer) ??
    timeRefusal(claims, Math.floor(issuerNowMs / 1_000)) ??
    unknownClaimRefusal(claims) ??
    scopeClaimRefusal(claims) ??
    optionalClaimRefusal(claims)
  );
}

/** Whether the scopes are on the client, are for Maskinporten at all, and may still be used by who is to use them. */
function scopesRefusal(
  { consumer_org: consumer }: Claims,
  scopes: readonly string[],
  client: RegisteredClient,
  { clients, scenarios }: GrantContext,
): Refusal | undefined {
  const missing = clients.notRegistered(client, scopes, consumer === undefined);
  if (missing.length > 0) return refuse('MP-200', { scopes: missing.join(' ') });
  const excluded = scopes.filter((scope) => scenarios.hits('not-for-maskinporten', client, scope));
  if (excluded.length > 0) return refuse('MP-201', { scopes: excluded.join(' ') });
  const revoked = scopes.filter(
    (scope) =>
      scenarios.hits('revoked', client, scope) ||
      (typeof consumer === 'string' && !clients.mayConsume(consumer, scope)),
  );
  return revoked.length > 0 ? refuse('MP-250', { scopes: revoked.join(' ') }) : undefined;
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
