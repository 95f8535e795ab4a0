import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { ProblemCard } from '../shared/messages';
import type { Remedy } from '../shared/remedy';
import { wordProblem } from '../words/problems';
import { wordRemedy } from '../words/remedies';
import type { ProblemContext } from '../words/scopeRefusal';

/** A Problem as the panels show it. What its buttons do stays on this side. */
export interface WordedProblem {
  readonly card: ProblemCard;
  /** By the ids of the card's buttons. */
  readonly remedies: ReadonlyMap<string, Remedy>;
}

/** `context` is what is known of the manifest that the wish came from. */
export function problemCard(problem: Problem, t: Translate, context: ProblemContext = {}): WordedProblem {
  const { title, cause, cure, detail, actions } = wordProblem(problem, t, context);
  return withButtons(
    {
      code: problem.code,
      title,
      cause,
      cure,
      detail,
      sent: problem.sent,
      traceId: 'refusal' in problem ? problem.refusal.traceId : undefined,
    },
    actions,
    t,
  );
}

/** For what is no Problem: the extension itself failed, and the log has the details. */
export function failureCard(t: Translate): WordedProblem {
  return withButtons(
    {
      code: undefined,
      title: t('The extension failed.'),
      cause: t('Something went wrong that it was not prepared for. The log has the details.'),
      cure: t('Try again. If it happens again, report it with what the log says.'),
      detail: undefined,
      sent: [],
      traceId: undefined,
    },
    [{ kind: 'show-log' }],
    t,
  );
}

function withButtons(card: Omit<ProblemCard, 'actions'>, remedies: readonly Remedy[], t: Translate): WordedProblem {
  // One problem may offer two pages, so the kind alone does not name a button.
  const byId = new Map(remedies.map((remedy, index) => [`${remedy.kind} ${index}`, remedy]));
  return {
    card: { ...card, actions: [...byId].map(([id, remedy]) => ({ id, label: wordRemedy(remedy, t) })) },
    remedies: byId,
  };
}
