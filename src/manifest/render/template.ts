import type { Range } from '../model';
import { scanTags } from '../tags';
import type { ParseTemplate, Program, Statement } from './ast';
import { Evaluation } from './evaluate';
import type { RenderProblem } from './problem';
import { RenderError } from './problem';
import { Output, type SourceMap } from './sourceMap';
import type { Variables } from './values';

/** The parser works by recursion on blocks in blocks; deeper templates are not written by people. */
const MAX_NESTING = 100;
/** It takes some 15 µs a tag, and nobody may wait for it longer than half a second. */
const MAX_TAGS = 20_000;

export type Rendering =
  | {
      readonly kind: 'rendered';
      readonly text: string;
      readonly map: SourceMap;
      /** Variables that are missing. */
      readonly problems: readonly RenderProblem[];
    }
  | { readonly kind: 'failed'; readonly problem: RenderProblem };

/**
 * Renders a template as the deploy client does before it reads the YAML (nais/deploy, pkg/deployclient/template.go):
 * without any variable the text is left as it is. Bounded in time and size; never throws.
 */
export function renderTemplate(template: string, variables: Variables, parse: ParseTemplate): Rendering {
  if (variables.size === 0) {
    const output = new Output();
    output.copy(template, 0);
    return { kind: 'rendered', text: template, map: output.sourceMap(), problems: [] };
  }
  const foreign = firstForeign(template);
  if (foreign !== undefined) {
    return { kind: 'failed', problem: foreign };
  }
  const parsed = tryToParse(template, parse);
  if (parsed.kind === 'refused') {
    return { kind: 'failed', problem: { range: parsed.range, fault: { kind: 'syntax' } } };
  }
  const offsetOf = offsetsIn(template);
  const locate = ({ loc }: Statement): Range => ({ start: offsetOf(loc.start), end: offsetOf(loc.end) });
  const evaluation = new Evaluation(variables, template, locate);
  try {
    const output = evaluation.run(parsed.program);
    return { kind: 'rendered', text: output.text, map: output.sourceMap(), problems: evaluation.problems };
  } catch (error) {
    if (error instanceof RenderError) {
      return { kind: 'failed', problem: error.problem };
    }
    throw error;
  }
}

/** What the two parsers do not agree on, or what is too much for this one. */
function firstForeign(template: string): RenderProblem | undefined {
  const nesting: number[] = [];
  const tags = scanTags(template);
  const [first] = tags;
  if (first !== undefined && tags.length > MAX_TAGS) {
    return { range: { start: first.start, end: first.end }, fault: { kind: 'size' } };
  }
  for (const tag of tags) {
    const range = { start: tag.start, end: tag.end };
    if (tag.kind === 'open') {
      nesting.push(1);
    } else if (tag.kind === 'close') {
      nesting.pop();
    } else if (tag.kind === 'else') {
      nesting.push((nesting.pop() ?? 0) + 1); // each `{{else if}}` is a block in the one before
    }
    if ((tag.kind === 'value' && /^~?\s*else/.test(tag.inner)) || hasNumberInPath(tag.inner)) {
      return { range, fault: { kind: 'syntax' } }; // `{{elsewhere}}` is `{{else where}}` to raymond (lexer.go)
    }
    if (nesting.length > MAX_NESTING || (nesting.at(-1) ?? 0) > MAX_NESTING) {
      return { range, fault: { kind: 'depth' } };
    }
  }
  return undefined;
}

/** `list.0.name` and `1st` are no paths to raymond, which reads a number there (lexer.go); `list.[0].name` is one. */
function hasNumberInPath(inner: string): boolean {
  const bare = inner.replace(/"[^"]*"|'[^']*'|\[[^\]]*\]/g, '_');
  return /[\w-][./][+-]?\d|(?:^|[\s(=@#^&~|])[+-]?\d[\d.]*[A-Za-z_]/.test(bare);
}

type Parsed =
  { readonly kind: 'parsed'; readonly program: Program } | { readonly kind: 'refused'; readonly range: Range };

/** The template, or the line that the parser gave up on: its messages name no more than that. */
function tryToParse(template: string, parse: ParseTemplate): Parsed {
  try {
    return { kind: 'parsed', program: parse(template) };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const line = Number(/\bon line (\d+)/.exec(message)?.[1] ?? /- (\d+):\d+$/.exec(message)?.[1] ?? 1);
    return { kind: 'refused', range: lineOf(template, line) };
  }
}

/** The tag on the line with this number, from 1, or else the line without its blanks. */
function lineOf(template: string, number: number): Range {
  const starts = lineStarts(template);
  const start = starts[Math.min(number, starts.length) - 1] ?? 0;
  const end = starts[number] ?? template.length;
  const line = template.slice(start, end);
  const tag = scanTags(line)[0];
  if (tag !== undefined) {
    return { start: start + tag.start, end: start + tag.end };
  }
  const blanks = line.length - line.trimStart().length;
  return { start: start + Math.min(blanks, line.trimEnd().length), end: start + line.trimEnd().length };
}

function offsetsIn(template: string): (position: Statement['loc']['start']) => number {
  const starts = lineStarts(template);
  return ({ line, column }) => (starts[line - 1] ?? 0) + column;
}

/** Lines as the parser counts them: a lone carriage return ends one, too. */
function lineStarts(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\r\n?|\n/g), (match) => match.index + match[0].length)];
}
