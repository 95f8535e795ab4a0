import { wishKey } from '../maskinporten/cache';
import type { Translate } from '../shared/localize';
import type { TokenPanelState } from '../shared/tokenMessages';
import { workloadKey } from '../shared/workload';
import type { TokenAsk } from '../state/tokens';

/** Names a wish: which token, of which workload. */
export function wishOf(ask: TokenAsk): string {
  return `${workloadKey(ask)} ${wishKey(ask)}`;
}

/** What stands on the tab. */
export function wishTitle({ scopes }: TokenAsk, t: Translate): string {
  return scopes.length === 0 ? t('Token') : t('Token: {scopes}', { scopes: scopes.join(' ') });
}

/** What outlives a reload: nothing that may name a person. */
export function stateOf({ manifestUri, workload, scopes, resource, consumerOrg }: TokenAsk): TokenPanelState {
  return { version: 1, manifestUri, workload, scopes, resource, consumerOrg };
}
