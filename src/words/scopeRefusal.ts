import { editDistance } from '../manifest/editDistance';
import type { ProvisioningFacts } from '../maskinporten/provisioning/facts';

/** What is known besides a problem itself; each may be left out where nobody can tell. */
export interface ProblemContext {
  /** The scopes that the manifest consumes. Left out without a manifest, and where a template could make any scope. */
  readonly declaredScopes?: readonly string[] | undefined;
  /** Whose MaskinportenClient it is. */
  readonly workload?: { readonly workload: string; readonly team: string } | undefined;
  /** What the cluster said of that client when it was last asked. */
  readonly provisioning?: ProvisioningFacts | undefined;
  readonly nowMs?: number | undefined;
}

/** Why a scope that the manifest declares is not on the client. */
export type ScopeStory =
  /** A change may take 15 minutes to reach Maskinporten (Nais's page "Consume an API"). */
  | 'just-deployed'
  /** Digdirator looks again only every hour, unless it is told to. */
  | 'granted-after-deploy'
  | 'not-granted';

/** What the refusal of a scope as unknown (MP-200) comes from, as far as the manifest and the cluster tell. */
export type ScopeDiagnosis =
  /** `stories` has all three, the likeliest first; `isLikely` when there is more than their usual order to go by. */
  | {
      readonly kind: 'declared';
      readonly scope: string;
      readonly stories: readonly ScopeStory[];
      readonly isLikely: boolean;
    }
  | { readonly kind: 'misspelt'; readonly scope: string; readonly nearest: string }
  | { readonly kind: 'undeclared'; readonly scope: string }
  /** The manifest declares it, and what is deployed does not. */
  | { readonly kind: 'not-deployed'; readonly scope: string }
  /** The workload's client is another than the one that asked. */
  | { readonly kind: 'other-client'; readonly asked: string; readonly provisioned: string }
  /** There is nothing to compare with. */
  | { readonly kind: 'unknown' };

const PROPAGATION_MS = 15 * 60_000;

/** Digdirator looks again at a refused scope after this long (nais/digdirator, reconciler.go). */
const LOOKS_AGAIN_MS = 60 * 60_000;

/**
 * Judges by the first scope that is not declared, else by the one that the cluster says most of. `clientId` is that of
 * the grant, where the grant was ours.
 */
export function diagnoseScopes(
  scopes: readonly string[],
  clientId: string | undefined,
  context: ProblemContext,
): ScopeDiagnosis {
  const { declaredScopes, provisioning, nowMs = Date.now() } = context;
  const [first] = scopes;
  const stranger = declaredScopes && scopes.find((scope) => !declaredScopes.includes(scope));
  if (declaredScopes && stranger !== undefined) {
    const nearest = nearestScope(stranger, declaredScopes);
    return nearest === undefined
      ? { kind: 'undeclared', scope: stranger }
      : { kind: 'misspelt', scope: stranger, nearest };
  }
  const provisioned = provisioning?.clientId;
  if (clientId !== undefined && provisioned !== undefined && clientId !== provisioned) {
    return { kind: 'other-client', asked: clientId, provisioned };
  }
  const deployed = provisioning?.deployedScopes;
  const missing = deployed && scopes.find((scope) => !deployed.includes(scope));
  if (declaredScopes && missing !== undefined) return { kind: 'not-deployed', scope: missing };
  if (first === undefined || !(declaredScopes ?? (deployed && missing === undefined))) return { kind: 'unknown' };
  const refused = scopes.find((scope) => provisioning?.refusedScopes.includes(scope));
  const scope = refused ?? first;
  if (!provisioning) {
    return { kind: 'declared', scope, stories: USUAL_ORDER, isLikely: false };
  }
  return { kind: 'declared', scope, ...storiesOf(scope, provisioning, nowMs) };
}

const USUAL_ORDER = ['just-deployed', 'granted-after-deploy', 'not-granted'] as const;
const NOT_GRANTED_FIRST = ['not-granted', 'granted-after-deploy', 'just-deployed'] as const;

function storiesOf(
  scope: string,
  { readAtMs, synchronizedAtMs, isPending, refusedScopes, tellsAccess }: ProvisioningFacts,
  nowMs: number,
): { readonly stories: readonly ScopeStory[]; readonly isLikely: boolean } {
  const isFresh = synchronizedAtMs !== undefined && nowMs - synchronizedAtMs < PROPAGATION_MS;
  const mayHaveChanged = nowMs - readAtMs >= LOOKS_AGAIN_MS;
  // Digdirator leaves a scope that it had no access to out of the client: waiting alone will not bring it.
  if (refusedScopes.includes(scope)) return { stories: NOT_GRANTED_FIRST, isLikely: !mayHaveChanged };
  if (isFresh || (isPending && !mayHaveChanged)) {
    return { stories: ['just-deployed', 'not-granted', 'granted-after-deploy'], isLikely: true };
  }
  if (synchronizedAtMs === undefined || mayHaveChanged) return { stories: USUAL_ORDER, isLikely: false };
  return tellsAccess
    ? { stories: ['granted-after-deploy', 'just-deployed', 'not-granted'], isLikely: true }
    : { stories: NOT_GRANTED_FIRST, isLikely: true };
}

/** One that differs by a slip or two of the keyboard: a third of the letters would be another scope. */
function nearestScope(scope: string, declared: readonly string[]): string | undefined {
  const limit = Math.min(3, Math.floor(scope.length / 5));
  const near = declared
    .map((other) => ({ other, distance: editDistance(scope.toLowerCase(), other.toLowerCase(), limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.other;
}
