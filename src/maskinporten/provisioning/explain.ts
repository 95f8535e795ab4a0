import {
  conditionOf,
  hasClient,
  hasResource,
  isBehind,
  observedGeneration,
  refusedScopes,
  trueCondition,
  type HasClient,
} from './conditions';
import type { Condition, ProvisioningStatus } from './model';

/** What the manifest at hand says, to hold the cluster's answer against. */
export interface ManifestSide {
  readonly workload: string | undefined;
  /** The scopes that it consumes, as far as no template decides on them. */
  readonly consumes: readonly string[];
  /** A template adds scopes or names some, so that nothing is said of scopes that the manifest lacks. */
  readonly mayConsumeMore: boolean;
}

/** The state in one word: what the workload can do now. */
export type ProvisioningVerdict =
  /** The client is there, with all of its scopes. */
  | 'ready'
  /** The client is there, and some scopes are refused to it. */
  | 'partly'
  /** The client is there as it was before: the last change failed. */
  | 'outdated'
  /** The last change failed, and the text does not say whether there is a client. */
  | 'failed'
  /** There is no client, and so no Secret for the pod. */
  | 'none'
  /** digdirator is at work, or has not begun. */
  | 'working'
  | 'unknown';

/** One thing to say about the provisioning, the most important first. */
export type ProvisioningFinding =
  /** The paste is about another workload than was asked for. */
  | { readonly kind: 'other-workload'; readonly name: string }
  /** The organisation has no access to all scopes that are consumed, so that there is nothing to register. */
  | { readonly kind: 'all-scopes-refused'; readonly scopes: readonly string[]; readonly hasClient: HasClient }
  /** The client is registered without these. Asking for one gives MP-200. */
  | { readonly kind: 'scopes-refused'; readonly scopes: readonly string[] }
  /** Refused when it was last looked at, and no longer in the manifest. */
  | { readonly kind: 'refused-not-consumed'; readonly scopes: readonly string[] }
  | {
      readonly kind: 'integration-type';
      readonly existing: string;
      readonly desired: string;
    }
  | { readonly kind: 'sync-failed'; readonly message: string | undefined; readonly hasClient: HasClient }
  | { readonly kind: 'consumers-refused'; readonly message: string | undefined }
  /** digdirator has not yet looked at the newest change. */
  | { readonly kind: 'behind'; readonly generation: number; readonly observed: number | undefined }
  | { readonly kind: 'working' }
  | { readonly kind: 'not-begun' }
  /** Older than the week after which digdirator synchronises everything anew. */
  | { readonly kind: 'old'; readonly synchronizedAtMs: number }
  /** In the manifest, and not in the cluster: not deployed. */
  | { readonly kind: 'not-deployed'; readonly scopes: readonly string[] }
  | { readonly kind: 'only-in-cluster'; readonly scopes: readonly string[] }
  /** A condition of a kind that is newer than this extension, and not as it should be. */
  | { readonly kind: 'unknown-condition'; readonly condition: Condition };

export interface ProvisioningReport {
  readonly verdict: ProvisioningVerdict;
  readonly findings: readonly ProvisioningFinding[];
  readonly status: ProvisioningStatus;
}

const KNOWN_CONDITIONS: ReadonlySet<string> = new Set([
  'Ready',
  'Error',
  'InvalidConsumedScopes',
  'InvalidExposedScopesConsumers',
]);

/** digdirator synchronises anew after seven days, looking each eight hours (nais/digdirator, instance.go). */
const OLD_AFTER_MS = 8 * 24 * 3_600_000;

/**
 * Says what the status of a workload's client means for it, and how it stands to the manifest (conditions as in
 * nais/digdirator, controllers/common). `nowMs` decides on what is old.
 */
export function explainProvisioning(
  status: ProvisioningStatus,
  manifest: ManifestSide | undefined,
  nowMs: number,
): ProvisioningReport {
  const failure = trueCondition(status, 'Error');
  const refused = refusedScopes(status);
  const isRefused = trueCondition(status, 'InvalidConsumedScopes') !== undefined;
  const hasAllRefused = failure !== undefined && isRefused && isAll(refused, deployedScopes(status, manifest));
  return {
    verdict: verdictOf(status, failure !== undefined, isRefused),
    findings: [
      ...otherWorkload(status, manifest),
      ...(hasAllRefused
        ? [{ kind: 'all-scopes-refused', scopes: refused, hasClient: hasClient(status) } as const]
        : [...failures(status, failure), ...refusals(status, isRefused, refused, manifest)]),
      ...consumers(status),
      ...progress(status, failure !== undefined),
      ...age(status, nowMs),
      ...differences(status, manifest),
      ...unknownConditions(status),
    ],
    status,
  };
}

