import type { Problem, TexasLimit } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { Explanation } from './problems';
import type { RefusalProblem } from './refusals';

export type TexasProblem = Extract<Problem, { code: `texas/${string}` }>;

/** Explains what Texas itself refused, and what was refused on its behalf. Its own text goes along as `detail`. */
export function wordTexasProblem(problem: TexasProblem, t: Translate): Explanation {
  const explanation = explain(problem, t);
  if (!('refusal' in problem)) return explanation;
  const { description, error } = problem.refusal;
  return { ...explanation, detail: description ?? error };
}

function explain(problem: TexasProblem, t: Translate): Explanation {
  switch (problem.code) {
    case 'texas/not-enabled':
      return {
        title: t('The workload behind this Texas endpoint does not use Maskinporten.'),
        cause: t('Texas runs there for something else: Maskinporten is not enabled in the deployed manifest.'),
        cure: t(
          'Set spec.maskinporten.enabled: true and deploy, or forward the port of a workload that has it already.',
        ),
      };
    case 'texas/request-rejected':
      return {
        title: t('Texas did not understand the request.'),
        cause: t('It may be another version than this extension knows.'),
        cure: t('See what Texas says, below. Update a Texas that you run yourself; in the cluster Nais does it.'),
      };
    case 'texas/cannot-sign':
      return {
        title: t('Texas could not sign a grant.'),
        cause: t('The key that the pod was started with cannot be used.'),
        cure: t('Restart the workload, so that it gets the Secret as it is now.'),
      };
    case 'texas/upstream-unreachable':
      return {
        title: t('Texas got no answer from Maskinporten.'),
        cause: t('It waits for a short while only. Maskinporten was slow, or the pod may not reach it.'),
        cure: t('Try again. If it persists, see the log of the pod.'),
      };
    case 'texas/upstream-unreadable':
      return {
        title: t('Texas could not read Maskinporten’s answer.'),
        cause: t('It may have been a refusal without a reason: Texas drops those.'),
        cure: t(
          'Try again. A credential with the key of the workload asks Maskinporten directly, and shows its answer.',
        ),
      };
    case 'texas/unreadable':
      return {
        title: t('The server at this address is not Texas.'),
        cause: t('It answered {status} with {type}.', {
          status: problem.status,
          type: problem.contentType ?? t('no content type'),
        }),
        cure: t('Check port and path: Texas’s port in a pod is 7164, and the path is /api/v1/token.'),
      };
    case 'texas/issuer-mismatch':
      return {
        title: t('This Texas gives tokens of another environment.'),
        cause: t('The endpoint was added for {expected}, and the token is from {actual}. It was not kept.', {
          expected: problem.expected,
          actual: problem.actual,
        }),
        cure: t('Forward the port of a pod in the right cluster, or add the endpoint for the other environment.'),
      };
    case 'texas/unsupported':
      return {
        title: t('Not sent: Texas has no field for {field}.', { field: problem.field }),
        cause: wordTexasLimit(problem.field, t),
        cure: t('Leave it out, or use a credential with the key of the client.'),
      };
  }
}

/** Why something cannot be asked for through Texas, for where it is disabled. */
export function wordTexasLimit(field: TexasLimit, t: Translate): string {
  switch (field) {
    case 'consumer_org':
      return t('Texas asks for its own organisation only, and would ignore consumer_org without a word.');
    case 'pid':
      return t('Texas asks for no one in particular, and would ignore pid without a word.');
    case 'x5c':
      return t('Texas signs with the registered key of its pod, never with a certificate.');
  }
}

/** Texas drops the code, and what is known by its text alone is probable, not certain. */
export function codeWords({ code, refusal }: RefusalProblem, t: Translate): string {
  return refusal.relayedBy === 'texas' && refusal.errorUri === undefined ? t('probably {code}', { code }) : code;
}

/**
 * Explains refusals that came by way of Texas and are about what only its pod has: the client, the key and the clock.
 * Undefined for those that read the same whoever asked.
 */
export function wordRelayedRefusal(problem: RefusalProblem, t: Translate): Explanation | undefined {
  const code = codeWords(problem, t);
  const restart = t(
    'Restart the workload, so that it gets the Secret as it is now. If that does not help, annotate the MaskinportenClient with digdir.nais.io/rotate=true.',
  );
  const wrongKey = t('The pod may have been started with a key that has been rotated since, or has expired.');
  const clock = {
    cause: t('Texas dates its grants by the clock of its node, which seems to be wrong.'),
    cure: t('Try again. If it persists, ask the Nais team about the node; a Texas on this machine has this clock.'),
  };
  switch (problem.code) {
    case 'MP-011':
    case 'MP-100':
    case 'MP-110':
    case 'token/own-consumer-org':
      return {
        title:
          problem.code === 'token/own-consumer-org'
            ? t('Maskinporten does not accept the grant that Texas made.')
            : t('Maskinporten does not accept the client of this workload ({code}).', { code }),
        cause: t('Texas takes client id and issuer from the Secret of its pod, so it is not about what was asked for.'),
        cure: t('See the conditions of the MaskinportenClient: kubectl describe maskinportenclient.'),
      };
    case 'MP-120':
    case 'MP-121':
    case 'MP-122':
    case 'MP-123':
    case 'MP-124':
      return {
        title: t('Maskinporten does not accept the key that Texas signs with ({code}).', { code }),
        cause: wrongKey,
        cure: restart,
      };
    case 'token/unknown-kid':
    case 'token/kid-required':
      return {
        title: t('Maskinporten does not know the key that Texas signs with.'),
        cause: wrongKey,
        cure: restart,
      };
    case 'MP-130':
      return { title: t('The grant that Texas made had expired when it arrived ({code}).', { code }), ...clock };
    case 'token/issued-in-future':
      return { title: t('The grant that Texas made was issued in the future, by Maskinporten’s clock.'), ...clock };
    default:
      return undefined;
  }
}
