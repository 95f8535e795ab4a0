import type { MaskedText } from './mask';
import type { ListItem, MapEntry, Node, ScalarNode } from './nodes';
import { outerRange } from './nodes';
import { plainScalar, quotedScalar } from './scalars';
import type { Wanted } from './wanted';
import { NOTHING, wantedUnder } from './wanted';
import { MAX_DEPTH } from './yamlTree';

const BLANKS = /[ \t\r\n]*/y;
const QUOTED = /"[^"\\\r\n\t]*"|'[^'\r\n\t]*'/y;
const PLAIN_KEY = /[A-Za-z_][\w./-]*(?=:[ \r\n])/y;
/** A plain value on one line, without a colon or hash that could end it. */
const PLAIN = /[\w./$+~(\u00c0-\u024f](?:[^\s:#,[\]{}]|:(?=[^\s,[\]{}])|(?<=[^\s])#| +(?=[^\s#,[\]{}:]))*/y;

/**
 * Reads the flow collection, `{…}` or `[…]`, at `start`, as JSON and most manifests have it. Gives nothing where it
 * takes a parser: escapes, comments, keys without values, texts over several lines; and where it nests too deep. What it
 * holds is left out where `NOTHING` of it is wanted.
 */
export function readFlow(source: MaskedText, start: number, depth: number, wanted: Wanted): Node | undefined {
  return new FlowReader(source, start).collection(wanted, depth);
}

class FlowReader {
  constructor(
    private readonly source: MaskedText,
    private at: number,
  ) {}

  collection(wanted: Wanted, depth: number): Node | undefined {
    if (depth > MAX_DEPTH) {
      return undefined;
    }
    return this.source.masked[this.at] === '{' ? this.#map(wanted, depth) : this.#list(wanted, depth);
  }

  #map(wanted: Wanted, depth: number): Node | undefined {
    const start = this.at++;
    const entries: MapEntry[] = [];
    this.#skip(BLANKS);
    if (this.#take('}')) {
      return { kind: 'map', flow: true, range: { start, end: this.at }, entries, gaps: false };
    }
    do {
      this.#skip(BLANKS);
      const key = this.#key();
      const wantedValue = key && wantedUnder(wanted, key.text);
      const value = key && this.#node(wantedValue ?? NOTHING, depth);
      if (key === undefined || value === undefined) {
        return undefined;
      }
      const read = wantedValue === undefined ? ({ kind: 'unread', range: outerRange(value) } as const) : value;
      if (wanted !== NOTHING) {
        entries.push({ key, value: read, merged: false });
      }
    } while (this.#goesOn('}'));
    return this.#take('}')
      ? { kind: 'map', flow: true, range: { start, end: this.at }, entries, gaps: false }
      : undefined;
  }

  #list(wanted: Wanted, depth: number): Node | undefined {
    const start = this.at++;
    const items: ListItem[] = [];
    this.#skip(BLANKS);
    if (this.#take(']')) {
      return { kind: 'list', flow: true, range: { start, end: this.at }, items };
    }
    do {
      const value = this.#node(wanted, depth);
      if (value === undefined) {
        return undefined;
      }
      if (wanted !== NOTHING) {
        items.push({ value, range: outerRange(value), alias: false });
      }
    } while (this.#goesOn(']'));
    return this.#take(']') ? { kind: 'list', flow: true, range: { start, end: this.at }, items } : undefined;
  }

  /** A key and its colon. After a quoted one, the value may follow at once, as in JSON. */
  #key(): ScalarNode | undefined {
    const start = this.at;
    if (this.#skip(QUOTED)) {
      const key = quotedScalar(this.source, { start, end: this.at });
      return this.#take(':') ? key : undefined;
    }
    const key = this.#skip(PLAIN_KEY) ? plainScalar(this.source, { start, end: this.at }) : undefined;
    this.at++;
    return key;
  }

  /** A value with the blanks around it. */
  #node(wanted: Wanted, depth: number): Node | undefined {
    this.#skip(BLANKS);
    const start = this.at;
    const first = this.source.masked[start];
    const node =
      first === '{' || first === '['
        ? this.collection(wanted, depth + 1)
        : this.#skip(QUOTED)
          ? quotedScalar(this.source, { start, end: this.at })
          : this.#skip(PLAIN)
            ? plainScalar(this.source, { start, end: this.at })
            : undefined;
    this.#skip(BLANKS);
    return node;
  }

  /** Whether a comma follows, and is not the last thing before the end. */
  #goesOn(close: string): boolean {
    const isComma = this.#take(',');
    this.#skip(BLANKS);
    return isComma && this.source.masked[this.at] !== close;
  }

  /** Passes what the pattern matches here, if anything. */
  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const isThere = pattern.test(this.source.masked);
    if (isThere) {
      this.at = pattern.lastIndex;
    }
    return isThere;
  }

  #take(character: string): boolean {
    const isThere = this.source.masked[this.at] === character;
    this.at += isThere ? 1 : 0;
    return isThere;
  }
}
