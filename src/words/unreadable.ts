import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { Explanation } from './problems';

type UnreadableProblem = Extract<
  Problem,
  { code: 'token/unreadable' | 'discovery/unreadable' | 'jwks/unreadable' | 'altinn/unreadable' }
>;

/** Explains an answer that is not what it should be, by its status, its type and its size. */
export function wordUnreadable(problem: UnreadableProblem, t: Translate): Explanation {
  const { code, status, contentType, tooLarge } = problem;
  const title = {
    'token/unreadable': t('The issuer’s answer is neither a token nor a refusal.'),
    'discovery/unreadable': t('The metadata of the issuer was not found.'),
    'jwks/unreadable': t('The issuer’s keys could not be read.'),
    'altinn/unreadable': t('Altinn’s answer is neither a token nor a refusal.'),
  }[code];
  const type = contentType ?? t('no content type');
  const cause = t('It answered {status} with {type}.', { status, type });
  if (status === 407) {
    return {
      title: t('A proxy on the way wants to know who you are.'),
      cause,
      cure: t('Set user name and password of the proxy in VS Code’s setting http.proxyAuthorization or http.proxy.'),
    };
  }
  if (status === 429) return { title, cause, cure: wordBusy(problem, t) };
  if (status >= 500) return { title, cause, cure: wordTrouble(problem, t) };
  if (status >= 300 && status < 400) {
    return { title, cause, cure: t('It points elsewhere, which is not followed. Check the issuer URL.') };
  }
  if (/\bhtml\b/i.test(type)) {
    return {
      title,
      cause,
      cure: t(
        'A web page in place of an answer may come from a proxy or a network that wants a login. Open the issuer in a browser and see.',
      ),
    };
  }
  if (tooLarge) {
    return {
      title,
      cause: t('It is far larger than such an answer ever is, and was not read to its end.'),
      cure: t('Check the issuer URL of the credential: it may be another server that answers.'),
    };
  }
  return { title, cause, cure: t('Check the issuer URL of the credential: it may be another server that answers.') };
}

function wordBusy({ retryAfterSeconds }: UnreadableProblem, t: Translate): string {
  return retryAfterSeconds === undefined
    ? t('Too many requests. Wait a minute and try again.')
    : t('Too many requests. It asks you to wait {seconds} s before the next one.', { seconds: retryAfterSeconds });
}

function wordTrouble({ code, retryAfterSeconds }: UnreadableProblem, t: Translate): string {
  if (retryAfterSeconds !== undefined) {
    return t('The server has trouble of its own, and asks you to wait {seconds} s.', { seconds: retryAfterSeconds });
  }
  return code === 'altinn/unreadable'
    ? t('Altinn has trouble of its own. Wait a little and try again.')
    : t('The issuer has trouble of its own. Wait a little and try again.');
}
