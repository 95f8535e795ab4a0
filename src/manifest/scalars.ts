import type { MaskedText } from './mask';
import type { Range } from './model';
import type { ScalarNode } from './nodes';

/** Texts that no YAML 1.1 parser takes for anything but a string, unless they are one of the words below. */
const STRING = /^(?:[A-Za-z_/\u00c0-\u024f].*|\d+(?:\.\d+){2,})$/s;
const WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const INTEGER = /^(?:0|[1-9]\d{0,14})$/;

/** A plain scalar on one line; nothing where its value is not beyond doubt. */
export function plainScalar(source: MaskedText, range: Range): ScalarNode | undefined {
  const text = source.masked.slice(range.start, range.end);
  const value = plainValue(text);
  if (value === undefined) {
    return undefined;
  }
  const templated = source.isTemplated(range);
  const written = templated ? source.text.slice(range.start, range.end) : text;
  return { kind: 'scalar', value, text: written, style: 'plain', range, outer: range, templated };
}

/** A quoted scalar without escapes on one line; `outer` is its range with the quotes. */
export function quotedScalar(source: MaskedText, outer: Range): ScalarNode {
  const range = { start: outer.start + 1, end: outer.end - 1 };
  const value = source.masked.slice(range.start, range.end);
  const templated = source.isTemplated(outer);
  const text = templated ? source.text.slice(range.start, range.end) : value;
  const style = source.masked[outer.start] === "'" ? 'single' : 'double';
  return { kind: 'scalar', value, text, style, range, outer, templated };
}

function plainValue(text: string): ScalarNode['value'] {
  if (WORD.test(text)) {
    return text === 'true' || text === 'false' ? text === 'true' : undefined;
  }
  return STRING.test(text) ? text : INTEGER.test(text) ? Number(text) : undefined;
}
