import type { Alias, CST, Document, Node as YamlNode, Pair, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { Composer, isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq, Parser } from 'yaml';
import { aliasTargets, firstExcessiveAlias } from './aliases';
import type { MaskedText } from './mask';
import type { Range } from './model';
import type { ListItem, MapEntry, MapNode, Node, ScalarNode, ScalarStyle } from './nodes';
import { outerRange } from './nodes';
import type { Wanted } from './wanted';
import { wantedUnder } from './wanted';

/** `yaml` composes by recursion, and V8 ends the whole process when a regular expression is compiled on a full stack. */
export const MAX_DEPTH = 100;

/** `yaml` takes its time for each error; a text with so many is none that someone is writing. */
const MAX_ERRORS = 1000;

/** A part of a document's text, to be read as YAML of its own. */
export interface Part {
  /** With the indentation of its first line. */
  readonly text: string;
  /** Where its first character stands in the document; what is put before it as indentation may make it negative. */
  readonly start: number;
  /** How many collections it stands in. */
  readonly depth: number;
}

export interface YamlTree {
  /** A map or a list. */
  readonly node: Node;
  /** Where what was written ends, without comments and blank lines behind it. */
  readonly end: number;
  /** `yaml` takes it for broken; what is in the tree is what can be told all the same. */
  readonly broken: boolean;
  /** The alias from which on aliases were not followed, as all of them together stand for too much. */
  readonly excessiveAlias: Range | undefined;
}

/**
 * Reads a part of a document with `yaml`, as the deploy client reads YAML: version 1.1 with merge keys (nais/deploy,
 * pkg/deployclient). Gives nothing for text that holds no collection, or nests too deep.
 */
export function readYaml(source: MaskedText, part: Part, wanted: Wanted): YamlTree | undefined {
  const tokens = [...new Parser().parse(part.text)];
  const errors = tokens.filter(({ type }) => type === 'error').length;
  if (errors > MAX_ERRORS || tokens.some((token) => isDeeperThan(token, MAX_DEPTH - part.depth))) {
    return undefined;
  }
  const composer = new Composer({
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  for (const document of composer.compose(tokens, true, part.text.length)) {
    if (isCollection(document.contents)) {
      const broken = document.errors.length > 0;
      const reader = new TreeReader(source, document, part.start);
      const node = reader.read(document.contents, wanted);
      return { node, end: outerRange(node).end, broken, excessiveAlias: reader.excessiveAlias };
    }
  }
  return undefined;
}

/** Whether more than `limit` collections stand in each other. */
export function isDeeperThan(token: CST.Token, limit: number): boolean {
  const pending: { readonly token: CST.Token; readonly depth: number }[] = [{ token, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const depth = next.depth + 1;
    if (depth > limit) {
      return true;
    }
    if (next.token.type === 'document') {
      if (next.token.value) {
        pending.push({ token: next.token.value, depth });
      }
    } else if ('items' in next.token) {
      for (const item of next.token.items) {
        for (const child of ['key' in item ? item.key : undefined, item.value]) {
          if (child && ('items' in child || child.type === 'document')) {
            pending.push({ token: child, depth });
          }
        }
      }
    }
  }
  return false;
}

class TreeReader {
  readonly #source: MaskedText;
  readonly #offset: number;
  readonly #broken: boolean;
  readonly #targets: ReadonlyMap<Alias, YamlNode>;
  /** Nodes that were read whole, or, as undefined, are being read: an alias may name what it stands in. */
  readonly #read = new Map<YamlNode, Node | undefined>();
  readonly excessiveAlias: Range | undefined;

  constructor(source: MaskedText, document: Document.Parsed, offset: number) {
    this.#source = source;
    this.#offset = offset;
    this.#broken = document.errors.length > 0;
    const targets = source.masked.includes('*') ? aliasTargets(document) : new Map<Alias, YamlNode>();
    const excessive = targets.size > 0 ? firstExcessiveAlias(document, targets) : undefined;
    this.excessiveAlias = excessive && this.#written(excessive);
    this.#targets = excessive === undefined ? targets : new Map();
  }

  read(node: unknown, wanted: Wanted): Node {
    if (!isNode(node)) {
      return { kind: 'unread', range: { start: 0, end: 0 } };
    }
    if (isAlias(node)) {
      const target = this.#targets.get(node);
      return target === undefined ? { kind: 'unread', range: this.#written(node) } : this.read(target, wanted);
    }
    if (this.#read.has(node)) {
      return this.#read.get(node) ?? { kind: 'unread', range: this.#written(node) };
    }
    if (isScalar(node)) {
      return this.#isOpenQuote(node) ? { kind: 'unread', range: this.#written(node) } : this.#scalar(node);
    }
    this.#read.set(node, undefined);
    const result = isMap(node) ? this.#map(node, wanted) : isSeq(node) ? this.#list(node, wanted) : undefined;
    if (wanted === 'all' && result !== undefined) {
      this.#read.set(node, result);
    } else {
      this.#read.delete(node);
    }
    return result ?? { kind: 'unread', range: this.#written(node) };
  }

  #map(node: YAMLMap, wanted: Wanted): MapNode {
    const own: MapEntry[] = [];
    const merged: MapEntry[] = [];
    for (const pair of node.items) {
      if (isScalar(pair.key) && !this.#isOpenQuote(pair.key)) {
        const key = this.#scalar(pair.key);
        if (typeof pair.key.value === 'symbol') {
          merged.push(...this.#merged(pair, wanted));
        } else {
          own.push({ key, value: this.#value(pair, key, wantedUnder(wanted, key.text)), merged: false });
        }
      }
    }
    return {
      kind: 'map',
      flow: node.flow === true,
      range: this.#rangeOf(node),
      entries: [...own, ...merged],
      gaps: this.#broken,
    };
  }

  /** A key without a value, as `{a}` in flow style, has null. */
  #value(pair: Pair, key: ScalarNode, wanted: Wanted | undefined): Node {
    if (!isNode(pair.value)) {
      const range = { start: key.outer.end, end: key.outer.end };
      const templated = key.templated;
      return { kind: 'scalar', value: null, text: '', style: 'plain', range, outer: range, templated };
    }
    return wanted === undefined ? { kind: 'unread', range: this.#rangeOf(pair.value) } : this.read(pair.value, wanted);
  }

  #merged(pair: Pair, wanted: Wanted): MapEntry[] {
    const sources = isSeq(pair.value) ? pair.value.items : [pair.value];
    const entries = new Map</* key */ string, MapEntry>();
    for (const source of sources) {
      const node = this.read(source, wanted);
      for (const entry of node.kind === 'map' ? node.entries : []) {
        if (!entries.has(entry.key.text)) {
          entries.set(entry.key.text, { ...entry, merged: true });
        }
      }
    }
    return [...entries.values()];
  }

  #list(node: YAMLSeq, wanted: Wanted): Node {
    const items = node.items.map((item): ListItem => {
      const value = this.read(item, wanted);
      const alias = isAlias(item);
      return { value, range: alias ? this.#written(item) : outerRange(value), alias };
    });
    return { kind: 'list', flow: node.flow === true, range: this.#rangeOf(node), items };
  }

  #scalar(node: Scalar): ScalarNode {
    const style = styleOf(node);
    const outer = this.#rangeOf(node);
    const range = isQuoted(style) ? { start: outer.start + 1, end: outer.end - 1 } : outer;
    const templated = this.#source.isTemplated(outer);
    const value = isDotOfNothing(node) ? node.source : scalarValue(node.value);
    const text = !templated && typeof value === 'string' ? value : this.#source.text.slice(range.start, range.end);
    return { kind: 'scalar', value, text, style, range, outer, templated };
  }

  /** While someone types, a quote without its end takes in all that follows: no value that its author knows. */
  #isOpenQuote(node: Scalar): boolean {
    const { start, end } = this.#written(node);
    const { text } = this.#source;
    return isQuoted(styleOf(node)) && (end - start < 2 || text[start] !== text[end - 1]);
  }

  /** The range as `yaml` has it. */
  #written(node: YamlNode): Range {
    const [start, end] = (node as ParsedNode).range;
    return { start: start + this.#offset, end: end + this.#offset };
  }

  /** The range as a reader sees it: `yaml` counts comments and blank lines after a block collection into it. */
  #rangeOf(node: YamlNode): Range {
    const { start } = this.#written(node);
    const last = lastWithin(node);
    const { end } = this.#written(last);
    if (!isScalar(last) || styleOf(last) !== 'block') {
      return { start, end: Math.max(start, end) };
    }
    return { start, end: start + this.#source.text.slice(start, end).trimEnd().length };
  }
}

function lastWithin(node: YamlNode): YamlNode {
  let last = node;
  while (isCollection(last) && last.flow !== true) {
    const item: unknown = last.items.at(-1);
    const pair = isPair(item) ? item : undefined;
    const next = pair === undefined ? item : (pair.value ?? pair.key);
    if (!isNode(next)) {
      break;
    }
    last = next;
  }
  return last;
}

function scalarValue(value: unknown): ScalarNode['value'] {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    default:
      return value === null ? null : undefined;
  }
}

/** `yaml` takes a lone `.` for a number, which go-yaml 2 and so the deploy client does not. */
function isDotOfNothing({ value, source }: Scalar): boolean {
  return typeof value === 'number' && Number.isNaN(value) && source !== undefined && !/nan/i.test(source);
}

function isQuoted(style: ScalarStyle): boolean {
  return style === 'single' || style === 'double';
}

function styleOf(node: Scalar): ScalarStyle {
  switch (node.type) {
    case 'QUOTE_SINGLE':
      return 'single';
    case 'QUOTE_DOUBLE':
      return 'double';
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL':
      return 'block';
    default:
      return 'plain';
  }
}
