import type { Translate } from '../shared/localize';
import type { RequestForm } from '../shared/requestForm';

/** What stands on the tab of a request: method and host, or what it is for as long as no host of its own is typed. */
export function requestTitle(
  { method, url, scopes }: Pick<RequestForm, 'method' | 'url' | 'scopes'>,
  sampleUrl: string | undefined,
  t: Translate,
): string {
  const isSample = sampleUrl !== undefined && url.startsWith(sampleUrl);
  const host = URL.canParse(url) ? new URL(url).host : '';
  if (host !== '' && !isSample) return `${method} ${host}`;
  return scopes.length > 0 ? t('Request: {scopes}', { scopes: scopes.join(' ') }) : t('Test Request');
}
