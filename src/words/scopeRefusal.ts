import { editDistance } from '../manifest/editDistance';

/** What is known besides a problem itself; each may be left out where nobody can tell. */
export interface ProblemContext {
  /** The scopes that the manifest consumes. Left out without a manifest, and where a template could make any scope. */
  readonly declaredScopes?: readonly string[] | undefined;
  /** Whose MaskinportenClient it is. */
  readonly workload?: { readonly workload: string; readonly team: string } | undefined;
  /** When digdirator last brought the manifest to Digdir (`status.synchronizationTime`). */
  readonly deployedAtMs?: number | undefined;
  /** What digdirator found when it last looked (condition `InvalidConsumedScopes`). */
  readonly access?: 'granted' | 'missing' | undefined;
  readonly nowMs?: number | undefined;
}

/** Why a scope that the manifest declares is not on the client. */
export type ScopeStory =
  /** A change may take 15 minutes to reach Maskinporten (Nais's page "Consume an API"). */
  | 'just-deployed'
  /** Digdirator looks again only every hour, unless it is told to. */
  | 'granted-after-deploy'
  | 'not-granted';

/** What the refusal of a scope as unknown (MP-200) comes from, as far as the manifest tells. */
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
  /** There is no manifest to compare with. */
  | { readonly kind: 'unknown' };

const PROPAGATION_MS = 15 * 60_000;

/** Judges by the first scope that the manifest does not declare, else by the first. */
export function diagnoseScopes(scopes: readonly string[], context: ProblemContext): ScopeDiagnosis {
  const { declaredScopes } = context;
  const [first] = scopes;
  if (declaredScopes === undefined || first === undefined) return { kind: 'unknown' };
  const stranger = scopes.find((scope) => !declaredScopes.includes(scope));
  if (stranger === undefined) return { kind: 'declared', scope: first, ...storiesOf(context) };
  const nearest = nearestScope(stranger, declaredScopes);
  return nearest === undefined
    ? { kind: 'undeclared', scope: stranger }
    : { kind: 'misspelt', scope: stranger, nearest };
}

function storiesOf({ deployedAtMs, access, nowMs = Date.now() }: ProblemContext): {
  readonly stories: readonly ScopeStory[];
  readonly isLikely: boolean;
} {
  const isFresh = deployedAtMs !== undefined && nowMs - deployedAtMs < PROPAGATION_MS;
  // Digdirator leaves a scope that it had no access to out of the client: waiting alone will not bring it.
  if (access === 'missing')
    return { stories: ['not-granted', 'granted-after-deploy', 'just-deployed'], isLikely: true };
  if (isFresh) return { stories: ['just-deployed', 'not-granted', 'granted-after-deploy'], isLikely: true };
  if (deployedAtMs === undefined) {
    return { stories: ['just-deployed', 'granted-after-deploy', 'not-granted'], isLikely: false };
  }
  return access === 'granted'
    ? { stories: ['granted-after-deploy', 'just-deployed', 'not-granted'], isLikely: true }
    : { stories: ['not-granted', 'granted-after-deploy', 'just-deployed'], isLikely: true };
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
