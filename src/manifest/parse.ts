import type { Alias, CST, Document, Node as YamlNode, Pair, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { Composer, isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq, Parser } from 'yaml';
import { aliasTargets, firstExcessiveAlias } from './aliases';
import type { MaskedText } from './mask';
import type { Range } from './model';
import type { ListItem, MapEntry, MapNode, Node, ScalarNode, ScalarStyle } from './nodes';
import { outerRange } from './nodes';

/** `yaml` composes by recursion, and V8 ends the whole process when a regular expression is compiled on a full stack. */
export const MAX_DEPTH = 100;

/** What a reader wants of a map: every entry, or the named ones. */
type Wanted = 'all' | { readonly [key: string]: Wanted };

/** The parts of a workload that speak of Maskinporten; the rest of a manifest is never looked into. */
const WANTED: Wanted = {
  apiVersion: 'all',
  kind: 'all',
  maskinporten: 'all',
  metadata: { name: 'all', namespace: 'all', labels: { team: 'all' } },
  spec: {
    maskinporten: 'all',
    scopes: 'all',
    secretName: 'all',
    accessPolicy: { outbound: { external: 'all' } },
    env: 'all',
    port: 'all',
    webproxy: 'all',
    vault: { enabled: 'all' },
  },
};

export interface ParsedDocument {
  readonly root: MapNode;
  /** The alias from which on aliases were not followed, as all of them together stand for too much. */
  readonly excessiveAlias: Range | undefined;
}

/**
 * Reads one YAML document as the deploy client does: YAML 1.1 with merge keys (nais/deploy, pkg/deployclient).
 * Gives what could be read of broken text, and nothing for text that holds no map, or nests too deep.
 */
export function parseDocument(source: MaskedText): ParsedDocument | undefined {
  const tokens = [...new Parser().parse(source.masked)];
  if (tokens.some((token) => isDeeperThan(token, MAX_DEPTH))) {
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
  for (const document of composer.compose(tokens, true, source.masked.length)) {
    if (isMap(document.contents)) {
      const reader = new TreeReader(source, document);
      const root = reader.read(document.contents, WANTED);
      return root.kind === 'map' ? { root, excessiveAlias: reader.excessiveAlias } : undefined;
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
  readonly #targets: ReadonlyMap<Alias, YamlNode>;
  /** Nodes that were read whole, or, as undefined, are being read: an alias may name what it stands in. */
  readonly #read = new Map<YamlNode, Node | undefined>();
  readonly excessiveAlias: Range | undefined;

  constructor(source: MaskedText, document: Document.Parsed) {
    this.#source = source;
    const targets = source.masked.includes('*') ? aliasTargets(document) : new Map<Alias, YamlNode>();
    const excessive = targets.size > 0 ? firstExcessiveAlias(document, targets) : undefined;
    this.excessiveAlias = excessive && rangeOf(excessive);
    this.#targets = excessive === undefined ? targets : new Map();
  }

  read(node: unknown, wanted: Wanted): Node {
    if (!isNode(node)) {
      return { kind: 'unread', range: { start: 0, end: 0 } };
    }
    if (isAlias(node)) {
      const target = this.#targets.get(node);
      return target === undefined ? { kind: 'unread', range: rangeOf(node) } : this.read(target, wanted);
    }
    if (this.#read.has(node)) {
      return this.#read.get(node) ?? { kind: 'unread', range: rangeOf(node) };
    }
    if (isScalar(node)) {
      return this.#isOpenQuote(node) ? { kind: 'unread', range: rangeOf(node) } : this.#scalar(node);
    }
    this.#read.set(node, undefined);
    const result = isMap(node) ? this.#map(node, wanted) : isSeq(node) ? this.#list(node, wanted) : undefined;
    if (wanted === 'all' && result !== undefined) {
      this.#read.set(node, result);
    } else {
      this.#read.delete(node);
    }
    return result ?? { kind: 'unread', range: rangeOf(node) };
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
          const wantedValue = wanted === 'all' ? 'all' : Object.hasOwn(wanted, key.text) ? wanted[key.text] : undefined;
          own.push({ key, value: this.#value(pair, key, wantedValue), merged: false });
        }
      }
    }
    return { kind: 'map', flow: node.flow === true, range: this.#rangeOf(node), entries: [...own, ...merged] };
  }

  /** A key without a value, as `{a}` in flow style, has null. */
  #value(pair: Pair, key: ScalarNode, wanted: Wanted | undefined): Node {
    if (!isNode(pair.value)) {
      const range = { start: key.outer.end, end: key.outer.end };
      const templated = key.templated;
      return { kind: 'scalar', value: null, text: '', style: 'plain', range, outer: range, templated };
    }
    return wanted === undefined ? { kind: 'unread', range: rangeOf(pair.value) } : this.read(pair.value, wanted);
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
      return { value, range: alias ? rangeOf(item) : outerRange(value), alias };
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
    const { start, end } = rangeOf(node);
    const { text } = this.#source;
    return isQuoted(styleOf(node)) && (end - start < 2 || text[start] !== text[end - 1]);
  }

  /** The range as a reader sees it: `yaml` counts comments and blank lines after a block collection into it. */
  #rangeOf(node: YamlNode): Range {
    const { start } = rangeOf(node);
    const last = lastWithin(node);
    const { end } = rangeOf(last);
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

function rangeOf(node: YamlNode): Range {
  const [start, end] = (node as ParsedNode).range;
  return { start, end };
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
