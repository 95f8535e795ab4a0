import type { Document, Tags } from 'yaml';
import { Composer, Parser } from 'yaml';
import { isDeeperThan, MAX_DEPTH } from '../yamlTree';
import type { UnreadableReason } from './problem';
import type { Value, Variables } from './values';
import { Unknown } from './values';

const MAX_LENGTH = 1024 * 1024;

export type VariablesRead =
  | { readonly kind: 'read'; readonly variables: Variables }
  | { readonly kind: 'unreadable'; readonly reason: UnreadableReason };

/** Types of YAML 1.1 that go-yaml 2 reads as plain text. */
const NOT_IN_GO: ReadonlySet<string> = new Set(
  ['timestamp', 'binary', 'omap', 'pairs', 'set'].map((name) => `tag:yaml.org,2002:${name}`),
);

/**
 * Reads a variables file as the deploy client does (nais/deploy, pkg/deployclient/template.go: ghodss/yaml over
 * go-yaml 2): the first document, YAML 1.1 or JSON, as JSON would have it: keys are text, dates too. Never throws.
 */
export function readVariables(text: string): VariablesRead {
  if (text.length > MAX_LENGTH) {
    return { kind: 'unreadable', reason: 'too-large' };
  }
  const tokens = [...new Parser().parse(text)];
  if (tokens.some((token) => isDeeperThan(token, MAX_DEPTH))) {
    return { kind: 'unreadable', reason: 'too-large' };
  }
  const [document] = new Composer({
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    logLevel: 'silent',
    customTags: (tags) => tags.filter(isInGo),
  }).compose(tokens, true, text.length);
  if (document === undefined || document.errors.length > 0) {
    return { kind: 'unreadable', reason: 'syntax' };
  }
  return readDocument(document);
}

function isInGo(tag: Tags[number]): boolean {
  return typeof tag === 'string' || (!NOT_IN_GO.has(tag.tag) && !('format' in tag && tag.format === 'TIME'));
}

function readDocument(document: Document.Parsed): VariablesRead {
  let contents: unknown;
  try {
    contents = document.toJS({ mapAsMap: true });
  } catch {
    return { kind: 'unreadable', reason: 'too-large' }; // an alias bomb, or an alias that names nothing
  }
  if (contents === null || contents === undefined) {
    return { kind: 'read', variables: new Map() };
  }
  return contents instanceof Map
    ? { kind: 'read', variables: toVariables(contents) }
    : { kind: 'unreadable', reason: 'not-a-map' };
}

function toVariables(map: ReadonlyMap<unknown, unknown>): Variables {
  return new Map(Array.from(map, ([key, value]) => [String(key), toValue(value)]));
}

function toValue(value: unknown): Value {
  if (value instanceof Map) {
    return toVariables(value);
  }
  if (Array.isArray(value)) {
    return value.map(toValue);
  }
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isNaN(value) ? '.' : value; // `yaml` takes a lone dot for a number, which go-yaml 2 does not
    case 'bigint':
      return Number(value);
    default:
      return null;
  }
}

/** One item of `VAR`: `name=value`, or a name alone, which is true. */
export interface Assignment {
  readonly name: string;
  /** `undefined` where only the run of the workflow knows it. */
  readonly value: string | true | undefined;
}

/** What the workflow gives wins over the file (nais/deploy, pkg/deployclient/deployclient.go). */
export function withAssignments(variables: Variables, assignments: readonly Assignment[]): Variables {
  const own = assignments.map(({ name, value }): [string, Value] => [name, value ?? new Unknown(name)]);
  return new Map([...variables, ...own]);
}

/**
 * With an image whose name only the workflow knows, where there is none: it has just built it, and hardly any variables
 * file has one.
 */
export function assumingImage(variables: Variables): Variables {
  return variables.has('image') ? variables : withAssignments(variables, [{ name: 'image', value: undefined }]);
}

/** Reads `name=value` as the deploy client reads an item of `VAR`. */
export function readAssignment(text: string): Assignment {
  const at = text.indexOf('=');
  return at === -1 ? { name: text, value: true } : { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** Whether a file reads as variables, and not as a Kubernetes resource, which names its `kind`, or as a package's manifest. */
export function mayBeVariables(text: string): boolean {
  const read = readVariables(text);
  return (
    read.kind === 'read' &&
    read.variables.size > 0 &&
    !['kind', 'apiVersion', '$schema'].some((key) => read.variables.has(key))
  );
}
