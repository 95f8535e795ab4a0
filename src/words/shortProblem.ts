import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import { outcomeWords } from './requestHistory';

/** A problem in two or three words, for a row of the tree: never a code that only this extension knows. */
export function wordProblemShort(problem: Problem, t: Translate): string {
  const { code } = problem;
  if ('refusal' in problem && !code.startsWith('texas/')) {
    const mpCode = code.startsWith('MP-') ? code : code === 'token/refused' ? problem.mpCode : undefined;
    if (mpCode === undefined) return t('refused');
    const isGuessed = problem.refusal.relayedBy === 'texas' && problem.refusal.errorUri === undefined;
    return isGuessed ? t('refused (probably {code})', { code: mpCode }) : t('refused ({code})', { code: mpCode });
  }
  switch (code) {
    case 'texas/upstream-unreachable':
      return t('no answer');
    case 'credential/unavailable':
      return t('key not available');
    case 'grant/key-unusable':
    case 'texas/cannot-sign':
      return t('key not usable');
    case 'grant/certificate-unusable':
      return t('certificate not usable');
    case 'workspace/untrusted':
      return t('workspace not trusted');
    case 'production/not-confirmed':
      return t('not confirmed');
    case 'texas/issuer-mismatch':
      return t('wrong environment');
    case 'texas/not-enabled':
      return t('not enabled in the pod');
    case 'texas/request-rejected':
    case 'altinn/refused':
      return t('refused');
    case 'grant/bad-request':
    case 'texas/unsupported':
    case 'altinn/no-environment':
      return t('not sent');
    default:
      return code.startsWith('request/') ? t('not sent') : outcomeWords(code, t);
  }
}
