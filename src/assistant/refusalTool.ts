import { explainRefusal } from '../maskinporten/refusals';
import type { Language } from '../platform/language';
import { redact } from '../platform/redact';
import { wordProblem } from '../words/problems';
import type { Tool } from './tools';

const NOT_MEASURED = {
  lookupMs: undefined,
  connectMs: undefined,
  tlsMs: undefined,
  firstByteMs: 0,
  doneMs: 0,
};

/** An error body is short; what is longer is something else. */
const MOST_CHARACTERS = 10_000;

/** Explains the body of a refusal: its cause and its cure. One with a token or a key in it is not read. */
export function refusalTool({ t }: Pick<Language, 't'>, now: () => number = Date.now): Tool {
  return {
    get progress() {
      return t('Explaining the refusal');
    },
    run(input) {
      const asked = readInput(input);
      if (asked === undefined) return t('Give the body of the answer as text, as it came.');
      if (holdsSecret(asked)) {
        return t(
          'The text holds what looks like a token, a key or an identity number. It was not read: take that out.',
        );
      }
      const nowMs = now();
      const problem = explainRefusal(
        {
          status: 400,
          statusText: '',
          headers: [],
          body: Buffer.from(asked.body),
          truncated: false,
          wireBytes: undefined,
          phases: NOT_MEASURED,
        },
        { url: '', scopes: asked.scopes, grant: { header: {}, claims: {} }, sentAtMs: nowMs, answeredAtMs: nowMs },
      );
      if (problem.code === 'token/unreadable')
        return t('This is no refusal of an OAuth token endpoint: there is no error in it.');
      const { title, cause, cure, detail, link } = wordProblem(problem, t);
      return redact(JSON.stringify({ code: problem.code, title, cause, cure, detail, link }, null, 1));
    },
  };
}

interface Asked {
  readonly body: string;
  readonly scopes: readonly string[];
}

function readInput(input: unknown): Asked | undefined {
  if (typeof input !== 'object' || input === null || !('body' in input)) return undefined;
  const { body } = input;
  if (typeof body !== 'string' || body.trim() === '' || body.length > MOST_CHARACTERS) return undefined;
  const scopes: unknown = 'scopes' in input ? input.scopes : [];
  return {
    body,
    scopes: Array.isArray(scopes) ? scopes.filter((scope: unknown) => typeof scope === 'string').slice(0, 50) : [],
  };
}

/** What the redaction would take something out of must not go back to a model, in whatever form. */
function holdsSecret({ body, scopes }: Asked): boolean {
  return [body, ...scopes].some((text) => redact(text) !== text);
}
