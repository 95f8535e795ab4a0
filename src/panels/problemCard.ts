import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { ProblemCard } from '../shared/messages';
import { wordProblem } from '../words/problems';

/** A Problem as both panels show it; `link` is what `open-link` opens, and stays on this side. */
export interface WordedProblem {
  readonly card: ProblemCard;
  readonly link: string | undefined;
}

export function problemCard(problem: Problem, t: Translate): WordedProblem {
  const { title, cause, cure, detail, link } = wordProblem(problem, t);
  return {
    link,
    card: {
      code: problem.code,
      title,
      cause,
      cure,
      detail,
      sent: problem.sent,
      traceId: 'refusal' in problem ? problem.refusal.traceId : undefined,
      actions: [
        ...(link === undefined ? [] : [{ action: 'open-link', label: t('Open Digdir’s Page') } as const]),
        { action: 'show-log', label: t('Show Log') },
      ],
    },
  };
}

/** For what is no Problem: the extension itself failed, and the log has the details. */
export function failureCard(t: Translate): WordedProblem {
  return {
    link: undefined,
    card: {
      code: undefined,
      title: t('The extension failed.'),
      cause: t('Something went wrong that it was not prepared for. The log has the details.'),
      cure: t('Try again. If it happens again, report it with what the log says.'),
      detail: undefined,
      sent: [],
      traceId: undefined,
      actions: [{ action: 'show-log', label: t('Show Log') }],
    },
  };
}
