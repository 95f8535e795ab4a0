import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { Explanation } from './problems';
import { wordUnreadable } from './unreadable';

export type AltinnProblem = Extract<Problem, { code: `altinn/${string}` }>;

/** Explains why there is no Altinn token for a Maskinporten token (Altinn, "Token exchange"). */
export function wordAltinnProblem(problem: AltinnProblem, t: Translate): Explanation {
  switch (problem.code) {
    case 'altinn/unreadable':
      return wordUnreadable(problem, t);
    case 'altinn/no-environment':
      return {
        title: t('Not sent: Altinn does not take tokens of {issuer}.', { issuer: problem.issuer }),
        cause: t(
          'Altinn exchanges tokens of Maskinporten’s own test and production environments, each in its own place.',
        ),
        cure: t('Select an environment of Test or Prod, or the sandbox, which has an exchange of its own.'),
      };
    case 'altinn/refused':
      return problem.status === 401
        ? {
            title: t('Altinn does not accept the Maskinporten token (401).'),
            cause: t('It may have expired on the way, or it is of the other environment.'),
            cure: t('Get a new token and exchange it at once.'),
          }
        : {
            title: t('Altinn does not exchange this token ({status}).', { status: problem.status }),
            cause: t('It may have no altinn: scope, or Altinn may not know the organisation behind it.'),
            cure: t(
              'Check that a scope of the token begins with altinn:, and that the API needs an Altinn token at all.',
            ),
          };
  }
}
