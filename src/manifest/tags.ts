import type { Range } from './model';

/**
 * What a Handlebars tag puts into the text: a value in its place, or nothing but the shape of what surrounds it.
 * `escaped` is `\{{ … }}`, which comes out as braces; `comment` comes out as nothing at all.
 */
export type TagKind = 'value' | 'open' | 'else' | 'close' | 'comment' | 'partial' | 'escaped';

export interface Tag extends Range {
  readonly kind: TagKind;
  /** What stands between the braces, as written. */
  readonly inner: string;
}

const OPEN = '{{';
const CLOSE = '}}';
const COMMENT_START = /^~?!/;
const DASHED_COMMENT_START = /^~?!--/;
const DASHED_COMMENT_END = /--~?\}\}/g;

/**
 * Finds every Handlebars tag in `text`, in order and without overlap, as the raymond lexer of nais/deploy would see
 * them (Handlebars 3). A tag that is never closed, as while typing, ends with its line, so that it hides no more.
 * Reads each character a bounded number of times.
 */
export function scanTags(text: string): Tag[] {
  const tags: Tag[] = [];
  const last = {
    close: text.lastIndexOf(CLOSE),
    dashed: Math.max(text.lastIndexOf('--}}'), text.lastIndexOf('--~}}')),
  };
  let previousEnd = 0;
  let at = text.indexOf(OPEN);
  while (at !== -1) {
    const tag = isEscaped(text, at, previousEnd) ? readEscaped(text, at) : readTag(text, at, last);
    tags.push(tag);
    previousEnd = tag.end;
    at = text.indexOf(OPEN, previousEnd);
  }
  return tags;
}

/** `\{{` is text, `\\{{` a backslash and a tag (raymond, lexer.go). */
function isEscaped(text: string, at: number, previousEnd: number): boolean {
  return at > previousEnd && text[at - 1] === '\\' && !(at - 1 > previousEnd && text[at - 2] === '\\');
}

function readEscaped(text: string, at: number): Tag {
  const { end } = closeOf(text, at + OPEN.length, false);
  return { kind: 'escaped', start: at - 1, end, inner: '' };
}

function readTag(text: string, at: number, last: { close: number; dashed: number }): Tag {
  let braces = OPEN.length;
  while (braces < 4 && text[at + braces] === '{') {
    braces++;
  }
  const from = at + braces;
  const opening = text.slice(from, from + 4);
  if (DASHED_COMMENT_START.test(opening) && from < last.dashed) {
    DASHED_COMMENT_END.lastIndex = from;
    const closing = DASHED_COMMENT_END.exec(text);
    if (closing) {
      return { kind: 'comment', start: at, end: closing.index + closing[0].length, inner: '' };
    }
  } else if (COMMENT_START.test(opening) && from <= last.close) {
    return { kind: 'comment', start: at, end: text.indexOf(CLOSE, from) + CLOSE.length, inner: '' };
  }
  const close = closeOf(text, from, true);
  let end = close.end;
  for (let extra = braces - CLOSE.length; close.found && extra > 0 && text[end] === '}'; extra--) {
    end++;
  }
  const inner = text.slice(from, close.found ? close.end - CLOSE.length : close.end);
  return { kind: kindOf(inner, braces), start: at, end, inner };
}

function kindOf(inner: string, braces: number): TagKind {
  const expression = withoutTildes(inner).trim();
  switch (expression[0]) {
    case '#':
      return 'open';
    case '/':
      return 'close';
    case '^':
      return expression.length === 1 ? 'else' : 'open';
    case '>':
      return 'partial';
    case '!':
      return 'comment';
    default:
      return braces === 4 ? 'open' : /^else(?![\w.-])/.test(expression) ? 'else' : 'value';
  }
}

/** `{{~x~}}` also swallows the white space around it. */
function withoutTildes(inner: string): string {
  return inner.slice(inner.startsWith('~') ? 1 : 0, inner.endsWith('~') ? -1 : undefined);
}

/**
 * Where the tag whose content begins at `from` ends: after its `}}`, or, when it has none, at the end of its line.
 * Braces inside of quotes do not count. A tag may go over lines, but then holds neither quotes nor a colon: those
 * are signs that it was left open and YAML goes on.
 */
function closeOf(text: string, from: number, mayGoOverLines: boolean): { end: number; found: boolean } {
  let lineEnd: number | undefined;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '}' && text[at + 1] === '}') {
      return { end: at + CLOSE.length, found: true };
    }
    if (character === '{' && text[at + 1] === '{') {
      return { end: lineEnd ?? at, found: false };
    }
    if (character === '\n' || character === '\r') {
      lineEnd ??= at;
      if (!mayGoOverLines) {
        return { end: lineEnd, found: false };
      }
    } else if (lineEnd !== undefined && (character === ':' || character === '"' || character === "'")) {
      return { end: lineEnd, found: false };
    } else if (character === '"' || character === "'") {
      at = closingQuote(text, at) ?? at;
    }
  }
  return { end: lineEnd ?? text.length, found: false };
}

function closingQuote(text: string, quote: number): number | undefined {
  for (let at = quote + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === text[quote]) {
      return at;
    }
  }
  return undefined;
}
