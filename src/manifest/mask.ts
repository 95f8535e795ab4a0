import type { Range } from './model';
import type { Tag } from './tags';
import { scanTags } from './tags';

/** Where the branch of the block tags changes, and which branch holds from there. */
interface BranchChange {
  readonly offset: number;
  readonly branch: number;
}

/** A stretch of text together with the same stretch after masking: equal in length, so that ranges fit both. */
export class MaskedText {
  #branches: readonly BranchChange[] | undefined;

  constructor(
    readonly text: string,
    readonly masked: string,
    readonly tags: readonly Tag[],
  ) {}

  /** The part from `start` to `end`, with offsets relative to `start`. A tag over its edge is cut there. */
  slice(start: number, end: number): MaskedText {
    const tags: Tag[] = [];
    for (let index = this.#firstTagEndingAfter(start); index < this.tags.length; index++) {
      const tag = this.tags[index];
      if (tag === undefined || tag.start >= end) {
        break;
      }
      tags.push({ ...tag, start: Math.max(tag.start, start) - start, end: Math.min(tag.end, end) - start });
    }
    return new MaskedText(this.text.slice(start, end), this.masked.slice(start, end), tags);
  }

  /**
   * Whether a tag stands in the range, or beside it on the same line with only blanks or a quote between: then what
   * the range holds after rendering is not what it holds now. A Handlebars comment beside it changes nothing.
   */
  isTemplated(range: Range): boolean {
    if (this.tags.length === 0) {
      return false;
    }
    const start = this.#skipBlanks(range.start, -1);
    const end = this.#skipBlanks(range.end, 1);
    for (let index = this.#firstTagEndingAfter(start - 1); index < this.tags.length; index++) {
      const tag = this.tags[index];
      if (tag === undefined || tag.start > end) {
        return false;
      }
      if (tag.kind !== 'comment' || (tag.start < range.end && tag.end > range.start)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a tag that gives whole lines comes next after `offset`: then what stands before it may go on there. */
  mayGoOnAfter(offset: number): boolean {
    const first = this.#firstTagEndingAfter(offset);
    if (first === this.tags.length) {
      return false;
    }
    const blanks = /\S/.exec(this.masked.slice(offset))?.index ?? this.masked.length - offset;
    for (let index = first; index < this.tags.length; index++) {
      const tag = this.tags[index];
      if (tag === undefined || tag.start >= offset + blanks) {
        return false;
      }
      if (tag.kind === 'value' || tag.kind === 'partial') {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a tag in the range, or next after it, gives whole lines: then there may be more than is seen, such as a key
   * that seems to be missing.
   */
  mayHoldMore(range: Range): boolean {
    for (let index = this.#firstTagEndingAfter(range.start); index < this.tags.length; index++) {
      const tag = this.tags[index];
      if (tag === undefined || tag.start >= range.end) {
        break;
      }
      if ((tag.kind === 'value' || tag.kind === 'partial') && this.masked[tag.start] === ' ') {
        return true;
      }
    }
    return this.mayGoOnAfter(range.end);
  }

  /** A number for the branch of `{{#if}} … {{else}} … {{/if}}` that holds `offset`; 0 is outside of all. */
  branchAt(offset: number): number {
    this.#branches ??= branchChanges(this.tags);
    let low = 0;
    let high = this.#branches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#branches[middle]?.offset ?? 0) <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.#branches[low - 1]?.branch ?? 0;
  }

  #firstTagEndingAfter(offset: number): number {
    let low = 0;
    let high = this.tags.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.tags[middle]?.end ?? 0) <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  #skipBlanks(from: number, step: 1 | -1): number {
    let at = from;
    const next = (): string | undefined => this.text[step === 1 ? at : at - 1];
    if (next() === '"' || next() === "'") {
      at += step;
    }
    while (isBlank(next())) {
      at += step;
    }
    return at;
  }
}

function branchChanges(tags: readonly Tag[]): readonly BranchChange[] {
  const changes: BranchChange[] = [];
  const open: number[] = [];
  let branches = 0;
  for (const tag of tags) {
    if (tag.kind === 'close') {
      open.pop();
    } else if (tag.kind === 'else') {
      open.pop();
      open.push(++branches);
    } else if (tag.kind === 'open') {
      open.push(++branches);
    } else {
      continue;
    }
    changes.push({ offset: tag.end, branch: open.at(-1) ?? 0 });
  }
  return changes;
}

/**
 * Makes a template readable as YAML without moving anything: tags that give a value become `x`, tags that only shape
 * what surrounds them become spaces, line ends stay. The text before the deploy client renders it is rarely YAML:
 * `image: {{image}}` is a map in a map, and a block tag on a line of its own is no YAML at all.
 */
export function maskTemplates(text: string): MaskedText {
  const tags = scanTags(text);
  if (tags.length === 0) {
    return new MaskedText(text, text, tags);
  }
  const parts: string[] = [];
  const before = new LineContext(text);
  let end = 0;
  for (const tag of tags) {
    parts.push(text.slice(end, tag.start));
    const blank = isShape(tag) || before.isLineOfItsOwn(tag);
    parts.push(maskOf(text.slice(tag.start, tag.end), blank ? ' ' : 'x'));
    before.pass(tag, blank);
    end = tag.end;
  }
  parts.push(text.slice(end));
  return new MaskedText(text, parts.join(''), tags);
}

function isShape(tag: Tag): boolean {
  return tag.kind !== 'value' && tag.kind !== 'escaped';
}

function maskOf(tag: string, fill: ' ' | 'x'): string {
  const firstLineEnd = tag.search(/[\r\n]/);
  if (firstLineEnd === -1) {
    return fill.repeat(tag.length);
  }
  return fill.repeat(firstLineEnd) + tag.slice(firstLineEnd).replace(/[^\r\n]/g, ' ');
}

/**
 * Tells a value that fills a place (`image: {{image}}`, `-` and `{{host}}` on the next line) from one that stands alone
 * on its line where YAML expects a key, and so renders to whole lines. It looks back no further than the tag before,
 * so that the time stays linear however many tags there are.
 */
class LineContext {
  /** The last character before the current tag that counts for YAML. */
  #lastCharacter = '';
  #passed = 0;

  constructor(private readonly text: string) {}

  isLineOfItsOwn(tag: Tag): boolean {
    let start = tag.start;
    while (start > this.#passed && isBlank(this.text[start - 1])) {
      start--;
    }
    let end = tag.end;
    while (isBlank(this.text[end])) {
      end++;
    }
    const isLineStart = start === 0 || this.text[start - 1] === '\n' || (start === 1 && this.text.startsWith('\uFEFF'));
    if (!isLineStart || !/^[\r\n]?$/.test(this.text[end] ?? '')) {
      return false;
    }
    const last = this.#lastBefore(tag.start);
    return last === '' || !':-,[{?'.includes(last);
  }

  pass(tag: Tag, blank: boolean): void {
    this.#lastCharacter = blank ? this.#lastBefore(tag.start) : 'x';
    this.#passed = tag.end;
  }

  #lastBefore(offset: number): string {
    const lines = this.text.slice(this.#passed, offset).split('\n');
    for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
      const comment = line.search(/(?:^|\s)#/);
      const written = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
      if (written !== '') {
        return isMarker(written) ? '' : written.slice(-1);
      }
    }
    return this.#lastCharacter;
  }
}

/** A document begins anew: what it is masked to hangs on its own text alone. */
function isMarker(line: string): boolean {
  return line === '---' || line === '...';
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
