import type { JsonObject } from '../json';

const LABEL = /^([A-Z][A-Za-z ]*):(?:\s+(.*))?$/;
const MAX_DEPTH = 30;

interface Line {
  readonly indent: number;
  readonly text: string;
}

/**
 * The resource that `kubectl describe` printed, as an object again: keys in lower case without spaces (`observedgeneration`),
 * every value a text, every block a list of objects or of texts. Undefined where the text is none.
 *
 * kubectl prints a map's keys in order and runs the items of a list together (k8s.io/kubectl, describe.go,
 * printUnstructuredContent): so a key that comes again begins the next item.
 */
export function readDescribe(text: string): JsonObject | undefined {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line): Line => ({ indent: line.search(/\S/), text: line.trim() }));
  if (!lines.some(({ indent, text: line }) => indent === 0 && /^Kind:\s/.test(line))) return undefined;
  const [resource] = readBlock(lines, 0);
  return typeof resource === 'object' ? resource : undefined;
}

/** The items of one block of lines: objects where they have labels, else texts. */
function readBlock(lines: readonly Line[], depth: number): (JsonObject | string)[] {
  const indent = Math.min(...lines.map((line) => line.indent));
  const items: (JsonObject | string)[] = [];
  let item = new Map<string, unknown>();
  const close = () => {
    if (item.size > 0) items.push(Object.fromEntries(item));
    item = new Map();
  };
  for (let at = 0; at < lines.length;) {
    const inner = endOfInner(lines, at, indent);
    const [, label, value] = LABEL.exec(lines[at]?.text ?? '') ?? [];
    if (label === undefined) {
      close();
      items.push(lines[at]?.text ?? '');
    } else {
      const key = label.replaceAll(' ', '').toLowerCase();
      if (item.has(key)) close();
      const children = lines.slice(at + 1, inner);
      item.set(key, children.length > 0 && depth < MAX_DEPTH ? readBlock(children, depth + 1) : (value ?? ''));
    }
    at = inner;
  }
  close();
  return items;
}

/** Where the lines end that stand deeper than the line at `at`. */
function endOfInner(lines: readonly Line[], at: number, indent: number): number {
  let end = at + 1;
  while ((lines[end]?.indent ?? 0) > indent && end < lines.length) end++;
  return end;
}
