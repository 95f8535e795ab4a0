import type { Fix, TextEdit } from '../finding';
import type { Range } from '../model';
import type { ListItem, Node, ScalarNode } from '../nodes';
import type { ManifestSource } from '../read';
import { dashOf, insertion, leadingDashOf, lineBreakOf, lineEndOf, lineStartOf, replaceScalar } from './edits';
import { addEntries, removeItem } from './entries';
import { isHidden, isSplitTag, visibleItem, firstLine } from './judge';
import { nearestKey } from './keys';
import type { Breach, Rule } from './rule';
import type { ConsumesItem, WrittenScope } from './scopes';
import { consumesItems, namesOf, scopesIn, writtenScopes } from './scopes';
import { namedEdits } from './wrapping';

/** Rules on the items of `scopes.consumes` as a list. */
export const consumesRules: readonly Rule[] = [
  { code: 'NM007', severity: 'error', alsoInSchema: true, check: plainItems },
  { code: 'NM008', severity: 'error', alsoInSchema: true, check: itemsWithoutName },
  { code: 'NM010', severity: 'warning', alsoInSchema: false, check: severalScopes },
  { code: 'NM014', severity: 'warning', alsoInSchema: false, check: duplicates },
];

function* plainItems(source: ManifestSource): Iterable<Breach<'NM007'>> {
  for (const { item, list, quoteKeys } of consumesItems(source)) {
    const { value } = item;
    if (value.kind === 'scalar' && value.value !== null && !value.templated) {
      const edits = namedEdits(source.templates.text, item, value, { flow: list.flow, quoteKeys });
      yield {
        range: item.alias ? item.range : value.range,
        data: { scope: value.text },
        fixes: edits === undefined ? [] : [{ title: { kind: 'wrap-names' }, edits, safe: true }],
      };
    }
  }
}

function* itemsWithoutName(source: ManifestSource): Iterable<Breach<'NM008'>> {
  const { templates } = source;
  const seen = new Set<Node>();
  for (const consumed of consumesItems(source)) {
    const { value, range } = consumed.item;
    if (seen.has(value) || templates.isTemplated(range) || templates.mayGoOnAfter(range.end)) {
      continue;
    }
    seen.add(value);
    if (isWithoutName(templates.text, value)) {
      yield {
        range: visibleItem(templates.text, consumed.item),
        data: { problem: 'missing' },
        fixes: addName(templates.text, consumed),
      };
    }
    for (const { key, value: name } of namesOf(value)) {
      yield* nameProblem(templates.text, key, name);
    }
  }
}

function isWithoutName(text: string, item: Node): boolean {
  switch (item.kind) {
    case 'map':
      // A key that was meant to be `name` is for NM005.
      return (
        !item.gaps &&
        !isSplitTag(text, item) &&
        namesOf(item).length === 0 &&
        !item.entries.some(({ key }) => key.templated || nearestKey('consumes', key.text) === 'name')
      );
    case 'list':
      return true;
    case 'scalar':
      return item.value === null;
    case 'unread':
      return false;
  }
}

function* nameProblem(text: string, key: ScalarNode, name: Node): Iterable<Breach<'NM008'>> {
  if (isHidden(text, name)) {
    return;
  }
  if (name.kind !== 'scalar') {
    yield { range: firstLine(text, name.range), data: { problem: 'not-a-string' } };
  } else if (name.value === null) {
    yield { range: key.range, data: { problem: 'missing' } };
  } else if (name.value === '') {
    yield { range: name.outer, data: { problem: 'empty' }, severity: 'warning', alsoInSchema: false };
  } else if (typeof name.value !== 'string') {
    const edits = [{ range: name.outer, newText: JSON.stringify(name.text) }];
    yield {
      range: name.range,
      data: { problem: 'not-a-string' },
      fixes:
        name.style === 'plain'
          ? [{ title: { kind: 'replace', result: JSON.stringify(name.text) }, edits, safe: true }]
          : [],
    };
  }
}

/** Adds an empty name: what it should be is not ours to guess. */
function addName(text: string, { item, list, quoteKeys }: ConsumesItem): readonly Fix[] {
  const { value } = item;
  let edit: TextEdit | undefined;
  if (value.kind === 'map' && !item.alias) {
    edit = addEntries(text, value, { name: '' }, { key: undefined, quote: quoteKeys });
  } else if (value.kind === 'scalar' && !item.alias && !list.flow) {
    const dash = dashOf(text, item);
    edit = dash === undefined ? undefined : insertion(dash + 1, quoteKeys ? ' "name": ""' : ' name: ""');
  }
  return edit === undefined ? [] : [{ title: { kind: 'add-name' }, edits: [edit], safe: false }];
}

function* severalScopes(source: ManifestSource): Iterable<Breach<'NM010'>> {
  const seen = new Set<Node>();
  for (const written of writtenScopes(source)) {
    const scopes = scopesIn(written.scope);
    if (scopes !== undefined && !seen.has(written.name)) {
      seen.add(written.name);
      yield { range: written.name.range, data: { scopes }, fixes: splitScopes(source.templates.text, written, scopes) };
    }
  }
}

function splitScopes(text: string, { item, list, name }: WrittenScope, scopes: readonly string[]): readonly Fix[] {
  const [first, ...others] = [...new Set(scopes)];
  if (first === undefined || item.alias || item.value.kind !== 'map' || item.value.entries.length > 1) {
    return [];
  }
  const between = list.flow ? ', ' : blockItemStart(text, item);
  if (between === undefined) {
    return [];
  }
  const added = others.map((scope) => {
    const { range, newText } = replaceScalar(name, scope);
    return `${between}${text.slice(item.range.start, range.start)}${newText}${text.slice(range.end, item.range.end)}`;
  });
  const at = list.flow ? item.range.end : lineEndOf(text, item.range.end);
  const title = { kind: 'split-scopes', count: others.length + 1 } as const;
  return [{ title, edits: [replaceScalar(name, first), insertion(at, added.join(''))], safe: true }];
}

/** What begins a new item of a block list: a line break, and dash and spaces as before this one. */
function blockItemStart(text: string, item: ListItem): string | undefined {
  const dash = leadingDashOf(text, item);
  const start = dash === undefined ? undefined : text.slice(lineStartOf(text, dash), item.range.start);
  return start === undefined || start.includes('\n') ? undefined : `${lineBreakOf(text)}${start}`;
}

function* duplicates(source: ManifestSource): Iterable<Breach<'NM014'>> {
  const { templates } = source;
  const firsts = new Map</* branch and scope */ string, Range>();
  for (const written of writtenScopes(source)) {
    const { scope, item, name } = written;
    const range = item.alias ? item.range : name.range;
    // The branches of a template are two manifests: only one of them is deployed.
    const key = `${templates.branchAt(range.start)} ${scope}`;
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, range);
    } else if (scopesIn(scope) === undefined) {
      yield { range, data: { scope, first }, fixes: withoutItem(templates.text, written) };
    }
  }
}

function withoutItem(text: string, { item, list }: WrittenScope): readonly Fix[] {
  const hasOtherKeys = item.value.kind === 'map' && item.value.entries.length > 1;
  const edit = hasOtherKeys ? undefined : removeItem(text, item, list);
  return edit === undefined ? [] : [{ title: { kind: 'remove-duplicate' }, edits: [edit], safe: true }];
}
