import { mightBeManifest } from '../candidate';
import { MaskedText } from '../mask';
import type { MapNode, Node } from '../nodes';
import { parseDocument } from '../parse';
import type { ManifestSource } from '../read';
import { readManifest } from '../read';
import { lineStartOf } from '../rules/edits';
import { ITEM } from '../vocabulary';
import type { Cursor } from './cursor';

/** Where in the tree of a document something is typed. */
export interface Place {
  /** The document with a word of ours where the cursor is, so that it can be read although it is half-typed. */
  readonly source: ManifestSource;
  /** Where offsets of that document differ from the real one: behind the cursor. */
  readonly probe: Probe;
  /** The keys from the root to what holds the cursor, with `ITEM` for an item of a list. */
  readonly path: readonly string[];
  /** The map whose key is typed; none for a value. */
  readonly map: MapNode | undefined;
  /** The line was read as an item of a list, with a dash that is not there yet. */
  readonly needsDash: boolean;
}

export interface Probe {
  readonly start: number;
  /** The length of what stands in the document, and of what was put in its place. */
  readonly removed: number;
  readonly added: number;
}

interface Variant {
  readonly text: string;
  readonly needsDash: boolean;
}

/**
 * Reads the document with a word of our own at the cursor, as each thing that it may become, and gives the readings in
 * which the word has a place: under a key, a dash in the same column may begin an item, or no dash another key.
 */
export function placesOf(document: MaskedText, cursor: Cursor): readonly Place[] {
  if (!mightBeManifest(document.masked) || (!cursor.flow && isElsewhere(document.masked, cursor.outer.start))) {
    return [];
  }
  const word = wordNotIn(document.masked);
  return variantsOf(cursor, word).flatMap(({ text, needsDash }) => {
    const { start, end } = cursor.outer;
    const probe = { start, removed: end - start, added: text.length };
    const source = tryToRead(withProbe(document, probe, text));
    const found = source && find(source.root, word, []);
    return source && found && isInColumn(source, found.map, word) ? [{ source, probe, needsDash, ...found }] : [];
  });
}

/** The parser takes in a key of another column too, with an error that is not asked for here. */
function isInColumn({ templates: { text } }: ManifestSource, map: MapNode | undefined, word: string): boolean {
  const columns = (map?.flow === false ? map.entries : []).flatMap(({ key, merged }) =>
    merged ? [] : [[key.text === word, key.outer.start - lineStartOf(text, key.outer.start)] as const],
  );
  const own = columns.find(([isOwn]) => isOwn)?.[1];
  return columns.every(([, column]) => column === own);
}

/** `offset` of a text with a probe, as an offset of the document; nothing within the probe. */
export function withoutProbe({ start, removed, added }: Probe, offset: number): number | undefined {
  return offset <= start ? offset : offset >= start + added ? offset - added + removed : undefined;
}

const OUR_PARTS: ReadonlySet<string> = new Set(['maskinporten', 'scopes', 'accessPolicy']);

/** Whether the lines above show, without reading YAML, that `offset` is in a part of the document that is not ours. */
function isElsewhere(masked: string, offset: number): boolean {
  const lineStart = lineStartOf(masked, offset);
  const column = /^ */.exec(masked.slice(lineStart, offset))?.[0].length ?? 0;
  const above = masked.slice(0, lineStart);
  const [top] = lastKey(above, 0);
  if (top?.key !== 'spec') {
    return top !== undefined;
  }
  const below = above.slice(top.end);
  const indentation = /^( +)[^\s#]/m.exec(below)?.[1]?.length ?? column;
  const [part] = lastKey(below, indentation);
  return column > indentation && part !== undefined && !OUR_PARTS.has(part.key);
}

function lastKey(text: string, indentation: number): readonly { readonly key: string; readonly end: number }[] {
  const keys = new RegExp(`^ {${indentation}}["']?([^\\s"'#:-][^\\s"':]*)["']?[ \\t]*:`, 'gm');
  return [...text.matchAll(keys)]
    .slice(-1)
    .map((match) => ({ key: match[1] ?? '', end: match.index + match[0].length }));
}

function wordNotIn(text: string): string {
  let word = 'completed';
  while (text.includes(word)) {
    word += 'x';
  }
  return word;
}

function variantsOf({ role, quote, hasColon, flow, startsLine }: Cursor, word: string): readonly Variant[] {
  const scalar = `${quote}${word}${quote}`;
  if (role === 'value' || hasColon) {
    return [{ text: scalar, needsDash: false }];
  }
  const entry = `${scalar}: x`;
  const item = { text: `- ${entry}`, needsDash: true };
  return [{ text: entry, needsDash: false }, ...(startsLine && !flow ? [item] : [])];
}

function withProbe({ text, masked, tags }: MaskedText, probe: Probe, replacement: string): MaskedText {
  const end = probe.start + probe.removed;
  const put = (into: string): string => into.slice(0, probe.start) + replacement + into.slice(end);
  const by = probe.added - probe.removed;
  const moved = tags.flatMap((tag) =>
    tag.end <= probe.start ? [tag] : tag.start >= end ? [{ ...tag, start: tag.start + by, end: tag.end + by }] : [],
  );
  return new MaskedText(put(text), put(masked), moved);
}

/** The parser is not ours: should it throw on some broken text, then there is nothing to offer in it. */
function tryToRead(document: MaskedText): ManifestSource | undefined {
  try {
    const parsed = parseDocument(document);
    return parsed && readManifest(document, parsed);
  } catch {
    return undefined;
  }
}

function find(node: Node, word: string, path: readonly string[]): Pick<Place, 'path' | 'map'> | undefined {
  switch (node.kind) {
    case 'scalar':
      return node.text === word ? { path, map: undefined } : undefined;
    case 'list':
      return firstOf(node.items, ({ value, alias }) => (alias ? undefined : find(value, word, [...path, ITEM])));
    case 'map':
      return node.entries.some(({ key }) => key.text === word)
        ? { path, map: node }
        : firstOf(node.entries, ({ key, value, merged }) =>
            merged ? undefined : find(value, word, [...path, key.text]),
          );
    case 'unread':
      return undefined;
  }
}

function firstOf<T, R>(values: readonly T[], map: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const result = map(value);
    if (result !== undefined) {
      return result;
    }
  }
  return undefined;
}
