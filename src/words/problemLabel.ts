import type { Problem, ProblemCode } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import { codeWords } from './texas';

type DigdirProblem = Extract<Problem, { code: `MP-${string}` }>;

/** Why there is no token, in the few words that fit beside a scope: `refused (MP-200)`, `issuer not reached`. */
export function wordProblemLabel(problem: Problem, t: Translate): string {
  return hasDigdirCode(problem) ? t('refused ({code})', { code: codeWords(problem, t) }) : labelOf(problem.code, t);
}

function labelOf(code: Exclude<ProblemCode, DigdirProblem['code']>, t: Translate): string {
  switch (code) {
    case 'token/unknown-kid':
    case 'token/kid-required':
      return t('refused (key not known)');
    case 'token/issued-in-future':
      return t('refused (clock)');
    case 'token/own-consumer-org':
    case 'token/refused':
      return t('refused');
    case 'token/unreadable':
    case 'discovery/unreadable':
    case 'jwks/unreadable':
    case 'network/protocol':
    case 'network/encoding':
      return t('answer not readable');
    case 'discovery/issuer-mismatch':
    case 'discovery/endpoint-refused':
      return t('issuer not trusted');
    case 'texas/not-enabled':
      return t('Maskinporten not enabled in the pod');
    case 'texas/request-rejected':
      return t('not understood by Texas');
    case 'texas/cannot-sign':
      return t('Texas cannot sign');
    case 'texas/upstream-unreachable':
      return t('no answer to Texas');
    case 'texas/upstream-unreadable':
      return t('no clear answer to Texas');
    case 'texas/unreadable':
      return t('no Texas at this address');
    case 'texas/issuer-mismatch':
      return t('Texas of another environment');
    case 'texas/unsupported':
      return t('not possible through Texas');
    case 'workspace/untrusted':
      return t('workspace not trusted');
    case 'production/not-confirmed':
      return t('production not confirmed');
    case 'credential/unavailable':
      return t('key not available');
    case 'grant/key-unusable':
      return t('key cannot be used');
    case 'grant/bad-request':
      return t('request not valid');
    case 'network/refused':
    case 'network/unreachable':
    case 'network/dns':
    case 'network/reset':
    case 'network/timeout':
      return t('issuer not reached');
    case 'network/certificate':
      return t('certificate not trusted');
    case 'request/insecure-url':
    case 'request/bad-url':
    case 'request/url-credentials':
    case 'request/bad-method':
    case 'request/bad-header':
    case 'request/sandbox-token-elsewhere':
      return t('not sent');
  }
}

function hasDigdirCode(problem: Problem): problem is DigdirProblem {
  return problem.code.startsWith('MP-');
}
