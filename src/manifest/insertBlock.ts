import { readFile } from './file';
import type { TextEdit } from './finding';
import type { ScalarNode } from './nodes';
import { entriesOf } from './nodes';
import type { Range } from './model';
import type { ManifestSource } from './read';
import { appendEntries, fillEntry } from './rules/entries';
import { isNull } from './rules/judge';
import type { Writable } from './rules/write';
import { shifted } from './range';

/** What the first item of a new block is for. */
export type BlockPurpose = 'consumes' | 'exposes';

export type BlockInsertion =
  /** Each empty text in `newText`, written `""`, is for the author to fill in. */
  | { readonly kind: 'edit'; readonly edit: TextEdit }
  /** There is one already: the range is that of its key. */
  | { readonly kind: 'present'; readonly range: Range }
  /** No such document, or its `spec` is no map that stands in this one place. */
  | { readonly kind: 'impossible' };

/** Which names a scope has is not ours to guess, so they are left empty. Fields: nais/liberator, digdirator_types.go. */
const FIRST_ITEM: Readonly<Record<BlockPurpose, Writable>> = {
  consumes: { name: '' },
  exposes: { enabled: true, product: '', name: '', consumers: [{ orgno: '', name: '' }] },
};

/**
 * Writes a `maskinporten` block with one scope to fill in, at the end of `spec` and in the style of what stands there;
 * for a MaskinportenClient the `scopes` that it has in its place. `start` is where the document starts in the file.
 */
export function insertBlock(text: string, start: number, purpose: BlockPurpose): BlockInsertion {
  const document = readFile(text).documents.find((candidate) => candidate.start === start);
  if (document === undefined) {
    return { kind: 'impossible' };
  }
  const { maskinporten, kind } = document.manifest;
  if (maskinporten !== undefined) {
    return { kind: 'present', range: maskinporten.keyRange };
  }
  const scopes = { scopes: { [purpose]: [FIRST_ITEM[purpose]] } };
  const block = kind === 'MaskinportenClient' ? scopes : { maskinporten: { enabled: true, ...scopes } };
  const edit = addToSpec(document.source, block);
  return edit === undefined ? { kind: 'impossible' } : { kind: 'edit', edit: shifted(edit, document.start) };
}

function addToSpec({ root, templates }: ManifestSource, block: Readonly<Record<string, Writable>>) {
  const [spec, other] = entriesOf(root, 'spec');
  if (spec === undefined) {
    return appendEntries(templates, root, { spec: block }, { key: undefined, quote: isQuoted(root.entries[0]?.key) });
  }
  if (other !== undefined) {
    return undefined;
  }
  const quote = isQuoted(spec.key);
  if (spec.value.kind === 'map') {
    return appendEntries(templates, spec.value, block, { key: spec.key, quote });
  }
  return isNull(spec.value) ? fillEntry(templates.text, spec, block, quote) : undefined;
}

function isQuoted(key: ScalarNode | undefined): boolean {
  return key?.style === 'double';
}
