/** Digdir's environments, each with a registry of its own. */
export type RegistryEnvironment = 'test' | 'prod';

/** A scope of Digdir's registry of public scopes, as far as it bears on who may use it. */
export interface RegistryScope {
  readonly scope: string;
  /** One line, in Norwegian as a rule. */
  readonly description: string | undefined;
  readonly active: boolean;
  /** The kinds of client that may have it; undefined where all may. */
  readonly integrationTypes: readonly string[] | undefined;
  /** Nine digits. */
  readonly ownerOrgno: string | undefined;
  /** Any organisation may use it without a grant. */
  readonly accessibleForAll: boolean;
}

/** Why an answer is no list of scopes. */
export type RegistryFault =
  | { readonly reason: 'status'; readonly status: number }
  | { readonly reason: 'too-large'; readonly limitBytes: number }
  | { readonly reason: 'unreadable' };

export type RegistryAnswer =
  | { readonly ok: true; readonly scopes: readonly RegistryScope[] }
  | { readonly ok: false; readonly fault: RegistryFault };
