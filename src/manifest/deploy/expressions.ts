import type { DeployText } from './text';
import { joined, known, UNKNOWN } from './text';

/** What the expressions of a job can see of the file. Names are without regard to case, as on GitHub. */
export interface ExpressionContext {
  readonly env: ReadonlyMap<string, DeployText>;
  readonly matrix: ReadonlyMap<string, DeployText>;
  readonly inputs: ReadonlyMap<string, DeployText>;
}

const EXPRESSION = /\$\{\{(.*?)\}\}/gs;
const PATH = /^(env|matrix|inputs)\.([\w.-]+)$/i;

/**
 * A value with its `${{ … }}` filled in as far as the file knows: variables of `env`, `matrix` and `inputs`, and texts in
 * quotes (GitHub, "Evaluate expressions in workflows and actions"). Everything else is a gap.
 */
export function evaluated(value: string, context: ExpressionContext): DeployText {
  const texts: DeployText[] = [];
  let end = 0;
  for (const match of value.matchAll(EXPRESSION)) {
    texts.push(known(value.slice(end, match.index)), valueOf((match[1] ?? '').trim(), context));
    end = match.index + match[0].length;
  }
  return joined([...texts, known(value.slice(end))]);
}

function valueOf(expression: string, { env, matrix, inputs }: ExpressionContext): DeployText {
  const quoted = /^'((?:[^']|'')*)'$/.exec(expression);
  if (quoted) {
    return known((quoted[1] ?? '').replaceAll("''", "'"));
  }
  const [, holder = '', name = ''] = PATH.exec(expression) ?? [];
  const values = { env, matrix, inputs }[holder.toLowerCase()];
  return values?.get(name.toLowerCase()) ?? UNKNOWN;
}
