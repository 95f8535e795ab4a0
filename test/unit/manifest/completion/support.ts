import type { Completion, Completions, CompletionWorld, Snippet } from '../../../../src/manifest';
import { completionsAt, PUBLISHED_SCOPES, readFile } from '../../../../src/manifest';

export const WORLD: CompletionWorld = {
  target: 'dev',
  onPrem: false,
  scopePrefix: 'nav',
  knownScopes: PUBLISHED_SCOPES,
  exposed: [],
  organisations: [],
};

/** What is offered where `|` stands in the text. */
export function completions(marked: string, world: Partial<CompletionWorld> = {}): Completions | undefined {
  const { text, offset } = split(marked);
  return completionsAt(readFile(text), offset, { ...WORLD, ...world });
}

export function labels(marked: string, world: Partial<CompletionWorld> = {}): readonly string[] {
  return completions(marked, world)?.items.map(({ label }) => label) ?? [];
}

/** The text after the item of that label was accepted; places to fill in are shown as `‹…›`. */
export function accepted(
  marked: string,
  label: string,
  world: Partial<CompletionWorld> = {},
  which: (item: Completion) => boolean = () => true,
): string {
  const { text } = split(marked);
  const found = completions(marked, world);
  const item = found?.items.find((each) => each.label === label && which(each));
  if (found === undefined || item === undefined) {
    throw new Error(`${label} is not offered, but ${found?.items.map((each) => each.label).join(', ') ?? 'nothing'}`);
  }
  const edits = [{ range: found.range, newText: shown(item.snippet) }, ...item.edits];
  edits.sort((a, b) => b.range.start - a.range.start);
  return edits.reduce(
    (result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end),
    text,
  );
}

function shown(snippet: Snippet): string {
  return snippet
    .map((part) => (typeof part === 'string' ? part : `‹${part.choices?.join('|') ?? part.text ?? ''}›`))
    .join('');
}

function split(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  if (offset === -1 || marked.includes('|', offset + 1)) {
    throw new Error('One | must stand for the cursor.');
  }
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}
