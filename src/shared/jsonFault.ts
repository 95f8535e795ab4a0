import type { Translate } from './localize';

/** Why a text is no JSON (RFC 8259), where it first is not. */
export interface JsonFault {
  readonly reason: JsonFaultReason;
  /** In UTF-16 units of the text. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export type JsonFaultReason =
  | 'ends-early'
  | 'trailing-comma'
  | 'comma-missing'
  | 'colon-missing'
  | 'name-expected'
  | 'value-expected'
  | 'single-quotes'
  | 'comment'
  | 'string-open'
  | 'control-character'
  | 'bad-escape'
  | 'bad-number'
  | 'bad-word'
  | 'too-much';

/** What ends a string, or may not stand in one as it is. */
const STRING_STOP = /["\\]|[^\x20-\uffff]/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const WORD = /(?:true|false|null)(?!\w)/y;
const SPACE = /[ \t\n\r]*/y;

/** Finds the first fault of a text that is to be one JSON value; undefined where there is none. */
export function jsonFault(text: string): JsonFault | undefined {
  const found = new Scanner(text).fault();
  if (!found) return undefined;
  const before = text.slice(0, found.offset).split(/\r\n|\r|\n/);
  return { ...found, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** What is wrong, and where, in words. */
export function wordJsonFault({ reason, line, column }: JsonFault, t: Translate): string {
  return t('Line {line}, column {column}: {what}', { line, column, what: wordReason(reason, t) });
}

function wordReason(reason: JsonFaultReason, t: Translate): string {
  switch (reason) {
    case 'ends-early':
      return t('the JSON ends too early. A bracket or a value is missing.');
    case 'trailing-comma':
      return t('a comma before the closing bracket, which JSON does not allow.');
    case 'comma-missing':
      return t('a comma is missing before this.');
    case 'colon-missing':
      return t('a colon is missing after the name.');
    case 'name-expected':
      return t('a name in double quotes is expected here.');
    case 'value-expected':
      return t('a value is expected here.');
    case 'single-quotes':
      return t('JSON has double quotes only.');
    case 'comment':
      return t('JSON has no comments.');
    case 'string-open':
      return t('this text has no closing quote.');
    case 'control-character':
      return t('a text has a line break or another control character in it. Write \\n for a line break.');
    case 'bad-escape':
      return t('this escape is none that JSON knows. A backslash itself is written \\\\.');
    case 'bad-number':
      return t('this is not a number as JSON writes them.');
    case 'bad-word':
      return t('this word is none that JSON knows. Texts stand in double quotes.');
    case 'too-much':
      return t('there is something after the end of the JSON.');
  }
}

interface Found {
  readonly reason: JsonFaultReason;
  readonly offset: number;
}

/** Reads a text from left to right. It keeps its own stack: what is pasted may be nested deeper than calls can be. */
class Scanner {
  private at = 0;
  private readonly open: ('{' | '[')[] = [];

  constructor(private readonly text: string) {}

  fault(): Found | undefined {
    let isFirst = true;
    for (;;) {
      const fault = this.beforeValue(isFirst);
      if (fault) return fault;
      const opened = this.bracket();
      if (opened) {
        isFirst = true;
        continue;
      }
      const ofValue = this.isClosing() ? undefined : this.value();
      if (ofValue) return ofValue;
      const after = this.afterValue();
      if (after !== 'next') return after;
      isFirst = false;
    }
  }

  /** In an object a value comes after its name. A bracket that closes at once has nothing before it. */
  private beforeValue(isFirst: boolean): Found | undefined {
    this.space();
    const container = this.open.at(-1);
    if (this.isEnd()) return this.here('ends-early');
    if (this.isClosing()) return isFirst ? undefined : this.here('trailing-comma');
    if (container !== '{') return undefined;
    const ofName = this.string('name-expected');
    if (ofName) return ofName;
    this.space();
    if (this.isEnd()) return this.here('ends-early');
    if (this.peek() !== ':') return this.here('colon-missing');
    this.at += 1;
    this.space();
    if (this.isEnd()) return this.here('ends-early');
    return this.isClosing() ? this.here('value-expected') : undefined;
  }

  private bracket(): boolean {
    const peek = this.peek();
    if (peek !== '{' && peek !== '[') return false;
    this.open.push(peek);
    this.at += 1;
    return true;
  }

  /** Closes what ends here. `next` where a comma says that there is more; undefined at the end of the text. */
  private afterValue(): Found | undefined | 'next' {
    for (;;) {
      this.space();
      const container = this.open.at(-1);
      if (container === undefined)
        return this.isEnd() ? undefined : this.here(this.isComment() ? 'comment' : 'too-much');
      if (this.isEnd()) return this.here('ends-early');
      if (this.isClosing()) {
        this.open.pop();
        this.at += 1;
      } else if (this.peek() === ',') {
        this.at += 1;
        return 'next';
      } else {
        return this.here(this.isComment() ? 'comment' : 'comma-missing');
      }
    }
  }

  private value(): Found | undefined {
    const peek = this.peek();
    if (peek === '"') return this.string('value-expected');
    if (/[-\d+.]/.test(peek)) return this.take(NUMBER) ? undefined : this.here('bad-number');
    if (/[\p{L}_$]/u.test(peek)) return this.take(WORD) ? undefined : this.here('bad-word');
    return this.here(this.oddQuote() ?? 'value-expected');
  }

  /** Step by step: one pattern for all of it would run out of stack where a text is long. */
  private string(otherwise: JsonFaultReason): Found | undefined {
    if (this.peek() !== '"') return this.here(this.oddQuote() ?? otherwise);
    const start = this.at;
    this.at += 1;
    while (this.takeUntil(STRING_STOP)) {
      const peek = this.peek();
      if (peek === '"') {
        this.at += 1;
        return undefined;
      }
      if (peek !== '\\') return this.here('control-character');
      if (!this.take(ESCAPE)) return this.here('bad-escape');
    }
    return { reason: 'string-open', offset: start };
  }

  private oddQuote(): JsonFaultReason | undefined {
    if (this.isComment()) return 'comment';
    return /['‘’“”`]/.test(this.peek()) ? 'single-quotes' : undefined;
  }

  private isComment(): boolean {
    return this.peek() === '/' || this.peek() === '#';
  }

  /** The bracket that closes what is open last. */
  private isClosing(): boolean {
    const container = this.open.at(-1);
    return (container === '{' && this.peek() === '}') || (container === '[' && this.peek() === ']');
  }

  private isEnd(): boolean {
    return this.at >= this.text.length;
  }

  private peek(): string {
    return this.text.charAt(this.at);
  }

  private space(): void {
    this.take(SPACE);
  }

  private takeUntil(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    this.at = found?.index ?? this.text.length;
    return found !== null;
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const matched = pattern.test(this.text);
    if (matched) this.at = pattern.lastIndex;
    return matched;
  }

  private here(reason: JsonFaultReason): Found {
    return { reason, offset: this.at };
  }
}
