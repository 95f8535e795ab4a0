import { Lexer } from 'yaml';
import type { MaskedText } from '../mask';
import type { Range } from '../model';
import { lineEndOf, lineStartOf } from '../rules/edits';

/** What is being typed at a place of a document, by the line alone: it need not be YAML yet. */
export interface Cursor {
  /** A key, or what a list may have for an item; or the value of a key. */
  readonly role: 'key' | 'value';
  /** The whole scalar around the cursor, without quotes; empty where nothing is typed yet. */
  readonly range: Range;
  /** With the quotes, as far as they are there. */
  readonly outer: Range;
  readonly quote: '"' | "'" | '';
  readonly isClosed: boolean;
  /** A key that has its colon. */
  readonly hasColon: boolean;
  /** Within braces or brackets. */
  readonly flow: boolean;
  /** Nothing but white space stands before it on its line. */
  readonly startsLine: boolean;
}

/**
 * The scalar at `offset` of a document. Nothing within comments, template tags, anchors and block scalars, nor where a
 * scalar would touch what stands before it (`name:|`).
 */
export function cursorAt(document: MaskedText, offset: number): Cursor | undefined {
  const { masked, tags } = document;
  const lineStart = lineStartOf(masked, offset);
  if (masked.slice(lineStart, lineEndOf(masked, offset)).includes('\r')) {
    return undefined; // between the halves of a line break, or in lines of the old Mac, which nobody writes
  }
  const cursor = new LineScanner(masked, offset, lineStart, flowDepth(masked.slice(0, lineStart))).scan();
  const isTemplated = tags.some(
    ({ start, end }) =>
      cursor !== undefined &&
      start < Math.max(cursor.outer.end, offset + 1) &&
      end > Math.min(cursor.outer.start, offset - 1),
  );
  return isTemplated ? undefined : cursor;
}

/** How many braces and brackets are open at the end of `text`. */
function flowDepth(text: string): number {
  if (!/[[{]/.test(text)) {
    return 0;
  }
  let depth = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === '{' || lexeme === '[') {
      depth++;
    } else if (lexeme === '}' || lexeme === ']') {
      depth = Math.max(0, depth - 1);
    }
  }
  return depth;
}

class LineScanner {
  readonly #end: number;
  #at: number;
  #role: 'key' | 'value' | 'none' = 'key';

  constructor(
    private readonly text: string,
    private readonly offset: number,
    private readonly lineStart: number,
    private depth: number,
  ) {
    this.#at = lineStart;
    this.#end = lineEndOf(text, offset);
  }

  scan(): Cursor | undefined {
    for (;;) {
      const before = this.#at;
      while (isBlank(this.text[this.#at]) && this.#at < this.#end) {
        this.#at++;
      }
      const character = this.text[this.#at] ?? '';
      const isEnd = this.#at >= this.#end || character === '#';
      const isStop = isEnd || (this.depth > 0 && ',]}'.includes(character));
      if (isStop && this.offset <= this.#at) {
        return this.#empty(before);
      }
      if (isEnd || this.offset < this.#at) {
        return undefined;
      }
      const step = this.#isSign(character) ? this.#passSign(character) : this.#passScalar();
      if (step !== 'on') {
        return step;
      }
    }
  }

  /** A place where nothing is typed yet. It must not touch a dash or a colon, which would make it part of them. */
  #empty(gapStart: number): Cursor | undefined {
    const before = this.text[this.offset - 1] ?? '';
    const isFree = this.offset === this.lineStart || isBlank(before) || (this.depth > 0 && '[{,'.includes(before));
    const range = { start: this.offset, end: this.offset };
    return isFree && this.offset >= gapStart ? this.#cursor(range, range, '', true, false) : undefined;
  }

  #isSign(character: string): boolean {
    const next = this.text[this.#at + 1];
    return (
      '[{&*!|>%@`'.includes(character) ||
      (this.depth > 0 && ',]}'.includes(character)) ||
      ('-?:'.includes(character) && this.depth === 0 && (isBlank(next) || this.#at + 1 >= this.#end))
    );
  }

  #passSign(character: string): 'on' | undefined {
    if (this.offset <= this.#at || '|>%@`*'.includes(character)) {
      return undefined;
    }
    if ('&!'.includes(character)) {
      while (this.#at < this.#end && !isBlank(this.text[this.#at])) {
        this.#at++;
      }
      return this.offset <= this.#at ? undefined : 'on';
    }
    this.#at++;
    if ('[{'.includes(character)) {
      this.depth++;
    } else if (']}'.includes(character)) {
      this.depth--;
    }
    this.#role = ']}'.includes(character) ? 'none' : 'key';
    return 'on';
  }

  #passScalar(): 'on' | Cursor | undefined {
    const start = this.#at;
    const first = this.text[start];
    const quote = first === '"' || first === "'" ? first : '';
    const close = quote === '' ? undefined : this.#closingQuote(start, quote);
    const end = close === undefined ? this.#plainEnd(quote === '' ? start : start + 1) : close + 1;
    const colon = this.#role === 'key' ? this.#colonAfter(end, quote !== '') : undefined;
    const range = quote === '' ? { start, end } : { start: start + 1, end: close ?? end };
    if (this.offset >= range.start && this.offset <= range.end) {
      return this.#cursor(range, { start, end }, quote, close !== undefined, colon !== undefined);
    }
    if (this.offset <= (colon ?? end)) {
      return undefined;
    }
    if ((colon ?? end) <= start) {
      return undefined; // no scalar begins like this
    }
    this.#at = colon ?? end;
    this.#role = colon === undefined ? 'none' : 'value';
    return 'on';
  }

  #cursor(range: Range, outer: Range, quote: '"' | "'" | '', isClosed: boolean, hasColon: boolean): Cursor | undefined {
    if (this.#role === 'none') {
      return undefined;
    }
    const startsLine = this.text.slice(this.lineStart, outer.start).trim() === '';
    return { role: this.#role, range, outer, quote, isClosed, hasColon, flow: this.depth > 0, startsLine };
  }

  #closingQuote(start: number, quote: string): number | undefined {
    for (let at = start + 1; at < this.#end; at++) {
      if (this.text[at] === '\\' && quote === '"') {
        at++;
      } else if (this.text[at] === quote) {
        if (quote !== "'" || this.text[at + 1] !== "'") {
          return at;
        }
        at++;
      }
    }
    return undefined;
  }

  /** A value may end in a colon here, though YAML would take it for a key: a scope is typed that way. */
  #plainEnd(from: number): number {
    let at = from;
    for (; at < this.#end; at++) {
      const character = this.text[at] ?? '';
      const next = this.text[at + 1];
      if (
        (isBlank(character) && next === '#') ||
        (this.depth > 0 && ',[]{}'.includes(character)) ||
        (character === ':' && this.#role === 'key' && (isBlank(next) || at + 1 >= this.#end))
      ) {
        break;
      }
    }
    while (at > from && isBlank(this.text[at - 1])) {
      at--;
    }
    return at;
  }

  /** After the colon of a key. */
  #colonAfter(end: number, quoted: boolean): number | undefined {
    const colon = /^[ \t]*:/.exec(this.text.slice(end, this.#end));
    const after = colon ? end + colon[0].length : this.#end;
    const isColon = isBlank(this.text[after]) || after >= this.#end || (quoted && this.depth > 0);
    return colon && isColon ? after : undefined;
  }
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
