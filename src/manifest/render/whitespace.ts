import type { BlockStatement, ContentStatement, Program, Statement, Strip } from './ast';

/** What a tag asks of the text around it: by tildes, and by standing on a line of its own. */
interface Wishes {
  readonly open?: boolean | undefined;
  readonly close?: boolean | undefined;
  readonly openStandalone?: boolean;
  readonly closeStandalone?: boolean;
  readonly inlineStandalone?: boolean;
}

// White space is what Go takes for it, which a byte order mark is not.
const LINE_REST = /^[ \t]*\r?\n?/;
const ALL_AFTER = /^[\t\n\f\r ]+/;
const BEGINS_LINE = /^[\t\n\f\r ]*?\r?\n/;
const BEGINS_LINE_OR_ENDS = /^[\t\n\f\r ]*?(?:\r?\n|$)/;

/**
 * Takes away the white space that tags do not want around them, in place. As raymond does it (parser/whitespace.go):
 * Handlebars.js looks at the text as it was before another tag took some of it, and so joins lines that raymond does not.
 */
export function controlWhitespace(program: Program): void {
  controlProgram(program, true);
}

function controlProgram({ body }: Program, isRoot: boolean): void {
  body.forEach((current, at) => {
    const wishes = wishesOf(current);
    const isFirst = isLineBefore(body, at, isRoot);
    const isLast = isLineAfter(body, at, isRoot);
    if (wishes.close) {
      trimAfter(body[at + 1], true);
    }
    if (wishes.open) {
      trimBefore(body[at - 1], true);
    }
    if (wishes.inlineStandalone && isFirst && isLast) {
      trimAfter(body[at + 1], false);
      trimBefore(body[at - 1], false);
    }
    if (current.type === 'BlockStatement') {
      if (wishes.openStandalone && isFirst) {
        trimAfter((current.program ?? current.inverse)?.body[0], false);
        trimBefore(body[at - 1], false);
      }
      if (wishes.closeStandalone && isLast) {
        trimAfter(body[at + 1], false);
        trimBefore((current.inverse ?? current.program)?.body.at(-1), false);
      }
    }
  });
}

function wishesOf(statement: Statement): Wishes {
  switch (statement.type) {
    case 'ContentStatement':
      return {};
    case 'BlockStatement':
      return controlBlock(statement);
    case 'MustacheStatement':
      return statement.strip ?? {};
    default:
      return { ...statement.strip, inlineStandalone: true };
  }
}

function controlBlock({ program, inverse, openStrip, inverseStrip, closeStrip }: BlockStatement): Wishes {
  for (const each of [program, inverse]) {
    if (each !== undefined) {
      controlProgram(each, false);
    }
  }
  const first = program ?? inverse;
  const other = program === undefined ? undefined : inverse;
  if (first === undefined) {
    return {};
  }
  const firstOther = other?.chained === true ? chainedIn(other.body[0]) : other;
  const lines = {
    openStandalone: isLineAfter(first.body, -1, false),
    closeStandalone: isLineBefore((firstOther ?? first).body, (firstOther ?? first).body.length, false),
  };
  if (openStrip?.close) {
    trimAfter(first.body[0], true);
  }
  if (firstOther !== undefined) {
    controlElse(first, firstOther, inverseStrip);
  }
  if (closeStrip?.open) {
    trimBefore((lastOf(other) ?? first).body.at(-1), true);
  }
  if (
    firstOther !== undefined &&
    isLineBefore(first.body, first.body.length, false) &&
    isLineAfter(firstOther.body, -1, false)
  ) {
    trimBefore(first.body.at(-1), false);
    trimAfter(firstOther.body[0], false);
  }
  return { open: openStrip?.open, close: closeStrip?.close, ...lines };
}

function controlElse(first: Program, other: Program, strip: Strip | undefined): void {
  if (strip?.open) {
    trimBefore(first.body.at(-1), true);
  }
  if (strip?.close) {
    trimAfter(other.body[0], true);
  }
}

/** The last `{{else}}` of a chain. */
function lastOf(program: Program | undefined): Program | undefined {
  let last = program;
  while (last?.chained === true) {
    last = chainedIn(last.body.at(-1));
  }
  return last;
}

function chainedIn(statement: Statement | undefined): Program | undefined {
  return statement?.type === 'BlockStatement' ? statement.program : undefined;
}

function isLineBefore(body: readonly Statement[], at: number, isRoot: boolean): boolean {
  const before = body[at - 1];
  if (before === undefined) {
    return isRoot;
  }
  if (before.type !== 'ContentStatement') {
    return false;
  }
  const { value } = before;
  const blanks = endWithout(value, ' \t\f\r');
  return (
    (value === '' && before.trimmedAfterTag === true) ||
    value[blanks - 1] === '\n' ||
    (blanks === 0 && at === 1 && isRoot)
  );
}

function isLineAfter(body: readonly Statement[], at: number, isRoot: boolean): boolean {
  const after = body[at + 1];
  if (after === undefined) {
    return isRoot;
  }
  if (after.type !== 'ContentStatement') {
    return false;
  }
  const pattern = isRoot ? BEGINS_LINE_OR_ENDS : BEGINS_LINE;
  return (after.value === '' && after.trimmedBeforeTag === true) || pattern.test(after.value);
}

/** The text after a tag: of the rest of its line, or of all white space. */
function trimAfter(statement: Statement | undefined, all: boolean): void {
  if (statement?.type === 'ContentStatement' && (all || statement.trimmedAfterTag !== true)) {
    const { value } = statement;
    const length = (all ? ALL_AFTER : LINE_REST).exec(value)?.[0].length ?? 0;
    const content: ContentStatement = statement;
    content.value = value.slice(length);
    content.skipped = (content.skipped ?? 0) + length;
    content.trimmedAfterTag = length > 0;
  }
}

/** The text before a tag: of its indentation, or of all white space. */
function trimBefore(statement: Statement | undefined, all: boolean): void {
  if (statement?.type === 'ContentStatement' && (all || statement.trimmedBeforeTag !== true)) {
    const { value } = statement;
    statement.value = value.slice(0, endWithout(value, all ? '\t\n\f\r ' : ' \t'));
    statement.trimmedBeforeTag = statement.value !== value;
  }
}

/** Where a text ends without these characters at its end. A regular expression would try at each of them, in square time. */
function endWithout(text: string, characters: string): number {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) {
    end--;
  }
  return end;
}
