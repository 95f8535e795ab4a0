import type { TextEdit } from './finding';
import { insertBlock } from './insertBlock';
import { filled } from './openEdit';
import type { ManifestDocument } from './reading';
import { flow } from './rules/write';

/** What `insertBlock` leaves for the author to fill in. */
const EMPTY_NAME = '""';

/**
 * The edit that makes a manifest consume one more scope: an item of its list, or a block where there is none. `text` is
 * the whole file as `document` was read from it. Undefined where nobody but the author can say where it goes: beside
 * templates, and in a block without a list.
 */
export function addConsumedScope(text: string, document: ManifestDocument, scope: string): TextEdit | undefined {
  const open = document.facts.consumes?.addScope;
  if (open) return filled(open, scope);
  if (document.manifest.maskinporten) return undefined;
  const insertion = insertBlock(text, document.range.start, 'consumes');
  if (insertion.kind !== 'edit') return undefined;
  const { range, newText } = insertion.edit;
  return { range, newText: newText.replace(EMPTY_NAME, () => flow(scope, newText.includes('"name":'))) };
}
