/**
 * What a user can do about a problem with one click: data, so that a panel can make buttons of it and a notification
 * actions. Each says what is needed to do it, and nothing that is secret.
 */
export type Remedy =
  | { readonly kind: 'retry' }
  /** `afterSeconds` is what the other side asked for; undefined where it did not say. */
  | { readonly kind: 'wait-and-retry'; readonly afterSeconds: number | undefined }
  | { readonly kind: 'add-scope-to-manifest'; readonly scope: string }
  | { readonly kind: 'replace-scope'; readonly from: string; readonly to: string }
  | { readonly kind: 'copy-access-request'; readonly scopes: readonly string[] }
  | { readonly kind: 'switch-environment' }
  /** `command` annotates the MaskinportenClient; undefined where the workload is not known. */
  | { readonly kind: 'rotate-key' | 'resync'; readonly command: string | undefined }
  /** What the cluster says of the workload's client. */
  | { readonly kind: 'check-provisioning' }
  | { readonly kind: 'import-credential-again' }
  | { readonly kind: 'set-consumer-org' | 'drop-consumer-org' }
  /** Back to the options of the request, at the claim that is at fault. */
  | { readonly kind: 'edit-options'; readonly claim: string }
  | { readonly kind: 'open-page'; readonly url: string }
  | { readonly kind: 'show-log' };
