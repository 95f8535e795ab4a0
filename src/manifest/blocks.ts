import { readFlow } from './flow';
import { Lines } from './lines';
import type { MaskedText } from './mask';
import type { Range } from './model';
import type { ListItem, MapEntry, MapNode, Node } from './nodes';
import { outerRange } from './nodes';
import { plainScalar, quotedScalar } from './scalars';
import type { Wanted } from './wanted';
import { NOTHING, WANTED, wantedUnder } from './wanted';
import type { YamlTree } from './yamlTree';
import { MAX_DEPTH, readYaml } from './yamlTree';

/** A node, and where what was written ends, without comments and blank lines behind it. */
interface Block {
  readonly node: Node;
  readonly end: number;
}

/** What was read of the lines of one entry. */
interface Entries {
  readonly entries: readonly MapEntry[];
  readonly end: number;
  /** Not all that they hold was read. */
  readonly gaps: boolean;
}

/** Lines from one to before another. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What only a parser of the whole document can judge: aliases, merge keys, explicit keys, directives, odd line ends. */
const BEYOND_LINES = /(?:^|[\s[{,:-])[&*][^\s,\]}]|<<|^[ -]*[?:](?:[ \r]|$)|^%|\r(?!\n)|[\u2028\u2029]/m;

/** A key of the kind that manifests have, its colon, and the blanks behind it. */
const KEY = /([A-Za-z_][\w./-]*):(?: +|(?=\r?$))/my;

/**
 * A plain or quoted value on one line, in a form that has no other reading, up to the end of its line. A plain value
 * may hold colons and hashes that are part of a word.
 */
const SCALAR =
  /(?:"[^"\\\r\n\t]*"|'[^'\r\n\t]*'|[\w./$+~(\u00c0-\u024f](?:[^\s:#]|:(?=[^\s])|(?<=[^\s])#| +(?=[^\s#]))*)(?=(?: *| +#[^\r\n]*)\r?$)/my;

const MOST_PASSED_BY = 50_000;

