import type { Fix, TextEdit } from '../finding';
import type { Range } from '../model';
import type { ListItem, Node, ScalarNode } from '../nodes';
import type { ManifestSource } from '../read';
import { dashOf, insertion, leadingDashOf, lineBreakOf, lineEndOf, lineStartOf, removal, replaceScalar } from './edits';
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
        range: firstLine(templates.text, visibleRange(templates.text, consumed.item)),
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
  if (name.kind === 'unread' || isSplitTag(text, name) || (name.kind === 'scalar' && name.templated)) {
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

/** `{ { x } }` is a template tag that a formatter pulled apart, which is another trouble than a missing name. */
function isSplitTag(text: string, node: Node): boolean {
  return node.kind === 'map' && node.flow && /^\{\s+\{/.test(text.slice(node.range.start, node.range.end));
}

/** Adds an empty name: what it should be is not ours to guess. */
function addName(text: string, { item, list, quoteKeys }: ConsumesItem): readonly Fix[] {
  const { value } = item;
  const name = quoteKeys ? '"name": ""' : 'name: ""';
  const edits: TextEdit[] = [];
  if (item.alias) {
    return [];
  } else if (value.kind === 'map' && value.flow) {
    edits.push(insertion(value.range.start + 1, value.entries.length > 0 ? `${name}, ` : name));
  } else if (value.kind === 'map') {
    const indentation = ' '.repeat(value.range.start - lineStartOf(text, value.range.start));
    edits.push(insertion(value.range.start, `${name}${lineBreakOf(text)}${indentation}`));
  } else if (value.kind === 'scalar' && !list.flow) {
    const dash = dashOf(text, item);
    edits.push(...(dash === undefined ? [] : [insertion(dash + 1, ` ${name}`)]));
  }
  return edits.length === 0 ? [] : [{ title: { kind: 'add-name' }, edits, safe: false }];
}

/** An item that is empty is shown by its dash. */
function visibleRange(text: string, item: ListItem): Range {
  const dash = item.range.start === item.range.end ? dashOf(text, item) : undefined;
  return dash === undefined ? item.range : { start: dash, end: dash + 1 };
}

function firstLine(text: string, { start, end }: Range): Range {
  const length = text.slice(start, end).search(/[\r\n]/);
  return { start, end: length === -1 ? end : start + length };
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
      yield { range, data: { scope, first }, fixes: removeItem(templates.text, written) };
    }
  }
}

function removeItem(text: string, { item, list }: WrittenScope): readonly Fix[] {
  const hasOtherKeys = item.value.kind === 'map' && item.value.entries.length > 1;
  const hasAnchor = text.slice(item.range.start, item.range.end).includes('&');
  if (hasOtherKeys || hasAnchor) {
    return [];
  }
  const range = list.flow ? flowItemRange(text, item) : blockItemRange(text, item);
  return range === undefined ? [] : [{ title: { kind: 'remove-duplicate' }, edits: [removal(range)], safe: true }];
}

/** The lines of the item; of a line that ends in a comment, all but the comment. */
function blockItemRange(text: string, item: ListItem): Range | undefined {
  const dash = leadingDashOf(text, item);
  if (dash === undefined) {
    return undefined;
  }
  const lineEnd = lineEndOf(text, item.range.end);
  const rest = text.slice(item.range.end, lineEnd).trimStart();
  if (rest === '') {
    const newline = text.indexOf('\n', lineEnd);
    return { start: lineStartOf(text, dash), end: newline === -1 ? text.length : newline + 1 };
  }
  return rest.startsWith('#') ? { start: dash, end: lineEnd - rest.length } : undefined;
}

/** The item with one of the commas around it. */
function flowItemRange(text: string, item: ListItem): Range | undefined {
  const { start, end } = item.range;
  const after = /^\s*,[ \t]*/.exec(text.slice(end));
  if (after) {
    return { start, end: end + after[0].length };
  }
  const before = text.slice(0, start).trimEnd();
  return before.endsWith(',') ? { start: before.length - 1, end } : undefined;
}
