/** One of a resource's conditions (Kubernetes, meta/v1 Condition). Its texts are others': show as text only. */
export interface Condition {
  /** `Ready`, `Error`, `InvalidConsumedScopes`, `InvalidExposedScopesConsumers`, or one that is newer than this. */
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string | undefined;
  readonly message: string | undefined;
  /** The generation of the resource that it speaks of. */
  readonly observedGeneration: number | undefined;
}

/**
 * What the cluster says of a workload's client (nais/liberator, digdirator_types.go). Undefined is what the text does
 * not say; every text is of one line and bounded.
 */
export interface ProvisioningStatus {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  /** Counts the changes of the resource's spec; digdirator has seen them up to `observedGeneration`. */
  readonly generation: number | undefined;
  readonly observedGeneration: number | undefined;
  readonly clientId: string | undefined;
  readonly keyIds: readonly string[];
  readonly synchronizedAtMs: number | undefined;
  readonly secretName: string | undefined;
  /** The scopes that were deployed. */
  readonly consumes: readonly string[] | undefined;
  readonly conditions: readonly Condition[];
}

/** Why a text tells nothing of a workload's client. */
export type ProvisioningProblem =
  /** kubectl prints its errors elsewhere, and so leaves nothing for the clipboard. */
  | { readonly reason: 'empty' }
  | { readonly reason: 'too-large' }
  | { readonly reason: 'unrecognised' }
  | { readonly reason: 'several'; readonly names: readonly string[] }
  | { readonly reason: 'other-kind'; readonly kind: string }
  /** There is no such resource. */
  | { readonly reason: 'not-found' }
  /** The cluster does not know the kind: it is none of Nais. */
  | { readonly reason: 'unknown-kind' }
  | { readonly reason: 'forbidden' }
  | { readonly reason: 'not-logged-in' }
  | { readonly reason: 'unreachable' }
  /** A pod says that it waits for the Secret. */
  | { readonly reason: 'secret-not-found'; readonly secret: string };

export type ProvisioningReading =
  | { readonly ok: true; readonly status: ProvisioningStatus }
  | { readonly ok: false; readonly problem: ProvisioningProblem };