/** Nothing but a comment up to the end of the line. */
const REST = /(?: *| +#[^\r\n]*)(?=\r?$)/my;

/**
 * Reads a document of block style by its indentation, and hands `yaml` no more than the entries of maps and items of
 * lists that take more than that; what is not wanted is not looked into at all. An entry that is broken, as while it is
 * typed, breaks no other. Gives nothing where only the document as a whole can be read.
 */
export function readBlocks(source: MaskedText): MapNode | undefined {
  const { masked } = source;
  if (BEYOND_LINES.test(masked)) {
    return undefined;
  }
  const lines = new Lines(masked);
  if (lines.count === 0 || (lines.hasTabs && masked[lines.starts[0] ?? 0] !== '{')) {
    return undefined;
  }
  return new BlockReader(source, lines).root();
}

class BlockReader {
  readonly #source: MaskedText;
  readonly #masked: string;
  readonly #lines: Lines;

  constructor(source: MaskedText, lines: Lines) {
    this.#source = source;
    this.#masked = source.masked;
    this.#lines = lines;
  }

  root(): MapNode | undefined {
    const all = { from: 0, to: this.#lines.count };
    const isFlow = this.#masked[this.#start(0)] === '{';
    const root = isFlow ? this.#flow(all, this.#start(0), WANTED, 1)?.node : undefined;
    return root?.kind === 'map' ? root : this.#isMap(all) ? this.#map(all, WANTED, 0).node : undefined;
  }

  #isKey(line: number): boolean {
    KEY.lastIndex = this.#start(line);
    return KEY.test(this.#masked);
  }

  /** Whether the lines begin with a key, or with a word above one: that will be a key when it is typed. */
  #isMap({ from, to }: Stretch): boolean {
    const line = this.#masked.slice(this.#start(from), this.#lines.ends[from]);
    const isBegun = /^[\w./-]+ *$/.test(line) && from + 1 < to && this.#column(from + 1) === this.#column(from);
    return this.#isKey(isBegun ? from + 1 : from);
  }

  /** The block that the lines hold, if it begins as one. */
  #block(stretch: Stretch, wanted: Wanted, depth: number): Block | undefined {
    if (depth > MAX_DEPTH) {
      return undefined;
    }
    if (this.#lines.isItem(stretch.from)) {
      return this.#list(stretch, wanted, depth);
    }
    return this.#isMap(stretch) ? this.#map(stretch, wanted, depth) : undefined;
  }

  #map({ from, to }: Stretch, wanted: Wanted, depth: number): { readonly node: MapNode; readonly end: number } {
    const column = this.#column(from);
    const start = this.#start(from);
    const entries: MapEntry[] = [];
    let end = start;
    let gaps = false;
    for (let line = from; line < to;) {
      const next = this.#entryEnd(line, to, column);
      const entry =
        this.#column(line) === column ? this.#entry({ from: line, to: next }, wanted, depth + 1) : undefined;
      if (entry === undefined) {
        gaps = true;
      } else {
        entries.push(...entry.entries);
        gaps ||= entry.gaps;
        end = entry.end;
      }
      line = next;
    }
    return { node: { kind: 'map', flow: false, range: { start, end }, entries, gaps }, end };
  }

  /** A list under a key may begin at the key's own column. */
  #entryEnd(line: number, to: number, column: number): number {
    let next = this.#lines.nextAt(column, line + 1, to);
    if (next < to && this.#column(next) === column && this.#lines.isItem(next)) {
      while (next < to && this.#column(next) === column && this.#lines.isItem(next)) {
        next = this.#lines.nextAt(column, next + 1, to);
      }
    }
    return next;
  }

  #entry(stretch: Stretch, wanted: Wanted, depth: number): Entries | undefined {
    const start = this.#start(stretch.from);
    KEY.lastIndex = start;
    const match = KEY.exec(this.#masked);
    if (match === null) {
      return this.#foreignEntries(stretch, wanted, depth);
    }
    const [written, name = ''] = match;
    const key = plainScalar(this.#source, { start, end: start + name.length });
    const valueStart = start + written.length;
    const wantedValue = wantedUnder(wanted, name);
    const value =
      key &&
      (wantedValue === undefined
        ? (this.#unread(stretch, valueStart) ?? this.#unreadable(stretch))
        : this.#value(stretch, valueStart, wantedValue, depth));
    return key === undefined || value === undefined
      ? this.#foreignEntries(stretch, wanted, depth)
      : { entries: [{ key, value: value.node, merged: false }], end: value.end, gaps: false };
  }

  /** The value of a key: on the key's line, or below it. */
  #value({ from, to }: Stretch, start: number, wanted: Wanted, depth: number): Block | undefined {
    return this.#isBare(from, start)
      ? from + 1 < to
        ? this.#block({ from: from + 1, to }, wanted, depth)
        : undefined
      : this.#inline({ from, to }, start, wanted, depth + 1);
  }

  #list({ from, to }: Stretch, wanted: Wanted, depth: number): Block {
    const column = this.#column(from);
    const start = this.#start(from);
    const items: ListItem[] = [];
    let end = start;
    for (let line = from; line < to;) {
      const next = this.#lines.nextAt(column, line + 1, to);
      const read = this.#column(line) === column ? this.#items({ from: line, to: next }, wanted, depth + 1) : undefined;
      const range = read === undefined ? this.#rangeOf({ from: line, to: next }) : undefined;
      items.push(
        ...(read?.items ?? (range ? [{ value: { kind: 'unread', range } as const, range, alias: false }] : [])),
      );
      end = read?.end ?? end;
      line = next;
    }
    return { node: { kind: 'list', flow: false, range: { start, end }, items }, end };
  }

  #items(
    stretch: Stretch,
    wanted: Wanted,
    depth: number,
  ): { readonly items: readonly ListItem[]; readonly end: number } | undefined {
    const { from } = stretch;
    const block = this.#lines.isItem(from) ? this.#item(stretch, wanted, depth) : undefined;
    if (block !== undefined) {
      return { items: [{ value: block.node, range: outerRange(block.node), alias: false }], end: block.end };
    }
    const tree = this.#yaml(stretch, depth - 1, wanted);
    return tree?.node.kind === 'list' ? { items: tree.node.items, end: tree.end } : undefined;
  }

  /** What follows the dash. */
  #item({ from, to }: Stretch, wanted: Wanted, depth: number): Block | undefined {
    const dash = this.#start(from);
    let start = dash + 1;
    while (this.#masked[start] === ' ') {
      start++;
    }
    KEY.lastIndex = start;
    if (!KEY.test(this.#masked)) {
      return this.#isBare(from, start) ? undefined : this.#inline({ from, to }, start, wanted, depth + 1);
    }
    const column = this.#column(from);
    if (depth > MAX_DEPTH) {
      return undefined;
    }
    this.#lines.starts[from] = start;
    this.#lines.columns[from] = column + (start - dash);
    const block = this.#map({ from, to }, wanted, depth);
    this.#lines.starts[from] = dash;
    this.#lines.columns[from] = column;
    return block;
  }

  /** What `yaml` makes of the lines of one entry. */
  #foreignEntries(stretch: Stretch, wanted: Wanted, depth: number): Entries | undefined {
    const tree = this.#yaml(stretch, depth - 1, wanted);
    const below = tree?.broken === false ? undefined : this.#entryBelow(stretch, wanted, depth);
    return (
      below ??
      (tree?.node.kind === 'map' ? { entries: tree.node.entries, end: tree.end, gaps: tree.broken } : undefined)
    );
  }

  /** While someone types a value in front of the block that a key has: the block is still there. */
  #entryBelow({ from, to }: Stretch, wanted: Wanted, depth: number): Entries | undefined {
    KEY.lastIndex = this.#start(from);
    const [written = '', name = ''] = KEY.exec(this.#masked) ?? [];
    const key = plainScalar(this.#source, { start: this.#start(from), end: this.#start(from) + name.length });
    const wantedValue = wantedUnder(wanted, name);
    const isWord = /\w/.test(this.#masked[this.#start(from) + written.length] ?? '');
    const block =
      isWord && wantedValue !== undefined && from + 1 < to
        ? this.#block({ from: from + 1, to }, wantedValue, depth)
        : undefined;
    return key && block && { entries: [{ key, value: block.node, merged: false }], end: block.end, gaps: true };
  }

  #yaml({ from, to }: Stretch, depth: number, wanted: Wanted): YamlTree | undefined {
    const start = this.#start(from);
    const column = this.#column(from);
    const text = ' '.repeat(column) + this.#masked.slice(start, this.#textEnd(to));
    return readYaml(this.#source, { text, start: start - column, depth }, wanted);
  }

  /** Where the lines before line `to` end, with all the comments between. */
  #textEnd(to: number): number {
    return to < this.#lines.count ? this.#start(to) - this.#column(to) : this.#masked.length;
  }

  /** The range of a value that is passed by, where its last line shows where it ends. */
  #unread({ from, to }: Stretch, valueStart: number): Block | undefined {
    const isBare = this.#isBare(from, valueStart);
    if (isBare && from + 1 === to) {
      return undefined;
    }
    const start = isBare ? this.#start(from + 1) : valueStart;
    const section = this.#masked.slice(start, this.#textEnd(to));
    const last = to - 1;
    const first = this.#masked[start];
    const lastStart = last === from ? valueStart : this.#contentStart(last);
    const ends = first === '{' || first === '[' ? start : lastStart;
    const end =
      this.#inline({ from: ends === start ? from : last, to }, ends, NOTHING, 0)?.end ?? this.#plainEnd(lastStart);
    if (end === undefined || /^[!|>]|[|>][-+\d]{0,2} *(?:#.*)?\r?$/m.test(section)) {
      return undefined;
    }
    // What looks like a comment may be the end of a text over several lines.
    const behind = this.#masked.slice(end, this.#textEnd(to));
    return /["'\]}]/.test(behind) ? undefined : { node: { kind: 'unread', range: { start, end } }, end };
  }

  /** As much that is passed by is not worth a parser's time to know where it ends to the letter. */
  #unreadable(stretch: Stretch): Block | undefined {
    const range = this.#rangeOf(stretch);
    return range.end - range.start > MOST_PASSED_BY ? { node: { kind: 'unread', range }, end: range.end } : undefined;
  }

  #plainEnd(start: number): number | undefined {
    SCALAR.lastIndex = start;
    return SCALAR.test(this.#masked) ? SCALAR.lastIndex : undefined;
  }

  /** Where the value on a line begins, behind dashes and a key. */
  #contentStart(line: number): number {
    let start = this.#start(line);
    while (this.#masked.startsWith('- ', start)) {
      start += 2;
      while (this.#masked[start] === ' ') {
        start++;
      }
    }
    KEY.lastIndex = start;
    const key = KEY.exec(this.#masked);
    return start + (key?.[0].length ?? 0);
  }

  #scalar(start: number): Block | undefined {
    SCALAR.lastIndex = start;
    if (!SCALAR.test(this.#masked)) {
      return undefined;
    }
    const outer = { start, end: SCALAR.lastIndex };
    const isQuoted = this.#masked[start] === '"' || this.#masked[start] === "'";
    const node = isQuoted ? quotedScalar(this.#source, outer) : plainScalar(this.#source, outer);
    return node && { node, end: outer.end };
  }

  /** A flow collection, if it ends on the last of the lines, and nothing but a comment follows it there. */
  #flow({ to }: Stretch, start: number, wanted: Wanted, depth: number): Block | undefined {
    const node = readFlow(this.#source, start, depth, wanted);
    if (node === undefined || outerRange(node).end <= this.#start(to - 1)) {
      return undefined;
    }
    const { end } = outerRange(node);
    REST.lastIndex = end;
    return REST.test(this.#masked) ? { node, end } : undefined;
  }

  /** What begins behind a key or a dash and ends with the lines. */
  #inline(stretch: Stretch, start: number, wanted: Wanted, depth: number): Block | undefined {
    const first = this.#masked[start];
    return first === '{' || first === '['
      ? this.#flow(stretch, start, wanted, depth)
      : stretch.from + 1 === stretch.to
        ? this.#scalar(start)
        : undefined;
  }

  /** Whether nothing but a comment stands on the line from `start` on. */
  #isBare(line: number, start: number): boolean {
    return start >= (this.#lines.ends[line] ?? 0) || this.#masked[start] === '#';
  }

  #rangeOf({ from, to }: Stretch): Range {
    const start = this.#start(from);
    return { start, end: start + this.#masked.slice(start, this.#lines.ends[to - 1]).trimEnd().length };
  }

  #start(line: number): number {
    return this.#lines.starts[line] ?? this.#masked.length;
  }

  #column(line: number): number {
    return this.#lines.columns[line] ?? 0;
  }
}
