import type { ClaimHint } from '../maskinporten/preflight';
import type { Translate } from '../shared/localize';

/** What is doubtful about a request that is sent all the same, in one sentence. */
export function wordHint(hint: ClaimHint, t: Translate): string {
  switch (hint.hint) {
    case 'not-a-uuid':
      return t('Digdir’s client ids are UUIDs, and this one is not.');
    case 'duplicate':
      return t('{scope} is there twice. It is sent once.', { scope: hint.scope });
    case 'several':
      return t('Digdir advises one scope for each token.');
    case 'check-digit':
      return t('The last digit of the organisation number does not fit the others.');
    case 'beside-system-user':
      return t('consumer_org and a system user both name whom to act for. Maskinporten may refuse the two together.');
  }
}
