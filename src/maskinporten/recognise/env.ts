import type { Doubt, Variable } from './model';
import { isVariable } from './variables';

/** Variables by name, with what is to be said of them. */
export interface ReadVariables {
  readonly variables: ReadonlyMap<Variable, string>;
  readonly doubts: readonly Doubt[];
}

const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*/;

/** What a backslash in double quotes stands for; before anything else it stays, as in a shell. */
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  $: '$',
  '`': '`',
};

/**
 * Reads our variables from the lines of a `.env` file, of `printenv` or of a shell script's exports, undefined where it
 * sets none of them. Quotes may span lines; quotes that do not end, or end before more text, belong to the value.
 */
export function readEnv(text: string): ReadVariables | undefined {
  const variables = new Map<Variable, string>();
  const doubts: Doubt[] = [];
  let position = 0;
  while (position < text.length) {
    const lineEnd = endOfLine(text, position);
    const assignment = ASSIGNMENT.exec(text.slice(position, lineEnd));
    if (!assignment) {
      position = lineEnd + 1;
      continue;
    }
    const [head, name = ''] = assignment;
    const { value, end } = readValue(text, position + head.length, lineEnd);
    position = end + 1;
    if (!isVariable(name)) continue;
    const before = variables.get(name);
    if (before !== undefined && before !== value && !doubts.some((doubt) => isAbout(doubt, name))) {
      doubts.push({ code: 'set-twice', variable: name });
    }
    variables.set(name, value);
  }
  return variables.size === 0 ? undefined : { variables, doubts };
}

function isAbout(doubt: Doubt, variable: Variable): boolean {
  return 'variable' in doubt && doubt.variable === variable;
}

/** The value that begins at `start`, and the end of the line on which it ends. */
function readValue(text: string, start: number, lineEnd: number): { value: string; end: number } {
  const quote = text.charAt(start);
  if (quote === '"' || quote === "'" || quote === '`') {
    const close = closingQuote(text, start, quote);
    const end = close === -1 ? lineEnd : endOfLine(text, close);
    if (close !== -1 && /^[ \t\r]*(?:#|$)/.test(text.slice(close + 1, end))) {
      const inside = text.slice(start + 1, close);
      return { value: quote === '"' ? unescape(inside) : inside, end };
    }
  }
  const plain = withoutComment(text.slice(start, lineEnd)).trim();
  return { value: withoutOuterQuotes(plain), end: lineEnd };
}

function closingQuote(text: string, start: number, quote: string): number {
  let close = text.indexOf(quote, start + 1);
  while (quote === '"' && close !== -1 && isEscaped(text, close, start)) close = text.indexOf(quote, close + 1);
  return close;
}

/** Whether an odd number of backslashes stands before `position`. */
function isEscaped(text: string, position: number, start: number): boolean {
  let first = position;
  while (first - 1 > start && text[first - 1] === '\\') first--;
  return (position - first) % 2 === 1;
}

function unescape(text: string): string {
  return text.replace(/\\([\s\S])/g, (all, character: string) => ESCAPES[character] ?? all);
}

/** A comment begins with # after white space, as in a shell: a # within a value is part of it. */
function withoutComment(value: string): string {
  const comment = value.search(/(?<=^|[ \t])#/);
  return comment === -1 ? value : value.slice(0, comment);
}

/** `"{"kty":"RSA"}"`, pasted between quotes without a thought of those inside: dotenv takes it too. */
function withoutOuterQuotes(value: string): string {
  const quote = value.charAt(0);
  return value.length > 1 && /["'`]/.test(quote) && value.endsWith(quote) ? value.slice(1, -1) : value;
}

function endOfLine(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  return end === -1 ? text.length : end;
}
