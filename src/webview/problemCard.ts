import type { ProblemCard } from '../shared/messages';
import { wordsOf, type Words } from './connect';
import { button, el, icon } from './dom';

/** A refusal or a failure: what happened, why, what to do, and what was sent. `id` tells two of a page apart. */
export function problemCard(
  problem: ProblemCard,
  { t }: Words,
  onAction: (id: string) => void,
  id = 'problem',
): HTMLElement {
  return el(
    'section',
    { class: 'problem', attrs: { 'aria-labelledby': `${id}-title` } },
    el('h2', { class: 'problem-title', attrs: { id: `${id}-title` } }, icon('error', 'error-icon'), problem.title),
    el('p', {}, problem.cause),
    el('p', { class: 'cure' }, problem.cure),
    answer(problem, t),
    problem.sent.length > 0 &&
      el(
        'div',
        { class: 'facts' },
        el('h3', {}, t('What was sent')),
        el(
          'dl',
          {},
          ...problem.sent.flatMap(({ name, value }) => [el('dt', {}, name), el('dd', { class: 'mono' }, value)]),
        ),
      ),
    el(
      'div',
      { class: 'buttons' },
      ...problem.actions.map((action, index) =>
        button(
          action.label,
          () => {
            onAction(action.id);
          },
          // The likeliest cure stands out, where there is more than the log to see.
          { secondary: index > 0 || problem.actions.length === 1, focusKey: `${id}-${action.id}` },
        ),
      ),
    ),
  );
}

/** What the other side said in its own words, and the number by which it knows the case. */
function answer({ detail, traceId }: ProblemCard, t: Words['t']): HTMLElement | undefined {
  const saysTraceId = traceId === undefined || detail?.includes(traceId) === true;
  if (detail === undefined && saysTraceId) return undefined;
  return el(
    'blockquote',
    { class: 'detail' },
    detail !== undefined && el('p', {}, detail),
    !saysTraceId && el('p', { class: 'trace' }, `${t('Trace id')} `, el('span', { class: 'mono' }, traceId)),
  );
}

/** For a page that could not even be begun: without the words of the user's language, so in English. */
export function showFailure(): void {
  const words = wordsOf({ locale: 'en', texts: {} });
  document.body.replaceChildren(
    el(
      'main',
      { class: 'page' },
      problemCard(failureCard(words), words, () => undefined),
    ),
  );
}

/** For a failure of the extension itself: its text stays in the log. */
export function failureCard({ t }: Words): ProblemCard {
  return {
    code: undefined,
    title: t('The extension did not answer.'),
    cause: t('Something in the extension failed. The log has the details.'),
    cure: t('Close this tab and open it again. If it happens again, reload the window.'),
    detail: undefined,
    sent: [],
    traceId: undefined,
    actions: [],
  };
}
