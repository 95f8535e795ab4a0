import type { Translate } from '../shared/localize';

/** How a scope that an API asks for stands to the manifest, and to the token that was sent. */
export interface AskedScope {
  readonly scope: string;
  readonly standing:
    | 'had'
    /** In the manifest. */
    | 'declared'
    | 'undeclared'
    /** There is no manifest to compare with, or a template makes its scopes. */
    | 'unknown';
}

/** Says what a 403 `insufficient_scope` comes from, for one of the scopes that it names. */
export function wordAskedScope({ scope, standing }: AskedScope, sent: readonly string[], t: Translate): string {
  const scopes = sent.join(' ');
  switch (standing) {
    case 'had':
      return t('The token has {scope}, and the API still asks for it. Only the API’s owner can tell why.', { scope });
    case 'declared':
      return t('{scope} is in nais.yaml, but the token was for {scopes}.', { scope, scopes });
    case 'undeclared':
      return t('{scope} is not in nais.yaml.', { scope });
    case 'unknown':
      return t('The token was for {scopes}, without {scope}.', { scope, scopes });
  }
}
