import type { Translate } from '../shared/localize';

/** What came of a request: an HTTP status, or the code of the Problem. */
export function outcomeWords(outcome: number | string, t: Translate): string {
  if (typeof outcome === 'number') return String(outcome);
  switch (outcome) {
    case 'network/refused':
    case 'network/unreachable':
    case 'network/reset':
    case 'network/timeout':
      return t('no answer');
    case 'network/dns':
      return t('host not found');
    case 'network/proxy':
      return t('stopped by a proxy');
    case 'network/certificate':
      return t('certificate not trusted');
    default:
      return t('answer not understood');
  }
}