function verdictOf(status: ProvisioningStatus, failed: boolean, isRefused: boolean): ProvisioningVerdict {
  const ready = conditionOf(status, 'Ready');
  if (failed) return FAILED_VERDICTS[String(hasClient(status)) as `${HasClient}`];
  if (ready?.status !== 'True') return ready || hasResource(status) ? 'working' : 'unknown';
  if (isBehind(status)) return 'working';
  return isRefused ? 'partly' : 'ready';
}

const FAILED_VERDICTS = { true: 'outdated', false: 'none', undefined: 'failed' } as const;

function otherWorkload({ name }: ProvisioningStatus, manifest: ManifestSide | undefined): ProvisioningFinding[] {
  const isOther = name !== undefined && manifest?.workload !== undefined && name !== manifest.workload;
  return isOther ? [{ kind: 'other-workload', name }] : [];
}

function failures(status: ProvisioningStatus, failure: Condition | undefined): ProvisioningFinding[] {
  if (!failure) return [];
  const types = /cannot update immutable integration type \(existing: (\w+), desired: (\w+)\)/.exec(
    failure.message ?? '',
  );
  const [, existing, desired] = types ?? [];
  if (existing !== undefined && desired !== undefined) return [{ kind: 'integration-type', existing, desired }];
  return [{ kind: 'sync-failed', message: failure.message, hasClient: hasClient(status) }];
}

function refusals(
  status: ProvisioningStatus,
  isRefused: boolean,
  scopes: readonly string[],
  manifest: ManifestSide | undefined,
): ProvisioningFinding[] {
  if (!isRefused) return [];
  const isGone = (scope: string) =>
    isSame(status, manifest) && manifest?.mayConsumeMore === false && !manifest.consumes.includes(scope);
  const gone = scopes.filter(isGone);
  const here = scopes.filter((scope) => !isGone(scope));
  return [
    ...(here.length > 0 || gone.length === 0 ? [{ kind: 'scopes-refused', scopes: here } as const] : []),
    ...(gone.length > 0 ? [{ kind: 'refused-not-consumed', scopes: gone } as const] : []),
  ];
}

function consumers(status: ProvisioningStatus): ProvisioningFinding[] {
  const condition = trueCondition(status, 'InvalidExposedScopesConsumers');
  return condition ? [{ kind: 'consumers-refused', message: condition.message }] : [];
}

function progress(status: ProvisioningStatus, failed: boolean): ProvisioningFinding[] {
  if (isBehind(status) && status.generation !== undefined) {
    return [{ kind: 'behind', generation: status.generation, observed: observedGeneration(status) }];
  }
  if (failed) return [];
  const ready = conditionOf(status, 'Ready');
  if (ready) return ready.status === 'True' ? [] : [{ kind: 'working' }];
  return hasResource(status) ? [{ kind: 'not-begun' }] : [];
}

function age({ synchronizedAtMs }: ProvisioningStatus, nowMs: number): ProvisioningFinding[] {
  const isOld = synchronizedAtMs !== undefined && nowMs - synchronizedAtMs > OLD_AFTER_MS;
  return isOld ? [{ kind: 'old', synchronizedAtMs }] : [];
}

function differences(status: ProvisioningStatus, manifest: ManifestSide | undefined): ProvisioningFinding[] {
  const { consumes } = status;
  if (!manifest || !consumes || !isSame(status, manifest)) return [];
  const missing = manifest.consumes.filter((scope) => !consumes.includes(scope));
  const extra = manifest.mayConsumeMore ? [] : consumes.filter((scope) => !manifest.consumes.includes(scope));
  return [
    ...(missing.length > 0 ? [{ kind: 'not-deployed', scopes: missing } as const] : []),
    ...(extra.length > 0 ? [{ kind: 'only-in-cluster', scopes: extra } as const] : []),
  ];
}

function unknownConditions({ conditions }: ProvisioningStatus): ProvisioningFinding[] {
  return conditions
    .filter(({ type, status }) => !KNOWN_CONDITIONS.has(type) && status === 'True')
    .map((condition) => ({ kind: 'unknown-condition', condition }));
}

/** A paste without a name is taken for what was asked for. */
function isSame({ name }: ProvisioningStatus, manifest: ManifestSide | undefined): boolean {
  return name === undefined || name === manifest?.workload;
}

function isAll(refused: readonly string[], consumes: readonly string[]): boolean {
  return consumes.length > 0 && consumes.every((scope) => refused.includes(scope));
}

/** As the cluster says, else as the manifest does where it says all. */
function deployedScopes({ consumes }: ProvisioningStatus, manifest: ManifestSide | undefined): readonly string[] {
  return consumes ?? (manifest?.mayConsumeMore === false ? manifest.consumes : []);
}
